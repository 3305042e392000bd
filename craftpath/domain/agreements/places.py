"""Accredited places beside an agreement: how many there are, how many are taken, and what the city wants of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.accreditation.queries import capacity_on, rule_for
from craftpath.domain.accreditation.trades import Trade, same_trade
from craftpath.domain.apprenticeships.occupied import classes_at, seats_at
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Places:
    """`capacity` is None where no place of this occupation was ever accredited; `level` is the city's word."""

    capacity: int | None
    taken: int
    level: str

    @property
    def free(self) -> bool:
        """Whether one more apprentice has a place."""
        return self.capacity is not None and self.taken < self.capacity


def places_for(enrolment: Enrolment, enterprise: Organisation, on: date) -> Places | None:
    """How it stands for this apprentice there from a day on; None where the city says nothing. Three queries."""
    rule = rule_for(enterprise)
    if rule.level == "none":
        return None
    occupation = enrolment.cohort.occupation
    seats = seats_at([enterprise], without=enrolment.pk)
    taken = sum(count for _path, trade, count in seats if same_trade(trade, occupation))
    return Places(capacity_on(enterprise, occupation, on), taken, rule.level)


def can_place(enrolment: Enrolment, enterprise: Organisation, on: date) -> Verdict:
    """Refused only where the city wants it so and no accredited place is free."""
    places = places_for(enrolment, enterprise, on)
    if places is None or places.free or places.level != "block":
        return YES
    facts = {"enterprise": enterprise.title.both(), "capacity": places.capacity or 0, "taken": places.taken}
    return not_now("accreditation.no_place_left", **facts)


def taken_at(places: Sequence[tuple[Organisation, Trade]]) -> list[int]:
    """How many learn each of these occupations at each of these organisations and below; one query for all."""
    seats = seats_at([organisation for organisation, _trade in places])
    return [_taken(organisation.path, trade, seats) for organisation, trade in places]


def learning_at(organisation: Organisation, trade: Trade) -> list[tuple[Mapping[str, str], int]]:
    """(name of a class, how many of it) of those who learn this occupation there; two queries, and no names."""
    rows = classes_at(organisation)
    return [(cohort.name, count) for cohort, count in rows if same_trade(cohort.occupation, trade)]


def _taken(path: str, trade: Trade, seats: Iterable[tuple[str, Mapping[str, str], int]]) -> int:
    return sum(count for at, name, count in seats if at.startswith(path) and same_trade(name, trade))
