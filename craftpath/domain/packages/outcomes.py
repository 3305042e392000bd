"""What follows from what was said of a unit: how far somebody is there, and which blocks are satisfied by it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from craftpath.domain.packages.facts import AttemptMoved
from craftpath.domain.packages.launches import (
    COURSE,
    activity_of,
    launch_in,
    lines_of,
    publisher_of,
    unit_of,
)
from craftpath.domain.packages.models import Attempt, Package, Registration, UnitSession
from craftpath.engines.cmi5 import met, satisfied
from craftpath.engines.cmi5.telling import satisfied as statement_of
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import tell

Json = dict[str, Any]


def newly_satisfied(registration: Registration, key: str, session: uuid.UUID | str) -> list[Json]:
    """The statements of blocks, and at last of the course, that are satisfied now and were not before.

    The row notes them and is to be saved by whoever asks.
    """
    package = registration.package
    done = {
        one
        for one, entry in package.parts.items()
        if met(entry.get("move_on", "NotApplicable"), registration.said.get(one, ()))
    }
    fresh = [one for one in satisfied(lines_of(package), done) if one not in registration.satisfied]
    registration.satisfied = [*registration.satisfied, *fresh]
    launch = launch_in(registration, key, session)
    return [
        statement_of(
            launch,
            "course" if one == COURSE else "block",
            activity_of(package, one),
            publisher_of(package, one),
        )
        for one in fresh
    ]


def state_of(package: Package, key: str, said: Sequence[str]) -> str:
    """How far somebody is in a unit: done is what its makers ask for to move on."""
    judged = [one for one in said if one != "waived"]
    if not met(unit_of(package, key).move_on, said) or not said:
        return "failed" if "failed" in judged else "incomplete"
    if "passed" in judged:
        return "passed"
    if "completed" in judged or "waived" in said:
        return "completed"
    return "failed" if "failed" in judged else "incomplete"


def note(
    registration: Registration, key: str, *, launch: uuid.UUID, score: Any = None, by: Actor, at: datetime
) -> None:
    """Keep how far somebody is in a unit where all packages keep it; the best score stands."""
    package = registration.package
    fresh = Attempt(
        package=package,
        person=registration.person,
        entry=key,
        number=1,
        launch=launch,
        begun_at=at,
        saved_at=at,
    )
    Attempt._base_manager.bulk_create([fresh], ignore_conflicts=True)
    rows = Attempt._base_manager.filter(package=package, person=registration.person, entry=key, number=1)
    row = rows.select_for_update(of=("self",)).get()
    before = None if row.revision == 0 else (row.state, row.score)
    row.state = state_of(package, key, registration.said.get(key, ()))
    told = scaled(score)
    if told is not None and (row.score is None or told > row.score):
        row.score = told
    sessions = UnitSession._base_manager.filter(registration=registration, entry=key, mode="Normal")
    row.seconds = sum(sessions.values_list("seconds", flat=True))
    row.launch, row.saved_at, row.revision = launch, at, row.revision + 1
    row.save()
    if before != (row.state, row.score):
        moved = AttemptMoved(row.public_id, key, row.state, "" if row.score is None else str(row.score))
        tell(moved, by=by, at=at, organisation=package.organisation, subject=package.ref)


def scaled(score: Any) -> Decimal | None:
    """A score from -1 to 1: as it was given so, or between its own bounds."""
    if not isinstance(score, Mapping):
        return None
    if "scaled" in score:
        return Decimal(str(score["scaled"])).quantize(Decimal("0.00001"))
    if not {"raw", "min", "max"} <= score.keys() or score["max"] <= score["min"]:
        return None
    least, most = Decimal(str(score["min"])), Decimal(str(score["max"]))
    share = (Decimal(str(score["raw"])) - least) / (most - least)
    return share.quantize(Decimal("0.00001")) if -1 <= share <= 1 else None
