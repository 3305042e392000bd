"""Whom a directive reaches: the seats of its roles at its organisations, with all below unless it says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from craftpath.domain.directives.models import Directive, Reading
from craftpath.kernel.access import Membership, memberships_on
from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody whom it reaches, where and as what."""

    place: int
    person: int
    role: str


def within(directives: Iterable[Directive]) -> Q:
    """The condition for memberships of any of these; their targets are fetched already, or are now."""
    found = Q(pk__in=[])
    for directive in directives:
        roles = [one.role for one in directive.addressees.all()]
        for target in directive.targets.all():
            here = (
                Q(organisation__path__startswith=target.organisation.path)
                if target.below
                else Q(organisation=target.organisation_id)
            )
            found |= here & Q(role__in=roles)
    return found


def seats(directives: Sequence[Directive], day: date) -> dict[int, list[Seat]]:
    """directive id → everybody whom it reaches, by place; one query for all, beside what they are addressed to."""
    rows = (
        memberships_on(day).filter(within(directives), person__is_active=True).order_by("organisation__path")
    )
    held = [(row.organisation.path, row.organisation_id, row.person_id, row.role) for row in rows]
    found: dict[int, list[Seat]] = {}
    for directive in directives:
        roles = {one.role for one in directive.addressees.all()}
        reach = [(one.organisation.path, one.below) for one in directive.targets.all()]
        found[directive.pk] = [
            Seat(place, person, role)
            for path, place, person, role in held
            if role in roles and any(path == at or (down and path.startswith(at)) for at, down in reach)
        ]
    return found


def seats_of(directive: Directive, person: Person, day: date) -> list[Membership]:
    """The seats of one person that it reaches, the highest first."""
    rows = memberships_on(day).filter(within([directive]), person=person, person__is_active=True)
    return list(rows.order_by("organisation__path", "pk"))


def read_by(directives: Iterable[Directive]) -> Mapping[int, dict[int, Reading]]:
    """directive id → person id → what that person has read, counted only where the version still serves."""
    known = {one.pk: one for one in directives}
    found: dict[int, dict[int, Reading]] = defaultdict(dict)
    for row in Reading.objects.filter(directive__in=list(known)):
        if row.number >= known[row.directive_id].asks:
            found[row.directive_id][row.person_id] = row
    return found


def is_through(directive: Directive, reading: Reading | None) -> bool:
    """Whether somebody has nothing left to do: it is read, and understood where that is asked."""
    return reading is not None and (not directive.understood or reading.understood_at is not None)
