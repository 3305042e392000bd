"""`make chaos`: five hundred schedules of bad network and dying servers; goes on where it was stopped.

Each seed is one line of the results file; a seed that stands there is not run again. Ends with a sum, and with 1 if a
promise was broken.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.chaos.devices import Schedule
from tests.chaos.dying import Server, stage


def main() -> int:
    """Run what is not in the results yet, and sum up."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--results", type=Path, default=Path("var/chaos.jsonl"))
    given = parser.parse_args()
    given.results.parent.mkdir(parents=True, exist_ok=True)
    lines = given.results.read_text("utf-8").splitlines() if given.results.exists() else []
    done = {row["seed"]: row for row in map(json.loads, lines)}
    left = [seed for seed in range(given.seeds) if seed not in done]
    if left:
        with tempfile.TemporaryDirectory() as folder, given.results.open("a", encoding="utf-8") as results:
            site = stage(Path(folder))
            server = Server(Path(folder))
            try:
                for seed in left:
                    done[seed] = _run(seed, site, server)
                    results.write(json.dumps(done[seed], ensure_ascii=False) + "\n")
                    results.flush()
                    sys.stdout.write("F" if done[seed]["broken"] else ".")
                    sys.stdout.flush()
            finally:
                server.stack.close()
    return _sum_up([done[seed] for seed in sorted(done) if seed < given.seeds])


def _run(seed: int, site: dict[str, object], server: Server) -> dict[str, object]:
    if server.process.poll() is not None:
        server.revive()
    schedule, start = Schedule(seed, site, server.network), time.monotonic()
    try:
        schedule.run()
        broken = ""
    except AssertionError as fault:
        broken = str(fault) or "an assertion without words"
    seconds = round(time.monotonic() - start, 2)
    return {"seed": seed, "broken": broken, "seconds": seconds, "counted": schedule.counted}


def _sum_up(rows: list[dict[str, object]]) -> int:
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(row["counted"])  # type: ignore[call-overload]
    broken = [row for row in rows if row["broken"]]
    sys.stdout.write(f"\n{len(rows)} schedules, {len(broken)} broken\n")
    sys.stdout.write(", ".join(f"{name}: {number:,}" for name, number in sorted(counted.items())) + "\n")
    for row in broken:
        sys.stdout.write(f"seed {row['seed']}: {row['broken']}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
