"""Two who book one time at the same moment: exactly one gets it, and the other hears who has it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from craftpath.domain.bookings.booking import hold
from craftpath.domain.bookings.models import Booking, Slot, Thing
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.bookings.world import MORNING, WEEK, agreed, at, book, lathe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thing(cast: Cast, tmp_path: Path) -> Iterator[Thing]:
    """A shared lathe. Threads meet in a database as it is used: SQLite's is a file, not the memory of the tests."""
    with everywhere("a test"):
        agreed(cast)
        made = lathe(cast, for_partners=True)
    if connection.vendor != "sqlite":
        yield made
        return
    before, path = connection.settings_dict["NAME"], tmp_path / "two.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    connection.settings_dict["NAME"] = str(path)
    yield made
    connection.settings_dict["NAME"] = before


def _at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each of some threads that begin together gets: what its deed gave, or the refusal."""
    begin = threading.Barrier(len(deeds))
    heard: list[Any] = [None] * len(deeds)

    def act(n: int) -> None:
        try:
            with everywhere("two at once"):
                begin.wait(timeout=20)
                heard[n] = deeds[n]()
        except (Refused, IntegrityError) as fault:
            heard[n] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[n]) for n in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return heard


def test_of_two_at_the_same_instant_one_gets_it(cast: Cast, thing: Thing) -> None:
    heard = _at_once(lambda: book(cast, thing, "trainer"), lambda: book(cast, thing, "hr"))
    [row] = [one for one in heard if isinstance(one, Booking)]
    [other] = [one for one in heard if isinstance(one, Refused)]
    assert other.verdict.reason == "bookings.taken"
    assert row.organisation.title.zh in other.verdict.facts["who"]
    assert _at_once(lambda: (Booking.objects.count(), Slot.objects.count())) == [(1, 8)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway")
def test_the_constraint_alone_keeps_two_apart_who_do_not_stand_in_line(cast: Cast, thing: Thing) -> None:
    with everywhere("a test"):
        rows = [book(cast, thing, span=at(MORNING + n * WEEK)) for n in range(2)]
        Slot.objects.all().delete()
        Booking.objects.update(starts_at=MORNING, ends_at=at().ends_at)
        for row in rows:
            row.refresh_from_db()

    def write(row: Booking) -> Callable[[], str]:
        def deed() -> str:
            with transaction.atomic():
                hold(row)
            return "held"

        return deed

    heard = _at_once(*map(write, rows))
    assert sorted(one if isinstance(one, str) else "refused" for one in heard) == ["held", "refused"]
