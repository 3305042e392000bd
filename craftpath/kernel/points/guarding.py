"""At a point only such verbs are used whose rows come back to the hub; everything else is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import GUARDS
from craftpath.kernel.points.carried import rooms
from craftpath.kernel.points.keeping import mark
from craftpath.values.verdict import Refused, not_now


def is_point() -> bool:
    """Whether this site serves a point."""
    return mark().exists()


def travels(module: str) -> bool:
    """Whether what the verbs of a module write comes back to the hub."""
    return any(module == room or module.startswith(f"{room}.") for room in rooms())


def only_what_travels(function: Callable[..., Any], keywords: dict[str, Any]) -> None:
    """Refuse whoever comes in from outside what would stay on this laptop; the program's own work goes on."""
    by = keywords.get("by")
    from_outside = isinstance(by, Actor) and by.kind is not ActorKind.SYSTEM
    if from_outside and is_point() and not travels(function.__module__):
        raise Refused(not_now("points.at_the_hub"))


GUARDS.append(only_what_travels)
