"""Who comes to an address: somebody of the cast who is signed in, and what they did is undone behind them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

_SEATS = {"hr": "jinheng", "mentor": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau"}


def seat_of(who: str) -> str:
    """The key of the organisation in which somebody of the cast works or learns."""
    return _SEATS.get(who, "lanchuan")


def signed_in(cast: Cast, who: str, **options: Any) -> Client:
    """A test client, signed in as somebody of the cast."""
    client = Client(**options)
    client.force_login(cast.people[who])
    return client


def sent_to_sign_in(answer: Any) -> bool:
    """Whether whoever asked is taken for a nobody."""
    return bool(answer.status_code == 302 and answer.url.startswith(reverse(settings.LOGIN_URL)))


@contextmanager
def undone(*clients: Client) -> Iterator[None]:
    """Afterwards everything stands again as it did: what is kept, and who is signed in."""
    place, held = transaction.savepoint(), [deepcopy(client.cookies) for client in clients]
    try:
        yield
    finally:
        transaction.savepoint_rollback(place)
        for client, cookies in zip(clients, held, strict=True):
            client.cookies = cookies
