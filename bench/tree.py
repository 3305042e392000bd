"""Does a tree of 100,000 organisations with 2,000,000 memberships make "who is this" and "and below" slower?

    python bench/tree.py [--sizes 100 100000] [--members 20] [--requests 60]

Each size is a site of its own in a temporary folder: cities with colleges, colleges with campuses, campuses with points
and sites, and so many members of every node. Asked are what a page asks before anything else (who is this person here),
whether the person may act in a place below, the organisations below as the picker lists them, the people of one college
"and below" a page at a time, and all seats of one person. Milliseconds and queries; the last column is the p95 beside
that of the smallest tree.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from college import open_site
from machine import ROOT, machine

COLLEGES, CAMPUSES, POINTS = 20, 5, 9  # below each city, college and campus


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 100_000])
    parser.add_argument("--members", type=int, default=20, help="of every organisation")
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--size", type=int, default=0, help="only this one, in this process")
    given = parser.parse_args()
    if given.size:
        with tempfile.TemporaryDirectory() as name:
            open_site(Path(name))
            _measure(given)
        return
    import subprocess
    import sys

    print(f"{given.members} members of each organisation; {machine()}\n")
    print("| question | organisations | memberships | p50 ms | p95 ms | queries | p95 to the first |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    first: dict[str, float] = {}
    for size in given.sizes:
        words = [sys.executable, str(ROOT / "bench" / "tree.py"), "--size", str(size)]
        words += ["--members", str(given.members), "--requests", str(given.requests)]
        told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        for line in told.splitlines():
            name, nodes, seats, half, late, queries = line.split("\t")
            first.setdefault(name, float(late))
            ratio = float(late) / first[name]
            print(
                f"| {name} | {int(nodes):,} | {int(seats):,} | {half} | {late} | {queries} | {ratio:.2f} |",
                flush=True,
            )


def _grow(size: int, members: int) -> int:
    """Organisations as plain rows, since a tree that is planted one by one would take hours; returns how many."""
    from craftpath.kernel.access import Membership
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person
    from craftpath.kernel.rows import insert_rows

    width = Organisation.steplen
    alphabet = Organisation.alphabet

    def step(number: int) -> str:
        text = ""
        for _ in range(width):
            number, rest = divmod(number, len(alphabet))
            text = alphabet[rest] + text
        return text

    rows: list[tuple[Any, ...]] = []

    def add(path: str, kind: str, children: int) -> bool:
        if len(rows) >= size:
            return False
        key = f"n{len(rows)}"
        rows.append(
            (
                path,
                len(path) // width,
                children,
                key,
                f"{key:0>12}",
                kind,
                {"zh": f"机构{key}"},
                "Asia/Shanghai",
                False,
            )
        )
        return True

    city = 0
    while len(rows) < size:
        city += 1
        add(step(city), "city", COLLEGES)
        for college in range(1, COLLEGES + 1):
            add(step(city) + step(college), "college", CAMPUSES)
            for campus in range(1, CAMPUSES + 1):
                add(step(city) + step(college) + step(campus), "campus", POINTS)
                for point in range(1, POINTS + 1):
                    add(step(city) + step(college) + step(campus) + step(point), "point", 0)
    names = ["path", "depth", "numchild", "key", "public_id", "kind", "name", "time_zone", "second_factor"]
    insert_rows(Organisation, names, rows)
    people = size * members
    same = {"password": "!", "is_active": True, "must_change_password": False, "phone": "", "name_latin": "",
            "language": "", "time_zone": "", "theme": "auto", "is_superuser": False}  # fmt: skip
    known = {field.name for field in Person._meta.concrete_fields}
    from django.utils import timezone

    now = timezone.now()
    insert_rows(
        Person,
        ["public_id", "username", "name"],
        ((f"p{n:011}", f"p{n}", f"学员{n}") for n in range(people)),
        {name: value for name, value in {**same, "date_joined": now}.items() if name in known},
    )
    first = Person.objects.order_by("pk").values_list("pk", flat=True)[0]
    orgs = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    roles = ("coordinator", "trainer", *["apprentice"] * (members - 2))
    insert_rows(
        Membership,
        ["person", "organisation", "role"],
        (
            (first + place * members + n, pk, roles[n])
            for place, pk in enumerate(orgs)
            for n in range(members)
        ),
        {"starts_on": now.date(), "ends_because": ""},
    )
    return len(rows)


def _measure(given: argparse.Namespace) -> None:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from craftpath.kernel.access import Membership, actor_in
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Permission
    from craftpath.kernel.signin import open_memberships
    from craftpath.kernel.tenancy import below, everywhere

    with everywhere("a measurement fills its database"):
        with transaction.atomic():
            nodes = _grow(given.size, given.members)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        day = timezone.localdate()
        college = Organisation.objects.filter(kind="college").order_by("path")[0]
        held = Membership.objects.filter(organisation=college, role="coordinator")[0]
        person = Person.objects.get(pk=held.person_id)
        places = list(Organisation.objects.filter(path__startswith=college.path).order_by("path"))
        actor = actor_in(person, college, day)
        assert actor is not None
        rng = random.Random(5)

        def who() -> Any:
            return actor_in(person, rng.choice(places), day)

        def may() -> Any:
            return [bool(actor.may_at(Permission.MANAGE_COHORTS, place)) for place in places]

        def picker() -> Any:
            return list(college.below().order_by("path").values_list("key", "path", "kind"))

        def people() -> Any:
            rows = open_memberships(day).filter(below(actor.scope, "organisation"))
            return list(rows.select_related("person", "organisation").order_by("person__name", "pk")[:50])

        def seats() -> Any:
            return list(Membership.objects.filter(person=person).select_related("organisation"))

        questions: dict[str, Callable[[], Any]] = {
            "who is this here": who,
            "may act in 51 places below": may,
            "the picker's tree": picker,
            "people of a college and below": people,
            "seats of one person": seats,
        }
        for name, ask in questions.items():
            with CaptureQueriesContext(connection) as asked:
                ask()
            taken = []
            for _ in range(given.requests):
                begin = time.perf_counter()
                ask()
                taken.append((time.perf_counter() - begin) * 1000)
            taken.sort()
            late = taken[max(0, int(len(taken) * 0.95) - 1)]
            told = [name, str(nodes), str(nodes * given.members), f"{median(taken):.2f}", f"{late:.2f}"]
            print("\t".join([*told, str(len(asked))]))


if __name__ == "__main__":
    main()
