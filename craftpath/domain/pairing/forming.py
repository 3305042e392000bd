"""Forming pairs: proposed to those in it, or appointed by the office; what holds is checked under a lock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.facts import PairDeclined, PairFormed, PairProposed
from craftpath.domain.pairing.following import follow
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.domain.pairing.room import hold_office, require_room
from craftpath.domain.pairing.rules import Wanted
from craftpath.domain.pairing.spans import period
from craftpath.domain.pairing.states import PAIR
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@dataclass(frozen=True, slots=True)
class Planned:
    """One of several pairs that are made at once: its bonds, its project, and the press of the button."""

    bonds: Sequence[Wanted]
    project: str = ""
    made_id: str = ""


@action
def form_pair(
    kind: str,
    wanted: Sequence[Wanted],
    *,
    organisation: Organisation,
    starts_on: date,
    ends_on: date | None = None,
    project: str = "",
    ask: bool = False,
    made_id: str = "",
    by: Actor,
    at: datetime,
) -> Pair:
    """Make a pair: `form_pairs` with one."""
    one = Planned(wanted, project, made_id)
    made = form_pairs(
        kind, [one], organisation=organisation, starts_on=starts_on, ends_on=ends_on, ask=ask, by=by, at=at
    )
    return made[0]


@action
def form_pairs(
    kind: str,
    planned: Sequence[Planned],
    *,
    organisation: Organisation,
    starts_on: date,
    ends_on: date | None = None,
    ask: bool = False,
    by: Actor,
    at: datetime,
) -> list[Pair]:
    """Make pairs of one kind and the same days, all of them or none.

    With `ask` they wait for a yes of everybody in them; else the office appoints and they hold. The same `made_id`
    again gives the pair that is there. Refused with the first rule that is broken.
    """
    span = period(starts_on, ends_on)
    _require_shapes(kind, planned, organisation, span, by)
    hold_office(organisation)
    known = [one.made_id for one in planned if one.made_id]
    there = {
        row.made_id: row for row in Pair._base_manager.filter(organisation=organisation, made_id__in=known)
    }
    new = [one for one in planned if one.made_id not in there]
    bonds = [bond for one in new for bond in one.bonds]
    require_room(kind, bonds, span)
    made = iter([_new_pair(kind, one, organisation, starts_on, ends_on, ask, at) for one in new])
    pairs = [there.get(one.made_id) or next(made) for one in planned]
    Bond.objects.bulk_create(
        Bond(
            pair=pair,
            teacher=bond.teacher,
            learner=bond.learner,
            enrolment=bond.enrolment,
            place=bond.place,
            role=bond.role,
            share=bond.share,
            subject=bond.subject,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        for pair, one in zip(pairs, planned, strict=True)
        if one.made_id not in there
        for bond in one.bonds
    )
    for pair, one in zip(pairs, planned, strict=True):
        if one.made_id not in there:
            told = (PairProposed if ask else PairFormed)(kind=kind, people=_people(one.bonds))
            tell(told, by=by, at=at, organisation=organisation, subject=pair.ref)
    if not ask:
        follow(_enrolments(bonds), by=by, at=at)
    return pairs


def _require_shapes(
    kind: str, planned: Sequence[Planned], organisation: Organisation, span: Period, by: Actor
) -> None:
    for one in planned:
        for bond in one.bonds:
            require(
                rules.may_pair_apprentice(by, bond.enrolment)
                if bond.enrolment
                else rules.may_pair(by, organisation)
            )
        require(rules.can_shape(kind, one.bonds, span))
        if kind == "red_white" and not one.project.strip():
            raise Refused(not_now("pairing.no_project"))


def _new_pair(
    kind: str,
    one: Planned,
    organisation: Organisation,
    starts_on: date,
    ends_on: date | None,
    ask: bool,
    at: datetime,
) -> Pair:
    pair = Pair(
        organisation=organisation,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        project=one.project,
        made_id=one.made_id,
    )
    if not ask:
        pair.state, pair.formed_at = PAIR.after(pair.state, "accept"), at
    pair.save()
    return pair


def _people(wanted: Iterable[Wanted]) -> list[str]:
    return sorted({person.public_id for one in wanted for person in (one.teacher, one.learner)})


def _enrolments(wanted: Iterable[Wanted]) -> list[Enrolment]:
    return list({one.enrolment.pk: one.enrolment for one in wanted if one.enrolment is not None}.values())


@action
def accept_pair(pair: Pair, *, by: Actor, at: datetime) -> Pair:
    """Say yes to a proposal; with the last yes it holds, if there is still room. Once more changes nothing."""
    pair = held(pair)
    require(rules.may_answer(by, pair))
    if pair.state == "active":
        return pair
    after = PAIR.after(pair.state, "accept")
    mine = list(pair.bonds.select_related("teacher", "learner", "enrolment__cohort", "place").order_by("pk"))
    me = by.person.pk if by.person else None
    for bond in mine:
        if bond.teacher_id == me and bond.accepted_at is None:
            bond.accepted_at = at
        if bond.learner_id == me and bond.learner_accepted_at is None:
            bond.learner_accepted_at = at
    Bond.objects.bulk_update(mine, ["accepted_at", "learner_accepted_at"])
    if any(bond.accepted_at is None or bond.learner_accepted_at is None for bond in mine):
        return pair
    wanted = [wanted_of(bond) for bond in mine]
    require_room(pair.kind, wanted, queries.span_of(pair))
    pair.state, pair.formed_at = after, at
    pair.save(update_fields=["state", "formed_at"])
    tell(
        PairFormed(kind=pair.kind, people=_people(wanted)),
        by=by,
        at=at,
        organisation=pair.organisation,
        subject=pair.ref,
    )
    follow(_enrolments(wanted), by=system(pair.organisation), at=at)  # the office's own proposal
    return pair


@action
def decline_pair(pair: Pair, *, because: str = "", by: Actor, at: datetime) -> Pair:
    """Say no to a proposal, or, as the office, take it back."""
    pair = held(pair)
    office = rules.may_pair(by, pair.organisation)
    if not office:
        require(rules.may_answer(by, pair))
    if pair.state in ("declined", "withdrawn") and pair.because == because:
        return pair
    pair.state = PAIR.after(pair.state, "withdraw" if office else "decline")
    pair.because = because
    pair.save(update_fields=["state", "because"])
    tell(PairDeclined(because=because), by=by, at=at, organisation=pair.organisation, subject=pair.ref)
    return pair


def wanted_of(bond: Bond) -> Wanted:
    """A bond as it was wanted."""
    return Wanted(bond.teacher, bond.learner, bond.place, bond.enrolment, bond.role, bond.share, bond.subject)


def held(pair: Pair) -> Pair:
    """The pair as it is now, kept from others until the open transaction ends."""
    hold_office(pair.organisation)
    return (
        Pair.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=pair.pk)
    )
