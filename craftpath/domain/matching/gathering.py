"""A round as columns: who takes part with how much room, which pairs are possible, and what each is worth.

The same number of queries however many people; nothing is solved here, so that an action may look again, under lock,
whether a proposal still fits.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.matching.models import (
    FAIRNESS,
    Mark,
    Preference,
    Profile,
    Round,
    Seat,
    TravelTime,
)
from craftpath.domain.matching.scoring import Between, Side, nearness, perfect, plain, points, worth
from craftpath.domain.pairing import queries as pairs
from craftpath.domain.pairing import rules as pair_rules
from craftpath.domain.pairing.rules import Teaching
from craftpath.domain.pairing.spans import busiest, merged, period
from craftpath.values.period import Period
from craftpath.values.verdict import Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond

Place = tuple[int, int]
"""(place in the list of teachers, place in the list of learners)"""


@dataclass(frozen=True, slots=True)
class Possible:
    """A pair that could be made: what it is worth, and the points behind it (None: not known)."""

    worth: int
    points: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A round as it is now.

    `room` is how many each teacher may have in all, `carried` how many learners beside those of the round each has on
    the fullest day. `possible` and `barred` together are all pairs; `standing` are the pairs of today in this kind.
    `subjects` say what one teaches the other, and the other in return.
    """

    round: Round
    teachers: Sequence[Seat]
    learners: Sequence[Seat]
    room: Sequence[int]
    carried: Sequence[int]
    possible: Mapping[Place, Possible]
    barred: Mapping[Place, Verdict]
    standing: Mapping[Place, Bond]
    pins: frozenset[Place] = frozenset()
    forbidden: frozenset[Place] = frozenset()
    wishes: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    subjects: Mapping[Place, tuple[str, str]] = field(default_factory=dict)

    @property
    def perfect(self) -> int:
        """What a pair with all points would be worth."""
        return perfect(self.round.weights, self.round.kind)

    @property
    def needs(self) -> list[int]:
        """How many teachers each learner shall have; whoever stands at the top of a chain needs nobody."""
        number = len(self.round.shares) or 1
        top = max((seat.level for seat in self.learners), default=0)
        chain = self.round.kind == "layered"
        return [0 if chain and seat.level == top else number for seat in self.learners]

    @property
    def digest(self) -> str:
        """A hash of everything that decides what the engine finds."""
        row = self.round
        told: list[Any] = [
            [row.kind, row.method, row.keep, row.shares, row.seed, sorted(row.weights.items())],
            [str(row.starts_on), str(row.ends_on), row.weights.get(FAIRNESS, 0)],
            [[seat.public_id, seat.level] for seat in (*self.teachers, *self.learners)],
            [list(self.room), list(self.carried)],
            sorted([*place, one.worth] for place, one in self.possible.items()),
            [sorted(self.standing), sorted(self.pins), sorted(self.forbidden)],
            sorted((pk, sorted(mine.items())) for pk, mine in self.wishes.items()),
        ]
        return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def seats_of(row: Round) -> list[Seat]:
    """Everybody in a round, by name."""
    rows = row.seats.select_related(
        "person", "place", "enrolment__cohort__organisation", "enrolment__enterprise", "enrolment__person"
    )
    return sorted(rows, key=lambda seat: (seat.person.name, seat.pk))


def gather(row: Round) -> Table:
    """Read a round: eleven queries."""
    seats = seats_of(row)
    teachers = [seat for seat in seats if seat.side in ("teaches", "both")]
    learners = [seat for seat in seats if seat.side in ("learns", "both")]
    span = period(row.starts_on, row.ends_on)
    teachings = pairs.teachings((seat.place, seat.person) for seat in seats)
    known = _Known(row, seats, teachings)
    room, carried = _rooms(row, teachers, {seat.person_id for seat in learners}, teachings, span)
    marks = list(Mark.objects.filter(round=row))
    where = {seat.pk: at for at, seat in enumerate(teachers)}
    whom = {seat.pk: at for at, seat in enumerate(learners)}
    possible, barred, subjects = {}, {}, {}
    for one, teacher in enumerate(teachers):
        verdict = _unfit(teachings[teacher.place_id, teacher.person_id], span)
        for other, learner in enumerate(learners):
            no = verdict if verdict is not None else known.bar(teacher, learner)
            if no is not None:
                barred[one, other] = no
                continue
            given = known.points(teacher, learner)
            possible[one, other] = Possible(worth(given, row.weights, row.kind), given)
            subjects[one, other] = (known.subject(teacher, learner), known.back(teacher, learner))
    standing = {
        (at, whom[seat.pk]): bond
        for seat in learners
        for bond in known.standing.get(seat.person_id, ())
        for at, teacher in enumerate(teachers)
        if teacher.person_id == bond.teacher_id
    }
    return Table(
        row,
        teachers,
        learners,
        room,
        carried,
        possible,
        barred,
        standing,
        frozenset((where[m.teacher_id], whom[m.learner_id]) for m in marks if m.mark == "pin"),
        frozenset((where[m.teacher_id], whom[m.learner_id]) for m in marks if m.mark == "forbid"),
        known.wishes,
        subjects,
    )


def standing_bonds(row: Round, learners: Iterable[Seat]) -> dict[int, list[Bond]]:
    """learner's person id → the bonds of today in pairs of the round's kind, the responsible one first; one query."""
    day = row.starts_on
    rows = (
        pairs.bonds_on(day)
        .filter(learner__in={seat.person_id for seat in learners}, pair__kind=row.kind, pair__state="active")
        .exclude(role="deputy")
        .select_related("pair__organisation", "teacher", "learner", "place", "enrolment")
        .order_by("-share", "pk")
    )
    found: dict[int, list[Bond]] = defaultdict(list)
    for bond in rows:
        found[bond.learner_id].append(bond)
    return found


def _rooms(
    row: Round,
    teachers: Sequence[Seat],
    moving: set[int],
    teachings: Mapping[tuple[int, int], Teaching],
    span: Period,
) -> tuple[list[int], list[int]]:
    """How many each may have in all, and has beside those whom the round may move, on the fullest day."""
    held = pairs.carried((seat.person_id for seat in teachers), span)
    rooms, carried = [], []
    for seat in teachers:
        beside: dict[int, list[Period]] = defaultdict(list)
        for learner, days in held.get(seat.person_id, ()):
            if learner not in moving:
                beside[learner].append(days)
        load, _ = busiest(((days, 1) for each in beside.values() for days in merged(each)), span)
        room = max(load, teachings[seat.place_id, seat.person_id].capacity)
        if row.kind in pair_rules.BOTH_WAYS:
            room = min(room, load + 1)
        rooms.append(room if seat.most is None else min(room, load + seat.most))
        carried.append(load)
    return rooms, carried


def _unfit(teaching: Teaching, span: Period) -> Verdict | None:
    """Why somebody may teach nobody in these days, whoever it is: the qualification."""
    alone = Teaching(teaching.name, 1, teaching.qualified)
    verdict = pair_rules.can_teach(alone, (), 1, span)
    return None if verdict else verdict


class _Known:
    """What is kept of the people of a round, read once."""

    def __init__(
        self, row: Round, seats: Sequence[Seat], teachings: Mapping[tuple[int, int], Teaching]
    ) -> None:
        self.row = row
        people = {seat.person_id for seat in seats}
        self.profiles = {one.person_id: one for one in Profile._base_manager.filter(person__in=people)}
        self.wishes: dict[int, dict[int, int]] = defaultdict(dict)
        for mine in Preference._base_manager.filter(seat__round=row):
            self.wishes[mine.seat_id][mine.wanted_id] = mine.rank
        learners = [seat for seat in seats if seat.side != "teaches"]
        self.standing = standing_bonds(row, learners)
        self.taught: dict[int, set[str]] = defaultdict(set)
        self.before: set[tuple[int, int]] = set()
        self._history(people)
        self.results = {
            (one.organisation_id, one.person_id): one.result
            for one in pairs.standings_at({seat.place_id: seat.place for seat in seats}.values()).values()
        }
        self.teachings = teachings
        self.minutes = {
            frozenset({one.one_id, one.other_id}): one.minutes
            for one in TravelTime._base_manager.filter(organisation=row.organisation)
        }
        self.near: dict[tuple[int, int], int] = {}
        self.sides = {seat.pk: self._side(seat) for seat in seats}

    def _history(self, people: set[int]) -> None:
        """Which occupations each has taught, and who was a pair of this kind before; one query."""
        until = self.row.starts_on + timedelta(days=1)
        rows = pairs.bonds().filter(teacher__in=people, starts_on__lt=until).exclude(role="deputy")
        told = rows.values_list("teacher_id", "learner_id", "pair__kind", "enrolment__cohort__occupation")
        for teacher, learner, kind, occupation in told.distinct():
            self.taught[teacher] |= _words((occupation or {}).values())
            if kind == self.row.kind:
                self.before.add((teacher, learner))

    def _side(self, seat: Seat) -> Side:
        profile = self.profiles.get(seat.person_id)
        enrolment = seat.enrolment
        learnt = _words(enrolment.cohort.occupation.values()) if enrolment is not None else frozenset()
        return Side(
            place=seat.place_id,
            path=seat.place.path,
            occupations=learnt if seat.side == "learns" else frozenset(self.taught.get(seat.person_id, ())),
            teaches=_words(profile.teaches) if profile else frozenset(),
            wants=_words(profile.wants) if profile else frozenset(),
            shift=profile.shift if profile else "",
            languages=tuple(profile.languages) if profile else (),
            result=self.results.get((seat.place_id, seat.person_id)),
            wishes=self.wishes.get(seat.pk, {}),
        )

    def bar(self, teacher: Seat, learner: Seat) -> Verdict | None:
        """Why two people are no possible pair; None if they are."""
        if teacher.person_id == learner.person_id:
            return not_now("pairing.with_oneself")
        if teacher.person_id == self.row.leaving_id:
            return not_now("matching.leaves", name=teacher.person.name)
        kind = self.row.kind
        if kind in pair_rules.OF_APPRENTICES and not _same_house(teacher, learner, kind):
            return not_now("matching.other_place", name=teacher.person.name, place=teacher.place.title.both())
        if kind == "layered" and teacher.level <= learner.level:
            return not_now("matching.not_above", name=teacher.person.name)
        if kind == "mutual" and not self.subject(teacher, learner):
            return not_now("matching.nothing_wanted", name=teacher.person.name, other=learner.person.name)
        if kind == "red_white":
            idle = next((one for one in (teacher, learner) if not self._words_of(one)), None)
            if idle is not None:
                return not_now("matching.teaches_nothing", name=idle.person.name)
        return None

    def _words_of(self, seat: Seat) -> list[str]:
        profile = self.profiles.get(seat.person_id)
        return list(profile.teaches) if profile else []

    def subject(self, teacher: Seat, learner: Seat) -> str:
        """What one could teach the other: the first that is wanted; among equals nothing else."""
        wanted = self.sides[learner.pk].wants if learner.pk in self.sides else frozenset()
        offered = self._words_of(teacher)
        fits = next((word for word in offered if plain(word) in wanted), "")
        if fits or self.row.kind == "mutual":
            return fits
        return offered[0] if offered and self.row.kind in ("layered", "red_white") else ""

    def back(self, teacher: Seat, learner: Seat) -> str:
        """What a white smock teaches a red suit in return."""
        return self.subject(learner, teacher) if self.row.kind == "red_white" else ""

    def points(self, teacher: Seat, learner: Seat) -> tuple[int | None, ...]:
        """Points of each criterion; for a pair in which both teach, the mean of both directions."""
        one, other = self.sides[teacher.pk], self.sides[learner.pk]
        near = self._near(teacher, learner)
        now = any(bond.teacher_id == teacher.person_id for bond in self.standing.get(learner.person_id, ()))
        between = Between(near, now, (teacher.person_id, learner.person_id) in self.before)
        there = points(one, other, (teacher.pk, learner.pk), between)
        if self.row.kind != "red_white":
            return there
        back = points(other, one, (learner.pk, teacher.pk), between)
        return tuple(_mean(a, b) for a, b in zip(there, back, strict=True))

    def _near(self, teacher: Seat, learner: Seat) -> int:
        key = (teacher.place_id, learner.place_id)
        if key not in self.near:
            minutes = self.minutes.get(frozenset(key))
            self.near[key] = nearness(teacher.place.path, learner.place.path, teacher.place.steplen, minutes)
        return self.near[key]


def _words(given: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in given if word)


def _mean(one: int | None, other: int | None) -> int | None:
    given = [value for value in (one, other) if value is not None]
    return sum(given) // len(given) if given else None


def _same_house(teacher: Seat, learner: Seat, kind: str) -> bool:
    """A master teaches where the apprentice works, a tutor at the apprentice's college, each above or below it."""
    row = learner.enrolment
    there = learner.place.path
    if kind == "college_tutor" and row is not None:
        there = row.cohort.organisation.path
    here = teacher.place.path
    return bool(here.startswith(there) or there.startswith(here))
