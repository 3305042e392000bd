"""How long do due days of a million duties take, and the digest of a hundred thousand people, killed in the middle?

    python bench/duties.py [--duties 1000000] [--people 100000]

Due days: anchors over two years and 300 organisations in three countries, a term of workdays, two steps, a calendar
each; first the engine alone, then from rows as a query gives them to columns with days, steps and whom they ask.

Digest: `nation.py` fills an SQLite file with so many apprentices (without marks) and their mentors, all with an address
and a week's log to hand in or to confirm. `manage.py digest` runs in a process of its own that writes each address to
a file and is killed (signal 9) after half of the mails; a second process goes on. Reported: seconds and peak memory of
both, digests, mails, and how many people got two or, because the first process died between claim and hand-over, none.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from college import open_site
from machine import ROOT, machine

DAY = date(2026, 9, 14)
CHILD = """
import os, sys, django
sys.path.insert(0, "bench")
django.setup()
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from craftpath.delivery.jobs import digesting
from machine import resident
sent, most, count = open(sys.argv[1], "a"), int(sys.argv[2]), 0
class Backend(BaseEmailBackend):
    def open(self):
        return True
    def send_messages(self, letters):
        global count
        for one in letters:
            one.message()
            sent.write(one.to[0] + chr(10)); sent.flush()
            count += 1
            if count == most:
                print(round(resident("VmHWM")), flush=True)
                os.kill(os.getpid(), 9)
        return len(letters)
digesting.get_connection = Backend
call_command("digest", day=sys.argv[3])
print(round(resident("VmHWM")), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--duties", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        open_site(Path(name) / "site")
        from craftpath.kernel.tenancy import everywhere

        print(machine(), "\n")
        with everywhere("a measurement fills its database"):
            _due_days(given.duties)
            _fill(given.people)
        _digest(Path(name), given.people)


def _due_days(count: int) -> None:
    from craftpath.engines.deadlines import due, steps_reached
    from craftpath.kernel.access import system
    from craftpath.kernel.duties import KINDS, Asked, Clock, _reckoned
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.workdays import load_official_year

    now = datetime(2026, 9, 14, 1, tzinfo=UTC)
    places = []
    for country in ("CN", "DE", "AU"):
        root = plant(key=country.lower(), kind="ministry", name={"en": country})
        for year in (2025, 2026, 2027):
            load_official_year(root, country, year, by=system(root), at=now)
        places += [
            plant(key=f"{country.lower()}-{n}", kind="college", name={"en": str(n)}, parent=root).pk
            for n in range(100)
        ]
    clock = Clock(Asked(at=now, today=DAY))
    kind = KINDS["logbook.week_waits"]
    chance = np.random.default_rng(3)
    ago, where = chance.integers(0, 730, count), chance.choice(places, count)
    calendar = clock.calendar(places[0])
    anchors = np.datetime64(DAY, "D") - ago
    best = min(_seconds(lambda: steps_reached(due(anchors, kind.term, calendar).days,
                                              [step.at for step in kind.steps], DAY, calendar))
               for _round in range(3))  # fmt: skip
    print(
        f"engine alone: {count:,} due days with {len(kind.steps)} steps each in {best:.2f} s (fastest of 3)"
    )
    rows = [
        (f"e{n:011d}", now - timedelta(days=int(days)), int(place), n)
        for n, (days, place) in enumerate(zip(ago.tolist(), where.tolist(), strict=True))
    ]
    best = min(
        _seconds(lambda: [_reckoned(kind, rows[n : n + 50_000], clock) for n in range(0, count, 50_000)])
        for _round in range(3)
    )
    print(f"from rows to columns, 300 organisations: {count:,} duties in {best:.2f} s (fastest of 3)\n")


def _seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _fill(people: int) -> None:
    import nation
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from craftpath.kernel.people import Person

    nation.mark_rows = lambda *_given: iter(())
    nation.result_rows = lambda *_given: iter(())
    nation.seed(people, large=0)
    Person.objects.update(email=Concat(F("username"), Value("@x.example")))


def _digest(folder: Path, people: int) -> None:
    from craftpath.kernel.digests import Digest, Mail

    sent = folder / "sent"
    print("| process | seconds | peak MB | mails so far |\n|---|---:|---:|---:|")
    for name, most in (("killed after half", people // 2), ("resumed", 0), ("once more", 0)):
        began = time.perf_counter()
        argv = [sys.executable, "-c", CHILD, str(sent), str(most), DAY.isoformat()]
        made = subprocess.run(argv, check=not most, capture_output=True, text=True, cwd=ROOT, env={
            **os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
        took = time.perf_counter() - began
        lines = sent.read_text("utf-8").count("\n")
        print(f"| {name} | {took:.1f} | {made.stdout.split()[-1]} | {lines:,} |")
    got = Counter(sent.read_text("utf-8").split())
    due = Digest.objects.exclude(mail=Mail.NONE).count()
    twice = sum(1 for times in got.values() if times > 1)
    print(f"\n{Digest.objects.count():,} digests, {due:,} of them with a mail; "
          f"{len(got):,} people got one, {twice} got two, {due - len(got)} none")  # fmt: skip


if __name__ == "__main__":
    main()
