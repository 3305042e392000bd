"""What waits for whom on a day, for many people at once: counts of duties, by kind and by the place where one acts.

Two sources: duties that ask persons, read for a range of people at a time, and duties of offices with what others are
late with, read once (`Offices`) and handed to whoever holds the permission at the place or above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.kernel.access import memberships_on
from craftpath.kernel.duties import KINDS, Clock, Duties, Kind, open_duties
from craftpath.kernel.roles import Permission, Role, allowed, of_office
from craftpath.kernel.topics import ALWAYS_SHOWN, muted_by


@dataclass(slots=True)
class Tally:
    """So many duties, how many of them overdue, the first due day, and whether a day may still move."""

    count: int = 0
    overdue: int = 0
    first: np.datetime64 = field(default_factory=lambda: np.datetime64("9999-12-31", "D"))
    assumed: bool = False

    def add(self, other: Tally) -> None:
        """Count the other one in."""
        self.count += other.count
        self.overdue += other.overdue
        self.assumed = self.assumed or other.assumed
        self.first = min(self.first, other.first)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: a kind of duty, the organisation (its key) where the reader acts, and how many.

    `told` says that others are asked, and late; without `mail` the line stands on pages only.
    """

    kind: str
    place: str
    count: int
    overdue: int
    first: str
    assumed: bool
    told: bool
    mail: bool

    def as_json(self) -> dict[str, Any]:
        """The form that a digest keeps."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Seat:
    """A role of somebody: where, as a path and a key, and what it allows by itself and with a relation."""

    path: str
    key: str
    role: Role


class Offices:
    """What waits for offices, and what others are late with, everywhere: read once for a whole round.

    What nobody hears of but the persons asked is not even read here.
    """

    def __init__(self, clock: Clock) -> None:
        self._rows: dict[frozenset[Permission], list[tuple[str, str, bool, Tally]]] = defaultdict(list)
        self._known: dict[tuple[str, Role], dict[tuple[str, bool], Tally]] = {}
        self._all: dict[str, list[tuple[str, Tally]]] = {}
        today = np.datetime64(clock.asked.today, "D")
        for kind in KINDS.values():
            if kind.private:
                continue
            by_place: dict[int, Tally] = defaultdict(Tally)
            for (permission, place, told), tally in _of_offices(kind, clock, today, by_place).items():
                row = (clock.places[place][0], kind.code, told, tally)
                self._rows[kind.heard_with(permission)].append(row)
            if kind.others is None:
                self._all[kind.code] = [(clock.places[place][0], tally) for place, tally in by_place.items()]

    def below(self, path: str) -> dict[str, Tally]:
        """kind → what is open at a place of the tree and below it, whoever is asked, of what everybody may hear."""
        found: dict[str, Tally] = {}
        for kind, rows in self._all.items():
            for place, tally in rows:
                if place.startswith(path):
                    found.setdefault(kind, Tally()).add(tally)
        return found

    def at(self, seat: Seat) -> dict[tuple[str, bool], Tally]:
        """(kind, told) → what whoever has this seat finds at the place and below it."""
        if (seat.path, seat.role) not in self._known:
            found: dict[tuple[str, bool], Tally] = defaultdict(Tally)
            held = of_office(seat.role)
            first = {code: kind.told_with(held) for code, kind in KINDS.items()}
            for wanted, rows in self._rows.items():
                if not wanted <= held:
                    continue
                for path, kind, told, tally in rows:
                    # Whatever a later step tells, the first one has told already.
                    if path.startswith(seat.path) and (not told or wanted == first[kind]):
                        found[kind, told].add(tally)
            self._known[seat.path, seat.role] = found
        return self._known[seat.path, seat.role]


def _of_offices(
    kind: Kind, clock: Clock, today: np.datetime64, by_place: dict[int, Tally]
) -> dict[tuple[Permission, int, bool], Tally]:
    found: dict[tuple[Permission, int, bool], Tally] = defaultdict(Tally)
    told: dict[Permission, set[Any]] = defaultdict(set)
    known: set[Any] = set()
    tells = [(number, step.tells) for number, step in enumerate(kind.steps) if step.tells is not None]
    for some in open_duties(kind, clock):
        everything = _once(some, np.ones(len(some), bool), known)
        for (_who, place), tally in _tallied(some, everything, today, by_person=False).items():
            by_place[place].add(tally)
        if kind.needs is not None:
            for (_who, place), tally in _tallied(some, some.who == 0, today).items():
                found[kind.needs, place, False].add(tally)
        for number, permission in tells:
            late = _once(some, some.reached > number, told[permission])
            for (_who, place), tally in _tallied(some, late, today, by_person=False).items():
                found[permission, place, True].add(tally)
    return found


def _once(some: Duties, chosen: npt.NDArray[np.bool_], known: set[Any]) -> npt.NDArray[np.bool_]:
    """Of the chosen rows the first of each thing that is not known yet: two people may be asked for one thing."""
    things, first = some.things, np.zeros(len(some), bool)
    for n in np.flatnonzero(chosen).tolist():
        if things[n] not in known:
            known.add(things[n])
            first[n] = True
    return first


def _tallied(
    some: Duties, chosen: npt.NDArray[np.bool_], today: np.datetime64, *, by_person: bool = True
) -> dict[tuple[int, int], Tally]:
    """(person, place) → tally of the chosen rows; person 0 where it does not matter."""
    if not chosen.any():
        return {}
    who = some.who[chosen] if by_person else np.zeros(int(chosen.sum()), np.int64)
    keys = np.stack([who, some.places[chosen]], axis=1)
    groups, inverse = np.unique(keys, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    days = some.due[chosen]
    counts = np.bincount(inverse)
    late = np.bincount(inverse, weights=days < today)
    assumed = np.bincount(inverse, weights=some.assumed[chosen])
    first = np.full(len(groups), np.datetime64("9999-12-31", "D"))
    np.minimum.at(first, inverse, days)
    return {
        (int(person), int(place)): Tally(int(counts[n]), int(late[n]), first[n], bool(assumed[n]))
        for n, (person, place) in enumerate(groups.tolist())
    }


def lines_of(people: tuple[int, int], clock: Clock, offices: Offices) -> dict[int, list[Line]]:
    """person id → the lines of the digest, of everybody with a role and an id in (after, until]; a query a kind."""
    seats = _seats(people, clock.asked.today)
    personal: dict[int, dict[tuple[str, str, bool], Tally]] = defaultdict(dict)
    today = np.datetime64(clock.asked.today, "D")
    for kind in KINDS.values():
        for some in open_duties(kind, clock, people):
            for (person, place), tally in _tallied(some, some.who > 0, today).items():
                able = [seat for seat in seats.get(person, ()) if kind.asks(allowed(frozenset({seat.role})))]
                seat = _seat_for(able, clock.places[place][0], kind.needs)
                if seat is not None:
                    personal[person].setdefault((kind.code, seat.key, False), Tally()).add(tally)
    for person, held in seats.items():
        for key, tally in _of_seats(held, offices):
            personal[person].setdefault(key, Tally()).add(tally)
    muted = muted_by(personal)
    return {
        person: lines
        for person, tallies in personal.items()
        if (lines := _unmuted(tallies, muted.get(person, set())))
    }


def _seats(people: tuple[int, int], day: date) -> dict[int, list[Seat]]:
    held = memberships_on(day).filter(person__gt=people[0], person__lte=people[1], person__is_active=True)
    rows = held.order_by("organisation__path").values_list(
        "person_id", "organisation__path", "organisation__key", "role"
    )
    found: dict[int, list[Seat]] = defaultdict(list)
    for person, path, key, role in rows:
        found[person].append(Seat(path, key, Role(role)))
    return found


def _seat_for(seats: Iterable[Seat], place: str, needs: Permission | None) -> Seat | None:
    """Where somebody does what a duty of this place asks: with the right role, as near to the place as there is."""

    def fit(seat: Seat) -> tuple[bool, int]:
        able = needs is None or needs in allowed(frozenset({seat.role}))
        return able, len(seat.path) if place.startswith(seat.path) else 0

    return max(seats, key=fit, default=None)


def _of_seats(seats: list[Seat], offices: Offices) -> Iterator[tuple[tuple[str, str, bool], Tally]]:
    """What offices find, each once: a seat further down adds nothing to one above it."""
    seen: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for seat in seats:  # from the top of the tree down
        found = offices.at(seat)
        for (kind, told), tally in found.items():
            if told and (kind, False) in found:
                continue  # whoever is asked need not be told
            if not any(seat.path.startswith(path) for path in seen[kind, told]):
                seen[kind, told].append(seat.path)
                yield (kind, seat.key, told), tally


def _unmuted(tallies: dict[tuple[str, str, bool], Tally], muted: set[str]) -> list[Line]:
    """Own lines first, the most urgent at the top; a muted topic is left out or loses its mail."""
    lines = [
        Line(
            kind,
            place,
            tally.count,
            tally.overdue,
            str(tally.first),
            tally.assumed,
            told,
            KINDS[kind].topic not in muted,
        )
        for (kind, place, told), tally in tallies.items()
        if KINDS[kind].topic not in muted or KINDS[kind].topic in ALWAYS_SHOWN
    ]
    return sorted(lines, key=lambda line: (line.told, line.first, line.kind, line.place))
