"""Contexts: in which course, with whom, and since 2.0 in which part others had."""

from __future__ import annotations

from typing import Any

from craftpath.engines.xapi.activities import an_activity
from craftpath.engines.xapi.actors import a_group, an_actor, an_agent
from craftpath.engines.xapi.types import Json, Version, Wrong
from craftpath.engines.xapi.values import (
    a_language,
    a_string,
    a_uuid,
    an_array,
    an_iri,
    an_object,
    at,
    extensions,
    inside,
    one_of,
)

CONTEXT_ACTIVITIES = ("parent", "grouping", "category", "other")
_CONTEXT = (
    "registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
    "extensions",
)  # fmt: skip
_ALLOWED = {Version.V1: _CONTEXT, Version.V2: (*_CONTEXT, "contextAgents", "contextGroups")}


def a_context(value: Any, where: str, version: Version, *, of_activity: bool) -> Json:
    """Everything around a statement; `of_activity` where its object is an activity."""
    context = an_object(value, where, _ALLOWED[version])
    if "registration" in context:
        a_uuid(context["registration"], inside(where, "registration"))
    if "instructor" in context:
        an_actor(context["instructor"], inside(where, "instructor"))
    if "team" in context:
        a_group(context["team"], inside(where, "team"))
    if "contextActivities" in context:
        _activities(context["contextActivities"], inside(where, "contextActivities"))
    for name in ("revision", "platform"):
        if name in context:
            a_string(context[name], inside(where, name))
            if not of_activity:
                raise Wrong("only_with_activity", where, name=name)
    if "language" in context:
        a_language(context["language"], inside(where, "language"))
    if "statement" in context:
        a_reference(context["statement"], inside(where, "statement"))
    if "extensions" in context:
        extensions(context["extensions"], inside(where, "extensions"))
    if "contextAgents" in context:
        _parts(context["contextAgents"], inside(where, "contextAgents"), "agent")
    if "contextGroups" in context:
        _parts(context["contextGroups"], inside(where, "contextGroups"), "group")
    return context


def a_reference(value: Any, where: str) -> Json:
    """A pointer to a statement, which need not be here."""
    reference = an_object(value, where, ("objectType", "id"), ("objectType", "id"))
    one_of(reference["objectType"], inside(where, "objectType"), ("StatementRef",))
    a_uuid(reference["id"], inside(where, "id"))
    return reference


def _activities(value: Any, where: str) -> None:
    for name, given in an_object(value, where, CONTEXT_ACTIVITIES).items():
        place = inside(where, name)
        if isinstance(given, list):
            for n, one in enumerate(given):
                an_activity(one, at(place, n))
        else:
            an_activity(given, place)


def _parts(value: Any, where: str, name: str) -> None:
    """Who else had part in it, and in which way."""
    for n, one in enumerate(an_array(value, where)):
        place = at(where, n)
        part = an_object(one, place, ("objectType", name, "relevantTypes"), ("objectType", name))
        one_of(part["objectType"], inside(place, "objectType"), (f"context{name.capitalize()}",))
        (an_agent if name == "agent" else a_group)(part[name], inside(place, name))
        if "relevantTypes" in part:
            kinds = an_array(part["relevantTypes"], inside(place, "relevantTypes"))
            if not kinds:
                raise Wrong("empty", inside(place, "relevantTypes"))
            for kind in kinds:
                an_iri(kind, inside(place, "relevantTypes"))
