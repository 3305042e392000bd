"""The four statements that a platform makes itself: launched, abandoned, waived, satisfied."""

from __future__ import annotations

from typing import Any

from craftpath.engines.cmi5.launches import Launch, context_template
from craftpath.engines.cmi5.words import DEFINED, EXTENSION, MASTERY, MOVE_ON, REASON, SESSION, TYPE, VERBS

Json = dict[str, Any]


def launched(launch: Launch, address: str) -> Json:
    """A unit was opened; `address` is the one of its makers, without what the platform puts behind it."""
    unit = launch.unit
    more: Json = {
        f"{EXTENSION}launchmode": launch.mode,
        f"{EXTENSION}launchurl": address,
        f"{EXTENSION}moveon": unit.move_on,
        f"{EXTENSION}launchparameters": unit.parameters,
    }
    if unit.mastery is not None:
        more[MASTERY] = unit.mastery
    return _of_unit(launch, "launched", extensions=more)


def abandoned(launch: Launch, seconds: int) -> Json:
    """A session came to no end of its own; `seconds` are those from its first word to its last."""
    return _of_unit(launch, "abandoned") | {"result": {"duration": f"PT{max(seconds, 0)}S"}}


def waived(launch: Launch, reason: str) -> Json:
    """A unit need not be done any more."""
    told = _of_unit(launch, "waived", categories=(DEFINED, MOVE_ON))
    return told | {"result": {"success": True, "completion": True, "extensions": {REASON: reason}}}


def satisfied(launch: Launch, kind: str, activity_id: str, publisher_id: str) -> Json:
    """A `block` or a `course` is done as far as it has to be, by what happened in this session."""
    return {
        "actor": launch.actor,
        "verb": {"id": VERBS["satisfied"], "display": {"en": "satisfied"}},
        "object": {"objectType": "Activity", "id": activity_id, "definition": {"type": f"{TYPE}{kind}"}},
        "context": {
            "registration": launch.registration,
            "contextActivities": {"category": [{"id": DEFINED}], "grouping": [{"id": publisher_id}]},
            "extensions": {SESSION: launch.session},
        },
    }


def _of_unit(
    launch: Launch, verb: str, *, categories: tuple[str, ...] = (DEFINED,), extensions: Json | None = None
) -> Json:
    context = context_template(launch)
    context["registration"] = launch.registration
    context["contextActivities"]["category"] = [{"id": one} for one in categories]
    context["extensions"] |= extensions or {}
    return {
        "actor": launch.actor,
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": launch.unit.activity_id},
        "context": context,
    }
