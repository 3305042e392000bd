"""All indicators of a nation: how long, how much memory, and whether the engines agree.

    python bench/lake.py [--people 1000000 10000000] [--engines duckdb spark:1 spark:2] [--folder /tmp/craftpath-lakes]
                         [--results]

A made-up lake of each size is written by `craftpath lake` (and kept for the next time: `--fresh` writes it anew), and
`craftpath rollup` runs over it on each engine in a process of its own, start, check of every file and writing
included. Memory is the peak of the sum over the whole tree of processes (proportional set size where the system tells
it, so that shared pages count once), CPU the sum of their user and system times, both sampled every half second.
Every `indicators.csv` and every file of results must be the same bytes as that of the first engine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from machine import ROOT, machine

COMMAND = [sys.executable, "-m", "craftpath.delivery.commands.headless"]
TICK = os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(stat[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def memory(pid: int) -> float:
    """MB of a process, its share of what it shares with others counted in part."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def seconds_of(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(stat[11]) + int(stat[12])) / TICK


def measured(command: list[str]) -> tuple[float, float, float]:
    """Seconds, seconds of CPU and peak MB of a command with all its descendants."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    peak, cpu = 0.0, {}
    while process.poll() is None:
        alive = family(process.pid)
        peak = max(peak, sum(map(memory, alive)))
        cpu |= {pid: seconds_of(pid) for pid in alive}
        time.sleep(0.5)
    took = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    return took, sum(cpu.values()), peak


def digest(folder: Path) -> str:
    """Of the cells and results; the report has the time in it."""
    told = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name == "indicators.csv":
            told.update(path.read_bytes())
        elif path.suffix == ".parquet":
            import pyarrow.parquet as pq

            for batch in pq.ParquetFile(path).iter_batches(100_000):
                for column in batch.columns:
                    told.update("\n".join(column.to_pylist()).encode())
    return told.hexdigest()


def size_of(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--engines", nargs="+", default=["duckdb", "spark:1", "spark:2"])
    parser.add_argument("--folder", type=Path, default=Path("/tmp/craftpath-lakes"))
    parser.add_argument("--results", action="store_true", help="recompute 3-3-4 too")
    parser.add_argument("--fresh", action="store_true", help="write the lakes anew")
    asked = parser.parse_args()
    print(machine(), flush=True)
    asked.folder.mkdir(parents=True, exist_ok=True)
    seconds: dict[tuple[str, int], float] = {}
    for people in asked.people:
        lake = asked.folder / f"lake-{people}"
        if asked.fresh:
            shutil.rmtree(lake, ignore_errors=True)
        if not lake.exists():
            took, cpu, peak = measured(
                [*COMMAND, "lake", "--people", str(people), "--seed", "1", "--out", str(lake)]
            )
            print(f"{people:>12,} written   {took:8.1f} s  cpu {cpu:8.1f} s  peak {peak:7.0f} MB", flush=True)
        print(f"{people:>12,} on disk   {size_of(lake):8.0f} MB", flush=True)
        first = ""
        for engine in asked.engines:
            name, _, workers = engine.partition(":")
            out = asked.folder / f"out-{people}-{name}{workers}"
            shutil.rmtree(out, ignore_errors=True)
            command = [*COMMAND, "rollup", "--lake", str(lake), "--engine", name, "--out", str(out)]
            command += ["--workers", workers] if workers else []
            command += ["--results", str(lake / "schemes" / "cn-334.toml")] if asked.results else []
            took, cpu, peak = measured(command)
            seconds[engine, people] = took
            told = digest(out)
            first = first or told
            same = "same" if told == first else "DIFFERENT"
            print(
                f"{people:>12,} {engine:<9} {took:8.1f} s  cpu {cpu:8.1f} s  peak {peak:7.0f} MB  {same}",
                flush=True,
            )
            if told != first:
                raise SystemExit(f"{engine} says something else than {asked.engines[0]}")
    for people in asked.people:
        if ("spark:1", people) in seconds and ("spark:2", people) in seconds:
            ratio = seconds["spark:1", people] / seconds["spark:2", people]
            print(f"{people:>12,} two workers are {ratio:.2f} times as fast as one")
    if len(asked.people) > 1:
        small, large = min(asked.people), max(asked.people)
        for engine in asked.engines:
            ratio = seconds[engine, large] / seconds[engine, small]
            print(f"{engine:<9} {large // small} times the people take {ratio:.1f} times the time")


if __name__ == "__main__":
    main()
