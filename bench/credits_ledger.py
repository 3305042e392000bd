"""How long does the balance of an account take, and one more line, when its ledger has 100,000 lines?

    python bench/credits_ledger.py [--lines 100000] [--rounds 9] [--postgres]

A site of its own in a temporary folder. One person has earned credits in three areas; a third of them was converted,
some of that reversed, a fifth expires on some day. Another account holds as many lines again. Asked are the balance as
the page does it, the first page of the ledger, what can be used, what expires soon, and how long it takes to take one
credit back: the account locked, what is left of it looked up, a line written. `equal` says whether the balance is the
one that the lines add up to in plain Python.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from college import open_site, postgresql
from machine import machine

AREAS = ("technical", "theory", "core")
AT = datetime(2026, 9, 14, 1, tzinfo=UTC)
TODAY = date(2026, 9, 14)
COLUMNS = (
    "public_id", "account", "kind", "area", "points", "title", "source", "outcome", "scheme", "level", "subject",
    "reached", "again", "on", "expires_on", "credit", "line", "to_area", "given", "reversal_of", "because", "posted_at",
)  # fmt: skip


def build(lines: int) -> Any:
    """Two accounts; hands back the first."""
    from craftpath.domain.credits.models import Account, Area, Diploma, Request, RequestLine
    from craftpath.kernel.keys import new_public_id
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person

    college = plant(key="college", kind="college", name={"zh": "学院"})
    areas = [Area.objects.create(key=key, name={"en": key}) for key in AREAS]
    goal = Diploma._base_manager.create(
        organisation=college, key="goal", title={"en": "Goal"}, total=8000, made_at=AT
    )
    made = []
    for n in range(2):
        person = Person.objects.create_user(f"p{n}", name=f"P{n}")
        account = Account._base_manager.create(person=person, opened_at=AT)
        request = Request._base_manager.create(
            made_id=f"00000000-0000-4000-8000-{n:012}", kind="conversion", account=account, organisation=college,
            diploma=goal, state="posted", asked_on=TODAY, asked_at=AT, posted_at=AT,
        )  # fmt: skip
        line = RequestLine.objects.create(request=request, points=1)
        _fill(account, areas, line, lines, new_public_id)
        made.append(account)
    return made[0]


def _fill(account: Any, areas: list[Any], line: Any, lines: int, new_id: Callable[[], str]) -> None:
    """Earned lines first, then what was made of them."""
    from craftpath.domain.credits.models import Entry
    from craftpath.kernel.rows import insert_rows

    chance = random.Random(account.pk)
    earned = lines * 10 // 14
    rows: list[tuple[Any, ...]] = []
    for n in range(earned):
        expires = TODAY + timedelta(days=chance.randrange(-700, 700)) if n % 5 == 0 else None
        rows.append(_row(new_id(), account.pk, "earned", areas[n % 3].pk, 100 + n % 900, n, expires=expires))
    insert_rows(Entry, COLUMNS, rows)
    known = list(
        Entry._base_manager.filter(account=account).order_by("pk").values_list("pk", "area", "points")
    )
    rows = [
        _row(new_id(), account.pk, "converted", area, -points, n, credit=pk, line=line.pk, given=points)
        for n, (pk, area, points) in enumerate(known[::3])
    ]
    insert_rows(Entry, COLUMNS, rows)
    spent = Entry._base_manager.filter(account=account, kind="converted").order_by("pk")
    back = lines - earned - len(rows)
    rows = [
        _row(new_id(), account.pk, "reversed", area, -points, n, credit=credit, line=line.pk, reverses=pk)
        for n, (pk, area, points, credit) in enumerate(
            spent.values_list("pk", "area", "points", "credit")[:back]
        )
    ]
    insert_rows(Entry, COLUMNS, rows)


def _row(
    public_id: str,
    account: int,
    kind: str,
    area: int,
    points: int,
    n: int,
    *,
    expires: date | None = None,
    credit: int | None = None,
    line: int | None = None,
    given: int = 0,
    reverses: int | None = None,
) -> tuple[Any, ...]:
    return (
        public_id, account, kind, area, points, {"en": f"Course {n}"}, f"courses/course/{n}", "course", "", "", "",
        f"course/{n}", 0, TODAY - timedelta(days=n % 900), expires, credit, line, "major" if credit else "", given,
        reverses, "why" if reverses else "", AT,
    )  # fmt: skip


def by_hand(account: Any) -> int:
    """The balance as plain Python adds it up."""
    from craftpath.domain.credits.models import Entry

    left: dict[int, int] = {}
    last: dict[int, date | None] = {}
    rows = Entry._base_manager.filter(account=account).order_by("pk")
    for pk, credit, points, expires in rows.values_list("pk", "credit", "points", "expires_on"):
        left[credit or pk] = left.get(credit or pk, 0) + points
        if credit is None:
            last[pk] = expires
    return sum(points for pk, points in left.items() if last[pk] is None or last[pk] >= TODAY)


def ways(account: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is asked."""
    from craftpath.domain.credits import actions, queries
    from craftpath.domain.credits.models import Entry
    from craftpath.kernel.access import system

    unspent = iter(list(queries.credits_of(account, TODAY).select_related("account")[:200]))
    yield "balance", lambda: queries.balance_of(account, TODAY)
    yield "balance of a page of accounts", lambda: queries.left_in([account], TODAY)
    yield "first page of the ledger", lambda: list(queries.entries_of(account)[:20])
    yield "what can be used, the first 200", lambda: list(queries.credits_of(account, TODAY)[:200])
    yield (
        "what expires within 90 days",
        lambda: list(queries.expiring(account, TODAY, TODAY + timedelta(days=90))[:20]),
    )
    yield (
        "take one credit back",
        lambda: actions.take_back_earned(next(unspent), because="why", on=TODAY, by=system(), at=AT),
    )
    assert Entry._base_manager.filter(account=account).exists()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as here:
        open_site(Path(folder), here.enter_context(postgresql()) if asked.postgres else "")
        from craftpath.domain.credits.queries import balance_of
        from craftpath.kernel.tenancy import everywhere

        here.enter_context(everywhere("a measurement"))
        account = build(asked.lines)
        print(machine())
        equal = sum(one.left for one in balance_of(account, TODAY)) == by_hand(account)
        print(f"{asked.lines:,} lines, {'PostgreSQL' if asked.postgres else 'SQLite'}, equal: {equal}")
        for name, act in ways(account):
            took = []
            for _ in range(asked.rounds):
                began = time.perf_counter()
                act()
                took.append((time.perf_counter() - began) * 1000)
            best, middle, worst = min(took), statistics.median(took), max(took)
            print(f"{name:34} best {best:8.1f} ms   median {middle:8.1f} ms   worst {worst:8.1f} ms")


if __name__ == "__main__":
    main()
