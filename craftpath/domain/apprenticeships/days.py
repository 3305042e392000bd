"""Whose apprenticeship was under way on a day, and which places have somebody then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.access import memberships_on

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


def under_way(people: Collection[int], on: date) -> list[int]:
    """The ids of the enrolments of some people (ids) that were under way, whoever asks; one query."""
    rows = Enrolment._base_manager.filter(person__in=list(people), starts_on__lte=on)
    return sorted(rows.exclude(ended_on__lte=on).values_list("pk", flat=True))


def places_around(person: Person, day: date) -> set[str]:
    """The paths of the organisations that have somebody on a day, by an apprenticeship or an office; two queries."""
    rows = Enrolment._base_manager.filter(person=person, state="active").order_by()
    told = rows.values_list("cohort__organisation__path", "enterprise__path")
    seats = memberships_on(day).filter(person=person).values_list("organisation__path", flat=True)
    return {path for both in told for path in both if path} | set(seats)
