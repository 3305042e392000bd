"""What is known of an activity by now: each statement may add to it, none takes anything away."""

from __future__ import annotations

from craftpath.engines.xapi.activities import COMPONENTS
from craftpath.engines.xapi.types import Json

_MAPS = ("name", "description", "extensions")
_SETTLED = ("interactionType", "correctResponsesPattern")
"""What is right and what may be chosen is said once: another answer would be another question."""


def merged(known: Json, told: Json) -> Json:
    """A definition with what another one adds: newer texts win, answers stay."""
    both = dict(known)
    for name, value in told.items():
        if name in _MAPS:
            both[name] = known.get(name, {}) | value
        elif name in COMPONENTS and name in known:
            both[name] = _components(known[name], value)
        elif name not in _SETTLED or name not in known:
            both[name] = value
    return both


def _components(known: list[Json], told: list[Json]) -> list[Json]:
    """The same choices, perhaps in more languages."""
    said = {one["id"]: one.get("description", {}) for one in told}
    return [
        one
        | ({"description": texts} if (texts := one.get("description", {}) | said.get(one["id"], {})) else {})
        for one in known
    ]
