"""How long do the shortest ways from one account to many diplomas take, and does another solver find the same?

    python bench/credits.py [--diplomas 50] [--credits 50 100 200 400 800] [--limit 10]

One learner with so many credits of 12 sources, a third of them expired or expiring; each diploma has its own table (a
source counts for one to three of four areas, at rates from 0.5 to 1, half of the rows with a cap), least and most
points of three areas, a minimum of one institution and 20 steps on offer. All diplomas are planned in one process, one
after the other, without a plan that was kept; the first plan, which loads the solver, is told apart.

`engine` is what the product does, ties included; `HiGHS` the same rows by way of SciPy, wish after wish (missing, then
weeks), each with a gap of nothing. `equal` counts diplomas where both find as little missing and as few weeks.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import time
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from machine import ROOT, machine

sys.path.insert(0, str(ROOT))
from craftpath.engines.credits import (  # noqa: E402
    Area,
    Credit,
    Effort,
    Goal,
    Minimum,
    Offer,
    Plan,
    Problem,
    Rule,
    plan,
)

SEED, ON = 1130, date(2026, 6, 1)
SOURCES, AREAS = tuple(f"s{at}" for at in range(12)), ("major", "general", "practice", "free")
Found = tuple[Fraction, Fraction]


def account(many: int) -> tuple[Credit, ...]:
    draw = random.Random(SEED)
    points = (1, 2, 3, 4, 5, 6, Decimal("2.5"))
    return tuple(
        Credit(
            f"c{at:04}",
            draw.choice(SOURCES),
            "",
            draw.choice(points),
            date(2024, 1, 1),
            date(2026, draw.randint(1, 12), 1) if draw.random() < 1 / 3 else None,
        )
        for at in range(many)
    )


def diploma(number: int, credits: tuple[Credit, ...]) -> Problem:
    draw = random.Random(SEED + number)
    rates = (1, Decimal("0.5"), Decimal("0.75"), Decimal("0.8"))
    rules = tuple(
        Rule(source, area, draw.choice(rates), draw.choice((None, 12, 20, 30)), date(2020, 1, 1))
        for source in SOURCES
        for area in draw.sample(AREAS, draw.randint(1, 3))
    )
    steps = tuple(
        Offer(f"o{at:02}", draw.choice(AREAS), draw.randint(2, 6), draw.randint(2, 16)) for at in range(20)
    )
    areas = (Area("major", 60, 90), Area("general", 30, 50), Area("practice", 20, 40))
    goal = Goal(draw.choice((80, 120, 140, 180)), areas, (Minimum("s1", 18),), steps)
    return Problem(ON, credits, rules, goal)


def engine(given: Problem, limit: float) -> tuple[Found, bool]:
    found: Plan = plan(given, Effort(limit))
    return (found.missing, found.weeks), found.proven_optimal


def highs(given: Problem, limit: float) -> tuple[Found, bool]:
    """The rows of the engine's own model, read out of it, so that only the solver differs."""
    import numpy as np
    from scipy import optimize, sparse

    from craftpath.engines.credits.model import scaled
    from craftpath.engines.credits.rows import Model

    parts = scaled(given)
    model = Model(parts)
    proto = model.rows.proto
    wide = len(proto.variables)
    rows = [
        (list(row.linear.vars), list(row.linear.coeffs), _ends(list(row.linear.domain)))
        for row in proto.constraints
    ]
    high = np.array([float(list(column.domain)[-1]) for column in proto.variables])
    told, proven = [], True
    for wish in model.wishes[: 2 if parts.offers else 1]:
        cost = np.zeros(wide)
        for column, factor in wish.terms:
            cost[column.index] += factor
        spots = [(at, column) for at, (columns, _, _) in enumerate(rows) for column in columns]
        numbers = [float(one) for _, factors, _ in rows for one in factors]
        table = sparse.csr_array((numbers, tuple(zip(*spots, strict=True))), shape=(len(rows), wide))
        found = optimize.milp(
            cost,
            integrality=np.ones(wide),
            bounds=optimize.Bounds(np.zeros(wide), high),
            constraints=optimize.LinearConstraint(
                table, [ends[0] for *_, ends in rows], [ends[1] for *_, ends in rows]
            ),
            options={"time_limit": limit, "mip_rel_gap": 0.0},
        )
        proven &= found.status == 0
        told.append(round(found.fun))
        used = np.flatnonzero(cost)
        rows.append((list(used), list(cost[used]), (-np.inf, float(told[-1]))))
    weeks = Fraction(told[1], parts.week) if len(told) > 1 else Fraction(0)
    return (Fraction(told[0], parts.unit), weeks), proven


def _ends(domain: Any) -> tuple[float, float]:
    low, most = float(domain[0]), float(domain[-1])
    return (low if low > -(2.0**60) else -math.inf), (most if most < 2.0**60 else math.inf)


WAYS = {"engine": engine, "HiGHS": highs}


def measure(many: int, diplomas: int, limit: float) -> None:
    credits = account(many)
    problems = [diploma(number, credits) for number in range(diplomas)]
    answers: dict[str, list[Any]] = {}
    for name, way in WAYS.items():
        times, found, proven = [], [], 0
        cpu = time.process_time()
        for given in problems:
            begun = time.perf_counter()
            answer, sure = way(given, limit)
            times.append(1000 * (time.perf_counter() - begun))
            found.append(answer)
            proven += sure
        answers[name] = found
        equal = sum(one == other for one, other in zip(found, answers["engine"], strict=True))
        middle, late = statistics.median(times), sorted(times)[int(0.95 * len(times))]
        print(
            f"| {many} | {name} | {sum(times):,.0f} | {time.process_time() - cpu:.2f} | {middle:.0f} | "
            f"{late:.0f} | {max(times):.0f} | {proven} | {equal} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--diplomas", type=int, default=50)
    parser.add_argument("--credits", type=int, nargs="+", default=[50, 100, 200, 400, 800])
    parser.add_argument("--limit", type=float, default=10)
    given = parser.parse_args()
    print(machine())
    begun = time.perf_counter()
    plan(diploma(0, account(10)))
    print(f"first plan, with the solver's loading: {1000 * (time.perf_counter() - begun):.0f} ms\n")
    print("| credits | way | all ms | CPU s | median ms | p95 ms | most ms | proved | equal |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|---:|")
    for many in given.credits:
        measure(many, given.diplomas, given.limit)
    print(f"\n{machine()}")


if __name__ == "__main__":
    main()
