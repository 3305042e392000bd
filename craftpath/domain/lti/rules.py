"""Who registers tools and platforms, who makes links, and what must hold of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from craftpath.domain.lti.models import Platform, Tool
from craftpath.domain.lti.models.launching import LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME
from craftpath.domain.lti.states import SERVICES, TELLS
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

__all__ = ["LONGEST_ADDRESS", "LONGEST_ID", "LONGEST_NAME"]

MOST_TOOLS = 100
MOST_REDIRECTS = 20
MOST_DEPLOYMENTS = 50
MOST_CUSTOM = 40
MOST_ITEMS = 200  # of one tool in one context
MOST_CHOSEN = 20  # links that come back of one choice


def may_keep(actor: Actor, organisation: Organisation) -> Verdict:
    """Coordinators and administrators, at their place and below it."""
    return actor.may_at(Permission.KEEP_TOOLS, organisation)


def may_link(actor: Actor) -> Verdict:
    """Whoever writes courses."""
    return actor.may(Permission.WRITE_COURSES)


def can_serve(row: Tool | Platform) -> Verdict:
    """Unless it was stopped."""
    return YES if row.state == "serving" else not_now("lti.stopped")


def can_name(name: str) -> Verdict:
    """Some words."""
    return YES if 0 < len(name) <= LONGEST_NAME else not_now("lti.unnamed", most=LONGEST_NAME)


def can_reach(*addresses: str) -> Verdict:
    """Web addresses, of a sensible length and without what no address has."""
    for one in addresses:
        plain = one.isascii() and not any(ord(sign) <= 32 or sign in '"<>\\' for sign in one)
        if (
            not plain
            or not one.startswith(("https://", "http://"))
            or len(one) > LONGEST_ADDRESS
            or "#" in one
        ):
            return not_now("lti.address_unclear")
    return YES


def can_use(services: Collection[str], tells: str) -> Verdict:
    """Services that there are. A tool that hears nothing of a person can name none."""
    if not set(services) <= set(SERVICES) or tells not in TELLS:
        return not_now("lti.service_unknown")
    return not_now("lti.services_need_a_number") if services and tells == "nothing" else YES


def can_prove(keys_address: str, keys: object, usable: bool) -> Verdict:
    """An address of keys, or the keys themselves."""
    if keys_address:
        return can_reach(keys_address)
    return YES if keys and usable else not_now("lti.without_keys")


def can_send(redirects: Collection[str]) -> Verdict:
    """At least one address to which messages may go."""
    if not 0 < len(redirects) <= MOST_REDIRECTS:
        return not_now("lti.without_redirect", most=MOST_REDIRECTS)
    return can_reach(*redirects)


def can_customise(custom: Mapping[str, Any]) -> Verdict:
    """A few short words each."""
    short = all(
        isinstance(name, str) and isinstance(value, str) and 0 < len(name) <= 60 and len(value) <= 500
        for name, value in custom.items()
    )
    return YES if len(custom) <= MOST_CUSTOM and short else not_now("lti.custom_unfit", most=MOST_CUSTOM)
