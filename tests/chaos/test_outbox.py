"""Twenty schedules of bad network and dying servers: nothing that a device wrote is lost, doubled or altered.

`make chaos` runs five hundred, and goes on where it was stopped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.devices import Schedule
from tests.chaos.dying import Server, stage

SEEDS = int(os.environ.get("CRAFTPATH_SEEDS", "20"))
FIRST = int(os.environ.get("CRAFTPATH_FIRST_SEED", "0"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The stage, with everybody signed in."""
    return stage(tmp_path_factory.mktemp("chaos"))


@pytest.fixture(scope="module")
def server(site: dict[str, Any]) -> Iterator[Server]:
    """One server for all schedules; each kills it as it likes."""
    running = Server(Path(site["folder"]))
    yield running
    running.stack.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_nothing_is_lost_doubled_or_altered(seed: int, site: dict[str, Any], server: Server) -> None:
    server.revive() if server.process.poll() is not None else None
    counted = Schedule(seed, site, server.network).run()
    assert counted["entries"] > 0
