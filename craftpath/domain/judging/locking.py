"""A practical assessment held while something of it is written."""

from __future__ import annotations

from craftpath.domain.judging.models import Practical


def locked(practical: Practical) -> Practical:
    """The row anew, kept from others until the open transaction ends: ratings and publishing stand in line."""
    rows = Practical.objects.select_for_update(of=("self",)).select_related(
        "organisation", "rubric", "evaluation__scheme", "evaluation__cohort__organisation"
    )
    return rows.get(pk=practical.pk)
