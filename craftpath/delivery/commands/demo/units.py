"""A cmi5 course of the demo: reading a caliper, with apprentices of the class in its two units."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from craftpath.delivery.commands.demo.places import Places
from craftpath.domain.activity.examining import examined
from craftpath.domain.packages import actions
from craftpath.domain.packages.launches import launch_of
from craftpath.engines.cmi5 import context_template
from craftpath.engines.cmi5.words import DEFINED, MASTERY, MOVE_ON, VERBS
from craftpath.engines.xapi import Version
from craftpath.engines.xapi.values import written
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.packages.models import Package, UnitSession

CARE, READING = "1", "2"
# (who of the class, whether the first unit was read, right answers of five at each try, days ago)
TRIED: tuple[tuple[int, bool, tuple[int, ...], int], ...] = (
    (1, True, (5,), 6),
    (2, True, (3, 4), 5),
    (3, True, (2,), 3),
    (5, True, (), 2),
    (6, False, (), 1),
)


def measure(course: Package, places: Places, some: Sequence[Enrolment], *, at: datetime) -> None:
    """Let them open the units and say what came of it, as a browser would."""
    for number, through, tries, days in TRIED:
        if number >= len(some):
            continue
        row, when = some[number], at - timedelta(days=days)
        session = _opened(course, places, row, CARE, when)
        if not through:
            continue
        _say(session, places, row, [("completed", {"completion": True})], 240, when)
        for count, right in enumerate(tries, start=1):
            later = when + timedelta(minutes=15 * count)
            score = {"scaled": right / 5, "raw": right, "min": 0, "max": 5}
            good = right >= 4
            said: list[tuple[str, dict[str, Any]]] = [
                ("passed" if good else "failed", {"success": good, "score": score})
            ]
            if good:
                said.append(("completed", {"completion": True}))
            _say(_opened(course, places, row, READING, later), places, row, said, 300 + 40 * right, later)


def _by(places: Places, row: Enrolment) -> Actor:
    return Actor(places.college, row.person, frozenset({Role.APPRENTICE}))


def _opened(course: Package, places: Places, row: Enrolment, part: str, at: datetime) -> UnitSession:
    address = f"{settings.ADDRESS}/packages/{course.public_id}/{course.parts[part]['file']}"
    opening = actions.Opening(part, address)
    by = _by(places, row)
    session = actions.begin_session(course, row.person, opening, by=by, at=at).session
    for which in ("data", "preferences"):
        actions.note_reading(session, which, by=by, at=at)
    return session


def _say(
    session: UnitSession,
    places: Places,
    row: Enrolment,
    said: Sequence[tuple[str, dict[str, Any]]],
    seconds: int,
    at: datetime,
) -> None:
    """From `initialized` to `terminated`; what is judged comes with its duration."""
    launch = launch_of(session)
    duration = {"duration": f"PT{seconds}S"}
    spoken = [
        ("initialized", {}),
        *((verb, told | duration) for verb, told in said),
        ("terminated", duration),
    ]
    statements = []
    for verb, result in spoken:
        context = context_template(launch)
        categories = [DEFINED, MOVE_ON] if verb in ("completed", "passed", "failed") else [DEFINED]
        context["registration"] = launch.registration
        context["contextActivities"]["category"] = [{"id": one} for one in categories]
        if "score" in result:
            context["extensions"][MASTERY] = launch.unit.mastery
        told: dict[str, Any] = {
            "id": str(uuid.uuid5(session.session, verb)),
            "timestamp": written(at),
            "actor": launch.actor,
            "verb": {"id": VERBS[verb]},
            "object": {"id": launch.unit.activity_id},
            "context": context,
        }
        statements.append(told | ({"result": result} if result else {}))
    actions.hear_unit(session, examined(statements, Version.V1), by=_by(places, row), at=at)
