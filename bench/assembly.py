"""How near the target are four parallel forms of 60 from 2,000 items, and after how many seconds?

    python bench/assembly.py [--rounds 5] [--seconds 60] [--rivals]

The bank: 8 outcomes x 3 classes of difficulty, slopes log-normal (sd 0.3), 60 pairs of enemies, 40 stimuli of six
items (three to five of them, two to four stimuli a form), items used up to four times, 30 to 150 seconds each. The
blueprint: 60 items, 2 to 4 in each of the 24 cells, 80 to 90 minutes, no item in two forms, and information at five
abilities near a curve that the bank's average items would nearly reach. Each round has a bank of its own seed. With
`--rivals` the same model is also given whole to HiGHS by way of SciPy, to highspy and to CP-SAT of OR-Tools, on one
thread each with the same seconds. Every way runs in a process of its own. `deviation` is the greatest of any form at
any ability, in units of information; the bound of all ways is 0, so the deviation is also the gap.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

import numpy as np
from machine import ROOT, machine

sys.path.insert(0, str(ROOT))
SEED = 707
ITEMS, FORMS, LENGTH, STIMULI, ENEMIES = 2000, 4, 60, 40, 60
THETAS = (-2.0, -1.0, 0.0, 1.0, 2.0)
LEVELS = ("easy", "middle", "hard")


def task(seed: int, tolerance: float) -> tuple[Any, Any]:
    from scipy import special

    from craftpath.engines.assembly import (
        Bank,
        Blueprint,
        Cell,
        Demand,
        Information,
        Item,
        Measure,
        Stimulus,
    )

    random = np.random.default_rng(seed)
    outcome, level = random.integers(0, 8, ITEMS), random.integers(0, 3, ITEMS)
    b = np.array([-1.1, 0.0, 1.1])[level] + random.normal(0, 0.5, ITEMS)
    a = random.lognormal(0, 0.3, ITEMS)
    seconds, used = random.integers(30, 150, ITEMS), np.minimum(random.poisson(1.5, ITEMS), 4)
    shared = np.full(ITEMS, -1)
    shared[random.permutation(ITEMS)[: STIMULI * 6]] = np.repeat(np.arange(STIMULI), 6)
    pairs = [random.choice(ITEMS, 2, replace=False).tolist() for _ in range(ENEMIES)]
    items = tuple(
        Item(
            f"i{at:04}",
            (f"o{outcome[at]}",),
            LEVELS[level[at]],
            stimulus=f"s{shared[at]:02}" if shared[at] >= 0 else "",
            p=float(special.expit(-a[at] * b[at])),
            slope=float(a[at]),
            place=float(b[at]),
            seconds=float(seconds[at]),
            used=int(used[at]),
            limit=4,
        )
        for at in range(ITEMS)
    )
    right = special.expit(a * (np.array(THETAS)[:, None] - b))
    mean = (a**2 * right * (1 - right)).mean(axis=1) * LENGTH
    values = tuple((mean * (0.95, 1.05, 1.15, 1.05, 0.95)).tolist())
    cells = [Demand(Cell(f"o{o}", level), least=2, most=4) for o in range(8) for level in LEVELS]
    whole = [
        Demand(least=LENGTH, most=LENGTH),
        Demand(measure=Measure.SECONDS, least=4800, most=5400),
        Demand(measure=Measure.STIMULI, least=2, most=4),
    ]
    bank = Bank(
        items,
        tuple((f"i{one:04}", f"i{other:04}") for one, other in pairs),
        tuple(Stimulus(f"s{at:02}", 3, 5) for at in range(STIMULI)),
    )
    target = Information(THETAS, values, tolerance=tolerance)
    return bank, Blueprint(FORMS, (*whole, *cells), target, overlap=0)


def engine(seed: int, tolerance: float, limit: float) -> dict[str, Any]:
    from craftpath.engines.assembly import Effort, assemble

    bank, blueprint = task(seed, tolerance)
    begun, cpu = time.perf_counter(), time.process_time()
    found = assemble(bank, blueprint, seed, Effort(seconds=limit, clock=time.monotonic))
    used = [bank.items[at].used for form in found.forms for at in form.items]
    return {
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
        "deviation": found.deviation,
        "bound": found.bound,
        "status": found.status.value,
        "used": float(np.mean(used)) if used else None,
    }


def whole(way: str, seed: int, tolerance: float, limit: float) -> dict[str, Any]:
    """The same model in one piece."""
    from craftpath.engines.assembly.columns import columns
    from craftpath.engines.assembly.goal import Goal, goal, posed
    from craftpath.engines.assembly.model import model
    from craftpath.engines.assembly.solving import Budget
    from craftpath.engines.assembly.types import Effort

    bank, blueprint = task(seed, tolerance)
    held = model(columns(bank, blueprint), blueprint)
    wanted = goal(held, blueprint.target, Budget.of(Effort()))
    assert isinstance(wanted, Goal)
    problem = posed(held, wanted)
    begun, cpu = time.perf_counter(), time.process_time()
    x, status, bound = WAYS[way](problem, limit)
    bound = bound if bound > tolerance * (1 + 1e-4) else 0.0  # under the tolerance nobody looks
    took = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - cpu}
    if x is None:
        return took | {"deviation": None, "bound": bound, "status": status, "used": None}
    grid = held.grid(x)
    used = np.array([item.used for item in held.columns.items])
    return took | {
        "deviation": float(wanted.deviations(grid).max()),
        "bound": bound,
        "status": status,
        "used": float((grid @ used).sum() / grid.sum()),
    }


def scipy_way(problem: Any, limit: float) -> tuple[Any, str, float]:
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows = problem.rows
    found = milp(
        problem.cost,
        integrality=problem.whole.astype(int),
        bounds=Bounds(problem.low, problem.high),
        constraints=LinearConstraint(rows.matrix, rows.low, rows.high),
        options={"time_limit": limit},
    )
    return found.x, str(found.status), float(found.mip_dual_bound)


def highspy_way(problem: Any, limit: float) -> tuple[Any, str, float]:
    import highspy

    solver = highspy.Highs()
    for name, value in (("output_flag", False), ("time_limit", limit), ("threads", 1)):
        solver.setOptionValue(name, value)
    lp, matrix = highspy.HighsLp(), problem.rows.matrix
    lp.num_col_, lp.num_row_ = len(problem.cost), len(problem.rows.low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = problem.cost, problem.low, problem.high
    lp.row_lower_, lp.row_upper_ = problem.rows.low, problem.rows.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
    lp.integrality_ = [kinds[int(one)] for one in problem.whole]
    solver.passModel(lp)
    solver.run()
    return (
        np.array(solver.getSolution().col_value),
        str(solver.getModelStatus()),
        float(solver.getInfo().mip_dual_bound),
    )


def cp_sat_way(problem: Any, limit: float) -> tuple[Any, str, float]:
    """Whole numbers only: information in ten thousandths."""
    from ortools.sat.python import cp_model

    fine, rows = 10_000, problem.rows
    sat = cp_model.CpModel()
    columns = [
        sat.new_int_var(int(low), int(high), "")
        if is_whole
        else sat.new_int_var(int(low * fine), 100 * fine, "")
        for low, high, is_whole in zip(problem.low, np.minimum(problem.high, 100), problem.whole, strict=True)
    ]
    for row in range(len(rows.low)):
        span = slice(rows.matrix.indptr[row], rows.matrix.indptr[row + 1])
        at, values = rows.matrix.indices[span], rows.matrix.data[span]
        times = fine if (values != np.round(values)).any() else 1
        scaled = np.where(problem.whole[at], np.round(values * times), values).astype(int).tolist()
        low, high = rows.low[row] * times, rows.high[row] * times
        sat.add_linear_constraint(
            cp_model.LinearExpr.weighted_sum([columns[one] for one in at], scaled),
            int(np.ceil(low)) if np.isfinite(low) else cp_model.INT_MIN,
            int(np.floor(high)) if np.isfinite(high) else cp_model.INT_MAX,
        )
    sat.minimize(columns[-1])
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = limit, 1
    solver.parameters.random_seed = SEED
    status = solver.solve(sat)
    told = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    x = np.array([solver.value(one) for one in columns], dtype=float) if told else None
    return x, solver.status_name(status), solver.best_objective_bound / fine


WAYS = {"SciPy whole": scipy_way, "highspy whole": highspy_way, "CP-SAT whole": cp_sat_way}


def one(way: str, seed: int, tolerance: float, limit: float) -> dict[str, Any]:
    """One run in a process of its own."""
    command = [sys.executable, __file__, "--one", way, "--seed", str(seed), "--seconds", str(limit)]
    told = subprocess.run(
        [*command, "--tolerances", str(tolerance)], check=True, stdout=subprocess.PIPE
    ).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def row_of(way: str, tolerance: float, limit: float, found: list[dict[str, Any]]) -> str:
    near = [run["deviation"] for run in found if run["deviation"] is not None]
    cells = [
        f"{median(run['seconds'] for run in found):.1f}",
        f"{max(run['seconds'] for run in found):.1f}",
        f"{median(run['cpu'] for run in found):.1f}",
        f"{median(near):.4f}" if near else "–",
        f"{max(near):.4f}" if len(near) == len(found) else "–",
        f"{sum(value <= tolerance * (1 + 1e-4) for value in near)} of {len(found)}",
        f"{max(run['bound'] for run in found):.4f}",
        f"{median(run['used'] for run in found if run['used'] is not None):.2f}" if near else "–",
    ]
    return f"| {way} | {tolerance:g} | {limit:g} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tolerances", type=float, nargs="+", default=[0.1, 0.02])
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED, help=argparse.SUPPRESS)
    parser.add_argument("--one", choices=["engine", *WAYS], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        told = (chosen.seed, chosen.tolerances[0], chosen.seconds)
        print(json.dumps(engine(*told) if chosen.one == "engine" else whole(chosen.one, *told)))
        return
    print(f"Four forms of 60 from 2,000 items, {chosen.rounds} rounds; {machine()}\n", flush=True)
    head = ["way", "tolerance", "limit s", "median s", "longest s", "CPU s", "median deviation"]
    print(f"| {' | '.join([*head, 'greatest', 'within', 'bound', 'uses so far'])} |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    ways = ["engine", *(WAYS if chosen.rivals else ())]
    for tolerance in chosen.tolerances:
        for way in ways:
            found = [one(way, SEED + at, tolerance, chosen.seconds) for at in range(chosen.rounds)]
            print(row_of(way, tolerance, chosen.seconds, found), flush=True)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
