"""Access for the services of the platform: a tool proves itself by a signed assertion and gets a token of an hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing

from craftpath.domain.lti import jwts, wording
from craftpath.domain.lti.models import Tool
from craftpath.domain.lti.once import use_once
from craftpath.domain.lti.plain import own_id
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now

SALT = "craftpath.lti.access"
LIFE = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Access:
    """A tool that has come in, and what it may do."""

    tool: Tool
    scopes: tuple[str, ...]

    def may(self, *scopes: str) -> bool:
        """Whether it has one of these."""
        return any(one in self.scopes for one in scopes)

    @property
    def actor(self) -> Actor:
        """The program itself, in the tool's organisation."""
        return system(self.tool.organisation)


def tool_named(assertion: str) -> Tool | None:
    """The serving tool that an assertion says it is of; nothing of it is believed yet."""
    _, claims = jwts.unverified(assertion)
    return serving_tool(claims.get("sub"))


def serving_tool(client_id: object) -> Tool | None:
    """The tool of a client id, while it serves."""
    rows = Tool._base_manager.filter(public_id=own_id(client_id), state="serving")
    return rows.select_related("organisation").first() if own_id(client_id) else None


@action
def grant_access(
    tool: Tool,
    assertion: str,
    keys: Mapping[str, Any],
    *,
    audiences: Sequence[str],
    wanted: str,
    by: Actor,
    at: datetime,
) -> tuple[str, list[str]]:
    """(a token, the scopes that it has) for a tool whose assertion holds; an assertion serves once."""
    claims = jwts.verified(assertion, keys, issuer=tool.public_id, audience=tuple(audiences), at=at)
    if claims.get("sub") != tool.public_id or not isinstance(claims.get("jti"), str) or not claims["jti"]:
        raise Refused(not_now("lti.unreadable"))
    use_once("assertion", tool.public_id, claims["jti"], by=by, at=at)
    allowed = [scope for service in tool.services for scope in wording.SCOPES[service]]
    given = [one for one in dict.fromkeys(wanted.split()) if one in allowed]
    if not given:
        raise Refused(not_now("lti.service_unknown"))
    return signing.dumps({"tool": tool.public_id, "may": given}, salt=SALT, compress=True), given


def admitted(header: str) -> Access | None:
    """Who comes with an `Authorization` header; None for a token that is not ours, is stale, or of a stopped tool."""
    kind, _, token = header[:2000].partition(" ")
    if kind.lower() != "bearer":
        return None
    try:
        told = signing.loads(token.strip(), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    tool = serving_tool(told.get("tool"))
    if tool is None:
        return None
    still = {scope for service in tool.services for scope in wording.SCOPES[service]}
    return Access(tool, tuple(one for one in told.get("may", ()) if one in still))
