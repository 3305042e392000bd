"""Which stage an evaluation judges, for those who hold only a pointer to it."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.domain.evaluation.models import Evaluation


def stages_judged(public_ids: Iterable[str]) -> dict[str, int]:
    """public id of an evaluation → the id of the stage that it judges, whoever asks; one query."""
    rows = Evaluation._base_manager.filter(public_id__in=set(public_ids)).order_by()
    return dict(rows.values_list("public_id", "stage_id"))
