"""Pairs that go on otherwise: ended, renewed, a deputy by date, taken over from a roster."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.facts import (
    DeputyAppointed,
    MentorsTakenOver,
    PairEnded,
    PairRenewed,
)
from craftpath.domain.pairing.following import follow
from craftpath.domain.pairing.forming import held, wanted_of
from craftpath.domain.pairing.models import WHOLE, Bond, Pair
from craftpath.domain.pairing.room import hold_office, require_room
from craftpath.domain.pairing.rules import Wanted
from craftpath.domain.pairing.spans import period
from craftpath.domain.pairing.states import PAIR
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def bonds_of(pair: Pair) -> list[Bond]:
    """All bonds of a pair with everybody in them, in the order in which they were made."""
    rows = pair.bonds.select_related(
        "pair", "teacher", "learner", "place", "enrolment__cohort__organisation", "enrolment__enterprise"
    )
    return list(rows.order_by("pk"))


def require_change(pair: Pair, bonds: Iterable[Bond], by: Actor) -> None:
    """Refuse whoever may not change a pair with these bonds."""
    for bond in bonds:
        if bond.enrolment is not None:
            require(rules.may_pair_apprentice(by, bond.enrolment))
    require(rules.may_change(by, pair, bonds))


def _open(bonds: Iterable[Bond], day: date) -> list[Bond]:
    return [bond for bond in bonds if bond.ends_on is None or bond.ends_on > day]


@action
def end_pair(pair: Pair, *, on: date, because: str, by: Actor, at: datetime) -> Pair:
    """End a pair: `on` is the first day without it. Within the house's days for objections it is dissolved.

    What was taught stays; a bond that had not begun holds no day.
    """
    pair = held(pair)
    bonds = bonds_of(pair)
    require_change(pair, bonds, by)
    if _is_closed(pair, on, because):
        return pair
    require(rules.can_end(pair, on, because))
    dissolved = on <= rules.last_objection(pair, queries.house_rule(pair.organisation))
    return _closed(pair, bonds, "dissolve" if dissolved else "end", on, because, by=by, at=at)


@action
def dissolve_pair(pair: Pair, *, because: str, by: Actor, at: datetime) -> Pair:
    """Object to a pair in which one is oneself, within the house's days for it: it ends today."""
    pair = held(pair)
    bonds, today = bonds_of(pair), localdate(at)
    require(rules.may_answer(by, pair))
    if _is_closed(pair, today, because):
        return pair
    require(rules.can_object(pair, queries.house_rule(pair.organisation), today, because))
    return _closed(pair, bonds, "dissolve", today, because, by=by, at=at)


def _is_closed(pair: Pair, on: date, because: str) -> bool:
    """Whether the same press has ended it already."""
    return pair.state in ("ended", "dissolved") and (pair.ends_on, pair.because) == (on, because)


def _closed(
    pair: Pair, bonds: list[Bond], move: str, on: date, because: str, *, by: Actor, at: datetime
) -> Pair:
    pair.state = PAIR.after(pair.state, move)
    pair.ends_on, pair.because = on, because
    pair.save(update_fields=["state", "ends_on", "because"])
    for bond in _open(bonds, on):
        bond.ends_on = max(on, bond.starts_on)
        bond.save(update_fields=["ends_on"])
    told = PairEnded(on=on.isoformat(), because=because, dissolved=move == "dissolve")
    tell(told, by=by, at=at, organisation=pair.organisation, subject=pair.ref)
    follow(enrolments_in(bonds), by=by, at=at)
    return pair


@action
def renew_pair(pair: Pair, *, until: date, by: Actor, at: datetime) -> Pair:
    """Let a pair go on until a later day; room is asked for the days that are new."""
    pair = held(pair)
    bonds = bonds_of(pair)
    require_change(pair, bonds, by)
    require(rules.can_renew(pair, until))
    first = pair.ends_on or until
    pair.state = PAIR.after(pair.state, "renew")
    going = [bond for bond in bonds if bond.ends_on == first and bond.role != "deputy"]
    require_room(pair.kind, [wanted_of(bond) for bond in going], period(first, until))
    pair.ends_on = until
    pair.save(update_fields=["ends_on"])
    Bond.objects.filter(pk__in=[bond.pk for bond in going]).update(ends_on=until)
    told = PairRenewed(until=until.isoformat())
    tell(told, by=by, at=at, organisation=pair.organisation, subject=pair.ref)
    return pair


@action
def appoint_deputy(
    bond: Bond,
    *,
    deputy: Person,
    place: Organisation,
    starts_on: date,
    ends_on: date,
    by: Actor,
    at: datetime,
) -> Bond:
    """Let somebody stand in for a teacher between two days; the same days of the same deputy again change nothing."""
    pair = held(bond.pair)
    bonds = bonds_of(pair)
    bond = next(row for row in bonds if row.pk == bond.pk)
    if not rules.is_teacher(by, bond):
        require_change(pair, bonds, by)
    span = period(starts_on, ends_on)
    same = [
        row
        for row in bonds
        if row.instead_of_id == bond.pk and row.teacher_id == deputy.pk and queries.span_of(row) == span
    ]
    if same:
        return same[0]
    require(rules.can_deputise(pair, bond, bonds, deputy, span))
    wanted = Wanted(deputy, bond.learner, place, bond.enrolment, "second", 1)
    require_room("layered" if pair.kind in rules.OF_APPRENTICES else pair.kind, [wanted], span)
    new = Bond.objects.create(
        pair=pair,
        teacher=deputy,
        learner=bond.learner,
        enrolment=bond.enrolment,
        place=place,
        role="deputy",
        share=0,
        instead_of=bond,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    told = DeputyAppointed(
        deputy=deputy.public_id,
        instead_of=bond.teacher.public_id,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    tell(told, by=by, at=at, organisation=pair.organisation, subject=pair.ref)
    follow(enrolments_in([new]), by=by, at=at)
    return new


@action
def take_over_mentors(cohort: Cohort, *, by: Actor, at: datetime) -> list[Pair]:
    """Make pairs of the mentors whom a roster named and no pair knows yet: the first is responsible, shares are equal.

    They teach already, so nobody is refused for being full; the page of loads shows who is.
    """
    hold_office(cohort.organisation)
    rows = list(queries.unpaired(cohort))
    for row in rows:
        require(rules.may_pair_apprentice(by, row))
    mentors = mentors_of(rows)
    made = [_taken_over(row, mentors[row.pk], at) for row in rows if row.pk in mentors]
    if made:
        told = MentorsTakenOver(cohort=cohort.public_id, pairs=[pair.public_id for pair, _ in made])
        Pair.objects.bulk_create([pair for pair, _ in made])
        Bond.objects.bulk_create([bond for _, bonds in made for bond in bonds])
        subject = Ref("apprenticeships", "cohort", cohort.public_id)
        tell(told, by=by, at=at, organisation=cohort.organisation, subject=subject)
    return [pair for pair, _ in made]


def _taken_over(row: Enrolment, mentors: list[Person], at: datetime) -> tuple[Pair, list[Bond]]:
    office, starts_on = row.cohort.organisation, max(row.starts_on, row.cohort.starts_on)
    pair = Pair(
        organisation=office, kind="master_apprentice", state="active", starts_on=starts_on, formed_at=at
    )
    each = WHOLE // len(mentors)
    bonds = [
        Bond(
            pair=pair,
            teacher=person,
            learner=row.person,
            enrolment=row,
            place=row.enterprise or office,
            role="second" if number else "responsible",
            share=each if number else WHOLE - each * (len(mentors) - 1),
            starts_on=starts_on,
        )
        for number, person in enumerate(mentors)
    ]
    return pair, bonds


def enrolments_in(bonds: Iterable[Bond]) -> list[Enrolment]:
    """The apprenticeships that bonds are about, each once."""
    return list({bond.enrolment.pk: bond.enrolment for bond in bonds if bond.enrolment is not None}.values())
