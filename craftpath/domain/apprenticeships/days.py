"""Whose apprenticeship was under way on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from craftpath.domain.apprenticeships.models import Enrolment


def under_way(people: Collection[int], on: date) -> list[int]:
    """The ids of the enrolments of some people (ids) that were under way, whoever asks; one query."""
    rows = Enrolment._base_manager.filter(person__in=list(people), starts_on__lte=on)
    return sorted(rows.exclude(ended_on__lte=on).values_list("pk", flat=True))
