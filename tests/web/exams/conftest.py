"""Signed-in readers and a few items."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.domain.exams import actions
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.models import Item
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.samples import every_kind
from tests.photos import picture


def reader(cast: Cast, who: str, language: str = "en") -> Client:
    """Somebody of the cast in a browser."""
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(cast.people[who])
    return client


@pytest.fixture
def trainer(cast: Cast) -> Client:
    """A trainer of the college."""
    return reader(cast, "trainer")


@pytest.fixture
def bank(cast: Cast) -> Iterator[dict[str, Item]]:
    """One item of every kind, by its kind; ready for papers."""
    with everywhere("a test fills the bank"):
        by = {"by": cast.actor("trainer"), "at": AT}
        kept = actions.keep_picture(cast.college, picture("PNG", (200, 120)), **by)
        written = actions.write_items(
            cast.college, [Draft(one, ready=True) for one in every_kind(kept.public_id)], **by
        )
        yield {item.kind: item for item in written.items}


def at(name: str, *ids: str) -> str:
    """An address of the bank at the college."""
    return reverse(f"exams:{name}", args=["lanchuan", *ids])
