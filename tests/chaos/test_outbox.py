"""Ten schedules of bad network and dying servers: nothing that a device wrote is lost, doubled or altered.

Six over HTTP with modelled devices, four with the product's own outbox in a real browser; `make chaos` runs five
hundred of each, and goes on where it was stopped. `CRAFTPATH_FIRST_SEED` begins elsewhere.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.chaos.browsing import BrowserSchedule, Fleet
from tests.chaos.dying import Server
from tests.chaos.schedules import Schedule

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST = int(os.environ.get("CRAFTPATH_FIRST_SEED", "0"))
OVER_HTTP, IN_A_BROWSER = 6, 4
APART = 1000  # both kinds write into one site, and a seed names what it writes

pytestmark = pytest.mark.timeout(600)


def test_over_http_nothing_is_lost_doubled_or_altered(site: dict[str, Any], server: Server) -> None:
    counted: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + OVER_HTTP):
        server.revive() if server.process.poll() is not None else None
        try:
            counted.update(Schedule(seed, site, server.network).run())
        except AssertionError as fault:
            pytest.fail(f"seed {seed}: {fault}")
    # A schedule in which nothing happens proves nothing.
    assert all(counted[name] for name in ("entries", "confirmed", "photos", "observations", "roll calls"))
    assert all(counted[name] for name in ("before", "after", "twice", "shuffled", "killed"))


@pytest.mark.journey
def test_in_a_browser_nothing_is_lost_doubled_or_altered(
    browser: Browser, site: dict[str, Any], server: Server
) -> None:
    server.revive() if server.process.poll() is not None else None
    fleet, counted = Fleet(browser, server, site), Counter[str]()
    try:
        for seed in range(FIRST + APART, FIRST + APART + IN_A_BROWSER):
            try:
                counted.update(BrowserSchedule(seed, fleet).run())
            except AssertionError as fault:
                pytest.fail(f"seed {seed}: {fault}")
    finally:
        fleet.close()
    assert all(counted[name] for name in ("entries", "confirmed", "photos", "observations", "roll calls"))
    assert (
        sum(counted[name] for name in ("before", "after", "torn", "twice", "echo", "slow", "held", "killed"))
        > 10
    )
