"""The web server dies in the middle of a commit: the sheet is in whole, or not at all, and can be taken in again.

Two moments by default; `CRAFTPATH_MOMENTS=20` tries more.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests import fresh
from tests.chaos.server import ROOT, TOKEN, environment, served

MOMENTS = int(os.environ.get("CRAFTPATH_MOMENTS", "2"))
PEOPLE = 300  # as in `stage`, which cannot be imported here: it sets up Django anew
ALL = 6 * PEOPLE  # marks


def _stage(word: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.stage", word],
        cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def press(address: str, site: dict[str, Any]) -> threading.Thread:
    """The coordinator's button, in a thread that may hang as long as the server does."""
    head = {
        "Cookie": f"sessionid={site['session']}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def send() -> None:
        with suppress(OSError, http.client.HTTPException):  # what the browser gets to see is of no interest
            line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
            line.request("POST", site["way"], f"csrfmiddlewaretoken={TOKEN}", head)
            line.getresponse()

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    return thread


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The site before the commit, and how long an undisturbed commit takes (seconds)."""
    folder = tmp_path_factory.mktemp("before")
    fresh.set_down(folder)
    found = _stage("set", folder) | {"folder": folder}
    whole = tmp_path_factory.mktemp("whole") / "var"
    shutil.copytree(folder, whole)
    with served(whole) as (address, _server):
        start = time.monotonic()
        press(address, found).join()
        found["seconds"] = time.monotonic() - start
    return found | {"after": _stage("look", whole)}


def test_an_undisturbed_commit_writes_all_of_it(site: dict[str, Any]) -> None:
    after = site["after"]
    assert (site["state"], site["marks"], site["results"], site["told"]) == ("uploaded", 0, 0, 0)
    assert (after["state"], after["marks"], after["results"], after["told"]) == ("committed", ALL, PEOPLE, 1)
    assert after["outcome"] == {"added": ALL, "changed": 0, "unchanged": 0}
    assert after["statements"] - site["statements"] == ALL
    assert after["sound"] == [["ok"], []]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_killed_server_leaves_the_sheet_in_whole_or_not_at_all(
    seed: int, site: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "var"
    shutil.copytree(site["folder"], folder)
    # Each seed has its own stretch of the commit and a little beyond, so that few moments still cover all of it.
    share = 1.1 * (seed + random.Random(seed).random()) / MOMENTS  # noqa: S311
    with served(folder) as (address, server):
        button = press(address, site)
        time.sleep(share * site["seconds"])
        os.killpg(server.pid, signal.SIGKILL)
        button.join()
    before = {name: site[name] for name in site["after"]}
    found = _stage("again", folder)
    assert found["left"] in (before, site["after"]), f"killed after {share:.0%} of {site['seconds']:.2f} s"
    assert found["after"] == site["after"]
