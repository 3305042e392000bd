"""A token in words: what it is for, when it was used, and whether it still serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from craftpath.delivery.exchange.client_words import scopes_said
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.clients import Client
from craftpath.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a list."""

    client: Client
    uses: list[str]
    roles: str
    state: str
    tone: str
    serves: bool


def shown(clients: Iterable[Client], at: datetime) -> list[Shown]:
    """These tokens as lines."""
    return [_line(client, at) for client in clients]


def _line(client: Client, at: datetime) -> Shown:
    state, tone = (
        (pgettext("of a token", "serves"), "good")
        if client.serves(at)
        else (pgettext("of a token", "expired"), "plain")
    )
    if client.revoked_at is not None:
        state, tone = pgettext("of a token", "revoked"), "plain"
    roles: Any = listed(str(ROLE_NAMES[Role(role)]) for role in client.roles)
    return Shown(client, scopes_said(client.scopes), str(roles), state, tone, client.serves(at))
