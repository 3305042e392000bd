"""A filled country made ten times as large by SQL alone: each table is copied within the database, keys moved along.

    python bench/growing.py FROM TO [--times 10]

FROM is the folder of a site that `desks.py --keep` filled, TO a new one. Colleges and enterprises are copied with
everything below them; the ministry, the one large enterprise and their own staff stay one, so the large enterprise has
a tenth of the larger country too. Indexes are dropped first and made again at the end. Counts are copied as well; those
of the ministry and the large enterprise are multiplied. Two hundred cohorts are then counted anew: nothing may differ.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine

TABLES = (
    "kernel.Person", "kernel.Membership", "apprenticeships.Cohort", "apprenticeships.Enrolment",
    "apprenticeships.EnrolmentParty", "apprenticeships.StageProgress", "evaluation.Evaluation", "evaluation.Mark",
    "evaluation.Result", "kernel.AuditEntry", "logbook.Entry", "reviews.Review", "learning.Session",
    "learning.SessionCohort", "learning.SessionTeacher", "learning.Roll", "learning.Attendance", "kernel.Document",
    "kernel.SigningParty", "counts.Gap", "counts.CohortCount", "counts.StaffCount", "counts.Count",
)  # fmt: skip
NAMED = (
    "public_id",
    "username",
    "subject",
)  # texts that stand once; a pointer leads nowhere then, and nobody asks
WHOSE = {  # rows of places that stay one are not copied
    "kernel.Membership": "organisation_id", "kernel.AuditEntry": "organisation_id", "counts.StaffCount": "place_id",
    "counts.Count": "place_id",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--times", type=int, default=10)
    chosen = parser.parse_args()
    start = time.perf_counter()
    shutil.copytree(chosen.source, chosen.target)
    open_site(chosen.target)
    from django.db import connection

    with connection.cursor() as cursor:
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -1000000",
            "foreign_keys = OFF",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        grow(cursor, chosen.times)
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA journal_mode = WAL")
    print(f"{chosen.times} times as large in {time.perf_counter() - start:.0f} s; {machine()}")
    print(f"{differing()} of 200 cohorts were counted otherwise before")


def grow(cursor: Any, times: int) -> None:
    """Copy every table so many times less one."""
    from django.apps import apps

    models = [apps.get_model(name) for name in TABLES]
    once = stay_one()
    for copy in range(1, times):
        for old, new in _more_places(copy, once).items():
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS moved (copy, old, new)")
            cursor.execute("INSERT INTO moved VALUES (%s, %s, %s)", [copy, old, new])
    cursor.execute("CREATE INDEX temp.moved_by ON moved (copy, old)")
    steps = {}
    for model in models:
        cursor.execute(f'SELECT MAX(id) FROM "{model._meta.db_table}"')
        steps[model] = int(cursor.fetchone()[0] or 0)
    for model in models:
        table, began = model._meta.db_table, time.perf_counter()
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql NOT NULL",
            [table],
        )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for copy in range(1, times):
            cursor.execute(_copying(model, copy, steps))
        if model._meta.label == "counts.Count":
            own = "SELECT s.n FROM counts_staffcount s WHERE s.place_id = {0}.place_id AND s.role = {0}.key"
            staff = f"CASE WHEN side = 'staff' THEN COALESCE(({own.format(table)}), 0) ELSE 0 END"
            named = ", ".join(map(str, once))
            cursor.execute(
                f'UPDATE "{table}" SET n = (n - {staff}) * {times} + {staff} WHERE place_id IN ({named})'
            )
        for _name, sql in indexes:
            cursor.execute(sql)
        print(f"{table}: {time.perf_counter() - began:.0f} s", flush=True)


def stay_one() -> list[int]:
    """The ids of the ministry and the large enterprise."""
    from craftpath.kernel.organisations import Organisation

    return list(Organisation.objects.filter(key__in=("country", "firm-0")).values_list("pk", flat=True))


def _more_places(copy: int, once: list[int]) -> dict[int, int]:
    """A copy of each college and enterprise: old id → new id."""
    from craftpath.kernel.organisations import Organisation

    country = Organisation.objects.get(key="country")
    first = Organisation.objects.filter(depth=country.depth + 1, key__regex=r"^(college|firm)-\d+$")
    rows = list(first.exclude(pk__in=once).order_by("path"))
    last = Organisation.objects.filter(depth=country.depth + 1).order_by("-path")[0].path
    found = {}
    for row in rows:
        last = Organisation(path=last)._inc_path()
        new = Organisation.objects.bulk_create(
            [
                Organisation(
                    key=f"{row.key}-{copy}", kind=row.kind, name=row.name, path=last, depth=row.depth, numchild=0,
                    time_zone=row.time_zone,
                )
            ]
        )  # fmt: skip
        found[row.pk] = new[0].pk
    Organisation.objects.filter(pk=country.pk).update(
        numchild=Organisation.objects.filter(depth=country.depth + 1).count()
    )
    return found


def _copying(model: Any, copy: int, steps: dict[Any, int]) -> str:
    """The statement that copies one table once."""
    from craftpath.kernel.organisations import Organisation

    table, picked = model._meta.db_table, []
    for field in model._meta.concrete_fields:
        column = f't."{field.column}"'
        if field.primary_key:
            picked.append(f"{column} + {copy * steps[model]}")
        elif field.related_model is Organisation:
            moved = f"SELECT new FROM temp.moved WHERE copy = {copy} AND old = {column}"
            picked.append(f"COALESCE(({moved}), {column})")
        elif field.related_model in steps:
            picked.append(f"{column} + {copy * steps[field.related_model]}")
        elif field.name in NAMED:
            picked.append(f"'{chr(96 + copy)}' || {column}")
        else:
            picked.append(column)
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    where = f"t.id <= {steps[model]}"
    if model._meta.label in WHOSE:
        where += f" AND t.{WHOSE[model._meta.label]} IN (SELECT old FROM temp.moved WHERE copy = {copy})"
    return f'INSERT INTO "{table}" ({names}) SELECT {", ".join(picked)} FROM "{table}" t WHERE {where}'


def differing() -> int:
    """How many of the last two hundred cohorts have other counts when they are counted anew."""
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.counts.keeping import recount
    from craftpath.domain.counts.models import CohortCount
    from craftpath.kernel.tenancy import everywhere

    def kept(ids: list[int]) -> set[Any]:
        rows = CohortCount.objects.filter(cohort__in=ids)
        return set(rows.values_list("cohort_id", "college_id", "host_id", "measure", "key", "day", "n"))

    with everywhere("a measurement counts what it filled"):
        ids = list(Cohort.objects.order_by("-pk").values_list("pk", flat=True)[:200])
        before = kept(ids)
        recount(ids)
        return len({row[0] for row in before ^ kept(ids)})


if __name__ == "__main__":
    main()
