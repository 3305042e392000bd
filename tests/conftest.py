"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.web.evaluation import overview
from craftpath.kernel.tenancy import everywhere
from tests import cast as casting


@pytest.fixture
def cast(db: Any) -> casting.Cast:
    """The fixed cast."""
    return casting.build()


@pytest.fixture
def all_rows() -> Iterator[None]:
    """See every row for the time of the test."""
    with everywhere("a test looks at everything"):
        yield


@pytest.fixture
def browse(cast: casting.Cast) -> Callable[[str], Client]:
    """A test client signed in as somebody of the cast; `browse("")` is nobody."""

    def signed_in(name: str) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        if name:
            client.force_login(cast.people[name])
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Figures that a process keeps by the version of an evaluation: in tests, ids and versions come again."""
    overview.forget()
