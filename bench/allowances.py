"""How long does a nation's month of allowances take, and does it give the same bytes again?

    python bench/allowances.py [--pairs 2000 20000 200000]

Made-up pairs: trainers n/4, most with a master and some with a college tutor, one in ten shared 60/40, one in ten
stood in for by a deputy for some days, one in ten changing stage, one in twelve ended or begun within the month; four
confirmed weeks and one session each. Six rules (by month, by confirmed hour, by session), ratio bands, result bands,
minima and capacity, and four caps. Each size is a process of its own: the run, its bytes, the run again, and the run
with every row in another order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from datetime import date
from typing import Any

import numpy as np
from machine import ROOT, machine, resident

sys.path.insert(0, str(ROOT))
from craftpath.engines.allowances.monthly import (  # noqa: E402
    NONE,
    Basis,
    Cap,
    Hours,
    Pairs,
    Payer,
    RatioBand,
    ResultBand,
    Rule,
    Run,
    Scope,
    canonical,
    run,
)
from craftpath.values.period import Period  # noqa: E402

MONTH, SEED = date(2026, 11, 1), 20261129
ALWAYS = Period(date(2026, 1, 1))
RATIO = (RatioBand(2, 1000), RatioBand(4, 800), RatioBand(8, 500))
RESULTS = (ResultBand(60_00, 800), ResultBand(80_00, 1000))


def rules() -> tuple[Rule, ...]:
    master, tutor = ("master_apprentice",), ("college_tutor",)
    half = date(2026, 11, 16)
    return (
        Rule("master", 1, "master", Period(date(2026, 1, 1), half), 200_00, "CNY", Payer.ENTERPRISE, kinds=master,
             ratio=RATIO, over_capacity=0, least_weeks=3),
        Rule("master", 2, "master", Period(half), 230_00, "CNY", Payer.ENTERPRISE, kinds=master,
             ratio=RATIO, over_capacity=0, least_weeks=3),
        Rule("tutor", 1, "tutor", ALWAYS, 150_00, "CNY", Payer.COLLEGE, kinds=tutor, ratio=(RatioBand(None, 1000),)),
        Rule("result", 1, "result", ALWAYS, 100_00, "CNY", Payer.SUBSIDY, kinds=master, stages=("2", "3"),
             results=RESULTS),
        Rule("hours", 1, "hours", ALWAYS, 3_33, "CNY", Payer.ENTERPRISE, Basis.APPRENTICE_HOUR, kinds=master,
             least_minutes=600),
        Rule("session", 1, "session", ALWAYS, 80_00, "CNY", Payer.COLLEGE, Basis.SESSION_HOUR),
    )  # fmt: skip


CAPS = (
    Cap("pair", Scope.PAIR_MONTH, 700_00, "CNY"),
    Cap("trainer", Scope.TRAINER_MONTH, 2000_00, "CNY"),
    Cap("hours", Scope.TRAINER_MONTH, 900_00, "CNY", ("hours",)),
    Cap("budget", Scope.RUN, 2_000_000_000, "CNY", ("master",)),
)


def stretches(n: int) -> dict[str, Any]:
    """Columns of so many pairs: one row each, and a second for those who change stage."""
    dice = np.random.default_rng(SEED)
    at, what = np.arange(n), dice.integers(0, 60, n)
    apprentice = np.where(what < 6, np.maximum(at - 1, 0), at)  # shares the apprentice of the pair before
    share = np.where(what < 6, 400, np.where(np.append(what[1:], 59) < 6, 600, 1000))
    day = dice.integers(2, 28, n)
    start = np.full(n, np.datetime64("2026-09-01"))
    start[what == 50] = np.datetime64("2026-11-01") + day[what == 50]
    end = np.full(n, np.datetime64("NaT"), "datetime64[D]")
    end[(what == 51) | (what == 52)] = np.datetime64("2026-11-01") + day[(what == 51) | (what == 52)]
    end[what == 53] = np.datetime64("2026-10-20")
    twice = (what >= 40) & (what < 46)
    columns = {
        "pair": at, "trainer": dice.integers(0, max(n // 4, 1), n), "apprentice": apprentice, "share": share,
        "kind": dice.choice(["master_apprentice", "college_tutor"], n, p=[0.8, 0.2]),
        "role": np.where((what >= 20) & (what < 26), "deputy", "master"), "stage": dice.integers(1, 4, n),
        "occupation": dice.integers(0, 40, n), "programme": dice.integers(0, 300, n),
        "enterprise": dice.integers(0, max(n // 100, 1), n), "college": dice.integers(0, 200, n),
        "capacity": np.full(n, 6), "start": start, "end": end,
        "result": np.where(dice.random(n) < 0.7, dice.integers(40_00, 100_00, n), NONE),
        "decided": dice.random(n) < 0.9,
    }  # fmt: skip
    first, second = columns, {name: column[twice] for name, column in columns.items()}
    turn = np.datetime64("2026-11-01") + day
    first["end"] = np.where(twice, turn, end)
    second |= {"start": turn[twice], "stage": second["stage"] % 3 + 1}
    return {name: np.concatenate([first[name], second[name]]) for name in columns}


def entries(n: int) -> dict[str, Any]:
    dice = np.random.default_rng(SEED + 1)
    day = np.datetime64("2026-11-02") + np.tile([0, 7, 14, 21, 9], n)
    return {
        "pair": np.repeat(np.arange(n), 5), "day": day,
        "minutes": np.where(np.tile([0, 0, 0, 0, 1], n) == 1, 90, dice.integers(0, 2400, 5 * n)),
        "session": np.tile([False] * 4 + [True], n),
    }  # fmt: skip


def named(columns: dict[str, Any], order: Any) -> dict[str, Any]:
    """Words as a noun hands them over: lists of str."""
    letters = {"pair": "p", "trainer": "t", "apprentice": "a", "enterprise": "e", "college": "c"}
    found = {}
    for name, column in columns.items():
        moved = column[order]
        if name in letters:
            found[name] = [f"{letters[name]}{one:07}" for one in moved.tolist()]
        elif name in ("kind", "role", "stage", "occupation", "programme"):
            found[name] = [str(one) for one in moved.tolist()]
        else:
            found[name] = moved
    return found


def month(n: int, shuffled: bool = False) -> tuple[Pairs, Hours]:
    dice, own, done = np.random.default_rng(SEED + 2), stretches(n), entries(n)
    orders = [
        dice.permutation(size) if shuffled else np.arange(size)
        for size in (len(own["pair"]), len(done["pair"]))
    ]
    return Pairs(**named(own, orders[0])), Hours(**named(done, orders[1]))


def timed(pairs: Pairs, hours: Hours) -> tuple[Run, float, str, float, int]:
    """The run, its seconds, the digest of its bytes, the seconds of these, and how many bytes they are."""
    start = time.perf_counter()
    found = run(MONTH, rules(), pairs, hours, CAPS)
    middle = time.perf_counter()
    told = canonical(found)
    digest = hashlib.sha256(told).hexdigest()
    return found, middle - start, digest, time.perf_counter() - middle, len(told)


def one(n: int) -> dict[str, Any]:
    pairs, hours = month(n)
    before, cpu = resident("VmHWM"), time.process_time()
    found, seconds, digest, writing, size = timed(pairs, hours)
    cpu, peak = time.process_time() - cpu, resident("VmHWM")
    again = timed(pairs, hours)
    shuffled = timed(*month(n, shuffled=True))
    return {
        "pairs": n, "lines": len(found), "parts": len(found.parts), "cuts": len(found.cuts),
        "seconds": seconds, "again": again[1], "writing": writing, "cpu": cpu, "before": before, "peak": peak,
        "megabytes": size / 2**20, "yuan": sum(found.totals().values()) / 100, "digest": digest[:12],
        "same": digest == again[2], "shuffled": digest == shuffled[2],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(one(chosen.one)))
        return
    print(f"A month's allowances, six rules and four caps; {machine()}\n", flush=True)
    head = [
        "pairs",
        "lines",
        "parts",
        "cuts",
        "run s",
        "again s",
        "bytes s",
        "CPU s of run and bytes",
        "MB before",
        "peak MB",
    ]
    print(f"| {' | '.join([*head, 'MB of bytes', 'digest', 'again', 'shuffled'])} |")
    print(f"|{'---:|' * 14}")
    for n in chosen.pairs:
        command = [sys.executable, __file__, "--one", str(n)]
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
        same = ["same" if told[name] else "OTHER" for name in ("same", "shuffled")]
        figures = [f"{told[name]:,}" for name in ("pairs", "lines", "parts", "cuts")]
        figures += [f"{told[name]:.2f}" for name in ("seconds", "again", "writing", "cpu")]
        figures += [f"{told[name]:.0f}" for name in ("before", "peak", "megabytes")]
        print(f"| {' | '.join([*figures, told['digest'], *same])} |", flush=True)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
