"""Activities that another room keeps, such as packages and forums: what a course needs to know of them, and no more.

A room says it with `joins`; a kind that nobody has joined is not offered in the form, and stands as a gap where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.delivery.web.shell.requests import Request
from craftpath.values.ref import Ref


@dataclass(frozen=True, slots=True)
class Joined:
    """One thing of another room, for one reader: its name, whether it opens, where, and how far this reader is.

    `state` is "", "begun", "failed" or "done"; `score` a percentage where there is one.
    """

    title: str
    playable: bool
    url: str
    state: str = ""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What a room offers: things to choose from as (ref, name), and one of them in a run (None for an author).

    `older`, where things have versions: those of which a course uses an older one, for its author. `makes`, where an
    author may go and make what is chosen: (what the button says, the address to which it posts course and activity).
    """

    choices: Callable[[Request], Sequence[tuple[str, str]]]
    show: Callable[[Request, str, str | None], Joined | None]
    older: Callable[[Request, Ref], Sequence[Mapping[str, Any]]] | None = None
    makes: Callable[[Request], Sequence[tuple[str, str]]] | None = None


ROOMS: dict[str, Room] = {}


def joins(kind: str, room: Room) -> None:
    """Register the room that keeps a kind."""
    if ROOMS.setdefault(kind, room) is not room:
        raise TypeError(f"two rooms keep {kind}")


def older_in(request: Request, course: Ref) -> list[Mapping[str, Any]]:
    """What a course uses of other rooms although there is a newer version."""
    return [line for room in ROOMS.values() if room.older is not None for line in room.older(request, course)]


def joined(request: Request, kind: str, ref: str, run: str | None = None) -> Joined | None:
    """The thing behind an activity, or None where nobody keeps it or it is gone."""
    room = ROOMS.get(kind)
    return room.show(request, ref, run) if room is not None and ref else None
