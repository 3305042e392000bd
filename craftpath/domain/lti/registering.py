"""Registering tools that courses launch and platforms that launch courses; stopping them and taking them up again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from craftpath.domain.lti import jwts, rules
from craftpath.domain.lti.facts import PlatformKept, PlatformMoved, ToolKept, ToolMoved
from craftpath.domain.lti.keys import make_key
from craftpath.domain.lti.models import Platform, Tool
from craftpath.domain.lti.plain import is_plain
from craftpath.domain.lti.states import PLATFORM, TOOL
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

Row = TypeVar("Row", Tool, Platform)


@dataclass(frozen=True, slots=True)
class ToolSaid:
    """What is known of a tool. `redirects` are compared letter by letter; without any, those of launch and choice."""

    name: str
    login_address: str
    launch_address: str
    redirects: Collection[str] = ()
    choose_address: str = ""
    keys_address: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)
    services: Collection[str] = ()
    tells: str = "number"


@dataclass(frozen=True, slots=True)
class PlatformSaid:
    """What is known of a platform."""

    name: str
    issuer: str
    client_id: str
    login_address: str
    token_address: str = ""
    keys_address: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)
    deployments: Collection[str] = ()
    by_mail: bool = False


@action
def register_tool(organisation: Organisation, said: ToolSaid, *, by: Actor, at: datetime) -> Tool:
    """Register a tool for an organisation and those below it."""
    require(rules.may_keep(by, organisation))
    _room_for(Tool, organisation)
    make_key(organisation, by=by, at=at)
    row = Tool(organisation=organisation, made_by=by.person, made_at=at)
    return _tool(row, said, by, at)


@action
def change_tool(tool: Tool, said: ToolSaid, *, by: Actor, at: datetime) -> Tool:
    """Change what is known of it; its client id and deployment stay."""
    row = _locked(Tool, tool)
    require(rules.may_keep(by, row.organisation))
    return _tool(row, said, by, at)


@action
def stop_tool(tool: Tool, *, by: Actor, at: datetime) -> Tool:
    """Launch it no more, and answer its services no more."""
    return _tool_moved(tool, "stop", by, at)


@action
def resume_tool(tool: Tool, *, by: Actor, at: datetime) -> Tool:
    """Use it again."""
    return _tool_moved(tool, "resume", by, at)


@action
def register_platform(organisation: Organisation, said: PlatformSaid, *, by: Actor, at: datetime) -> Platform:
    """Trust a platform to say who comes to this organisation."""
    require(rules.may_keep(by, organisation))
    _room_for(Platform, organisation)
    make_key(organisation, by=by, at=at)
    row = Platform(organisation=organisation, made_by=by.person, made_at=at)
    return _platform(row, said, by, at)


@action
def change_platform(platform: Platform, said: PlatformSaid, *, by: Actor, at: datetime) -> Platform:
    """Change what is known of it; who was joined stays joined."""
    row = _locked(Platform, platform)
    require(rules.may_keep(by, row.organisation))
    return _platform(row, said, by, at)


@action
def stop_platform(platform: Platform, *, by: Actor, at: datetime) -> Platform:
    """Let nobody in who comes from there, and send nothing there."""
    return _platform_moved(platform, "stop", by, at)


@action
def resume_platform(platform: Platform, *, by: Actor, at: datetime) -> Platform:
    """Trust it again."""
    return _platform_moved(platform, "resume", by, at)


def _room_for(model: type[Tool] | type[Platform], organisation: Organisation) -> None:
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if model._base_manager.filter(organisation=organisation).count() >= rules.MOST_TOOLS:
        raise Refused(not_now("lti.too_many", most=rules.MOST_TOOLS))


def _locked(model: type[Row], row: Row) -> Row:
    rows = model._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=row.pk)


def _taken_over(row: Tool | Platform, said: ToolSaid | PlatformSaid, given: Mapping[str, Any]) -> bool:
    """Put what is said into a row; whether anything is new."""
    told = {one.name: getattr(said, one.name) for one in fields(said)} | dict(given)
    new = row.pk is None or any(getattr(row, name) != value for name, value in told.items())
    for name, value in told.items():
        setattr(row, name, value)
    return new


def _tool(row: Tool, said: ToolSaid, by: Actor, at: datetime) -> Tool:
    name = " ".join(said.name.split())
    asked = said.redirects or [one for one in (said.launch_address, said.choose_address) if one]
    redirects = list(dict.fromkeys(asked))
    services = [one for one in ("grades", "members") if one in said.services]
    require(rules.can_name(name))
    require(rules.can_reach(said.login_address, said.launch_address))
    require(rules.can_reach(said.choose_address) if said.choose_address else rules.can_name(name))
    require(rules.can_send(redirects))
    require(rules.can_use(said.services, said.tells))
    if said.keys or said.keys_address or services or said.choose_address:  # it signs nothing otherwise
        require(rules.can_prove(said.keys_address, said.keys, jwts.usable(said.keys)))
    given = {
        "name": name,
        "redirects": redirects,
        "services": services,
        "keys": jwts.public_halves(said.keys),
    }
    if _taken_over(row, said, given):
        row.save()
        told = ToolKept(row.name, host_of(row.launch_address))
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _platform(row: Platform, said: PlatformSaid, by: Actor, at: datetime) -> Platform:
    name, issuer, client_id = (" ".join(one.split()) for one in (said.name, said.issuer, said.client_id))
    deployments = list(dict.fromkeys(one.strip() for one in said.deployments if one.strip()))
    require(rules.can_name(name))
    require(rules.can_name(client_id))
    require(
        rules.can_reach(issuer, said.login_address, *([said.token_address] if said.token_address else []))
    )
    require(rules.can_prove(said.keys_address, said.keys, jwts.usable(said.keys)))
    if not 0 < len(deployments) <= rules.MOST_DEPLOYMENTS or any(
        len(one) > rules.LONGEST_ID or not is_plain(one) for one in deployments
    ):
        raise Refused(not_now("lti.without_deployment", most=rules.MOST_DEPLOYMENTS))
    twin = Platform._base_manager.filter(issuer=issuer, client_id=client_id).exclude(pk=row.pk)
    if len(issuer) > rules.LONGEST_ID or twin.exists():
        raise Refused(not_now("lti.platform_twice"))
    given = {
        "name": name, "issuer": issuer, "client_id": client_id, "deployments": deployments,
        "keys": jwts.public_halves(said.keys),
    }  # fmt: skip
    if _taken_over(row, said, given):
        row.save()
        told = PlatformKept(row.name, row.issuer)
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _tool_moved(tool: Tool, move: str, by: Actor, at: datetime) -> Tool:
    row = _locked(Tool, tool)
    require(rules.may_keep(by, row.organisation))
    row.state = TOOL.after(row.state, move)
    row.save(update_fields=["state"])
    tell(ToolMoved(row.name, row.state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _platform_moved(platform: Platform, move: str, by: Actor, at: datetime) -> Platform:
    row = _locked(Platform, platform)
    require(rules.may_keep(by, row.organisation))
    row.state = PLATFORM.after(row.state, move)
    row.save(update_fields=["state"])
    tell(PlatformMoved(row.name, row.state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def host_of(address: str) -> str:
    """The host in an address."""
    return urlsplit(address).netloc[:120]
