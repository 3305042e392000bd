"""The ways to evaluate a million people: the engine, its rivals, and the scan that all are measured by.

Every way does the same work on the same marks in memory. It gives thirteen columns to one decimal: total, to date,
open and passed, and for each of three components its value, the points that it has brought and those still open;
empty where there is no figure. The rivals are written as their users would write them, in binary floats. The engine
computes in exact fractions, and it alone refuses impossible scores and statuses on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

ITEMS = 30
PARTS = ((0, 10, 30, "zero", 1), (10, 20, 30, "exclude", 0), (20, 30, 40, "incomplete", 0))
WEIGHTS = [1] * 10 + [1 + i % 3 for i in range(20)]  # equal where something is dropped, so ties do not matter
SCORED, ABSENT, EXEMPT, MISSING = 0, 1, 3, 4
SEED = 334
VALUES, BROUGHT, STILL = (tuple(f"{letter}{n}" for n in range(len(PARTS))) for letter in "cbs")
NAMES = ("total", "to_date", "open", *VALUES, *BROUGHT, *STILL)
Figures = dict[str, Any]  # the columns NAMES, empty where there is no figure, and `passed`
Way = Callable[[Path], Callable[[], Figures]]  # load from the folder, return the work to be timed


def generate(people: int, folder: Path) -> None:
    random = np.random.default_rng(SEED)
    scores = random.integers(0, 101, (people, ITEMS), dtype=np.int16)
    drawn = random.random((people, ITEMS), dtype=np.float32)
    status = np.zeros((people, ITEMS), np.int8)
    for state, below in ((MISSING, 0.07), (EXEMPT, 0.04), (ABSENT, 0.02)):
        status[drawn < below] = state
    scores[status != SCORED] = 0
    np.save(folder / "scores.npy", scores)
    np.save(folder / "status.npy", status)


def load(folder: Path) -> tuple[Any, Any]:
    return np.load(folder / "scores.npy"), np.load(folder / "status.npy")


def half_up(values: Any) -> Any:
    return np.floor(values * 10 + 0.5) / 10


def named(values: list[Any], brought: list[Any], still: list[Any]) -> Figures:
    return dict(zip((*VALUES, *BROUGHT, *STILL), (*values, *brought, *still), strict=True))


def scan(folder: Path) -> Callable[[], Figures]:
    scores, status = load(folder)
    return lambda: {"sum": int(np.sum(scores)) + int(np.sum(status))}


def engine(folder: Path) -> Callable[[], Figures]:
    from craftpath.engines.evaluation import Component, Item, Marks, Missing, Rule, Scheme, evaluate

    scores, status = load(folder)
    components = tuple(
        Component(
            f"c{start}",
            Decimal(weight),
            tuple(Item(f"i{i}", Decimal(WEIGHTS[i])) for i in range(start, stop)),
            Missing(missing),
            drop,
        )
        for start, stop, weight, missing, drop in PARTS
    )
    scheme = Scheme("bench", components, rules=(Rule("overall_min", Decimal(60)),))
    marks = Marks(tuple(str(number) for number in range(len(scores))), scores, status)

    def work() -> Figures:
        found = evaluate(scheme, marks)
        kinds = ((VALUES, "components"), (BROUGHT, "component_to_date"), (STILL, "component_open"))
        columns = {name: getattr(found, kind)[:, c] for names, kind in kinds for c, name in enumerate(names)}
        return columns | {name: getattr(found, name) for name in ("total", "to_date", "open", "passed")}

    return work


def engine_figures(found: Figures) -> Figures:
    """The engine's integers as the floats that the others give; not part of the timed work."""
    figures = {name: np.where(found[name] >= 0, found[name] / 10, np.nan) for name in NAMES}
    return figures | {"passed": found["passed"] == 1}


def numpy_way(folder: Path) -> Callable[[], Figures]:
    scores, status = load(folder)
    weights = np.array(WEIGHTS, dtype=np.float64)

    def work() -> Figures:
        present, complete = np.zeros(len(scores)), np.ones(len(scores), bool)
        values, points, waiting = [], [], []
        for start, stop, weight, missing, drop in PARTS:
            score, state, w = scores[:, start:stop], status[:, start:stop], weights[start:stop]
            rated = (state == SCORED) | (state == ABSENT)
            if missing == "zero":
                rated |= state == MISSING
            earned, counted = np.where(state == SCORED, score, 0) @ w, rated @ w
            unrated = (state == MISSING) @ w if missing == "incomplete" else np.zeros(len(scores))
            if drop:
                lowest = np.where(rated, score, 101).min(axis=1)
                several = counted > 1
                earned, counted = earned - np.where(several, lowest, 0), counted - several
            values.append(half_up(earned / np.where(counted > 0, counted, np.nan)))
            whole = counted + unrated
            there = whole > 0
            safe = np.where(there, whole, 1)
            points.append(weight * earned / safe)
            waiting.append(100 * weight * unrated / safe)
            present += weight * there
            complete &= unrated == 0
        to_date, still_open = half_up(sum(points) / present), half_up(sum(waiting) / present)
        total = np.where(complete, to_date, np.nan)
        figures = named(
            values, [half_up(p / present) for p in points], [half_up(w / present) for w in waiting]
        )
        return figures | {"total": total, "to_date": to_date, "open": still_open, "passed": total >= 60}

    return work


def pandas_way(folder: Path) -> Callable[[], Figures]:
    import pandas as pd

    arrays = load(folder)
    scores, status = (pd.DataFrame(np.asfortranarray(array)) for array in arrays)

    def work() -> Figures:
        present, complete = pd.Series(0.0, index=scores.index), pd.Series(True, index=scores.index)
        values, points, waiting = [], [], []
        for start, stop, weight, missing, drop in PARTS:
            score, state = scores.iloc[:, start:stop], status.iloc[:, start:stop]
            w = pd.Series(WEIGHTS[start:stop], index=score.columns, dtype=float)
            rated = state.isin([SCORED, ABSENT] + [MISSING] * (missing == "zero"))
            earned = score.where(state == SCORED, 0).mul(w).sum(axis=1)
            counted = rated.mul(w).sum(axis=1)
            unrated = (state == MISSING).mul(w).sum(axis=1) * (missing == "incomplete")
            if drop:
                several = counted > 1
                earned = earned - score.where(rated).min(axis=1).where(several, 0)
                counted = counted - several
            values.append(half_up(earned / counted.where(counted > 0)))
            whole = counted + unrated
            points.append((weight * earned / whole).fillna(0))
            waiting.append((100 * weight * unrated / whole).fillna(0))
            present += weight * (whole > 0)
            complete &= unrated == 0
        to_date, still_open = half_up(sum(points) / present), half_up(sum(waiting) / present)
        total = to_date.where(complete)
        figures = named(
            values, [half_up(p / present) for p in points], [half_up(w / present) for w in waiting]
        )
        return figures | {"total": total, "to_date": to_date, "open": still_open, "passed": total >= 60}

    return work


def polars_way(folder: Path) -> Callable[[], Figures]:
    import polars as pl

    scores, status = load(folder)
    frame = pl.DataFrame(
        {f"q{i}": scores[:, i] for i in range(ITEMS)} | {f"s{i}": status[:, i] for i in range(ITEMS)}
    )

    def part(start: int, stop: int, missing: str, drop: int, name: str) -> list[Any]:
        rated_states = [SCORED, ABSENT] + [MISSING] * (missing == "zero")
        columns = range(start, stop)
        rated = {i: pl.col(f"s{i}").is_in(rated_states) for i in columns}
        scored = {i: pl.when(pl.col(f"s{i}") == SCORED).then(pl.col(f"q{i}")).otherwise(0) for i in columns}
        earned = pl.sum_horizontal(scored[i].cast(pl.Float64) * WEIGHTS[i] for i in columns)
        counted = pl.sum_horizontal(rated[i].cast(pl.Float64) * WEIGHTS[i] for i in columns)
        unrated = pl.lit(0.0)
        if missing == "incomplete":
            missed = ((pl.col(f"s{i}") == MISSING).cast(pl.Float64) * WEIGHTS[i] for i in columns)
            unrated = pl.sum_horizontal(missed)
        if drop:
            lowest = pl.min_horizontal(pl.when(rated[i]).then(pl.col(f"q{i}")) for i in columns)
            several = counted > 1
            earned = earned - pl.when(several).then(lowest).otherwise(0)
            counted = counted - several.cast(pl.Float64)
        return [earned.alias(f"e{name}"), counted.alias(f"c{name}"), unrated.alias(f"u{name}")]

    def work() -> Figures:
        lazy = frame.lazy().select(
            expression
            for number, (start, stop, _, missing, drop) in enumerate(PARTS)
            for expression in part(start, stop, missing, drop, str(number))
        )
        whole = [pl.col(f"c{n}") + pl.col(f"u{n}") for n in range(len(PARTS))]
        weights = [weight for _, _, weight, _, _ in PARTS]

        def shared(name: str, n: int) -> Any:
            return pl.when(whole[n] > 0).then(weights[n] * pl.col(f"{name}{n}") / whole[n]).otherwise(0)

        def rounded(value: Any) -> Any:
            return (value * 10 + 0.5).floor() / 10

        present = pl.sum_horizontal(
            pl.when(whole[n] > 0).then(weights[n]).otherwise(0) for n in range(len(PARTS))
        )
        complete = pl.all_horizontal(pl.col(f"u{n}") == 0 for n in range(len(PARTS)))
        points = [shared("e", n) for n in range(len(PARTS))]
        waiting = [100 * shared("u", n) for n in range(len(PARTS))]
        values = [
            pl.when(pl.col(f"c{n}") > 0).then(rounded(pl.col(f"e{n}") / pl.col(f"c{n}")))
            for n in range(len(PARTS))
        ]
        parts = named(values, [rounded(p / present) for p in points], [rounded(w / present) for w in waiting])
        found = (
            lazy.select(
                to_date=rounded(pl.sum_horizontal(points) / present),
                open=rounded(pl.sum_horizontal(waiting) / present),
                complete=complete,
                **parts,
            )
            .with_columns(total=pl.when("complete").then("to_date"))
            .with_columns(passed=pl.col("total") >= 60)
            .collect()
        )
        return {name: found[name] for name in (*NAMES, "passed")}

    return work


def duckdb_way(folder: Path) -> Callable[[], Figures]:
    import duckdb
    import polars as pl

    scores, status = load(folder)
    frame = pl.DataFrame(
        {f"q{i}": scores[:, i] for i in range(ITEMS)} | {f"s{i}": status[:, i] for i in range(ITEMS)}
    )
    base = duckdb.connect()
    base.register("frame", frame)
    base.execute("create table marks as select * from frame")
    base.unregister("frame")
    del frame, scores, status
    sums, wholes = [], []
    for number, (start, stop, weight, missing, drop) in enumerate(PARTS):
        columns = range(start, stop)
        states = f"({SCORED}, {ABSENT}" + (f", {MISSING})" if missing == "zero" else ")")
        earned = " + ".join(
            f"{WEIGHTS[i]} * (case when s{i} = {SCORED} then q{i} else 0 end)" for i in columns
        )
        counted = " + ".join(f"{WEIGHTS[i]} * (s{i} in {states})::int" for i in columns)
        unrated = "0"
        if missing == "incomplete":
            unrated = " + ".join(f"{WEIGHTS[i]} * (s{i} = {MISSING})::int" for i in columns)
        if drop:
            lowest = ", ".join(f"case when s{i} in {states} then q{i} end" for i in columns)
            earned = f"{earned} - case when {counted} > 1 then least({lowest}) else 0 end"
            counted = f"{counted} - ({counted} > 1)::int"
        sums.append(f"({earned}) e{number}, ({counted}) c{number}, ({unrated}) u{number}")
        wholes.append((number, f"(c{number} + u{number})", weight))
    present = " + ".join(f"{weight} * ({whole} > 0)::int" for _, whole, weight in wholes)
    shares = ", ".join(
        f"coalesce({w}.0::double * e{n} / nullif({whole}, 0), 0) as p{n}, "
        f"coalesce({100 * w}.0::double * u{n} / nullif({whole}, 0), 0) as w{n}"
        for n, whole, w in wholes
    )
    figures = ", ".join(
        f"floor(e{n}::double / nullif(c{n}, 0) * 10 + 0.5) / 10 as c{n}, "
        f"floor(p{n} / present * 10 + 0.5) / 10 as b{n}, floor(w{n} / present * 10 + 0.5) / 10 as s{n}"
        for n, _, _ in wholes
    )
    query = f"""
        with sums as (select {", ".join(sums)} from marks),
        shares as (select *, ({present})::double as present, {shares} from sums),
        figures as (
            select floor(({" + ".join(f"p{n}" for n, _, _ in wholes)}) / present * 10 + 0.5) / 10 as to_date,
                   floor(({" + ".join(f"w{n}" for n, _, _ in wholes)}) / present * 10 + 0.5) / 10 as open,
                   {" + ".join(f"u{n}" for n, _, _ in wholes)} = 0 as complete, {figures}
            from shares)
        select case when complete then to_date end as total, complete and to_date >= 60 as passed,
               to_date, open, {", ".join((*VALUES, *BROUGHT, *STILL))}
        from figures
    """

    def work() -> Figures:
        return dict(base.execute(query).fetchnumpy())

    return work


WAYS: dict[str, Way] = {
    "scan": scan,
    "engine": engine,
    "numpy": numpy_way,
    "polars": polars_way,
    "duckdb": duckdb_way,
    "pandas": pandas_way,
}
