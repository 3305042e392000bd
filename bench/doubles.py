"""How long does it take to find doubles among 100,000 people, and to merge somebody with 100,000 rows?

    python bench/doubles.py [--people 100000] [--rows 100000] [--postgres]

A site of its own in a temporary folder: a city with colleges, two roles in three of them, names as frequent as in a
real register (the ten most frequent surnames bear a third of the people), a telephone for most, a date of birth for
half, and one in fifty written down a second time with another spelling. The one who is merged has half of the rows in
a table with whole numbers as keys and half in one with UUIDs. Seconds, and the peak of the process.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from college import open_site, postgresql
from machine import machine, resident

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉玲志国海燕雪梅春晓东红宇浩然思雨欣怡子涵"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        open_site(Path(folder), stack.enter_context(postgresql()) if given.postgres else "")
        _measure(given)


def _measure(given: argparse.Namespace) -> None:
    from django.db import connection
    from django.utils import timezone

    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person
    from craftpath.kernel.tenancy import everywhere
    from craftpath.kernel.twins.finding import find_twins
    from craftpath.kernel.twins.merging import merge_people, undo_merge
    from craftpath.kernel.twins.plans import plan_of

    print(f"{connection.vendor}; {machine()}\n")
    now, chance = timezone.now(), random.Random(68)
    with everywhere("a measurement"):
        city, twice = _people(given.people, chance)
        before = resident("VmRSS")
        seconds, pairs = _timed(lambda: find_twins(None, by=system(), at=now))
        print(f"find among {given.people:,}: {seconds:.2f} s, {pairs:,} pairs for {twice:,} who came twice, "
              f"{resident('VmHWM') - before:.0f} MB")  # fmt: skip
        seconds, pairs = _timed(lambda: find_twins(None, by=system(), at=now))
        print(f"find again, nothing new: {seconds:.2f} s")
        place = Organisation.objects.get(key="c0")
        seconds, pairs = _timed(lambda: find_twins(place, by=system(), at=now))
        print(f"find at one college: {seconds:.2f} s, {pairs:,} pairs")
        stays, goes = Person.objects.order_by("pk")[:2]
        Person.objects.filter(pk=goes.pk).update(phone="", birth_date=None)
        _work(goes, given.rows, now)
        before = resident("VmRSS")
        by = system(city)
        seconds, plan = _timed(lambda: plan_of(stays, goes))
        print(f"preview of {sum(plan.moves.values()):,} rows: {seconds:.2f} s")
        seconds, merge = _timed(lambda: merge_people(stays, goes, because="one", by=by, at=now))
        print(
            f"merge, {sum(merge.moved.values()):,} rows: {seconds:.2f} s, {resident('VmHWM') - before:.0f} MB"
        )
        seconds, _undone = _timed(lambda: undo_merge(merge, because="two", by=by, at=now))
        print(f"undo: {seconds:.2f} s")


def _timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = deed()
    return time.perf_counter() - began, done


def _people(number: int, chance: random.Random) -> tuple[Any, int]:
    """A city and its people, one in fifty of them twice; returns the city and how many that are."""
    from django.utils import timezone

    from craftpath.kernel.access import Membership
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.rows import insert_rows

    city = plant(key="city", kind="city", name={"zh": "城"})
    places = [plant(key=f"c{n}", kind="college", name={"zh": "校"}, parent=city).pk for n in range(50)]
    weights = [1 / (place + 2) for place in range(len(SURNAMES))]
    twice = number // 51
    rows, seats = [], []
    for n in range(number):
        if n < number - twice:
            name = chance.choices(SURNAMES, weights)[0] + "".join(
                chance.choices(GIVEN, k=chance.choice((1, 2, 2)))
            )
            phone = f"13{chance.randrange(10**9):09}" if chance.random() < 0.8 else ""
            born = (
                date(1960, 1, 1) + timedelta(days=chance.randrange(17_000)) if chance.random() < 0.5 else None
            )
            place = chance.choice(places)
        else:
            name, phone, born, place = rows[chance.randrange(number - twice)][2:5] + (chance.choice(places),)
            name, phone = f"{name[0]} {name[1:]}", f"+86 {phone}" if phone else ""
        rows.append((f"p{n}", f"p{n:011}", name, phone, born))
        seats += [(n, place)] * 1 if chance.random() < 0.7 else [(n, place), (n, chance.choice(places))]
    same = {"password": "!", "is_active": True, "must_change_password": False, "name_latin": "", "language": "",
            "time_zone": "", "theme": "auto", "date_joined": timezone.now()}  # fmt: skip
    insert_rows(Person, ["username", "public_id", "name", "phone", "birth_date"], rows, same)
    first = Person.objects.order_by("pk").values_list("pk", flat=True)[0]
    roles = {"role": "trainer", "starts_on": date(2026, 1, 1), "ends_on": None, "ends_because": ""}
    insert_rows(Membership, ["person", "organisation"], {(first + n, place) for n, place in seats}, roles)
    return city, twice


def _work(person: Any, number: int, now: Any) -> None:
    """Half of the rows are notices, half statements."""
    from craftpath.domain.activity.models import Statement
    from craftpath.kernel.alerts import Alert
    from craftpath.kernel.audit import AuditEntry
    from craftpath.kernel.rows import insert_rows

    entry = AuditEntry(at=now, actor_kind="system", fact="x")
    entry.save()
    half = number // 2
    same = {"person": person.pk, "entry": entry.pk, "organisation": None, "code": "x", "about": {}, "at": now,
            "mail": "none", "read_at": None}  # fmt: skip
    insert_rows(Alert, ["public_id", "subject"], ((f"a{n:011}", f"s{n}") for n in range(half)), same)
    told = {
        "stored_at": now,
        "at": now,
        "organisation": None,
        "person": person.pk,
        "verb": "did",
        "text": "{}",
        "voids": False,
        "voided": False,
        "client": None,
        "by_actor": None,
        "by_verb": None,
        "by_activity": None,
        "registration": None,
        "target": None,
    }
    insert_rows(Statement, ["id", "object_id"], ((uuid.uuid4(), f"o{n}") for n in range(half)), told)


if __name__ == "__main__":
    main()
