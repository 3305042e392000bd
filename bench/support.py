"""Early help: how long does a night's look at everybody take, one person's look by a fact, and the list of a college?

    python bench/support.py [--people 1000 100000]

The country of `living.py`: five entries each, rolls, reviews, mentors; in colleges of about a thousand. `first` looks
at everybody and gives all signs, `again` is the night after. A process for each size.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident


def one(people: int, folder: Path) -> dict[str, Any]:
    """Fill, measure, and give the figures of this process."""
    open_site(folder)
    import living
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from django.utils import timezone

    from craftpath.domain.support.actions import look_again, look_at_everybody
    from craftpath.domain.support.models import Look, Sign
    from craftpath.kernel.access import system
    from craftpath.kernel.people import Person
    from craftpath.kernel.tenancy import everywhere

    site = living.live(people, one_college=False)
    at = timezone.now()
    found: dict[str, Any] = {"people": people, "database": connection.vendor}

    def timed(name: str, act: Callable[[], object], times: int = 1) -> None:
        with CaptureQueriesContext(connection) as seen:
            act()
        found[f"{name} queries"] = len(seen)
        spent = []
        for _ in range(times):
            begun = time.perf_counter()
            act()
            spent.append(time.perf_counter() - begun)
        found[name] = statistics.median(spent)

    before = resident()
    with everywhere("a measurement looks at everybody"):
        begun = time.perf_counter()
        look_at_everybody(by=system(), at=at)
        found["first"] = time.perf_counter() - begun
        begun = time.perf_counter()
        look_at_everybody(by=system(), at=at + timedelta(days=1))
        found["again"] = time.perf_counter() - begun
        found["own"] = (resident() - before) / 2**20
        found["looks"], found["signs"] = Look.objects.count(), Sign.objects.count()
        somebody = Look.objects.filter(college__key=site["readers"]["trainer"][0]).values_list(
            "pk", flat=True
        )[7]
        timed("person", lambda: look_again([somebody], by=system(), at=at + timedelta(days=1)), 30)
    place, who = site["readers"]["coordinator"]
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(Person.objects.get(pk=who))
    page = reverse("support:list", args=[place])
    assert client.get(page).status_code == 200
    timed("page", lambda: client.get(page), 30)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(one(chosen.one, Path(name))))
        return
    print(f"{machine()}\n", flush=True)
    print(
        "| database | people | signs | first night s | next night s | own MB | one by a fact ms | queries "
        "| list ms | queries |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    pages = []
    for people in chosen.people:
        command = [sys.executable, __file__, "--one", str(people)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ)
        got = json.loads(done.stdout.splitlines()[-1])
        pages.append(got["page"])
        cells = [
            got["database"], f"{got['looks']:,}", f"{got['signs']:,}", f"{got['first']:.2f}", f"{got['again']:.2f}",
            f"{got['own']:.0f}", f"{1000 * got['person']:.1f}", str(got["person queries"]),
            f"{1000 * got['page']:.1f}", str(got["page queries"]),
        ]  # fmt: skip
        print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\nThe list, largest to smallest: {pages[-1] / pages[0]:.2f}. After it: {machine()}")


if __name__ == "__main__":
    main()
