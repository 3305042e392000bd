"""How long does a month of allowances take from the tables to the lines, and does it give the same bytes again?

    python bench/allowance_run.py [--pairs 2000 20000 200000]

A database of its own with so many pairs, inserted in bulk: trainers n/4, an apprentice each, stages, one rule by the
month with ratio bands and one by decided result. Each size is a process of its own: the inputs are gathered, worked
out, written as lines, and gathered and worked out again. Results are not decided, so that the second rule's lines are
there with 0. Data files lie in a folder that goes with the process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from machine import ROOT, machine, resident

sys.path.insert(0, str(ROOT))
MONTH = date(2026, 11, 1)
AT = datetime(2026, 12, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ENTERPRISES = 200


def begin(folder: str) -> None:
    """An empty database with all tables."""
    os.environ |= {"CRAFTPATH_VAR": folder, "DJANGO_SETTINGS_MODULE": "craftpath.project.settings"}
    import django  # noqa: PLC0415 - once the folder is known

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def fill(n: int) -> Any:
    """Pairs, apprentices and rules; the clerk who computes."""
    from craftpath.domain.allowances import actions  # noqa: PLC0415
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment, StageProgress  # noqa: PLC0415
    from craftpath.domain.pairing.models import Bond, Pair  # noqa: PLC0415
    from craftpath.domain.programmes.actions import load_presets  # noqa: PLC0415
    from craftpath.domain.programmes.queries import programmes, stages_of  # noqa: PLC0415
    from craftpath.kernel.access import Actor, system  # noqa: PLC0415
    from craftpath.kernel.organisations import plant  # noqa: PLC0415
    from craftpath.kernel.people import Person  # noqa: PLC0415
    from craftpath.kernel.roles import Role  # noqa: PLC0415
    from craftpath.kernel.rows import insert_objects  # noqa: PLC0415

    load_presets(by=system(), at=AT)
    college = plant(key="college", kind="college", name={"en": "College"})
    works = [
        plant(key=f"works-{k}", kind="enterprise", name={"en": f"Works {k}"}) for k in range(ENTERPRISES)
    ]
    programme = programmes().get(key="cn_334")
    [first, *_] = stages_of(programme.pk)
    cohort = Cohort.objects.create(
        organisation=college,
        programme=programme,
        state="running",
        name={"en": "x"},
        occupation={"en": "Welder"},
        starts_on=date(2026, 1, 1),
    )
    teachers = [Person(username=f"t{k}", name=f"T {k}") for k in range(max(1, n // 4))]
    learners = [Person(username=f"a{k}", name=f"A {k}") for k in range(n)]
    insert_objects([*teachers, *learners])
    rows = [
        Enrolment(cohort=cohort, person=one, number=f"{k:07}", enterprise=works[k % ENTERPRISES],
                  starts_on=date(2026, 1, 1), state="active")
        for k, one in enumerate(learners)
    ]  # fmt: skip
    insert_objects(rows)
    insert_objects([StageProgress(enrolment=row, stage=first, opened_on=date(2026, 1, 1)) for row in rows])
    pairs = [
        Pair(organisation=college, kind="master_apprentice", state="active", starts_on=date(2026, 2, 1))
        for _ in rows
    ]
    insert_objects(pairs)
    insert_objects([
        Bond(pair=pair, teacher=teachers[k % len(teachers)], learner=row.person, enrolment=row, role="responsible",
             place=works[k % ENTERPRISES], starts_on=date(2026, 2, 1) + timedelta(days=k % 300))
        for k, (pair, row) in enumerate(zip(pairs, rows, strict=True))
    ])  # fmt: skip
    clerk = Person.objects.create_user("clerk", password="x", name="Clerk")
    by = {"by": Actor(college, clerk, frozenset({Role.COORDINATOR})), "at": AT}
    book = actions.draft_book(college, valid_from=date(2026, 1, 1), **by)
    actions.write_rule(
        book, actions.NewRule(name="master", amount=200_00, ratio=[(2, 1000), (4, 800), (None, 500)]), **by
    )
    actions.write_rule(
        book,
        actions.NewRule(name="result", component="results", amount=100_00, results=[(60_00, 1000)]),
        **by,
    )
    actions.adopt_book(book, **by)
    return college, by


def one(n: int) -> dict[str, Any]:
    """The figures of one size."""
    with tempfile.TemporaryDirectory(prefix="craftpath-bench-") as folder:
        begin(folder)
        from craftpath.domain.allowances import actions, gathering, running  # noqa: PLC0415
        from craftpath.domain.allowances.inputs import canonical, digest, worked_out  # noqa: PLC0415
        from craftpath.domain.allowances.models import Line, Run  # noqa: PLC0415
        from craftpath.kernel.tenancy import everywhere  # noqa: PLC0415

        with everywhere("a bench fills an empty site"):
            college, by = fill(n)
            start = time.perf_counter()
            inputs = gathering.gathered(college, MONTH)
            gathered = time.perf_counter() - start
            content = canonical([inputs])
            start = time.perf_counter()
            worked_out(inputs)
            worked = time.perf_counter() - start
            asked = actions.ask_run(college, month=MONTH, made_id="bench", **by)
            start = time.perf_counter()
            running.carry_out(asked, **by)
            whole = time.perf_counter() - start
            run = Run.objects.get()
            start = time.perf_counter()
            again = digest(canonical([gathering.gathered(college, MONTH)])) == digest(content)
            anew = time.perf_counter() - start
            return {
                "pairs": n, "lines": Line.objects.filter(run=run).count(), "gather": gathered, "work": worked,
                "whole": whole, "again": anew, "peak": resident("VmHWM"), "megabytes": len(content) / 2**20,
                "kept": len(bytes(run.calculation.inputs)) / 2**20 if run.calculation else 0.0,
                "yuan": run.total / 100, "same": again,
                "sum": running.line_sum(run) == run.total,
            }  # fmt: skip


def main() -> None:
    """Print a table, a row a size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(one(chosen.one)))
        return
    print(f"A month of allowances from tables to lines, SQLite; {machine()}\n", flush=True)
    head = ["pairs", "lines", "gather s", "work s", "whole run s", "gather again s", "peak MB", "MB of inputs",
            "MB kept", "yuan", "bytes again", "sum of lines"]  # fmt: skip
    print(f"| {' | '.join(head)} |\n|{'---:|' * len(head)}")
    for n in chosen.pairs:
        command = [sys.executable, __file__, "--one", str(n)]
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
        figures = [f"{told[name]:,}" for name in ("pairs", "lines")]
        figures += [f"{told[name]:.2f}" for name in ("gather", "work", "whole", "again")]
        figures += [f"{told[name]:.0f}" for name in ("peak", "megabytes", "kept")]
        figures += [
            f"{told['yuan']:,.2f}",
            "same" if told["same"] else "OTHER",
            "total" if told["sum"] else "OTHER",
        ]
        print(f"| {' | '.join(figures)} |", flush=True)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
