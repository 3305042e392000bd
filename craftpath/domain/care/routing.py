"""Who may look after a complaint: never whoever is named, nor who depends on them. Pure, over seats as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from craftpath.kernel.roles import Role

# Who is asked first at one organisation.
HANDLING = (Role.COORDINATOR, Role.HR, Role.ADMINISTRATOR, Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Seat:
    """A role of a person at exactly one organisation, which its path in the tree names."""

    person_id: int
    path: str
    role: Role


def depends_on(seat: Seat, boss: Seat) -> bool:
    """Whether one seat stands under another: an administrator gives and ends the roles of an organisation and of those
    below it; a role at an organisation reaches the same role below.
    """
    if not seat.path.startswith(boss.path):
        return False
    below = seat.path != boss.path
    if boss.role is Role.ADMINISTRATOR:
        return below or seat.role is not Role.ADMINISTRATOR
    return below and seat.role is boss.role


def eligible(
    seats: Iterable[Seat],
    *,
    path: str,
    complainant: int,
    named: Collection[int],
    insiders: Collection[int] = (),
) -> list[Seat]:
    """The seats that may handle a complaint that begins at the organisation of `path`, nearest organisation first.

    Only there and at the organisations above. `insiders` belong to the organisation that it is about. Who is named
    loses every seat, and so does who depends on a seat of theirs, even where that leaves nobody.
    """
    seats = list(seats)
    bosses = [seat for seat in seats if seat.person_id in named]
    out = {complainant, *named, *insiders}
    found = [
        seat
        for seat in seats
        if seat.role in HANDLING
        and path.startswith(seat.path)
        and seat.person_id not in out
        and not any(depends_on(seat, boss) for boss in bosses)
    ]
    return sorted(found, key=lambda seat: (-len(seat.path), HANDLING.index(seat.role), seat.person_id))
