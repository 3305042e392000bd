"""Duties sorted by how near or how late they are; each thing counts once, however many people are asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from craftpath.kernel.access import Actor
from craftpath.kernel.duties import KINDS, Clock, Kind, open_duties
from craftpath.kernel.roles import Permission
from craftpath.kernel.topics import Topic

# From how many days after the due day on; the last that fits holds.
AGES = (
    ("ahead", _("Not due yet"), -10_000),
    ("week", _("Due within a week"), -7),
    ("late", _("1–7 days late"), 1),
    ("later", _("8–30 days late"), 8),
    ("latest", _("More than 30 days late"), 31),
)
LATE = ("late", "later", "latest")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: who is asked for it (ids; none for an office), by when, and how far it has gone.

    Nobody is named where that would tell who has done it already.
    """

    subject: str
    place: int
    who: tuple[int, ...]
    on: date
    assumed: bool
    reached: int
    age: str


@dataclass(frozen=True, slots=True)
class KindDue:
    """A kind with everything that is due of it, the most urgent first."""

    kind: Kind
    rows: list[Due]

    def count(self, age: str) -> int:
        """How many are of this age."""
        return sum(1 for row in self.rows if row.age == age)

    @property
    def late(self) -> int:
        """How many are overdue."""
        return sum(1 for row in self.rows if row.age in LATE)


def kinds_for(actor: Actor) -> Iterator[Kind]:
    """What this person looks after; who has read and agreed to what is for those who look after people.

    What not everybody may hear of is left out whole, its figures too.
    """
    for code, kind in KINDS.items():
        if not kind.shown_to(actor.permissions):
            continue
        if kind.topic == Topic.PEOPLE and not actor.may(Permission.MANAGE_PEOPLE):
            continue
        if code.startswith("agreements.") and not actor.may(Permission.SEE_AGREEMENTS):
            continue
        yield kind


def due_of(kind: Kind, clock: Clock) -> KindDue:
    """Everything of a kind in the open scope; the queries of the kind and no more."""
    today = np.datetime64(clock.asked.today, "D")
    starts = np.array([start for _code, _name, start in AGES])
    found: dict[Any, Due] = {}
    for some in open_duties(kind, clock):
        ages = np.searchsorted(starts, (today - some.due).astype(np.int64), side="right") - 1
        columns = zip(
            some.subjects,
            some.places.tolist(),
            some.who.tolist(),
            some.due.tolist(),
            some.assumed.tolist(),
            some.reached.tolist(),
            ages.tolist(),
            some.things,
            strict=True,
        )
        for subject, place, person, on, assumed, reached, age, key in columns:
            who = (person,) if person and not kind.unnamed else ()
            if key in found:
                who = tuple(dict.fromkeys((*found[key].who, *who)))
            found[key] = Due(subject, place, who, on, assumed, reached, AGES[age][0])
    return KindDue(kind, sorted(found.values(), key=lambda row: (row.on, row.subject)))
