"""What does it cost to keep the figures of many up to date, and to read them, in a college and in a country?

    python bench/insight.py [--people 1000 100000] [--postgresql] [--keep FOLDER]

`nation.py` fills a database with so many apprentices. Everything is counted once (a site that begins to count), then an
apprentice leaves and only what that changes is read anew; figures are read as a page would: all indicators as a whole,
and by quarter, of the country and of one college. Cells are compared with the record at the end. Each size has a
process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from college import open_site, postgresql
from machine import machine

ROUNDS = 15


def timed(act: Callable[[], Any]) -> tuple[float, int, Any]:
    """Seconds, queries, what came of it."""
    from django.db import connection

    queries = 0

    def counting(execute: Any, *asked: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*asked)

    with connection.execute_wrapper(counting):
        began = time.perf_counter()
        found = act()
        spent = time.perf_counter() - began
    return spent, queries, found


def best(act: Callable[[], Any]) -> tuple[float, float, int]:
    """Median and 95th percentile of seconds, and queries."""
    told = sorted(timed(act)[:2] for _ in range(ROUNDS))
    return median(one for one, _ in told), told[int(0.95 * (ROUNDS - 1))][0], told[0][1]


def one(folder: Path, people: int, database: str) -> dict[str, Any]:
    """Fill, count, change, read, compare."""
    open_site(folder, database)
    import nation
    from django.utils import timezone

    from craftpath.domain.apprenticeships.actions import end_enrolments
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.insight.actions import check
    from craftpath.domain.insight.keeping import refresh, settled
    from craftpath.domain.insight.marking import follow, stale
    from craftpath.domain.insight.models import Cell, Slice
    from craftpath.domain.insight.queries import choices, figures
    from craftpath.engines.indicators import CATALOGUE
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.tenancy import everywhere

    nation.seed(people)
    now = timezone.now()
    told: dict[str, Any] = {"people": people}

    def keep_up() -> int:
        while not follow(now):
            pass
        count = 0
        while some := refresh(now):
            count += some
        settled(now)
        return count

    with everywhere("a measurement looks at everything"):
        told["build_seconds"], _, told["slices"] = timed(keep_up)
        told["cells"] = Cell._base_manager.count()
        who = Enrolment._base_manager.order_by("pk")[people // 2]
        end_enrolments([who], because="left", on=timezone.localdate(now), by=system(), at=now)
        told["follow_seconds"], told["follow_queries"], _ = timed(lambda: follow(now))
        told["stale"] = stale().count()
        told["refresh_seconds"], told["refresh_queries"], _ = timed(keep_up)
        keys = [indicator.key for indicator in CATALOGUE]
        for name, key in (("country", "country"), ("college", "college-0")):
            of = Organisation.objects.get(key=key)
            for label, by in (
                ("whole", ()),
                ("by quarter", ("period",)),
                ("by stage and quarter", ("stage", "period")),
            ):
                told[f"{name}, {label}"] = best(lambda of=of, by=by: figures(keys, by=by, of=of))
            told[f"{name}, choices"] = best(lambda of=of: choices(of=of))
        told["check_seconds"], _, wrong = timed(lambda: check(now))
        told["differing"] = len(wrong)
        told["slices"] = Slice.objects.count()
    told["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--database", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(one(arguments.keep, arguments.one, arguments.database)))
        return
    print(machine())
    told = []
    for people in arguments.people:
        with ExitStack() as stack:
            database = stack.enter_context(postgresql()) if arguments.postgresql else ""
            folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            place = folder / f"insight-{people}"
            place.mkdir(parents=True, exist_ok=True)
            command = [
                sys.executable,
                __file__,
                "--one",
                str(people),
                "--keep",
                str(place),
                "--database",
                database,
            ]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            told.append(json.loads(done.stdout.strip().splitlines()[-1]))
            print(json.dumps(told[-1], indent=1))
    for name, value in told[-1].items():
        if isinstance(value, list) and len(told) > 1:
            print(
                f"{name}: {value[0] * 1000:.1f} ms, {value[2]} queries; ratio {value[0] / told[0][name][0]:.2f}"
            )


if __name__ == "__main__":
    main()
