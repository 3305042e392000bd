"""How fast and how lean is the evaluation engine, beside others that do the same work?

    python bench/evaluation.py [--people 1000000] [--rounds 7] [--repeat 3] [--only NAME ...]

A cohort of `--people` times 30 items in three components of 30/30/40, with scored, absent, missing and exempt
marks: the first component counts missing marks as zero and drops its lowest, the second excludes missing marks,
the third stays open. `ways.py` holds the ways and says what each must give. `rows off` counts rows in which a
rival's binary floats rounded another way.

In every round each way runs once, in a process of its own, so that peaks of memory are its own and a noisy minute
hits all of them; loading the marks is not timed. A process makes a first run (with all that is loaded, compiled or
planned only once) and `--repeat` warm ones, of which the fastest counts for the round. The measure is one
`numpy.sum` over the same arrays in the same round. Times are of the wall; `CPU` adds up all threads.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from machine import ROOT, machine, resident
from ways import ITEMS, NAMES, WAYS, engine_figures, generate

sys.path.insert(0, str(ROOT))
Measured = dict[str, float]  # first, warm, cpu in seconds; peak, work in MB


def one(name: str, folder: Path, repeat: int) -> Measured:
    """Run one way in this process; keep its figures for the comparison."""
    work = WAYS[name](folder)
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # forget the peak of loading
    before, times = resident("VmRSS"), []
    for _ in range(1 + repeat):
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    peak = resident("VmHWM")
    kept = folder / f"{name}.npz"
    if name != "scan" and not kept.exists():
        figures = engine_figures(found) if name == "engine" else found
        np.savez(kept, **{key: column_of(values) for key, values in figures.items()})
    warm, cpu = min(times[1:])
    return {"first": times[0][0], "warm": warm, "cpu": cpu, "peak": peak, "work": peak - before}


def column_of(values: Any) -> Any:
    """A way's column as floats, nan where it is empty."""
    if hasattr(values, "filled"):
        values = values.astype(float).filled(np.nan)
    return np.asarray(values.to_numpy() if hasattr(values, "to_numpy") else values, dtype=float)


def differing(folder: Path, name: str) -> str:
    """In how many rows a way's figures differ from the engine's; more than a tenth is another answer."""
    ours, theirs = np.load(folder / "engine.npz"), np.load(folder / f"{name}.npz")
    off = (ours["passed"] == 1) != (theirs["passed"] == 1)
    for key in NAMES:
        empty = np.isnan(ours[key])
        assert (empty == np.isnan(theirs[key])).all(), f"{name}: {key} is empty in other rows"
        gap = np.abs(np.where(empty, 0, ours[key] - np.nan_to_num(theirs[key])))
        assert gap.max(initial=0) < 0.15, f"{name}: {key} is another figure"
        off |= gap > 0.05
    return str(int(off.sum()))


def row_of(way: str, rounds: list[dict[str, Measured]], off: str) -> str:
    """A way's line in the table; the ratio is taken round by round."""
    mine = [found[way] for found in rounds]
    ratios = [found[way]["warm"] / found["scan"]["warm"] for found in rounds]
    cells = [
        f"{median(found['first'] for found in mine):.2f}",
        f"{1000 * min(found['warm'] for found in mine):.0f}",
        f"{1000 * median(found['warm'] for found in mine):.0f}",
        f"{1000 * median(found['cpu'] for found in mine):.0f}",
        f"{min(ratios):.1f}",
        f"{median(ratios):.1f}",
        f"{max(found['peak'] for found in mine):.0f}",
        f"{max(found['work'] for found in mine):.0f}",
        off,
    ]
    return f"| {way} | {' | '.join(cells)} |"


def measure(names: list[str], folder: Path, rounds: int, repeat: int) -> list[dict[str, Measured]]:
    """Per round and way what one process measured."""
    every = []
    for number in range(rounds):
        turned = names if number % 2 == 0 else names[::-1]  # nobody always follows the same one
        found = {}
        for way in turned:
            command = [
                sys.executable,
                __file__,
                "--one",
                way,
                "--folder",
                str(folder),
                "--repeat",
                str(repeat),
            ]
            found[way] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        every.append(found)
    return every


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeat", type=int, default=3)
    rivals = [name for name in WAYS if name not in ("scan", "engine")]
    parser.add_argument("--only", nargs="+", choices=rivals, default=rivals)
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(one(chosen.one, chosen.folder, chosen.repeat)))
        return
    print(f"{chosen.people:,} people x {ITEMS} items, {chosen.rounds} rounds; {machine()}\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(chosen.people, folder)
        rounds = measure(["scan", "engine", *chosen.only], folder, chosen.rounds, chosen.repeat)
        print(
            "| way | first s | best ms | median ms | CPU ms | best x scan | x scan | peak MB | own MB | rows off |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for way in rounds[0]:
            print(row_of(way, rounds, "" if way in ("scan", "engine") else differing(folder, way)))
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
