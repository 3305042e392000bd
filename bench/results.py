"""From the database to stored results and ranks: how long, how many queries, how much memory?

    python bench/results.py [--people 1000 5000 100000] [--rounds 3] [--database postgres://…]

One evaluation with so many people and 30 items each, filled by `nation.py`, in a process of its own. `all` computes
everybody's result and writes it where there was none; `again` finds everything unchanged; `ranks` counts them;
`one mark` records another score for one apprentice, with its stored result, its history and its job. `decide` makes
every complete result official in one act, with its version. Queries are counted in the same calls, BEGIN and COMMIT
left out. A PostgreSQL address names an empty database.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from college import open_site
from machine import machine, resident


def one(people: int, rounds: int, folder: Path, database: str) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    if database:
        from django.db import connections

        from craftpath.project import environment

        settings = environment.database(database, folder)
        connections.databases["default"].update({"OPTIONS": {}, "CONN_MAX_AGE": 0, **settings})
        del connections["default"]
        from craftpath.delivery.commands.management.commands.serve import prepare

        prepare()
    import nation
    from django.db import connection, reset_queries
    from django.utils import timezone

    from craftpath.domain.evaluation.actions import (
        NewMark,
        basis_of,
        decide_results,
        record_marks,
        refresh_results,
    )
    from craftpath.domain.evaluation.models import Evaluation, Result
    from craftpath.domain.evaluation.ranks import ranks_by_total
    from craftpath.kernel.access import system
    from craftpath.kernel.tenancy import everywhere

    nation.seed(0, large=people)
    found: dict[str, Any] = {"people": people, "database": connection.vendor}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        connection.force_debug_cursor = True
        reset_queries()
        start = time.perf_counter()
        answer = work()
        spent = time.perf_counter() - start
        asked = [row for row in connection.queries_log if row["sql"].split()[0] not in ("BEGIN", "COMMIT")]
        connection.force_debug_cursor = False
        found.setdefault(name, []).append(spent)
        found[f"{name} queries"] = len(asked)
        return answer

    with everywhere("a measurement computes results"):
        evaluation = Evaluation.objects.select_related("scheme", "cohort__organisation").get()
        by = system(evaluation.cohort.organisation)
        before = resident("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
        for _ in range(rounds):
            Result.objects.all().delete()
            timed("all", lambda: refresh_results(evaluation, by=by, at=timezone.now()))
            timed("again", lambda: refresh_results(evaluation, by=by, at=timezone.now()))
            timed("ranks", lambda: ranks_by_total(evaluation))
        found["peak"], found["own"] = resident("VmHWM"), resident("VmHWM") - before
        enrolment = Result.objects.order_by("pk")[people // 2].enrolment_id
        for n in range(30):
            mark = NewMark(enrolment, "process1", "scored", Decimal(50 + n))
            timed("one mark", lambda mark=mark: record_marks(evaluation, [mark], by=by, at=timezone.now()))
        basis = basis_of(evaluation)
        done = timed(
            "decide", lambda: decide_results(evaluation, None, basis=basis, by=by, at=timezone.now())
        )
        found["decided"] = done.decided
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 5_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(one(chosen.one, chosen.rounds, Path(name), chosen.database)))
        return
    print(f"{chosen.rounds} rounds, 30 items each; {machine()}\n", flush=True)
    print(
        "| database | people | all s | queries | again s | ranks ms | peak MB | own MB | one mark ms | queries "
        "| decided | decide s | queries |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for people in chosen.people:
        command = [sys.executable, __file__, "--one", str(people), "--rounds", str(chosen.rounds)]
        done = subprocess.run(
            [*command, "--database", chosen.database], check=True, stdout=subprocess.PIPE, env=os.environ
        )
        got = json.loads(done.stdout.splitlines()[-1])
        cells = [
            got["database"],
            f"{people:,}",
            f"{min(got['all']):.2f}",
            str(got["all queries"]),
            f"{min(got['again']):.2f}",
            f"{1000 * median(got['ranks']):.1f}",
            f"{got['peak']:.0f}",
            f"{got['own']:.0f}",
            f"{1000 * median(got['one mark']):.1f}",
            str(got["one mark queries"]),
            f"{got['decided']:,}",
            f"{got['decide'][0]:.2f}",
            str(got["decide queries"]),
        ]
        print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
