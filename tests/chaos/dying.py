"""A server that dies and comes again, and the stage on which devices write to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from tests import fresh
from tests.chaos.network import Network
from tests.chaos.server import ROOT, environment, free_port, served


def stage(folder: Path) -> dict[str, Any]:
    """A site in this folder, with everybody signed in."""
    fresh.set_down(folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.log_stage"],
        cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1]) | {"folder": str(folder)}  # type: ignore[no-any-return]


class Server:
    """A server that can be killed and comes again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.stack = folder, free_port(), ExitStack()
        self.revive()

    def revive(self) -> None:
        """Start it, if it is gone."""
        self.stack.close()
        self.address, self.process = self.stack.enter_context(served(self.folder, self.port))

    def kill(self) -> None:
        """At once, with everything that it was about to do."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def network(self) -> Network:
        """The way to it."""
        return Network(self.address, self.revive, self.kill)
