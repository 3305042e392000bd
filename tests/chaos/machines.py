"""Workers of several hosts, as processes, over one PostgreSQL: what they do is told by rows, and they are killed.

`python -m tests.chaos.machines lay|fill N|slow|work|batch|one` works on the site of the environment.
A job counts itself: one row in the history for each time that it was done to its end. `slow` ones hang in the middle.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks import task  # noqa: E402

from craftpath.delivery.commands.laying import lay_tables  # noqa: E402
from craftpath.delivery.commands.management.commands import work  # noqa: E402
from craftpath.delivery.jobs.working import LeasedWorker  # noqa: E402
from craftpath.kernel.access import Actor, system  # noqa: E402
from craftpath.kernel.action import action  # noqa: E402
from craftpath.kernel.facts import Fact, Told, fact, on, tell  # noqa: E402
from craftpath.kernel.jobs import body, enqueue  # noqa: E402
from craftpath.kernel.tenancy import everywhere  # noqa: E402


@fact
@dataclass(frozen=True)
class Wanted(Fact):
    """Something that a reaction has to do once."""

    code: ClassVar[str] = "tests.wanted"
    number: int


@fact
@dataclass(frozen=True)
class Done(Fact):
    """It was done, or one step of it."""

    code: ClassVar[str] = "tests.done"
    number: int
    step: str


@action
def note(number: int, step: str, *, by: Actor, at: datetime) -> None:
    """Write a row."""
    tell(Done(number, step), by=by, at=at)


@on(Wanted)
def do(told: Told) -> None:
    """The reaction: database only, so it is one transaction with its own end."""
    note(told.fact.number, "whole", by=system(), at=told.entry.at)
    time.sleep(0.1)  # long enough to be killed between its effect and its end


@body("tests.slow")
@task()
def slow(number: int) -> None:
    """Two actions with a wait between them, as long as a file is there."""
    with everywhere("a test looks at everything"):
        note(number, "first", by=system(), at=timezone.now())
        waiting = Path(settings.VAR) / "wait"
        (Path(settings.VAR) / f"in-the-middle-{os.getpid()}").touch()
        while waiting.exists():
            time.sleep(0.02)
        note(number, "second", by=system(), at=timezone.now())


def fill(count: int) -> None:
    """Queue so many reactions."""
    with transaction.atomic():
        for number in range(count):
            tell(Wanted(number), by=system(), at=timezone.now())


def house(at: datetime) -> None:
    """What stands for the housekeeping of a minute: it says that it was begun, and by whom."""
    note(os.getpid(), "house", by=system(), at=at)
    time.sleep(0.2)


def main(words: list[str]) -> None:
    """One word's work."""
    match words:
        case ["lay"]:
            lay_tables()
            call_command("createcachetable", verbosity=0)
        case ["fill", count]:
            fill(int(count))
        case ["slow"]:
            enqueue("tests.slow", 0)
        case ["work"]:
            work.keep_house = house
            call_command("work")
        case ["batch"]:
            work.keep_house = lambda at: None
            call_command("work", batch=True)
        case ["one"]:  # one job and no sweeping: the test says when somebody else comes
            worker = LeasedWorker(batch=True)
            taken = worker.take()
            if taken is not None:
                worker.carry_out(*taken)


if __name__ == "__main__":
    with everywhere("a test looks at everything"):
        main(sys.argv[1:])
