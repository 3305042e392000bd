"""Who forms pairs, and what a pair must keep to: capacity, qualification, ratio, shares, no circle, one responsible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.pairing.capacity import Teaching, can_be_taught, can_carry, can_teach
from craftpath.domain.pairing.circles import circle
from craftpath.domain.pairing.models import (
    BOTH_WAYS,
    KINDS,
    LONGEST_REASON,
    LONGEST_WISH,
    MOST,
    OF_APPRENTICES,
    ROLES,
    WHOLE,
    WISHES,
    Bond,
    ChangeWish,
    HouseRule,
    Pair,
)
from craftpath.domain.pairing.spans import period
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.period import Period
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

__all__ = [
    "BOTH_WAYS",
    "KINDS",
    "MOST",
    "OF_APPRENTICES",
    "ROLES",
    "WHOLE",
    "LONGEST_REASON",
    "LONGEST_WISH",
    "WISHES",
    "Teaching",
    "Wanted",
    "can_ask_for_change",
    "can_be_taught",
    "can_carry",
    "can_deputise",
    "can_end",
    "can_renew",
    "can_replace",
    "can_object",
    "can_settle",
    "can_shape",
    "can_stand",
    "can_teach",
    "circle",
    "is_teacher",
    "last_objection",
    "learns_in",
    "may_answer",
    "may_change",
    "may_pair",
    "may_pair_apprentice",
    "may_settle",
    "may_stand",
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A bond that somebody wants: who teaches whom, where, as what, with which share."""

    teacher: Person
    learner: Person
    place: Organisation
    enrolment: Enrolment | None = None
    role: str = "responsible"
    share: int = WHOLE
    subject: str = ""


def may_pair(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever looks after pairs there: the college's coordinators, the enterprise's personnel office."""
    return actor.may_at(Permission.FORM_PAIRS, organisation)


def may_stand(actor: Actor, place: Organisation, hosts: Collection[int]) -> Verdict:
    """The place itself, or the college whose apprentices learn there (`hosts`: the ids of such places)."""
    verdict = may_pair(actor, place)
    return actor.may(Permission.FORM_PAIRS) if not verdict and place.pk in hosts else verdict


def may_pair_apprentice(actor: Actor, enrolment: Enrolment) -> Verdict:
    """The same for an apprentice: of the college, or of the enterprise where the apprentice works."""
    verdict = may_pair(actor, enrolment.cohort.organisation)
    if verdict or enrolment.enterprise is None:
        return verdict
    return may_pair(actor, enrolment.enterprise)


def may_answer(actor: Actor, pair: Pair) -> Verdict:
    """Whoever is in the pair until its end: no teacher of before, and no deputy."""
    person = actor.person.pk if actor.person else None
    lasting = [bond for bond in pair.bonds.all() if bond.ends_on in (None, pair.ends_on)]
    mine = any(person in (bond.teacher_id, bond.learner_id) for bond in lasting)
    return YES if person is not None and mine else may_not("pairing.not_in_it")


def can_shape(kind: str, wanted: Sequence[Wanted], span: Period) -> Verdict:
    """What a kind of pair looks like, without regard to anybody else's pairs."""
    if kind not in KINDS:
        return not_now("pairing.kind_unknown")
    if not wanted:
        return not_now("pairing.nobody")
    if not span.days:
        return not_now("pairing.ends_before_start")
    if any(one.teacher.pk == one.learner.pk for one in wanted):
        return not_now("pairing.with_oneself")
    if len({(one.teacher.pk, one.learner.pk) for one in wanted}) < len(wanted):
        return not_now("pairing.twice_the_same")
    if any(one.role not in ROLES or one.role == "deputy" for one in wanted):
        return not_now("pairing.role_unknown")
    if kind in OF_APPRENTICES and any(one.enrolment is None for one in wanted):
        return not_now("pairing.needs_apprentice")
    return _both_ways(wanted) if kind in BOTH_WAYS else _shares(wanted)


def _shares(wanted: Iterable[Wanted]) -> Verdict:
    shares: dict[int, list[Wanted]] = defaultdict(list)
    for one in wanted:
        shares[one.learner.pk].append(one)
    for bonds in shares.values():
        name = bonds[0].learner.name
        if sum(one.share for one in bonds) != WHOLE or any(one.share < 1 for one in bonds):
            return not_now(
                "pairing.shares_not_whole", name=name, percent=sum(one.share for one in bonds) / 10
            )
        if sum(one.role == "responsible" for one in bonds) != 1:
            return not_now("pairing.one_responsible", name=name)
    return YES


def _both_ways(wanted: Sequence[Wanted]) -> Verdict:
    """Everybody in it teaches once and learns once, and each says what."""
    teachers = sorted(one.teacher.pk for one in wanted)
    learners = sorted(one.learner.pk for one in wanted)
    if teachers != learners or len(set(teachers)) != len(teachers) or not 2 <= len(wanted) <= 3:  # noqa: PLR2004
        return not_now("pairing.not_mutual")
    return YES if all(one.subject.strip() for one in wanted) else not_now("pairing.says_not_what")


def may_change(actor: Actor, pair: Pair, bonds: Iterable[Bond]) -> Verdict:
    """The office that runs a pair; one of apprentices also the enterprise, which its caller asks for each of them."""
    return YES if any(bond.enrolment_id for bond in bonds) else may_pair(actor, pair.organisation)


def is_teacher(actor: Actor, bond: Bond) -> bool:
    """Whether it is the actor's own bond: who goes on leave names the own deputy."""
    return actor.person is not None and actor.person.pk == bond.teacher_id


def last_objection(pair: Pair, rule: HouseRule) -> date:
    """The last day on which either side may take a pair back."""
    return pair.starts_on + timedelta(days=rule.objection_days)


def can_object(pair: Pair, rule: HouseRule, on: date, because: str) -> Verdict:
    """With a reason, while the days for objections last."""
    if not because.strip() or len(because) > LONGEST_REASON:
        return not_now("pairing.no_reason", most=LONGEST_REASON)
    last = last_objection(pair, rule)
    return YES if pair.starts_on <= on <= last else not_now("pairing.objection_over", on=last)


def can_end(pair: Pair, on: date, because: str) -> Verdict:
    """With a reason, from its first day on, before the day on which it ends anyway."""
    if not because.strip() or len(because) > LONGEST_REASON:
        return not_now("pairing.no_reason", most=LONGEST_REASON)
    late = pair.ends_on is not None and on > pair.ends_on
    return not_now("pairing.outside", start=pair.starts_on) if on < pair.starts_on or late else YES


def can_renew(pair: Pair, until: date) -> Verdict:
    """A pair with a last day goes on until a later one."""
    if pair.state != "active" or pair.ends_on is None:
        return not_now("pairing.no_end")
    return YES if until > pair.ends_on else not_now("pairing.not_later", on=pair.ends_on)


def can_replace(pair: Pair, bond: Bond, teacher: Person, on: date, because: str) -> Verdict:
    """Another person, with a reason, on a day of the bond."""
    if not because.strip() or len(because) > LONGEST_REASON:
        return not_now("pairing.no_reason", most=LONGEST_REASON)
    if pair.state != "active" or bond.role == "deputy":
        return not_now("pairing.not_teaching")
    if teacher.pk in (bond.teacher_id, bond.learner_id):
        return not_now("pairing.with_oneself")
    inside = bond.starts_on <= on and (bond.ends_on is None or on < bond.ends_on)
    return YES if inside else not_now("pairing.outside", start=bond.starts_on)


def can_deputise(pair: Pair, bond: Bond, bonds: Iterable[Bond], deputy: Person, span: Period) -> Verdict:
    """Somebody else, for days within the bond on which nobody stands in yet."""
    if pair.state != "active" or bond.role == "deputy":
        return not_now("pairing.not_teaching")
    if deputy.pk in (bond.teacher_id, bond.learner_id):
        return not_now("pairing.with_oneself")
    if not span.days:
        return not_now("pairing.ends_before_start")
    if span.start < bond.starts_on or (bond.ends_on is not None and span.end > bond.ends_on):
        return not_now("pairing.outside", start=bond.starts_on)
    others = (one for one in bonds if one.instead_of_id == bond.pk)
    taken = next((one for one in others if period(one.starts_on, one.ends_on).overlaps(span)), None)
    return (
        YES
        if taken is None
        else not_now("pairing.deputy_already", name=taken.teacher.name, on=taken.starts_on)
    )


def can_stand(capacity: int, qualified: Period | None) -> Verdict:
    """A capacity that somebody can have, and a qualification that holds at least a day."""
    if not 0 <= capacity <= MOST:
        return not_now("pairing.capacity_out_of_range", most=MOST)
    return not_now("pairing.ends_before_start") if qualified is not None and not qualified.days else YES


def learns_in(person: Person | None, bonds: Iterable[Bond]) -> Bond | None:
    """The bond in which somebody learns; none for whoever only teaches or is not in the pair."""
    return next((bond for bond in bonds if person is not None and bond.learner_id == person.pk), None)


def can_ask_for_change(pair: Pair, wish: str, words: str) -> Verdict:
    """One of the known wishes, in a pair that holds."""
    if pair.state != "active":
        return not_now("pairing.not_teaching")
    if wish not in WISHES:
        return not_now("pairing.wish_unknown")
    return YES if len(words) <= LONGEST_WISH else not_now("pairing.wish_too_long", most=LONGEST_WISH)


def may_settle(actor: Actor, wish: ChangeWish, teachers: Iterable[int]) -> Verdict:
    """The college's office; never somebody who teaches in the pair."""
    person = actor.person.pk if actor.person else None
    if person is not None and person in set(teachers):
        return may_not("pairing.wish_not_yours")
    return may_pair(actor, wish.organisation)


def can_settle(answer: str) -> Verdict:
    """With words that whoever asked can read."""
    given = answer.strip()
    return YES if given and len(given) <= LONGEST_WISH else not_now("pairing.no_answer", most=LONGEST_WISH)
