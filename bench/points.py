"""How large is the bundle of a village point with a year of records, and how long does it take out and in?

    python bench/points.py [--people 500] [--entries 200] [--changed 1000]

`nation.py` fills a college with so many apprentices and 30 marks each, `logs.py` adds a year of entries; each
confirmed entry gets its line of hours. The whole college is the point: the first bundle is made and taken into an
empty site, then `--changed` entries are written over on the laptop and come back, and an exchange follows in which
nothing is new. The two sites are processes of their own; memory is the peak of each (VmHWM), seconds are without
the start of the program."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident

KEYS = {"set-up": "set-up.cps", "words": "words"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--changed", type=int, default=1000)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--do", default="")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.do:
        open_site(given.site)
        print(json.dumps(_do(given)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for site in ("hub", "laptop"):
            (folder / site).mkdir()
        print(f"{given.people:,} apprentices; {machine()}\n")
        print("| step | rows | MB | seconds | peak MB |")
        print("|---|---:|---:|---:|---:|")
        run = _Runner(given, folder)
        run.step("hub", "fill", "")
        run.step("laptop", "join", "")
        for site, do, file, title in (
            ("hub", "out", "first", "first bundle, out"),
            ("laptop", "in", "first", "first bundle, in"),
            ("laptop", "change", "", ""),
            ("laptop", "out", "changes", f"{given.changed:,} changes, out"),
            ("hub", "in", "changes", f"{given.changed:,} changes, in"),
            ("hub", "out", "quiet", "nothing new, out"),
            ("laptop", "in", "quiet", "nothing new, in"),
            ("laptop", "out", "again", "nothing new, out again"),
        ):
            run.step(site, do, file, title)


class _Runner:
    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        self.given, self.folder = given, folder

    def step(self, site: str, do: str, file: str, title: str = "") -> None:
        """One command in a process of its own."""
        words = [sys.executable, __file__, "--site", str(self.folder / site), "--do", do]
        for name in ("people", "entries", "changed"):
            words += [f"--{name}", str(getattr(self.given, name))]
        words += ["--file", str(self.folder / (file or "x"))]
        told = json.loads(
            subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        )
        if title:
            print(
                f"| {title} | {told['rows']:,} | {told['size'] / 2**20:.1f} | {told['seconds']:.1f} |"
                f" {told['peak']:.0f} |",
                flush=True,
            )


def _do(given: argparse.Namespace) -> dict[str, Any]:
    from django.utils import timezone

    from craftpath.kernel.access import system
    from craftpath.kernel.points.incoming import take_bundle
    from craftpath.kernel.points.outgoing import make_bundle
    from craftpath.kernel.points.tables import Point
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement exchanges bundles"):
        begin, now = time.perf_counter(), timezone.now()
        if given.do == "fill":
            _fill(given)
            return {}
        if given.do == "join":
            return _join(given)
        if given.do == "change":
            return _change(given)
        point = Point.objects.get()
        with given.file.open("wb" if given.do == "out" else "rb") as stream:
            exchange = (make_bundle if given.do == "out" else take_bundle)(point, stream, by=system(), at=now)
        seconds = time.perf_counter() - begin
        return {"rows": exchange.rows, "size": exchange.size, "seconds": seconds, "peak": resident("VmHWM")}


def _fill(given: argparse.Namespace) -> None:
    import logs
    import nation
    from django.utils import timezone

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry
    from craftpath.domain.standards.actions import load_frameworks
    from craftpath.domain.training.models import HourLine
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.points.keeping import set_up_point

    now = timezone.now()
    nation.seed(given.people, one_college=True, large=0)
    load_frameworks(by=system(), at=now)
    rows = list(Enrolment._base_manager.order_by("pk").values_list("pk", flat=True))
    logs._write(rows, given.entries, waiting=8)
    lines = (
        HourLine(
            enrolment_id=entry.enrolment_id, on=entry.on, minutes=entry.minutes, bucket=entry.bucket,
            key=f"logbook/entry/{entry.public_id}", source="logbook", posted_at=now,
        )
        for entry in Entry._base_manager.filter(state="confirmed").iterator()
    )  # fmt: skip
    HourLine._base_manager.bulk_create(lines, batch_size=500)
    college = Organisation.objects.filter(kind="college").order_by("path")[0]
    made = set_up_point(college, name="laptop", by=system(), at=now)
    (given.site.parent / KEYS["set-up"]).write_bytes(made.file)
    (given.site.parent / KEYS["words"]).write_text(made.words)


def _join(given: argparse.Namespace) -> dict[str, Any]:
    from django.utils import timezone

    from craftpath.kernel.points.keeping import join

    folder = given.site.parent
    join((folder / KEYS["set-up"]).read_bytes(), (folder / KEYS["words"]).read_text(), at=timezone.now())
    return {}


def _change(given: argparse.Namespace) -> dict[str, Any]:
    from django.db.models import F, Value
    from django.db.models.functions import Concat
    from django.utils import timezone

    from craftpath.domain.logbook.models import Entry

    some = Entry._base_manager.order_by("pk").values_list("pk", flat=True)[: given.changed]
    Entry._base_manager.filter(pk__in=list(some)).update(
        text=Concat(F("text"), Value("补记。")), saved_at=timezone.now() + timedelta(seconds=1)
    )
    return {}


if __name__ == "__main__":
    main()
