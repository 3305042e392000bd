"""How many certificates a second, signed both ways, and does a killed worker leave a gap or a double number?

    python bench/certificates.py [--people 10000] [--portions 10 50 200]

A batch of made-up people under one kind, in SQLite in a file. A worker of its own process issues it: row, number,
place on the status list, Open Badges credential with a Data Integrity proof, and the same as a token. `portions` are
tried first with 200 people each, for the balance of speed and of how long another writer waits. Then the whole batch:
the worker is killed by SIGKILL when a third is there, another one goes on, and all numbers are looked at.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident

TRIED = 200


def seed(people: int, folder: Path) -> str:
    """A college with a kind in use and a planned batch that is let go; gives the batch."""
    open_site(folder)
    from django.utils import timezone

    from craftpath.domain.certificates import actions, batching
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import Organisation, plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.tenancy import everywhere

    batching.enqueue = lambda *_args: None
    with everywhere("a measurement issues certificates"):
        college = Organisation.objects.filter(key="college").first() or plant(
            key="college", kind="college", name={"zh": "技师学院", "en": "College"}
        )
        by, at = system(college), timezone.now()
        words = actions.Words(
            purpose="workshop", title={"zh": "安全培训合格证", "en": "Safety training"},
            criteria={"zh": "完成培训。", "en": "Took part."}, scheme="cn5", level="5", valid_months=12,
        )  # fmt: skip
        kind = actions.activate_kind(
            actions.draft_kind(college, words, key=uuid.uuid4().hex, by=by, at=at), by=by, at=at
        )
        begin = Person.objects.count()
        Person.objects.bulk_create(
            [Person(username=f"p{n}", name=f"学员{n}", password="!") for n in range(begin, begin + people)],
            batch_size=500,
        )
        wanted = [(one, "bench/one/1", []) for one in Person.objects.order_by("-pk")[:people]]
        batch = actions.plan_batch(
            kind, wanted, on=timezone.localdate(at), made_id=uuid.uuid4(), by=by, at=at
        )
        return str(actions.start_batch(batch, by=by, at=at).public_id)


def work(folder: Path, batch: str, portion: int) -> None:
    """What a worker does; says how long it took, the longest portion, and its peak."""
    open_site(folder)
    from django.utils import timezone

    from craftpath.domain.certificates import actions
    from craftpath.domain.certificates.models import Batch
    from craftpath.kernel.access import system
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement issues certificates"):
        row = Batch.objects.select_related("organisation").get(public_id=batch)
        begun, longest, left = time.perf_counter(), 0.0, 1
        while left:
            since = time.perf_counter()
            left = actions.issue_portion(row, most=portion, by=system(row.organisation), at=timezone.now())
            longest = max(longest, time.perf_counter() - since)
        print(f"{time.perf_counter() - begun:.2f} {longest:.3f} {resident('VmHWM'):.0f}")


def worker(folder: Path, batch: str, portion: int) -> subprocess.Popen[str]:
    """The same in a process of its own."""
    wanted = [sys.executable, __file__, "--work", str(folder), batch, "--portions", str(portion)]
    return subprocess.Popen(wanted, stdout=subprocess.PIPE, text=True)


def there(batch: str) -> int:
    """How many certificates of a batch there are."""
    from craftpath.domain.certificates.models import Certificate

    return Certificate._base_manager.filter(batch__public_id=batch).count()


def told(process: subprocess.Popen[str]) -> list[float]:
    """Seconds, longest portion, peak in MB."""
    out, _ = process.communicate()
    assert process.returncode == 0, out
    return [float(one) for one in out.split()]


def checked(people: int) -> str:
    """Numbers from 1 on without gap or double, one for each person, places without double."""
    from craftpath.domain.certificates.models import Certificate

    rows: Any = Certificate._base_manager.values_list("number", "person", "status_place")
    numbers = sorted(int(number.rpartition("-")[2]) for number, _person, _place in rows)
    assert numbers == list(range(1, people + 1)), "a number is missing or stands twice"
    assert (
        len({person for _number, person, _place in rows}) == len({place for *_rest, place in rows}) == people
    )
    return f"numbers 1 to {people}: no gap, no double"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--portions", type=int, nargs="+", default=[10, 50, 200])
    asked.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.work:
        work(Path(given.work[0]), given.work[1], given.portions[0])
        return
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder, made = Path(name), 0
        for portion in given.portions:
            seconds, longest, peak = told(worker(folder, seed(TRIED, folder), portion))
            made += TRIED
            print(
                f"portions of {portion}: {TRIED / seconds:.0f} a second, longest {longest:.2f} s, {peak:.0f} MB"
            )
        batch = seed(given.people, folder)
        first, begun = worker(folder, batch, 50), time.perf_counter()
        while there(batch) < given.people // 3:
            time.sleep(0.2)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        before = time.perf_counter() - begun
        count = there(batch)
        seconds, longest, peak = told(worker(folder, batch, 50))
        rate = (given.people - count) / seconds
        print(
            f"killed after {before:.0f} s with {count} there; the next worker: {seconds:.0f} s, {rate:.0f} a second,"
        )
        print(f"longest portion {longest:.2f} s, peak {peak:.0f} MB; {checked(made + given.people)}")


if __name__ == "__main__":
    main()
