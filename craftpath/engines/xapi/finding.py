"""By which agents, activities and words a statement is found, and what it tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from craftpath.engines.xapi.actors import IDENTIFIERS
from craftpath.engines.xapi.normal import listed
from craftpath.engines.xapi.statements import target
from craftpath.engines.xapi.types import Json


@dataclass(slots=True)
class Found:
    """Identities (texts that are equal exactly if the standard says so) by which a completed statement is found."""

    actor: str | None
    verb: str
    activity: str | None
    registration: str | None
    target: str | None
    authority: str | None = None
    agents: set[str] = field(default_factory=set)
    related_agents: set[str] = field(default_factory=set)
    related_activities: set[str] = field(default_factory=set)


def found_by(statement: Json) -> Found:
    """All of them; what stands in a property of its own is not repeated in the sets."""
    about, context = statement["object"], statement.get("context", {})
    kind = about.get("objectType", "Activity")
    registration = context.get("registration")
    found = Found(
        actor=identity(statement["actor"]),
        verb=statement["verb"]["id"],
        activity=about["id"] if kind == "Activity" else None,
        registration=registration.lower() if registration else None,
        target=target(statement),
        authority=identity(statement["authority"]) if "authority" in statement else None,
    )
    found.agents.update(_members(statement["actor"]))
    if kind in ("Agent", "Group"):
        found.agents.update(identities(about))
    found.related_agents.update(_members(statement.get("authority", {})))
    _around(context, found)
    if kind == "SubStatement":
        inner = found_by(about)
        own = {inner.actor} if inner.actor else set()
        found.related_agents |= own | inner.agents | inner.related_agents
        found.related_activities |= inner.related_activities
        if inner.activity:
            found.related_activities.add(inner.activity)
    found.agents.discard(found.actor or "")
    found.related_agents -= found.agents | {found.actor or "", found.authority or ""}
    found.related_activities.discard(found.activity or "")
    return found


def _around(context: Json, found: Found) -> None:
    for name in ("instructor", "team"):
        if name in context:
            found.related_agents.update(identities(context[name]))
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        for part in context.get(name, ()):
            found.related_agents.update(identities(part[inner]))
    for activities in listed(context.get("contextActivities", {})).values():
        found.related_activities.update(one["id"] for one in activities)


def identity(actor: Json) -> str | None:
    """The one identifier of an agent or group as a text; None for a group that has only members."""
    if "mbox" in actor:
        name, _, host = actor["mbox"].rpartition("@")
        return f"mbox {name}@{host.lower()}"
    if "mbox_sha1sum" in actor:
        return f"mbox_sha1sum {actor['mbox_sha1sum'].lower()}"
    if "openid" in actor:
        return f"openid {actor['openid']}"
    if "account" in actor:
        return f"account {actor['account']['homePage']} {actor['account']['name']}"
    return None


def identities(actor: Json) -> set[str]:
    """Its own identity and those of its members."""
    own = identity(actor)
    return _members(actor) | ({own} if own else set())


def _members(actor: Json) -> set[str]:
    return {one for member in actor.get("member", ()) if (one := identity(member))}


def activities(statement: Json) -> Iterator[tuple[str, Json]]:
    """Every activity that is defined in it, with its definition."""
    about = statement["object"]
    kind = about.get("objectType", "Activity")
    if kind == "SubStatement":
        yield from activities(about)
    every = [about] if kind == "Activity" else []
    for some in listed(statement.get("context", {}).get("contextActivities", {})).values():
        every += some
    for one in every:
        if one.get("definition"):
            yield one["id"], one["definition"]


def verbs(statement: Json) -> Iterator[tuple[str, Json]]:
    """Every verb that is named in it, with its names."""
    if statement["verb"].get("display"):
        yield statement["verb"]["id"], statement["verb"]["display"]
    if statement["object"].get("objectType") == "SubStatement":
        yield from verbs(statement["object"])


def named(statement: Json) -> Iterator[tuple[str, str]]:
    """The identity of each agent and group that acts in it under a name, with that name."""
    for actor in (statement["actor"], *statement["actor"].get("member", ())):
        own = identity(actor)
        if own and actor.get("name"):
            yield own, actor["name"]


def bare(actor: Json) -> Json:
    """An agent or group with nothing but what identifies it."""
    kept = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    if len(kept) == ("objectType" in kept) and "member" in actor:
        kept["member"] = [bare(member) for member in actor["member"]]
    return kept
