"""What do sixty months in parts cost a reader of the history, beside one table with the same rows?

    python bench/history.py [--rows 600000] [--months 60] [--requests 60]

A PostgreSQL cluster made for this. The rows go over so many months and a hundred organisations, one of which has every
tenth row; the reader is its coordinator. The same questions are put to the history in parts and then as one table, a
page with everything around it through Django's test client, the rest by the ORM. `as before` is the page's question of
earlier times: counted and without a day. CPU is not told: most of the work is the server's.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from college import HOST, open_site, postgresql
from machine import machine

PAGE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=600_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--requests", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgresql() as address:
        open_site(Path(folder), address)
        import nation

        from craftpath.kernel import partitions
        from craftpath.kernel.tenancy import everywhere

        country = nation.seed(2_000)
        reader = _fill(given.rows, given.months, country)
        print(f"{given.rows:,} entries over {given.months} months; {machine()}\n")
        from django.db import connection

        figures: dict[str, dict[str, list[float]]] = {}
        with everywhere("a measurement looks at everything"):
            figures["parts"] = _ask(country.college, reader, given.requests)
            print(f"parts: {len(partitions.parts())}")
            begun = time.perf_counter()
            with connection.schema_editor() as editor:
                partitions.unite(editor)
            print(f"into one table: {time.perf_counter() - begun:.1f} s")
            partitions.analyse()
            figures["one table"] = _ask(country.college, reader, given.requests)
            begun = time.perf_counter()
            with connection.schema_editor() as editor:
                partitions.part(editor)
            print(f"into parts: {time.perf_counter() - begun:.1f} s\n")
    print("| question | one table p50 ms | p95 ms | parts p50 ms | p95 ms | parts − one, p50 |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, one in figures["one table"].items():
        first, second = (np.percentile(times, [50, 95]) for times in (one, figures["parts"][name]))
        print(
            f"| {name} | {first[0]:.1f} | {first[1]:.1f} | {second[0]:.1f} | {second[1]:.1f} "
            f"| {second[0] - first[0]:+.1f} |"
        )


def _fill(rows: int, months: int, country: Any) -> Any:
    """Rows by plain SQL, spread evenly; every tenth belongs to the reader's college."""
    from django.db import connection
    from django.utils import timezone

    from craftpath.kernel import partitions
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

    reader = Person.objects.get(pk=country.coordinator)
    college = Organisation.objects.get(key=country.college)
    others = list(Organisation.objects.exclude(pk=college.pk).values_list("pk", flat=True)[:100])
    now = timezone.now().astimezone(UTC)
    first = partitions.months_on(partitions.month_of(now), 1 - months)
    partitions.make_months([partitions.months_on(first, n) for n in range(months)])
    step = (now - first) / rows
    with connection.cursor() as cursor:
        columns = "public_id, at, organisation_id, person_id, actor_kind, fact, subject, payload"
        with cursor.copy(f"COPY kernel_auditentry ({columns}) FROM STDIN") as copy:
            for n in range(rows):
                place = college.pk if n % 10 == 0 else others[n % len(others)]
                copy.write_row(
                    (
                        f"h{n:011d}", first + n * step, place, reader.pk, "person", "programmes.scheme_saved",
                        f"programmes/scheme/s{n % 997:011d}", '{"version": 1}',
                    )
                )  # fmt: skip
        cursor.execute("ANALYZE")
    return reader


def _ask(key: str, reader: Any, requests: int) -> dict[str, list[float]]:
    """question → the seconds of each of so many times, in milliseconds; the first three are not counted."""
    from django.conf import settings
    from django.test import Client

    from craftpath.delivery.web.history.stretches import newest
    from craftpath.kernel.audit import AuditEntry
    from craftpath.kernel.organisations import Organisation

    settings.ALLOWED_HOSTS = [HOST]
    client = Client(HTTP_HOST=HOST)
    client.force_login(reader)
    way = f"/o/{key}/history/"
    place = Organisation.objects.get(key=key)
    here = AuditEntry.objects.filter(organisation__in=place.below()).order_by("-at", "-pk")
    now = datetime.now(UTC)
    old = now - timedelta(days=900)
    some = list(AuditEntry.objects.order_by("pk").values_list("pk", "at", "subject")[:20_000:200])
    mark = re.findall(r'rel="next" href="[^"]*before=([^"&]+)', client.get(way).content.decode())[0]
    questions: dict[str, Callable[[int], Any]] = {
        "page: the newest": lambda n: client.get(way).content,
        "page: the next": lambda n: client.get(f"{way}?before={mark}").content,
        "page: of thirty months ago": lambda n: client.get(f"{way}?until={old:%Y-%m-%d}").content,
        "50 rows, from the latest days backwards": lambda n: newest(here, PAGE, until=now),
        "50 rows without a day, as before": lambda n: list(here[:PAGE]),
        "their count, as before": lambda n: here.count(),
        "one by number and moment (a reaction)": lambda n: AuditEntry.objects.get(
            pk=some[n % len(some)][0], at=some[n % len(some)][1]
        ),
        "one by number alone, as before": lambda n: AuditEntry.objects.get(pk=some[n % len(some)][0]),
        "of one subject": lambda n: list(
            AuditEntry.objects.filter(subject=some[n % len(some)][2]).order_by("-at")[:20]
        ),
        "the next 500 by number (the index follows)": lambda n: list(
            AuditEntry.objects.filter(pk__gt=some[-1][0]).order_by("pk").values_list("pk")[:500]
        ),
    }
    found: dict[str, list[float]] = {name: [] for name in questions}
    for n in range(-3, requests):
        for name, question in questions.items():
            begun = time.perf_counter()
            question(n)
            if n >= 0:
                found[name].append((time.perf_counter() - begun) * 1000)
    return found


if __name__ == "__main__":
    main()
