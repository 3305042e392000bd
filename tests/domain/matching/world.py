"""Rounds for tests: apprentices of one enterprise, masters with room, and short ways to propose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.matching.actions import Sitting, keep_proposal, mark_pair, open_round, write_profile
from craftpath.domain.matching.models import Proposal, ProposedPair, Round, Seat
from craftpath.domain.matching.proposing import think
from craftpath.domain.matching.rules import USUAL
from craftpath.domain.pairing.actions import set_standing
from craftpath.kernel.access import system
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import somebody


def apprentices(cast: Cast, number: int) -> list[Any]:
    """So many apprentices of the machine works without a mentor."""
    entries = [RosterEntry(f"8{n:03}", f"徒{n:02}", enterprise=cast.jinheng) for n in range(number)]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    return list(enrolments().filter(number__in=[one.number for one in entries]).order_by("number"))


def masters(cast: Cast, *capacities: int) -> list[Person]:
    """Somebody with each of these capacities there."""
    found = []
    for number, capacity in enumerate(capacities):
        person = somebody(f"师傅{number:02}")
        set_standing(person, organisation=cast.jinheng, capacity=capacity, by=system(cast.jinheng), at=AT)
        found.append(person)
    return found


def profiled(
    cast: Cast, person: Person, teaches: Sequence[str] = (), wants: Sequence[str] = (), **more: Any
) -> None:
    write_profile(
        person,
        organisation=cast.jinheng,
        teaches=teaches,
        wants=wants,
        by=system(cast.jinheng),
        at=AT,
        **more,
    )


def teaching(cast: Cast, people: Iterable[Person], **more: Any) -> list[Sitting]:
    return [Sitting(person, "teaches", cast.jinheng, **more) for person in people]


def learning(cast: Cast, rows: Iterable[Any]) -> list[Sitting]:
    return [Sitting(row.person, "learns", row.enterprise or cast.college, row) for row in rows]


def opened(cast: Cast, seats: Sequence[Sitting], kind: str = "master_apprentice", **more: Any) -> Round:
    by = more.pop("by", None) or cast.actor("coordinator")
    starts_on = more.pop("starts_on", TODAY)
    return open_round(
        "春季", kind, seats, organisation=more.pop("organisation", cast.college), starts_on=starts_on,
        by=by, at=AT, **more,
    )  # fmt: skip


def proposed(cast: Cast, row: Round) -> Proposal:
    row = Round._base_manager.get(pk=row.pk)
    return keep_proposal(row, think(row), by=cast.actor("coordinator"), at=AT)


def arrows(proposal: Proposal) -> list[tuple[str, str]]:
    """(teacher's name, learner's name), sorted."""
    rows = ProposedPair.objects.filter(proposal=proposal)
    return sorted(rows.values_list("teacher__person__name", "learner__person__name"))


def only(**weights: int) -> dict[str, int]:
    """Nothing matters but this."""
    return dict.fromkeys(USUAL, 0) | weights


def seat(row: Round, person: Person, side: str | None = None) -> Seat:
    rows = Seat.objects.filter(round=row, person=person)
    return rows.get(side=side) if side else rows.get()


def marked(cast: Cast, row: Round, teacher: Person, learner: Person, mark: str) -> None:
    mark_pair(row, seat(row, teacher), seat(row, learner), mark, by=cast.actor("coordinator"), at=AT)
