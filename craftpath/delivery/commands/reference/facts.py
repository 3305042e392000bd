"""Every fact with its fields, and who listens."""

from __future__ import annotations

from collections import deque
from dataclasses import fields

from craftpath.delivery.commands.reference import marking, rooms
from craftpath.kernel.facts import FACTS, REACTIONS, Fact, name_of

WHAT = (
    "What can have happened. An action tells a fact once; it becomes a row of the history in the same transaction,\n"
    "and each listener runs as a job after the commit. Fields hold public ids, codes and counts, never sentences."
)
OURS = "craftpath."


def page() -> str:
    """The page."""
    deque(rooms.kernel(), maxlen=0)
    deque(rooms.nouns("facts"), maxlen=0)
    told = [cls for _, cls in sorted(FACTS.items()) if cls.__module__.startswith(OURS)]
    return marking.page(
        "Facts", WHAT, marking.table(["fact", "says", "fields", "who listens"], map(_row, told))
    )


def _row(cls: type[Fact]) -> list[str]:
    named = ", ".join(f"`{field.name}`" for field in fields(cls))
    heard = [name_of(reaction) for reaction in REACTIONS.get(cls.code, ())]
    listeners = ", ".join(sorted(marking.code(name) for name in heard if name.startswith(OURS)))
    return [marking.code(cls.code), marking.first_line(cls.__doc__), named, listeners or "nobody"]
