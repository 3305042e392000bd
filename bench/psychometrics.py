"""How fast, and how near the truth, is the 2PL of the psychometric engine beside girth's on the same answers?

    python bench/psychometrics.py [--sizes 1000x40 20000x60] [--rounds 5]

Answers are drawn from known slopes (log-normal, sd 0.3) and difficulties (normal), each round from a seed of its own
that never changes; both ways get the same. Recovery is the root mean square and the mean, over all rounds, of what is
found less what is true. `log L` is the log-likelihood of what a way found, less that of the engine, both by a rule of
201 nodes: below 0 is further from the top. In every round each way runs in a process of its own: once to load and
compile all that it needs, then once on the clock. girth runs with its own options (41 points from -4.5 to 4.5), the
engine with the 81 Gauss-Hermite nodes of its command. A second table compares kappas and Kendall's W with statsmodels
and SciPy: not for speed, only for being the same figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from machine import ROOT, machine

sys.path.insert(0, str(ROOT))
SEED = 706
Found = tuple[Any, Any]  # slopes and difficulties
Measured = dict[str, float]


def generate(people: int, items: int, seed: int) -> tuple[Any, Any, Any]:
    random = np.random.default_rng(seed)
    slope, difficulty = random.lognormal(0, 0.3, items), random.normal(0, 1, items)
    theta = random.normal(0, 1, people)
    chance = 1 / (1 + np.exp(-slope * (theta[:, None] - difficulty)))
    return slope, difficulty, (random.random((people, items)) < chance).astype(np.int64)


def engine(answers: Any) -> Callable[[], Found]:
    from craftpath.engines.psychometrics import Responses
    from craftpath.engines.psychometrics.irt import Model, fit

    scores = answers.astype(float)

    def work() -> Found:
        found = fit(Responses.of(scores), Model.TWO_PL)
        return found.slope.values, found.difficulty.values

    return work


def girth_way(answers: Any) -> Callable[[], Found]:
    from girth import twopl_mml

    turned = np.ascontiguousarray(answers.T)

    def work() -> Found:
        found = twopl_mml(turned)
        return found["Discrimination"], found["Difficulty"]

    return work


WAYS = {"engine": engine, "girth": girth_way}


def height(answers: Any, a: Any, b: Any) -> float:
    """The log-likelihood of these parameters, by a rule as fine as there is."""
    from craftpath.engines.psychometrics.irt import grid as grids
    from craftpath.engines.psychometrics.irt.likelihood import sums

    right = answers == 1
    groups = grids.collapsed(right, np.ones_like(right), np.ones(len(right)), by_score=False)
    return sums(groups, a, -a * b, grids.grid(grids.MOST)).value


def one(name: str, people: int, items: int, seed: int) -> Measured:
    slope, difficulty, answers = generate(people, items, seed)
    work = WAYS[name](answers)
    begun = time.perf_counter()
    work()
    first = time.perf_counter() - begun
    wall, cpu = time.perf_counter(), time.process_time()
    a, b = work()
    told = {"first": first, "warm": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    for letter, away in (("a", a - slope), ("b", b - difficulty)):
        told |= {f"square_{letter}": float(np.mean(away**2)), f"bias_{letter}": float(np.mean(away))}
    return told | {"height": height(answers, a, b)}


def measure(size: str, rounds: int) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {name: [] for name in WAYS}
    for number in range(rounds):
        for name in list(WAYS)[:: 1 if number % 2 == 0 else -1]:
            command = [sys.executable, __file__, "--one", name, "--sizes", size, "--seed", str(SEED + number)]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
            found[name].append(json.loads(told))
    return found


def row_of(size: str, name: str, found: dict[str, list[Measured]]) -> str:
    mine = found[name]
    ratio = median(their["warm"] / our["warm"] for our, their in zip(found["engine"], mine, strict=True))
    cells = [
        f"{median(one['first'] for one in mine):.2f}",
        f"{min(one['warm'] for one in mine):.3f}",
        f"{median(one['warm'] for one in mine):.3f}",
        f"{median(one['cpu'] for one in mine):.3f}",
        f"{ratio:.1f}",
        *(
            cell
            for letter in "ab"
            for cell in (
                f"{np.sqrt(np.mean([one[f'square_{letter}'] for one in mine])):.4f}",
                f"{np.mean([one[f'bias_{letter}'] for one in mine]):.4f}",
            )
        ),
        f"{np.mean([their['height'] - our['height'] for our, their in zip(found['engine'], mine, strict=True)]):.3f}",
    ]
    return f"| {size} | {name} | {' | '.join(cells)} |"


def others() -> list[str]:
    """Figures that another library has too, on the same made-up ratings and scores; the largest difference."""
    from scipy import stats
    from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

    from craftpath.engines.psychometrics.agreement import (
        Level,
        Ratings,
        Weights,
        agreement,
        kappa_of_table,
        kendall_w,
    )

    random = np.random.default_rng(SEED)
    told: dict[str, list[float]] = {}
    for _ in range(20):
        true = random.integers(0, 5, 400)
        noise = [random.integers(-1, 2, 400) for _ in range(3)]
        ratings = np.clip(np.stack([true + one for one in noise], axis=1), 0, 4)
        table = np.zeros((5, 5))
        np.add.at(table, (ratings[:, 0], ratings[:, 1]), 1)
        for word, theirs, ours in (
            ("Cohen's kappa", None, None),
            ("linear", "linear", Weights.LINEAR),
            ("quadratic", "quadratic", Weights.QUADRATIC),
        ):
            wanted = cohens_kappa(table, wt=theirs, return_results=False)
            told.setdefault(word, []).append(abs(kappa_of_table(table, ours).value - wanted))
        counts, _ = aggregate_raters(ratings)
        found = agreement(Ratings.of(ratings), Level.NOMINAL).fleiss.value
        told.setdefault("Fleiss's kappa", []).append(abs(found - fleiss_kappa(counts)))
        judged = random.normal(size=(4, 12))  # without ties W follows from Friedman's chi-square
        friedman = stats.friedmanchisquare(*judged.T).statistic
        told.setdefault("Kendall's W", []).append(abs(kendall_w(judged).chi_square - friedman))
    return [f"| {word} | {max(gaps):.1e} |" for word, gaps in told.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="+", default=["1000x40", "20000x60"], metavar="PEOPLExITEMS")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=SEED, help=argparse.SUPPRESS)
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        people, items = map(int, chosen.sizes[0].split("x"))
        print(json.dumps(one(chosen.one, people, items, chosen.seed)))
        return
    print(f"2PL by marginal likelihood, {chosen.rounds} rounds; {machine()}\n", flush=True)
    head = ["people x items", "way", "first s", "best s", "median s", "CPU s", "x engine"]
    print(f"| {' | '.join([*head, 'RMSE a', 'bias a', 'RMSE b', 'bias b', 'log L'])} |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in chosen.sizes:
        found = measure(size, chosen.rounds)
        for name in WAYS:
            print(row_of(size, name, found), flush=True)
    print("\n| figure | largest difference |\n|---|---:|")
    print("\n".join(others()))
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
