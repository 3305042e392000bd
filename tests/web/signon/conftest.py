"""A provider that really runs, and ways of the college that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from craftpath.kernel.people import Person
from tests.cast import Cast
from tests.web.accounts import provider as small
from tests.web.signon.ways import MAIL, Ways


@pytest.fixture
def no_earlier_tries(db: None) -> Iterator[None]:
    """Nobody has tried before, so nobody waits."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def idp(settings: Any) -> Iterator[small.Provider]:
    """A provider that speaks of the trainer by e-mail; this network may be asked in the tests."""
    settings.HOOK_HOSTS = ["127.0.0.1"]
    with small.running() as running:
        running.claims = {"email": MAIL, "email_verified": True}
        yield running


@pytest.fixture
def ways(cast: Cast, idp: small.Provider, no_earlier_tries: None) -> Ways:
    """A provider of the college that is switched on, and finds the trainer by e-mail."""
    Person.objects.filter(pk=cast.people["trainer"].pk).update(email=MAIL)
    return Ways(cast, idp)
