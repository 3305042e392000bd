"""Who runs a round and who may say whom they would like; what a round, a mark and a proposal must keep to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.matching.models import (
    CRITERIA,
    FAIRNESS,
    FARTHEST,
    HEAVIEST,
    KINDS,
    LANGUAGES,
    LONGEST_REASON,
    LONGEST_WORD,
    MARKS,
    METHODS,
    MOST_LEARNERS,
    MOST_LEVELS,
    MOST_TEACHERS,
    MOST_WISHES,
    MOST_WORDS,
    SHIFTS,
    Round,
)
from craftpath.domain.pairing.rules import (
    BOTH_WAYS,
    MOST,
    OF_APPRENTICES,
    WHOLE,
    may_pair,
    may_pair_apprentice,
    may_stand,
)
from craftpath.kernel.access import Actor
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.matching.gathering import Place, Table
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

__all__ = [
    "BOTH_WAYS",
    "CRITERIA",
    "FAIRNESS",
    "HEAVIEST",
    "LONGEST_REASON",
    "KINDS",
    "LANGUAGES",
    "METHODS",
    "MOST_WISHES",
    "OF_APPRENTICES",
    "SHARES",
    "SHIFTS",
    "USUAL",
    "Sitting",
    "can_ask",
    "can_drop",
    "can_mark",
    "can_note_travel",
    "can_open",
    "can_profile",
    "can_seat",
    "can_solve",
    "can_state",
    "can_weigh",
    "may_match",
    "may_profile",
    "may_seat",
]

USUAL: Mapping[str, int] = {
    "occupation": 5,
    "site": 3,
    "shift": 3,
    "language": 2,
    "goals": 3,
    "wishes": 3,
    "results": 1,
    "continuity": 2,
    FAIRNESS: 2,
}
"""What matters before anybody said otherwise."""
SHARES = ((WHOLE,), (600, 400), (500, 300, 200))
"""What the teachers of one learner may share the work by."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody whom the office puts into a round."""

    person: Person
    side: str
    place: Organisation
    enrolment: Enrolment | None = None
    most: int | None = None
    level: int = 0


def may_match(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever looks after pairs there."""
    return may_pair(actor, organisation)


def may_seat(actor: Actor, seats: Iterable[Sitting]) -> Verdict:
    """Apprentices only whom one may pair; staff of the places that the caller was given."""
    for seat in seats:
        if seat.enrolment is not None:
            verdict = may_pair_apprentice(actor, seat.enrolment)
            if not verdict:
                return verdict
    return YES


def may_profile(actor: Actor, person: Person, place: Organisation, hosts: Collection[int]) -> Verdict:
    """Oneself, or whoever may write down how many somebody teaches there."""
    if actor.person is not None and actor.person.pk == person.pk:
        return YES
    return may_stand(actor, place, hosts)


def can_open(kind: str, method: str, starts_on: date, ends_on: date | None, shares: Sequence[int]) -> Verdict:
    """A known kind and way, some days, and shares that this kind can have."""
    if kind not in KINDS or method not in METHODS:
        return not_now("matching.kind_unknown")
    if ends_on is not None and ends_on <= starts_on:
        return not_now("pairing.ends_before_start")
    if tuple(shares) not in SHARES or (len(shares) > 1 and kind != "master_apprentice"):
        return not_now("matching.shares_unknown")
    if method == "stated" and (kind not in OF_APPRENTICES or len(shares) > 1):
        return not_now("matching.stated_one_teacher")
    return YES


def can_seat(kind: str, seats: Sequence[Sitting]) -> Verdict:
    """Somebody on each side, nobody twice, no more than can be looked at together."""
    teach = [one for one in seats if one.side in ("teaches", "both")]
    learn = [one for one in seats if one.side in ("learns", "both")]
    if not teach:
        return not_now("matching.nobody_teaches")
    if not learn:
        return not_now("matching.nobody_learns")
    if len(teach) > MOST_TEACHERS or len(learn) > MOST_LEARNERS:
        return not_now("matching.too_many", teachers=MOST_TEACHERS, learners=MOST_LEARNERS)
    if len({(one.person.pk, one.side) for one in seats}) < len(seats):
        return not_now("matching.twice")
    both = kind in ("mutual", "layered")
    if any((one.side == "both") != both for one in seats):
        return not_now("matching.side_unknown")
    if kind in OF_APPRENTICES and any(one.enrolment is None for one in learn):
        return not_now("pairing.needs_apprentice")
    wrong = next((one for one in seats if one.most is not None and not 0 <= one.most <= MOST), None)
    if wrong is not None:
        return not_now("matching.most_out_of_range", name=wrong.person.name, most=MOST)
    if any(not 0 <= one.level <= MOST_LEVELS for one in seats):
        return not_now("matching.level_out_of_range", most=MOST_LEVELS)
    if kind == "layered" and len({one.level for one in seats}) == 1:
        return not_now("matching.one_level")
    return YES


def can_weigh(weights: Mapping[str, Any]) -> Verdict:
    """Every criterion with a whole number from 0 to 5, and at least one that counts."""
    known = {*CRITERIA, FAIRNESS}
    if set(weights) != known:
        return not_now("matching.criterion_unknown")
    given = weights.values()
    if any(not isinstance(one, int) or isinstance(one, bool) or not 0 <= one <= HEAVIEST for one in given):
        return not_now("matching.weight_out_of_range", most=HEAVIEST)
    return YES if any(weights[name] for name in CRITERIA) else not_now("matching.nothing_matters")


def can_mark(table: Table, place: Place, mark: str) -> Verdict:
    """A pin that is possible, beside the pins there are; a ban always."""
    if mark not in (*MARKS, ""):
        return not_now("matching.mark_unknown")
    if mark != "pin":
        return YES
    if place in table.barred:
        return table.barred[place]
    pins = {*table.pins, place}
    return _pins_fit(table, pins)


def _pins_fit(table: Table, pins: Collection[Place]) -> Verdict:
    needs = table.needs
    for at, seat in enumerate(table.learners):
        number = sum(learner == at for _, learner in pins)
        if number > needs[at]:
            return not_now("matching.pins_over_need", name=seat.person.name, pins=number, most=needs[at])
    for at, seat in enumerate(table.teachers):
        number, room = sum(teacher == at for teacher, _ in pins), table.room[at] - table.carried[at]
        if number > room:
            return not_now("matching.pins_over_room", name=seat.person.name, pins=number, most=max(0, room))
    return YES


def can_solve(table: Table) -> Verdict:
    """People on both sides, pins that are still possible and still have room."""
    if not table.teachers:
        return not_now("matching.nobody_teaches")
    if not table.learners:
        return not_now("matching.nobody_learns")
    gone = next((table.barred[place] for place in sorted(table.pins) if place in table.barred), None)
    return gone if gone is not None else _pins_fit(table, table.pins)


def can_ask(row: Round, until: date, today: date) -> Verdict:
    """A day to come; of people who do not all stand on both sides."""
    if row.kind == "mutual":
        return not_now("matching.nothing_to_ask")
    return YES if until >= today else not_now("matching.asks_until_past")


def can_state(row: Round, wanted: Sequence[int], known: Collection[int], today: date) -> Verdict:
    """While the office asks: people of the other side, each once, not too many."""
    if row.state != "asking" or row.answers_until is None or today > row.answers_until:
        return not_now("matching.not_asking")
    if len(wanted) > MOST_WISHES or len(set(wanted)) < len(wanted):
        return not_now("matching.wishes_twice", most=MOST_WISHES)
    return YES if set(wanted) <= set(known) else not_now("matching.wish_unknown")


def can_profile(
    teaches: Sequence[str], wants: Sequence[str], shift: str, languages: Sequence[str]
) -> Verdict:
    """A few short words, a known shift, known languages."""
    for words in (teaches, wants):
        if len(words) > MOST_WORDS or any(not word.strip() or len(word) > LONGEST_WORD for word in words):
            return not_now("matching.words_too_long", most=MOST_WORDS, longest=LONGEST_WORD)
    if shift not in ("", *SHIFTS):
        return not_now("matching.shift_unknown")
    known = set(languages) <= set(LANGUAGES) and len(set(languages)) == len(languages)
    return YES if known else not_now("matching.language_unknown")


def can_note_travel(one: Organisation, other: Organisation, minutes: int) -> Verdict:
    """Two places, and a time of less than a day's shift."""
    if one.pk == other.pk:
        return not_now("matching.same_place")
    return YES if 0 <= minutes <= FARTHEST else not_now("matching.travel_out_of_range", most=FARTHEST)


def can_drop(because: str) -> Verdict:
    """With a reason."""
    given = because.strip()
    return (
        YES if given and len(given) <= LONGEST_REASON else not_now("pairing.no_reason", most=LONGEST_REASON)
    )


def is_seated(actor: Actor, people: Collection[int]) -> Verdict:
    """Whoever takes part."""
    mine = actor.person is not None and actor.person.pk in people
    return YES if mine else may_not("matching.not_in_it")
