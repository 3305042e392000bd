"""How long does the analysis of a nation's survey of needs take, beside pandas doing the same?

    python bench/needs.py [--rows 1000000 --people 1000000] [--rounds 3]

Two readings of a million: 1,000,000 answer rows (52,632 people and 19 skills), and 1,000,000 people with 19 skills
each, 19,000,000 rows. Five group columns of 8, 4, 12, 3 and 6 values; of each rating one in fifty is left out. Both
ways give, of all and of each value of each column, per skill: complete pairs, means, gap, MWDS, NR, PR, TR and RDS;
they are compared figure by figure. `engine` then also finds which cells are hidden, which pandas has no answer to; its
seconds are told apart. Every way runs in a process of its own, the data lying ready as it likes it: columns of places
for the engine, a frame with categories for pandas.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from typing import Any

import numpy as np
from machine import ROOT, machine, resident

sys.path.insert(0, str(ROOT))
SEED, ITEMS, MIN_CELL = 831, 19, 5
SIZES = {"occupation": 8, "stage": 4, "site": 12, "role": 3, "organisation": 6}
Columns = dict[str, np.ndarray[Any, Any]]


def survey(people: int) -> Columns:
    """Rows of respondent, item, importance and ability, and one place a person in each group column."""
    draw = np.random.default_rng(SEED)
    rows = people * ITEMS
    item = np.tile(np.arange(ITEMS), people)
    importance = draw.integers(2, 6, rows).astype(np.float64)
    ability = np.clip(importance - draw.integers(-1, 4, rows), 1, 5).astype(np.float64)
    for ratings in (importance, ability):
        ratings[draw.random(rows) < 0.02] = np.nan
    groups = {name: draw.integers(0, size, people) for name, size in SIZES.items()}
    return {
        "respondent": np.repeat(np.arange(people), ITEMS),
        "item": item,
        "importance": importance,
        "ability": ability,
    } | groups


def engine(columns: Columns, people: int) -> dict[str, Any]:
    from craftpath.engines.disclosure import Tables, hide
    from craftpath.engines.needs import Answers, Group, crossing, sums_of, weighed

    groups = {name: Group(tuple(map(str, range(size))), columns[name]) for name, size in SIZES.items()}
    names = tuple(f"s{at}" for at in range(ITEMS))
    answers = Answers(
        names,
        people,
        *(columns[name] for name in ("respondent", "item", "importance", "ability")),
        groups=groups,
    )
    loaded, begun, cpu = resident("VmRSS"), time.perf_counter(), time.process_time()
    crossed = crossing(groups, list(groups), people)
    sums = sums_of(answers, crossed.of, crossed.kinds)
    splits = [
        sums.whole(),
        *(sums.over(crossed.codes[:, at], size) for at, size in enumerate(SIZES.values())),
    ]
    found = [weighed(split) for split in splits]
    seconds, spent = time.perf_counter() - begun, time.process_time() - cpu
    weights = np.vstack([crossed.people, sums.n.T]).astype(np.int64)
    hidden = hide(Tables(crossed.codes, tuple(SIZES.values()), weights), MIN_CELL)
    figures = [
        np.stack(
            [
                one.n,
                one.importance.mean,
                one.ability.mean,
                one.gap.mean,
                one.mwds.mean,
                one.nr,
                one.pr,
                one.tr,
                one.rds.mean,
            ]
        )
        for one in found
    ]
    return {
        "seconds": seconds,
        "cpu": spent,
        "hiding": time.perf_counter() - begun - seconds,
        "hidden": int(sum(flags.sum() for flags in hidden.columns)),
        "loaded": loaded,
        "figures": np.concatenate([part.reshape(9, -1) for part in figures], axis=1),
    }


def pandas(columns: Columns, people: int) -> dict[str, Any]:
    import pandas as pd

    frame = pd.DataFrame({name: columns[name] for name in ("importance", "ability")})
    frame["item"] = pd.Categorical.from_codes(columns["item"], [f"s{at}" for at in range(ITEMS)])
    for name, size in SIZES.items():
        frame[name] = pd.Categorical.from_codes(
            columns[name][columns["respondent"]], [str(at) for at in range(size)]
        )
    loaded, begun, cpu = resident("VmRSS"), time.perf_counter(), time.process_time()
    pairs = frame.dropna(subset=["importance", "ability"])
    pairs = pairs.assign(
        below=pairs["ability"] < pairs["importance"], above=pairs["ability"] > pairs["importance"]
    )
    parts = []
    for keys in (["item"], *([name, "item"] for name in SIZES)):
        told = pairs.groupby(keys, observed=False).agg(
            n=("importance", "size"),
            importance=("importance", "mean"),
            ability=("ability", "mean"),
            below=("below", "mean"),
            above=("above", "mean"),
        )
        told["gap"] = told["importance"] - told["ability"]
        told["mwds"] = told["importance"] * told["gap"]
        told["nr"], told["pr"] = 100 * told["below"], 100 * told["above"]
        told["tr"], told["rds"] = 100 - told["nr"] - told["pr"], told["pr"] - told["nr"]
        parts.append(
            told[["n", "importance", "ability", "gap", "mwds", "nr", "pr", "tr", "rds"]].to_numpy().T
        )
    seconds = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "cpu": time.process_time() - cpu,
        "loaded": loaded,
        "figures": np.concatenate(parts, axis=1),
    }


def timed(way: str, people: int, rounds: int) -> dict[str, Any]:
    columns = survey(people)
    found = [{"engine": engine, "pandas": pandas}[way](columns, people) for _ in range(rounds)]
    first = found[0]
    best = min(one["seconds"] for one in found)
    told = {
        "best": best,
        "cpu": min(one["cpu"] for one in found),
        "first": first["seconds"],
        "loaded": first["loaded"],
        "peak": resident("VmHWM"),
    }
    told |= {name: min(one[name] for one in found) for name in ("hiding", "hidden") if name in first}
    return told | {"figures": first["figures"].ravel().tolist()}


def measured(way: str, people: int, rounds: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", way, "--people", str(people), "--rounds", str(rounds)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return dict(json.loads(told.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(timed(chosen.one, chosen.people, chosen.rounds)))
        return
    print(
        f"{machine()}\n\n| people | rows | way | first s | best s | CPU s | × engine | hiding s | loaded MB | peak MB |"
    )
    print("|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|")
    for people in (-(-chosen.rows // ITEMS), chosen.people):
        found = {way: measured(way, people, chosen.rounds) for way in ("engine", "pandas")}
        one, other = (np.array(found[way].pop("figures")) for way in ("engine", "pandas"))
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-7)
        for way, told in found.items():
            ratio = told["best"] / found["engine"]["best"]
            hiding = f"{told['hiding']:.2f}" if "hiding" in told else ""
            cells = f"{told['first']:.2f} | {told['best']:.2f} | {told['cpu']:.2f} | {ratio:.1f} | {hiding}"
            print(
                f"| {people:,} | {people * ITEMS:,} | {way} | {cells} | {told['loaded']:.0f} | {told['peak']:.0f} |",
                flush=True,
            )
    print(f"\nAfter it: {machine()}; all figures equal")


if __name__ == "__main__":
    main()
