"""Activities: their definitions, and the ten kinds of interactions."""

from __future__ import annotations

from typing import Any

from craftpath.engines.xapi.types import Json, Wrong
from craftpath.engines.xapi.values import (
    a_language_map,
    a_string,
    an_array,
    an_iri,
    an_object,
    at,
    extensions,
    inside,
    one_of,
)

INTERACTIONS = (
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert",
    "numeric", "other",
)  # fmt: skip
COMPONENTS = ("choices", "scale", "source", "target", "steps")
_DEFINITION = (
    "name", "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern",
    *COMPONENTS,
)  # fmt: skip


def an_activity(value: Any, where: str) -> Json:
    """Something that was acted on."""
    activity = an_object(value, where, ("objectType", "id", "definition"), ("id",))
    if "objectType" in activity:
        one_of(activity["objectType"], inside(where, "objectType"), ("Activity",))
    an_iri(activity["id"], inside(where, "id"))
    if "definition" in activity:
        a_definition(activity["definition"], inside(where, "definition"))
    return activity


def a_definition(value: Any, where: str) -> Json:
    """What an activity is called and is like."""
    definition = an_object(value, where, _DEFINITION)
    for name in ("name", "description"):
        if name in definition:
            a_language_map(definition[name], inside(where, name))
    for name in ("type", "moreInfo"):
        if name in definition:
            an_iri(definition[name], inside(where, name))
    if "extensions" in definition:
        extensions(definition["extensions"], inside(where, "extensions"))
    _interaction(definition, where)
    return definition


def _interaction(definition: Json, where: str) -> None:
    """Which lists belong to which kind, the standard leaves to the sender; each list must be one."""
    if "interactionType" in definition:
        one_of(definition["interactionType"], inside(where, "interactionType"), INTERACTIONS)
    if "correctResponsesPattern" in definition:
        place = inside(where, "correctResponsesPattern")
        for n, pattern in enumerate(an_array(definition["correctResponsesPattern"], place)):
            a_string(pattern, at(place, n))
    for name in COMPONENTS:
        if name in definition:
            _components(definition[name], inside(where, name))
    if "interactionType" not in definition:
        for name in ("correctResponsesPattern", *COMPONENTS):
            if name in definition:
                raise Wrong("interaction_type_needed", where, name=name)


def _components(value: Any, where: str) -> None:
    known: set[str] = set()
    for n, one in enumerate(an_array(value, where)):
        place = at(where, n)
        component = an_object(one, place, ("id", "description"), ("id",))
        name = a_string(component["id"], inside(place, "id"))
        if name in known:
            raise Wrong("component_twice", where, value=name)
        known.add(name)
        if "description" in component:
            a_language_map(component["description"], inside(place, "description"))
