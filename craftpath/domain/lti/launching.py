"""Launching a tool: the hint that goes ahead, the request that comes back, and the signed message that answers it.

Nothing is stored between the two: the hint is sealed, lives five minutes, and names whom it is for. Who somebody is at
a tool is a number made of both: two tools cannot tell that they speak of the same person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from craftpath.domain.lti import jwts, rules, wording
from craftpath.domain.lti.keys import signing_key
from craftpath.domain.lti.models import LineItem, Placement, Tool
from craftpath.domain.lti.serving import serving_tool
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require

SALT = "craftpath.lti.hint"
HINT = 300  # seconds between opening a link and the tool's question
MESSAGE = timedelta(minutes=5)
LONGEST_ECHO = 4000


@dataclass(frozen=True, slots=True)
class Around:
    """What a launch says besides: the course, the reader's roles and language, and where to go afterwards."""

    context: str
    title: str
    roles: tuple[str, ...]
    locale: str
    back: str
    platform: Mapping[str, str] = field(default_factory=dict)


def subject(tool: Tool, person: Person) -> str:
    """Who somebody is at a tool."""
    return salted_hmac(
        "craftpath.lti.subject", f"{tool.public_id} {person.public_id}", algorithm="sha256"
    ).hexdigest()[:32]


def login_of(tool: Tool, person: Person) -> str:
    """What a tool hands back to say for whom it asks; of a tool that hears nothing it names nobody at all."""
    return "visitor" if tool.tells == "nothing" else subject(tool, person)


def asked(tool: Tool, person: Person, *, issuer: str, target: str, told: Mapping[str, str]) -> dict[str, str]:
    """The parameters with which a launch begins at the tool's login address; `told` comes back with the hint."""
    require(rules.can_serve(tool))
    hint = {**told, "tool": tool.public_id, "person": person.public_id}
    return {
        "iss": issuer,
        "login_hint": login_of(tool, person),
        "target_link_uri": target,
        "lti_message_hint": signing.dumps(hint, salt=SALT, compress=True),
        "client_id": tool.public_id,
        "lti_deployment_id": tool.deployment,
    }


def asker(given: Mapping[str, str]) -> tuple[Tool, str]:
    """(who asks, where the answer goes); Refused where it must go nowhere: nothing is sent to an unknown address."""
    tool = serving_tool(given.get("client_id"))
    if tool is None:
        raise Refused(not_now("lti.request_unfit", part="client_id"))
    where = given.get("redirect_uri", "")
    if where not in tool.redirects:
        raise Refused(not_now("lti.request_unfit", part="redirect_uri"))
    return tool, where


def fault_of(given: Mapping[str, str]) -> str:
    """The OpenID error of a request that is to be told so; "" for one in order."""
    if given.get("response_type") != "id_token":
        return "unsupported_response_type"
    if "openid" not in given.get("scope", "").split():
        return "invalid_scope"
    if given.get("response_mode") != "form_post" or given.get("prompt") != "none":
        return "invalid_request"
    nonce = given.get("nonce", "")
    if not nonce or len(nonce) > LONGEST_ECHO or len(given.get("state", "")) > LONGEST_ECHO:
        return "invalid_request"
    return ""


def hint_of(given: Mapping[str, str], tool: Tool, person: Person) -> dict[str, str] | None:
    """What the hint told, if it is one of this tool for this person and not stale."""
    try:
        told = signing.loads(given.get("lti_message_hint", ""), salt=SALT, max_age=HINT)
    except signing.BadSignature:
        return None
    same = told.get("tool") == tool.public_id and told.get("person") == person.public_id
    login = constant_time_compare(given.get("login_hint", ""), login_of(tool, person))
    return told if same and login else None


def launch_message(
    placement: Placement, person: Person, around: Around, *, issuer: str, nonce: str, services: Mapping[str, str],
    at: datetime,
) -> str:  # fmt: skip
    """The signed message that opens a link for somebody."""
    tool, link = placement.link.tool, placement.link
    claims = _claims(tool, person, around, issuer, nonce, at) | {
        wording.MESSAGE_TYPE: wording.LAUNCH,
        wording.TARGET: link.address,
        wording.RESOURCE: {"id": placement.public_id, "title": link.title},
        wording.PRESENTATION: {
            "document_target": "window", "locale": around.locale, "return_url": around.back,
        },
    }  # fmt: skip
    if link.custom:
        claims[wording.CUSTOM] = dict(link.custom)
    if "grades" in tool.services:
        claims[wording.GRADES] = {"scope": list(wording.SCOPES["grades"]), "lineitems": services["items"]}
        item = LineItem._base_manager.filter(placement=placement, coupled=True).first()
        if item is not None:
            claims[wording.GRADES]["lineitem"] = f"{services['items']}/{item.public_id}"
    if "members" in tool.services:
        claims[wording.MEMBERS] = {
            "context_memberships_url": services["members"], "service_versions": ["2.0"],
        }  # fmt: skip
    return jwts.signed(signing_key(tool.organisation, at), claims)


def choose_message(
    tool: Tool,
    person: Person,
    around: Around,
    *,
    issuer: str,
    nonce: str,
    data: str,
    answer: str,
    at: datetime,
) -> str:
    """The signed message by which somebody chooses in a tool what a link opens."""
    claims = _claims(tool, person, around, issuer, nonce, at) | {
        wording.MESSAGE_TYPE: wording.CHOOSE,
        wording.TARGET: tool.choose_address,
        wording.PRESENTATION: {"document_target": "window", "locale": around.locale},
        wording.SETTINGS: {
            "deep_link_return_url": answer,
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["window"],
            "accept_multiple": True,
            "accept_lineitem": "grades" in tool.services,
            "data": data,
        },
    }
    return jwts.signed(signing_key(tool.organisation, at), claims)


def _claims(
    tool: Tool, person: Person, around: Around, issuer: str, nonce: str, at: datetime
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "iss": issuer,
        "aud": tool.public_id,
        "nonce": nonce,
        **jwts.stamped(at, MESSAGE),
        wording.LTI_VERSION: wording.VERSION,
        wording.DEPLOYMENT: tool.deployment,
        wording.ROLES: list(around.roles),
        wording.CONTEXT: {
            "id": around.context,
            "title": around.title,
            "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"],
        },
        wording.PLATFORM: dict(around.platform),
        "locale": around.locale,
    }
    return told | who(tool, person)


def who(tool: Tool, person: Person, number: str = "sub") -> dict[str, str]:
    """What a tool hears of somebody, by its registration."""
    told: dict[str, str] = {}
    if tool.tells != "nothing":
        told[number] = subject(tool, person)
    if tool.tells in ("name", "mail"):
        told["name"] = person.name
    if tool.tells == "mail" and person.email:
        told["email"] = person.email
    return told
