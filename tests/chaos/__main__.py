"""`make chaos`: schedules of bad network and dying servers; goes on where it was stopped.

Five hundred over HTTP with modelled devices, five hundred with the outbox itself in a real browser, two hundred of a
hub and two village points. Each kind and seed is one line of the results file; one that stands there is not run again.
Ends with a sum, and with 1 if a promise was broken.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import chromium
from tests.chaos.browsing import BrowserSchedule, Fleet
from tests.chaos.dying import Server, stage
from tests.chaos.points import country
from tests.chaos.schedules import Schedule

KINDS = ("http", "browser", "points")
SEEDS = {"points": 200}  # as many at most, whatever is asked
Run = Callable[[int], Any]


def main() -> int:
    """Run what is not in the results yet, and sum up."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=KINDS, help="http, browser, points, or all")
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--results", type=Path, default=Path("var/chaos.jsonl"))
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server goes as well
    given.results.parent.mkdir(parents=True, exist_ok=True)
    broken = 0
    for kind in given.kinds:
        done = _done(given.results, kind)
        wanted = range(given.first, given.first + min(given.seeds, SEEDS.get(kind, given.seeds)))
        left = [seed for seed in wanted if seed not in done]
        if left and kind == "browser" and not chromium.path():
            sys.stdout.write(chromium.MISSING + "\n")
            return 1
        if left:
            with given.results.open("a", encoding="utf-8") as results, _stage(kind) as run:
                for seed in left:
                    done[seed] = row = _one(kind, seed, run)
                    results.write(json.dumps(row, ensure_ascii=False) + "\n")
                    results.flush()
                    sys.stdout.write("F" if row["broken"] else ".")
                    sys.stdout.flush()
        broken += _sum_up(kind, [done[seed] for seed in wanted if seed in done])
    return 1 if broken else 0


def _done(results: Path, kind: str) -> dict[int, dict[str, Any]]:
    lines = results.read_text("utf-8").splitlines() if results.exists() else []
    rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return {row["seed"]: row for row in rows}


@contextmanager
def _stage(kind: str) -> Iterator[Run]:
    """A site, its server, and how a schedule of this kind is run there."""
    if kind == "points":
        with country() as sites:
            yield sites.judged
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        site = stage(Path(folder))
        server = Server(Path(folder))
        try:
            if kind == "http":
                yield lambda seed: _over_http(seed, site, server)
            else:
                with chromium.started() as browser:
                    fleet = Fleet(browser, server, site)
                    yield lambda seed: _in_a_browser(seed, fleet)
                    fleet.close()
        finally:
            server.stack.close()


def _over_http(seed: int, site: dict[str, Any], server: Server) -> dict[str, int]:
    if server.process.poll() is not None:
        server.revive()
    return Schedule(seed, site, server.network).run()


def _in_a_browser(seed: int, fleet: Fleet) -> dict[str, int]:
    try:
        return BrowserSchedule(seed, fleet).run()
    except Exception:
        fleet.renew()
        raise


def _one(kind: str, seed: int, run: Run) -> dict[str, Any]:
    start, broken, counted = time.monotonic(), "", {}
    try:
        counted = run(seed)
    except Exception as fault:  # whatever it is, the others are run, and this one is named at the end
        broken = f"{type(fault).__name__}: {fault}"[:2000]
    seconds = round(time.monotonic() - start, 2)
    return {"kind": kind, "seed": seed, "broken": broken, "seconds": seconds, "counted": counted}


def _sum_up(kind: str, rows: list[dict[str, Any]]) -> int:
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(row["counted"])
    broken = [row for row in rows if row["broken"]]
    seconds = sorted(row["seconds"] for row in rows)
    middle = seconds[len(seconds) // 2] if seconds else 0
    sys.stdout.write(
        f"\n{kind}: {len(rows)} schedules, {len(broken)} broken, {middle} s each in the middle\n"
    )
    sys.stdout.write(", ".join(f"{name}: {number:,}" for name, number in sorted(counted.items())) + "\n")
    for row in broken:
        sys.stdout.write(f"seed {row['seed']}: {row['broken']}\n")
    return len(broken)


if __name__ == "__main__":
    sys.exit(main())
