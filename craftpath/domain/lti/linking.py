"""Links to tools for courses: made by hand, or chosen in the tool (deep linking); and where they stand in a run."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core import signing

from craftpath.domain.lti import jwts, rules, wording
from craftpath.domain.lti.facts import LinkMade
from craftpath.domain.lti.models import LineItem, Link, Placement, Tool
from craftpath.domain.lti.once import use_once
from craftpath.domain.lti.plain import plain
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

MOST_SCORE = Decimal(100_000)
SALT = "craftpath.lti.choice"
CHOICE = 3600  # seconds that somebody may take to choose


@action
def add_link(
    tool: Tool,
    *,
    title: str,
    address: str = "",
    custom: Mapping[str, str] | None = None,
    maximum: Decimal | None = None,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Link:
    """Make a link for courses; without an address it opens the tool's own page. The same form twice is one link."""
    require(rules.may_link(by))
    require(rules.can_serve(tool))
    standing = Link._base_manager.select_related("tool").filter(made_id=made_id).first()
    if standing is not None:
        if standing.tool_id != tool.pk:
            raise Refused(not_now("lti.form_used"))
        return standing
    name, where = " ".join(plain(title, len(title)).split()), address.strip() or tool.launch_address
    require(rules.can_name(name))
    require(rules.can_reach(where))
    require(rules.can_customise(custom or {}))
    if maximum is not None and not 0 < maximum <= MOST_SCORE:
        raise Refused(not_now("lti.maximum_unfit"))
    row = Link(
        made_id=made_id, tool=tool, title=name, address=where, custom=dict(custom or {}), maximum=maximum,
        made_by=by.person, made_at=at,
    )  # fmt: skip
    row.save()
    organisation = by.organisation or tool.organisation
    tell(LinkMade(row.title, tool.name), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def choice(tool: Tool, person: str, activity: str) -> str:
    """What a tool hands back with a choice, so that it is known whose it is and for which activity of which course."""
    return signing.dumps({"tool": tool.public_id, "person": person, "activity": activity}, salt=SALT)


def chosen_for(data: object, tool: Tool, person: str) -> str:
    """The activity for which a choice was asked of this tool by this person."""
    try:
        told = signing.loads(str(data), salt=SALT, max_age=CHOICE)
    except signing.BadSignature:
        raise Refused(not_now("lti.choice_unreadable")) from None
    if told.get("tool") != tool.public_id or told.get("person") != person:
        raise Refused(not_now("lti.choice_unreadable"))
    return str(told.get("activity", ""))


@action
def take_choice(
    tool: Tool, token: str, keys: Mapping[str, Any], *, issuer: str, by: Actor, at: datetime
) -> tuple[str, list[Link]]:
    """Make links of what was chosen in a tool: (the activity for which it was asked, the links).

    The message is the tool's, meant for us, in time, answers a choice of this very person, and serves once.
    """
    require(rules.can_serve(tool))
    claims = jwts.verified(token, keys, issuer=tool.public_id, audience=issuer, at=at)
    if claims.get(wording.MESSAGE_TYPE) != wording.CHOSEN:
        raise Refused(not_now("lti.message_unknown"))
    if claims.get(wording.LTI_VERSION) != wording.VERSION:
        raise Refused(not_now("lti.wrong_version"))
    if claims.get(wording.DEPLOYMENT) != tool.deployment:
        raise Refused(not_now("lti.deployment_unknown"))
    person = by.person.public_id if by.person is not None else ""
    activity = chosen_for(claims.get(wording.DATA), tool, person)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not nonce:
        raise Refused(not_now("lti.choice_unreadable"))
    use_once("choice", tool.public_id, nonce, by=by, at=at)
    wrong = claims.get(f"{wording.DEEP}errormsg")
    if wrong:
        raise Refused(not_now("lti.choice_failed", said=plain(wrong, 200) or "–"))
    items = claims.get(wording.ITEMS, [])
    if not isinstance(items, list):
        raise Refused(not_now("lti.choice_unreadable"))
    links = [one for one in items if isinstance(one, Mapping) and one.get("type") == "ltiResourceLink"]
    if len(links) > rules.MOST_CHOSEN:
        raise Refused(not_now("lti.choice_too_many", most=rules.MOST_CHOSEN))
    return activity, [_chosen(tool, one, by, at) for one in links]


def _chosen(tool: Tool, one: Mapping[str, Any], by: Actor, at: datetime) -> Link:
    custom, address = one.get("custom", {}), one.get("url", "")
    if not isinstance(custom, Mapping) or not isinstance(address, str):
        raise Refused(not_now("lti.choice_unreadable"))
    return add_link(
        tool,
        title=plain(one.get("title"), rules.LONGEST_NAME) or tool.name,
        address=address,
        custom={str(name): str(value) for name, value in custom.items()},
        maximum=_maximum(one.get("lineItem")),
        made_id=uuid.uuid4(),
        by=by,
        at=at,
    )


def _maximum(item: object) -> Decimal | None:
    if item is None:
        return None
    said = item.get("scoreMaximum") if isinstance(item, Mapping) else None
    try:
        found = Decimal(str(said)) if isinstance(said, int | float) and not isinstance(said, bool) else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise Refused(not_now("lti.maximum_unfit"))
    return round(found, 3)


@action
def place_link(
    link: Link, *, organisation: Organisation, context: str, activity: str, by: Actor, at: datetime
) -> Placement:
    """Where a link stands in a run, made at its first launch; with it its line item, as soon as it is scored."""
    row, _fresh = Placement._base_manager.select_related("link__tool__organisation").get_or_create(
        link=link, context=context, activity=activity, defaults={"organisation": organisation, "made_at": at}
    )
    if link.maximum is not None and "grades" in link.tool.services:
        told = {
            "tool": link.tool, "organisation": organisation, "context": context, "label": link.title,
            "maximum": link.maximum, "made_at": at,
        }  # fmt: skip
        LineItem._base_manager.get_or_create(placement=row, coupled=True, defaults=told)
    return row


def titles(links: Sequence[Link]) -> str:
    """The names of some links, for a message."""
    return ", ".join(one.title for one in links)
