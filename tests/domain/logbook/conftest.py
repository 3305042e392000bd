"""Short ways to write and confirm, by the fixed cast."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from craftpath.domain.logbook.actions import Content, Saved, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry
from craftpath.kernel.access import Actor
from tests.cast import AT, TODAY, Cast


@dataclass
class Writer:
    """The apprentice Chen Yutong (26001), and the mentor Zhou Guodong."""

    cast: Cast

    @property
    def apprentice(self) -> Actor:
        """At the college."""
        return self.cast.actor("apprentice")

    @property
    def mentor(self) -> Actor:
        """At the enterprise."""
        return self.cast.actor("mentor", self.cast.jinheng)

    def save(
        self, made_id: uuid.UUID | None = None, *, base: int = 0, at: datetime = AT, **values: Any
    ) -> Saved:
        """Save an entry of 26001, of today unless another day is given."""
        return save_entry(
            self.cast.enrolments["26001"],
            made_id=made_id or uuid.uuid4(),
            content=Content(
                **{
                    "on": TODAY,
                    "text": "装夹工件并试切外圆，尺寸合格。",
                    "minutes": 240,
                    "bucket": "workplace",
                }
                | values
            ),
            base=base,
            by=self.apprentice,
            at=at,
        )

    def handed_in(self, **values: Any) -> Entry:
        """An entry that waits for the mentor."""
        return submit_entry(self.save(**values).entry, by=self.apprentice, at=values.get("at", AT))


@pytest.fixture
def writer(cast: Cast) -> Writer:
    """Whoever writes and confirms in these tests."""
    return Writer(cast)


@pytest.fixture
def day() -> Callable[[int], date]:
    """A day of the month of the tests."""
    return lambda number: TODAY.replace(day=number)
