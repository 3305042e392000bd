"""Fixtures that every test may use."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from hypothesis import HealthCheck, settings

from craftpath.delivery.commands.laying import lay_tables
from craftpath.delivery.web.evaluation import overview
from craftpath.kernel.tenancy import everywhere
from tests import cast as casting
from tests import chromium, fresh, poured

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Whatever else runs on the machine, a property holds or does not: nothing here fails because it was slow.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite begins with a copy of a migrated file, PostgreSQL with tables, so that migrating finds nothing to do."""
    creation = connection.creation
    make = creation._create_test_db

    def made(*args: Any, **options: Any) -> Any:
        name = make(*args, **options)
        connection.close()
        connection.settings_dict["NAME"] = name
        if connection.vendor == "sqlite":
            fresh.pour(connection)
        else:
            lay_tables()
        return name

    creation._create_test_db = made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all that need one; without one they skip, but never where CI says otherwise."""
    if not chromium.path():
        pytest.fail(chromium.MISSING) if os.environ.get("CI") else pytest.skip(chromium.MISSING)
    # Playwright's own event loop runs in this thread; the ORM must not take it for an async context.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with chromium.started() as started:
        yield started


@pytest.fixture
def cast(db: Any) -> casting.Cast:
    """The fixed cast."""
    return poured.once("cast", casting.build)


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


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's own client does it: requests over WSGI share the connection, and so the transaction, of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Figures that a process keeps by the version of an evaluation: in tests, ids and versions come again."""
    overview.forget()


LONG, LONGEST = 300, 600
"""Seconds from which on a test's own limit says that it is long; and that it goes with no other of its module."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first, half of them in each of two processes: at the end nobody waits for one of them.

    Processes get the list in equal parts and take what the others have not begun.
    """
    groups: dict[str, list[pytest.Item]] = {}
    rest: list[pytest.Item] = []
    for item in items:
        limit = _limit(item)
        if limit < LONG:
            rest.append(item)
        else:
            name = item.nodeid if limit >= LONGEST else item.nodeid.partition("::")[0]
            groups.setdefault(name, []).append(item)
    if not rest:
        return
    by_name = [groups[name] for name in sorted(groups)]
    first, second = (sum(by_name[n::2], []) for n in (0, 1))
    middle = max(0, len(items) // 2 - len(first))
    items[:] = [*first, *rest[:middle], *second, *rest[middle:]]


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def _limit(item: pytest.Item) -> float:
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark and mark.args else 0.0
