"""What programmes give to counting: how stages are called. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from craftpath.domain.programmes.models import Stage


def stage_names(keys: Collection[str]) -> dict[str, tuple[int, Mapping[str, str]]]:
    """key → (place in the path, name) of the newest programme that has such a stage; one question."""
    rows = Stage.objects.filter(key__in=keys).order_by("programme_id")
    return {key: (order, name) for key, order, name in rows.values_list("key", "order", "name")}
