"""What a part is begun with: the attempt that goes on, and the data model as it stands at that moment."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac
from django.utils.translation import pgettext

from craftpath.domain.packages.rules import is_over

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Attempt, Package
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """Which attempt a page is about to save, and from which revision on."""

    number: int
    base: int
    data: dict[str, Any]


def turn(attempts: Sequence[Attempt], *, anew: bool) -> Turn:
    """The last attempt of a part goes on until it is over; then, or if it is wished, a new one begins."""
    last = attempts[-1] if attempts else None
    if last is None:
        return Turn(1, 0, {})
    if last.ended_at is not None or (anew and is_over(last)):
        return Turn(last.number + 1, 0, {})
    return Turn(last.number, last.revision, last.data)


def launch_of(package: Package, part: dict[str, Any], person: Person, turn: Turn) -> dict[str, Any]:
    """What the page tells the player. Of the person it tells a number that means nothing elsewhere, and no name."""
    how = package.kind if package.kind == "h5p" or part.get("reports") else "page"
    told: dict[str, Any] = {
        "how": how,
        "title": part["title"],
        "file": part["file"],
        "tail": part.get("tail", ""),
        "entry": part["key"],
        "number": turn.number,
        "base": turn.base,
        "launch": str(uuid.uuid4()),
        "data": turn.data if how == "h5p" else {},
    }
    if how in ("scorm12", "scorm2004"):
        who = salted_hmac(
            "craftpath.packages.learner", f"{package.public_id} {person.public_id}"
        ).hexdigest()[:20]
        make = _one if how == "scorm12" else _2004
        told["cmi"] = make(part, dict(turn.data.get("cmi") or {}), who)
    return told


def _one(part: dict[str, Any], cmi: dict[str, Any], who: str) -> dict[str, Any]:
    core = {
        name: value
        for name, value in dict(cmi.get("core") or {}).items()
        if name not in ("session_time", "exit")
    }
    core |= {
        "student_id": who,
        "student_name": pgettext("as a package calls whoever plays it", "Learner"),
        "credit": "credit",
        "lesson_mode": "normal",
        "entry": "resume" if cmi else "ab-initio",
        "total_time": core.get("total_time") or "00:00:00",
    }
    told = {
        "mastery_score": part.get("mastery", ""),
        "max_time_allowed": part.get("time_allowed", ""),
        "time_limit_action": part.get("time_action", ""),
    }
    return cmi | {"core": core, "student_data": told, "launch_data": part.get("data", "")}


def _2004(part: dict[str, Any], cmi: dict[str, Any], who: str) -> dict[str, Any]:
    kept = {name: value for name, value in cmi.items() if name not in ("session_time", "exit")}
    told = {
        "learner_id": who,
        "learner_name": pgettext("as a package calls whoever plays it", "Learner"),
        "credit": "credit",
        "mode": "normal",
        "entry": "resume" if cmi else "ab-initio",
        "launch_data": part.get("data", ""),
        "scaled_passing_score": part.get("mastery", ""),
        "completion_threshold": part.get("completion", ""),
        "max_time_allowed": part.get("time_allowed", ""),
        "time_limit_action": part.get("time_action", ""),
    }
    return kept | {name: value for name, value in told.items() if value}
