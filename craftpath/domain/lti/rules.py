"""Who registers tools and platforms, who makes links, and what must hold of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from craftpath.domain.lti.models import Platform, Tool
from craftpath.domain.lti.models.launching import LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME
from craftpath.domain.lti.plain import is_plain
from craftpath.domain.lti.states import SERVICES, TELLS
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

__all__ = ["LONGEST_ADDRESS", "LONGEST_ID", "LONGEST_NAME"]

_HOST = re.compile(
    r"[0-9A-Za-z._\[\]:-]+"
)  # it will stand in a policy of contents, where ";" begins another line
LOOPBACK = ("127.0.0.1", "localhost", "::1")
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
    return (
        YES if 0 < len(name) <= LONGEST_NAME and is_plain(name) else not_now("lti.unnamed", most=LONGEST_NAME)
    )


def is_address(one: str) -> bool:
    """Whether it is a web address, of a sensible length and without what no address has."""
    if len(one) > LONGEST_ADDRESS or not one.startswith(("https://", "http://")):
        return False
    if not one.isascii() or any(ord(sign) <= 32 or ord(sign) == 127 or sign in '"<>\\#' for sign in one):
        return False
    try:
        parts = urlsplit(one)
        return bool(_HOST.fullmatch(parts.netloc) and parts.hostname) and parts.port != 0
    except ValueError:
        return False


def can_reach(*addresses: str) -> Verdict:
    """Web addresses to which messages may go: encrypted, but within this machine and where it was allowed."""
    for one in addresses:
        if not is_address(one):
            return not_now("lti.address_unclear")
        parts = urlsplit(one)
        inside = {parts.hostname or "", parts.netloc} & {*LOOPBACK, *settings.HOOK_HOSTS}
        if parts.scheme != "https" and not inside:
            return not_now("lti.address_open", host=parts.netloc[:80])
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
        isinstance(name, str)
        and isinstance(value, str)
        and 0 < len(name) <= 60
        and len(value) <= 500
        and is_plain(name + value)
        for name, value in custom.items()
    )
    return YES if len(custom) <= MOST_CUSTOM and short else not_now("lti.custom_unfit", most=MOST_CUSTOM)
