"""Forming pairs: proposed to those in it, or appointed by the office; what holds is checked under a lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.facts import PairDeclined, PairFormed, PairProposed
from craftpath.domain.pairing.following import follow
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.domain.pairing.rules import Wanted
from craftpath.domain.pairing.spans import period
from craftpath.domain.pairing.states import PAIR
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


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
    """Make a pair. With `ask` it waits for a yes of everybody in it; else the office appoints and it holds.

    The same `made_id` again gives the pair that is there. Refused with the first rule that is broken.
    """
    span = period(starts_on, ends_on)
    for one in wanted:
        require(
            rules.may_pair_apprentice(by, one.enrolment)
            if one.enrolment
            else rules.may_pair(by, organisation)
        )
    require(rules.can_shape(kind, wanted, span))
    if kind == "red_white" and not project.strip():
        raise Refused(not_now("pairing.no_project"))
    hold_office(organisation)
    if made_id:
        before = Pair._base_manager.filter(organisation=organisation, made_id=made_id).first()
        if before is not None:
            return before
    require_room(kind, wanted, span)
    pair = Pair(
        organisation=organisation,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        project=project,
        made_id=made_id,
    )
    if not ask:
        pair.state, pair.formed_at = PAIR.after(pair.state, "accept"), at
    pair.save()
    Bond.objects.bulk_create(
        Bond(
            pair=pair,
            teacher=one.teacher,
            learner=one.learner,
            enrolment=one.enrolment,
            place=one.place,
            role=one.role,
            share=one.share,
            subject=one.subject,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        for one in wanted
    )
    told = (PairProposed if ask else PairFormed)(kind=kind, people=_people(wanted))
    tell(told, by=by, at=at, organisation=organisation, subject=pair.ref)
    if not ask:
        follow(_enrolments(wanted), by=by, at=at)
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


def hold_office(organisation: Organisation) -> None:
    """Pairs of one office are formed one after another, so that two at once cannot take the same last place."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def held(pair: Pair) -> Pair:
    """The pair as it is now, kept from others until the open transaction ends."""
    hold_office(pair.organisation)
    return (
        Pair.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=pair.pk)
    )


def require_room(kind: str, wanted: Sequence[Wanted], span: Period) -> None:
    """Refuse unless everybody's place, qualification, ratio and apprentices allow these bonds; holds what it looks at.

    Locks go from the office to the people to the apprentices, each in the order of their ids.
    """
    places = {one.place.pk: one.place for one in wanted}
    list(
        Organisation.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=places)
        .order_by("pk")
        .values_list("pk")
    )
    teachers = {one.teacher.pk for one in wanted}
    list(
        Person.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=teachers)
        .order_by("pk")
        .values_list("pk")
    )
    hold(one.enrolment.pk for one in wanted if one.enrolment is not None)
    _require_teachers(wanted, span)
    _require_places(wanted, span, places)
    if kind == "master_apprentice":
        _require_learners(wanted, span)
    if kind not in rules.BOTH_WAYS:
        _require_no_circle(wanted, span)


def _require_teachers(wanted: Sequence[Wanted], span: Period) -> None:
    standings = queries.teachings(((one.place, one.teacher) for one in wanted), hold=True)
    load = queries.carried((one.teacher.pk for one in wanted), span)
    new: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one in wanted:
        new[one.place.pk, one.teacher.pk].add(one.learner.pk)
    for (place, teacher), learners in sorted(new.items()):
        # Whom somebody teaches already is no one more: another share of the same apprentice takes no other seat.
        beside = [row for row in load.get(teacher, []) if row[0] not in learners]
        require(rules.can_teach(standings[place, teacher], beside, len(learners), span))


def _require_places(wanted: Sequence[Wanted], span: Period, places: dict[int, Organisation]) -> None:
    new: dict[int, set[int]] = defaultdict(set)
    for one in wanted:
        if one.enrolment is not None:
            new[one.place.pk].add(one.learner.pk)
    for place, learners in sorted(new.items()):
        most = queries.room_at(queries.house_rule(places[place]))
        beside = [row for row in queries.carried_at(places[place], span) if row[0] not in learners]
        require(rules.can_carry(places[place].title.both(), most, beside, len(learners), span))


def _require_learners(wanted: Sequence[Wanted], span: Period) -> None:
    taken = queries.responsible_for(one.enrolment.pk for one in wanted if one.enrolment is not None)
    for one in wanted:
        row = one.enrolment
        if row is not None and one.role == "responsible":
            require(rules.can_be_taught(one.learner.name, taken.get(row.pk, []), span, row.ended_on))


def _require_no_circle(wanted: Sequence[Wanted], span: Period) -> None:
    people = {one.learner.pk: one.learner for one in wanted} | {one.teacher.pk: one.teacher for one in wanted}
    way = rules.circle(
        queries.arrows(span, (one.learner.pk for one in wanted)),
        ((one.teacher.pk, one.learner.pk) for one in wanted),
    )
    if way:
        known = people | {row.pk: row for row in Person.objects.filter(pk__in=set(way) - set(people))}
        raise Refused(not_now("pairing.circle", way=" → ".join(known[pk].name for pk in way)))
