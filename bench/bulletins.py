"""How long does composing a bulletin take, how long its paper, and what does a visitor wait for?

    python bench/bulletins.py [--people 226 2000] [--times 5]

A made-up college with a finished workshop to which so many people came. Composed is a fresh draft each time, from the
record. The paper is laid out by a process of its own, its first seconds being the library's; a paper that was printed
before is read. The public page is asked in this process, through everything that a request passes.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import HOST, open_site
from machine import machine


def _times(act: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def seed(people: int) -> Any:
    """A college, a workshop of one day that ended yesterday, everybody there."""
    from django.utils import timezone

    from craftpath.domain.workshops import actions
    from craftpath.domain.workshops.models import Day, Registration
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import plant
    from craftpath.values.text import Text

    key = f"college-{people}"
    college = plant(key=key, kind="college", name={"zh": "技师学院", "en": "College"})
    at = timezone.now()
    by, then = system(college), at - timedelta(days=9)
    words = actions.Words(
        Text("核心技能研讨会", "Core skills"),
        aims=Text("交流做法。", "To exchange."),
        link="https://m.example/1",
    )
    row = actions.plan_workshop(college, words, by=by, at=then)
    on = timezone.localdate(at) - timedelta(days=1)
    actions.save_day(row, on=on, starts=_clock(9), ends=_clock(16), by=by, at=then)
    actions.publish_workshop(row, by=by, at=then)
    Registration._base_manager.bulk_create(
        [
            Registration(
                workshop=row, name=f"来宾{n}", organisation_name=f"企业{n % 70}", kind=("enterprise", "college")[n % 2],
                city=("重庆", "成都", "澜川")[n % 3], way="online", email=f"g{n}@example.com", badge=f"B{n:07}",
                state="placed", notice_version=1, made_at=then,
            )
            for n in range(people)
        ],
        batch_size=500,
    )  # fmt: skip
    day = Day._base_manager.get(workshop=row)
    rows = [(one, 300) for one in Registration._base_manager.filter(workshop=row)]
    actions.import_attendance(row, day, rows, by=by, at=day.ends_at())
    actions.finish_workshop(row, by=by, at=at)
    return college


def _clock(hour: int) -> Any:
    from datetime import time as clock

    return clock(hour)


def _begun(college: Any, number: int) -> Any:
    from django.utils import timezone

    from craftpath.domain.bulletins import actions
    from craftpath.kernel.access import system

    at = timezone.now()
    today = timezone.localdate(at)
    look = actions.Look(today - timedelta(days=90), today)
    return actions.begin_bulletin(
        organisation=college, made_id=uuid.uuid4(), number=number, look=look, by=system(college), at=at
    )


def measure(people: int, times: int) -> None:
    """One college; prints its row of the table."""
    from django.test import Client
    from django.utils import timezone

    from craftpath.delivery.exchange.bulletins.kept import kept_paper
    from craftpath.delivery.exchange.bulletins.proving import printed, sheet_of
    from craftpath.domain.bulletins import actions, queries
    from craftpath.domain.bulletins.models import Bulletin, BulletinVersion
    from craftpath.kernel.access import system
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement prints bulletins"):
        college = seed(people)
        by, at = system(college), timezone.now()
        drafts = [_begun(college, number + 1) for number in range(times)]
        left = iter(drafts)
        composing = _times(lambda: actions.compose_bulletin(next(left), by=by, at=at), times)
        row = drafts[0]
        content = queries.content_of(row, timezone.localdate(at))
        sheet, there = sheet_of(row, content, []), "https://example.org/b/college/1/"
        laying = _times(lambda: printed(sheet, there), times)
        kept_paper(row.public_id, sheet, there)
        known = _times(lambda: kept_paper(row.public_id, sheet, there), times)
        BulletinVersion.objects.create(
            bulletin=row, number=1, content=content, sha256=queries.digest(content), kept_by=None, kept_at=at
        )
        Bulletin._base_manager.filter(pk=row.pk).update(state="published", published_at=at)
    visitor = Client(HTTP_HOST=HOST)
    address = f"/b/{college.key}/1/"
    assert visitor.get(address).status_code == 200
    reading = _times(lambda: visitor.get(address), 10 * times)
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = (
        f"{composing * 1000:.0f}",
        f"{laying:.2f}",
        f"{known * 1000:.1f}",
        f"{reading * 1000:.1f}",
        f"{child:.0f}",
    )
    print(f"| {people:,} | {' | '.join(told)} |")


def main() -> None:
    """Both sizes, one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[226, 2000])
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    print(machine())
    print(
        "| people at the workshop | compose, ms | paper, s | paper again, ms | public page, ms | peak of printing, MB |"
    )
    print("|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        for people in asked.people:
            measure(people, asked.times)


if __name__ == "__main__":
    main()
