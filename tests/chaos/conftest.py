"""The site that devices write to, and its server; each is made once, since a schedule leaves the next one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.dying import Server, stage


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The stage, with everybody signed in."""
    return stage(tmp_path_factory.mktemp("chaos"))


@pytest.fixture(scope="session")
def server(site: dict[str, Any]) -> Iterator[Server]:
    """One server for all schedules; each kills it as it likes."""
    running = Server(Path(site["folder"]))
    yield running
    running.stack.close()
