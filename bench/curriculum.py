"""How long does the best curriculum take to find and to prove, and what does a plan by habit cover?

    python bench/curriculum.py [--seeds 1 2 3] [--hours 400 800] [--limit 30]

400 units of 4 to 40 hours, of each stage a third, each covering 2 to 6 of 60 outcomes by 0.1 to 0.6; weights from 0.5
to 8; a third of the units need another one before them. Limits are hours in all, of each stage and each place, and a
least number for each of four learning areas; one unit is pinned, two are forbidden. `covered` is the share of the
weighted need, `gap` what the plan lies under the bound, in per cent of the bound. Every way runs in a process of its
own and has `--limit` seconds by the clock.

`engine` is what the product does; `HiGHS, real` the same rows with covers as real numbers by way of highspy; `CP-SAT`
the same rows to CP-SAT with one thread, `CP-SAT, 2` with two; `greedy` takes what brings most an hour. Then 60 units
and 19 skills, what the studio has before it, with the reasons for every unit that is out.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from machine import ROOT, machine

if TYPE_CHECKING:
    from craftpath.engines.curriculum import Problem
    from craftpath.engines.curriculum.model import Model, Row

sys.path.insert(0, str(ROOT))
Told = dict[str, Any]
LARGE, SMALL = (400, 60), (60, 19)


def problem(size: tuple[int, int], hours: int, seed: int) -> Problem:
    from craftpath.engines.curriculum import Limits, Problem, Unit

    draw, (many, outcomes), stages = random.Random(seed), size, 3
    skills = [f"s{at:02d}" for at in range(outcomes)]
    units = []
    for at in range(many):
        strong = {
            one: draw.choice([0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6])
            for one in draw.sample(skills, draw.randint(2, 6))
        }
        before = (f"u{draw.randrange(max(0, at - 60), at):03d}",) if at > 20 and draw.random() < 0.3 else ()
        stage, lasts = 1 + at * stages // many, draw.randint(4, 40)
        place, area = draw.choice(["school", "workshop", "enterprise"]), draw.choice("ABCD")
        units.append(Unit(f"u{at:03d}", lasts, place, (stage,), area, strong, before))
    needs = {one: round(draw.uniform(0.5, 8), 2) for one in skills}
    limits = Limits(
        hours,
        dict.fromkeys((1, 2, 3), hours * 2 // 5),
        {"school": hours * 2 // 5, "workshop": hours * 2 // 5, "enterprise": hours // 2},
        area_min=dict.fromkeys("ABCD", hours // 8),
    )
    return Problem(tuple(units), needs, limits, ("u005",), ("u010", "u011"))


def told(given: Problem, objective: float, bound: float, begun: float) -> Told:
    return {
        "objective": objective,
        "bound": bound,
        "share": objective / sum(float(weight) for weight in given.needs.values()),
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time(),
    }


def engine(given: Problem, limit: float) -> Told:
    from craftpath.engines.curriculum import Effort, choose

    begun = time.perf_counter()
    plan = choose(given, Effort(limit))
    return told(given, float(plan.objective), float(plan.bound), begun)


def greedy(given: Problem, limit: float) -> Told:
    from craftpath.engines.curriculum import picked
    from craftpath.engines.curriculum.covering import objective

    begun = time.perf_counter()
    worth = float(objective(given, picked(given)))
    return told(given, worth, float("nan"), begun)


def rows_of(given: Problem) -> tuple[Model, list[Row]]:
    from craftpath.engines.curriculum.model import Model

    model = Model(given)
    return model, model.rows


def highs(given: Problem, limit: float) -> Told:
    import highspy
    import numpy as np

    from craftpath.engines.curriculum.model import matrix

    begun = time.perf_counter()
    model, rows = rows_of(given)
    linear, solver = highspy.HighsLp(), highspy.Highs()
    factors = matrix(rows, model.width).tocsc()
    linear.num_col_, linear.num_row_ = model.width, len(rows)
    linear.col_cost_, linear.col_lower_, linear.col_upper_ = -model.worth, np.zeros(model.width), model.high
    linear.row_lower_ = np.array([row.low for row in rows])
    linear.row_upper_ = np.array([row.high for row in rows])
    linear.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    linear.a_matrix_.start_, linear.a_matrix_.index_ = factors.indptr, factors.indices
    linear.a_matrix_.value_ = factors.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    linear.integrality_ = [kinds[column < len(model.spots)] for column in range(model.width)]
    for name, value in (("output_flag", False), ("time_limit", limit), ("mip_rel_gap", 0.0), ("threads", 1)):
        solver.setOptionValue(name, value)
    solver.passModel(linear)
    solver.run()
    found, step = solver.getInfo(), float(model.lattice.step)
    return told(given, -found.objective_function_value * step, -found.mip_dual_bound * step, begun)


def sat(given: Problem, limit: float, workers: int = 1) -> Told:
    import numpy as np
    from ortools.sat.python import cp_model

    begun = time.perf_counter()
    (model, rows), made, solver = rows_of(given), cp_model.CpModel(), cp_model.CpSolver()
    columns = [made.new_int_var(0, int(most), "") for most in model.high]
    for row in rows:
        total = cp_model.LinearExpr.weighted_sum(
            [columns[at] for at in row.terms], [int(factor) for factor in row.terms.values()]
        )
        if np.isfinite(row.low):
            made.add(total >= int(row.low))
        if np.isfinite(row.high):
            made.add(total <= int(row.high))
    made.maximize(cp_model.LinearExpr.weighted_sum(columns, [int(one) for one in model.worth]))
    solver.parameters.num_workers, solver.parameters.linearization_level = workers, 2
    solver.parameters.max_time_in_seconds, solver.parameters.random_seed = limit, 1
    solver.solve(made)
    step = float(model.lattice.step)
    return told(given, solver.objective_value * step, solver.best_objective_bound * step, begun)


def two(given: Problem, limit: float) -> Told:
    return sat(given, limit, 2)


def reasons(given: Problem, limit: float) -> Told:
    """The plan, a reason for every unit, and what one hour and ten more would buy of each limit."""
    from craftpath.engines.curriculum import choose, gains, why_in, why_out

    begun = time.perf_counter()
    plan = choose(given)
    why_in(plan)
    for unit in given.units:
        if unit.id not in plan.stage:
            why_out(plan, unit.id)
    list(gains(plan))
    return told(given, float(plan.objective), float(plan.bound), begun)


WAYS: dict[str, Callable[[Problem, float], Told]] = {
    "engine": engine,
    "HiGHS, real": highs,
    "CP-SAT": sat,
    "CP-SAT, 2": two,
    "greedy": greedy,
}
STUDIO: dict[str, Callable[[Problem, float], Told]] = {
    "engine": engine,
    "with reasons": reasons,
    "greedy": greedy,
}


def alone(kind: str, way: str, hours: int, seed: int, limit: float) -> Told:
    """One way in a process of its own."""
    command = [sys.executable, __file__, "--one", kind, way, str(hours), str(seed), "--limit", str(limit)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def table(kind: str, ways: dict[str, Any], hours: list[int], seeds: list[int], limit: float) -> None:
    print("| hours | seed | way | seconds | CPU s | covered % | bound % | gap % |")
    print("|---:|---:|---|---:|---:|---:|---:|---:|")
    for most in hours:
        for seed in seeds:
            for way in ways:
                found = alone(kind, way, most, seed, limit)
                share, bound = found["share"] * 100, found["bound"]
                known = bound == bound
                gap = f"{100 * (bound - found['objective']) / bound:.3f}" if known else ""
                most_share = f"{share * bound / found['objective']:.2f}" if known else ""
                print(
                    f"| {most:,} | {seed} | {way} | {found['seconds']:.1f} | {found['cpu']:.1f} "
                    f"| {share:.2f} | {most_share} | {gap} |",
                    flush=True,
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--hours", type=int, nargs="*", default=[400, 800])
    parser.add_argument("--limit", type=float, default=30)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        kind, way, hours, seed = chosen.one
        size, ways = (LARGE, WAYS) if kind == "large" else (SMALL, STUDIO)
        print(json.dumps(ways[way](problem(size, int(hours), int(seed)), chosen.limit)))
        return
    print(f"400 units, 60 outcomes, 3 stages; {machine()}\n", flush=True)
    table("large", WAYS, chosen.hours, chosen.seeds, chosen.limit)
    print(f"\n60 units, 19 skills, 3 stages; {machine()}\n", flush=True)
    table("small", STUDIO, [300], chosen.seeds, chosen.limit)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
