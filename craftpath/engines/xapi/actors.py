"""Agents and groups, and the one identifier by which they are known."""

from __future__ import annotations

from typing import Any

from craftpath.engines.xapi.types import Json, Wrong
from craftpath.engines.xapi.values import (
    a_mailto,
    a_sha1,
    a_string,
    an_array,
    an_iri,
    an_object,
    at,
    inside,
    one_of,
)

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_AGENT = ("objectType", "name", *IDENTIFIERS)
_GROUP = (*_AGENT, "member")


def an_actor(value: Any, where: str) -> Json:
    """An agent, or a group where it says so."""
    if isinstance(value, dict) and value.get("objectType") == "Group":
        return a_group(value, where)
    return an_agent(value, where, allowed=("Agent", "Group"))


def an_agent(value: Any, where: str, *, allowed: tuple[str, ...] = ("Agent",)) -> Json:
    """Somebody or something with exactly one identifier."""
    agent = an_object(value, where, _AGENT)
    _named(agent, where, allowed)
    number = _identified(agent, where)
    if number != 1:
        raise Wrong("identifiers", where, number=number)
    return agent


def a_group(value: Any, where: str) -> Json:
    """Several agents: known by an identifier, or by its members alone."""
    group = an_object(value, where, _GROUP, ("objectType",))
    _named(group, where, ("Group",))
    number = _identified(group, where)
    if number > 1:
        raise Wrong("too_many_identifiers", where, number=number)
    place = inside(where, "member")
    members = an_array(group["member"], place) if "member" in group else []
    for n, member in enumerate(members):
        an_agent(member, at(place, n))
    if not number and not members:
        raise Wrong("members_needed", where)
    return group


def an_authority(value: Any, where: str) -> Json:
    """Who says that a statement is true: an agent, or an application together with its user."""
    actor = an_actor(value, where)
    if actor.get("objectType") == "Group" and (
        len(actor.get("member", ())) != 2 or any(name in actor for name in IDENTIFIERS)
    ):
        raise Wrong("authority_group", where)
    return actor


def _named(actor: Json, where: str, allowed: tuple[str, ...]) -> None:
    if "objectType" in actor:
        one_of(actor["objectType"], inside(where, "objectType"), allowed)
    if "name" in actor:
        a_string(actor["name"], inside(where, "name"))


def _identified(actor: Json, where: str) -> int:
    """How many identifiers it has, each of which is well formed."""
    number = 0
    if "mbox" in actor:
        a_mailto(actor["mbox"], inside(where, "mbox"))
        number += 1
    if "mbox_sha1sum" in actor:
        a_sha1(actor["mbox_sha1sum"], inside(where, "mbox_sha1sum"))
        number += 1
    if "openid" in actor:
        an_iri(actor["openid"], inside(where, "openid"))
        number += 1
    if "account" in actor:
        place = inside(where, "account")
        account = an_object(actor["account"], place, ("homePage", "name"), ("homePage", "name"))
        an_iri(account["homePage"], inside(place, "homePage"))
        a_string(account["name"], inside(place, "name"))
        number += 1
    return number
