"""About what papers are printed: a cohort, or a thing of another room, which says here how it is called.

A room that stands above this one joins with `printed_about`; this room knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.http import Http404

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb
from craftpath.values.ref import Ref


@dataclass(frozen=True, slots=True)
class About:
    """One thing for one reader: its name, the page from which it is printed again, and the crumbs to a run."""

    name: str
    again_url: str
    crumbs: list[Crumb]


@dataclass(frozen=True, slots=True)
class Room:
    """What a room tells: names by public id, and one thing under a last crumb, None where it is out of sight."""

    names: Callable[[Collection[str]], Mapping[str, str]]
    find: Callable[[Request, str, str], About | None]


ROOMS: dict[str, Room] = {}


def printed_about(noun: str, room: Room) -> None:
    """Register the room that keeps a noun."""
    if ROOMS.setdefault(noun, room) is not room:
        raise TypeError(f"two rooms print about {noun}")


def about(request: Request, ref: str, last: str) -> About:
    """The thing that a run is about; 404 where it is gone or out of sight."""
    subject = Ref.parse(ref)
    found = ROOMS[subject.noun].find(request, subject.public_id, last)
    if found is None:
        raise Http404
    return found


def names_of(refs: Collection[str]) -> dict[str, str]:
    """Ref as text → name, as far as the reader sees them; one question for each kind."""
    wanted: dict[str, list[Ref]] = {}
    for subject in map(Ref.parse, refs):
        wanted.setdefault(subject.noun, []).append(subject)
    found: dict[str, str] = {}
    for noun, subjects in wanted.items():
        known = ROOMS[noun].names([one.public_id for one in subjects])
        found |= {str(one): known[one.public_id] for one in subjects if one.public_id in known}
    return found
