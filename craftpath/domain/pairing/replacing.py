"""Somebody else teaches from a day on: in one pair, or in several at once, so that two teachers can change places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.pairing import rules
from craftpath.domain.pairing.changing import bonds_of, enrolments_in, require_change
from craftpath.domain.pairing.facts import TeacherReplaced
from craftpath.domain.pairing.following import follow
from craftpath.domain.pairing.forming import held
from craftpath.domain.pairing.models import Bond
from craftpath.domain.pairing.room import hold_office, require_room
from craftpath.domain.pairing.rules import Wanted
from craftpath.domain.pairing.spans import period
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who teaches instead of whom a bond names, and where."""

    bond: Bond
    teacher: Person
    place: Organisation


@action
def replace_teacher(
    bond: Bond, *, teacher: Person, place: Organisation, on: date, because: str, by: Actor, at: datetime
) -> Bond:
    """Let somebody else teach in one pair: `replace_teachers` with one."""
    one = Replacement(bond, teacher, place)
    return replace_teachers([one], on=on, because=because, by=by, at=at)[0]


@action
def replace_teachers(
    replacements: Sequence[Replacement], *, on: date, because: str, by: Actor, at: datetime
) -> list[Bond]:
    """Let others teach from a day on, with the same roles and shares; the deputies of before end then.

    All of them or none: room is asked for when everybody who goes has gone, so that two may change places. The same
    again changes nothing.
    """
    for office in sorted({one.bond.pair.organisation for one in replacements}, key=lambda row: row.pk):
        hold_office(office)
    done: dict[int, Bond] = {}
    going: list[tuple[int, Pair, Bond, date | None]] = []
    for number, one in sorted(enumerate(replacements), key=lambda row: row[1].bond.pair_id):
        pair = held(one.bond.pair)
        bonds = bonds_of(pair)
        require_change(pair, bonds, by)
        bond = next(row for row in bonds if row.pk == one.bond.pk)
        before = _done(bond, bonds, one, on)
        if before is not None:
            done[number] = before
            continue
        require(rules.can_replace(pair, bond, one.teacher, on, because))
        going.append((number, pair, bond, bond.ends_on))
        _end(bond, bonds, on)
    together: dict[tuple[str, date | None], list[tuple[int, Bond]]] = defaultdict(list)
    for number, pair, bond, last in going:
        together[pair.kind, last].append((number, bond))
    for (kind, last), rows in together.items():
        wanted = [_wanted(bond, replacements[number]) for number, bond in rows]
        require_room(kind, wanted, period(on, last))
        for (number, bond), new in zip(rows, wanted, strict=True):
            done[number] = _begin(bond, new, on, last)
    for number, pair, bond, _ in going:
        told = TeacherReplaced(
            before=bond.teacher.public_id,
            after=replacements[number].teacher.public_id,
            on=on.isoformat(),
            because=because,
        )
        tell(told, by=by, at=at, organisation=pair.organisation, subject=pair.ref)
    follow(enrolments_in([done[number] for number, *_ in going]), by=by, at=at)
    return [done[number] for number in range(len(replacements))]


def _done(bond: Bond, bonds: Sequence[Bond], one: Replacement, on: date) -> Bond | None:
    """The bond that the same press has made before."""
    same = [row for row in bonds if (row.teacher_id, row.learner_id) == (one.teacher.pk, bond.learner_id)]
    return next((row for row in same if row.role == bond.role and row.starts_on == on == bond.ends_on), None)


def _end(bond: Bond, bonds: Sequence[Bond], on: date) -> None:
    for row in (bond, *(one for one in bonds if one.instead_of_id == bond.pk)):
        if row.ends_on is None or row.ends_on > on:
            row.ends_on = max(on, row.starts_on)
            row.save(update_fields=["ends_on"])


def _wanted(bond: Bond, one: Replacement) -> Wanted:
    return Wanted(one.teacher, bond.learner, one.place, bond.enrolment, bond.role, bond.share, bond.subject)


def _begin(bond: Bond, new: Wanted, on: date, last: date | None) -> Bond:
    return Bond.objects.create(
        pair_id=bond.pair_id,
        teacher=new.teacher,
        learner=new.learner,
        enrolment=new.enrolment,
        place=new.place,
        role=new.role,
        share=new.share,
        subject=new.subject,
        starts_on=on,
        ends_on=last,
    )
