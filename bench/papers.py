"""How many papers a second does a print run make, and how much memory does it take?

    python bench/papers.py [--people 500] [--entries 20]

One cohort with so many apprentices, each with a log of so many entries, a training record about everybody: as a print
run with its processes, as workbooks, and, beside it, a few papers by a process for each, as a web page prints one.
Certificates, one sheet each with two fonts and a square code, the same two ways: five alone, a hundred as one PDF.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from college import open_site
from logs import _write
from machine import machine, resident

ALONE = 5
MANY = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--entries", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        open_site(Path(name))
        cohort, coordinator = _site(given.people, given.entries)
        print(f"{given.people} training records of {given.entries} entries; {machine()}\n")
        print(
            "| way | papers | seconds | papers a second | MB | peak MB of the worker | peak MB of a printing process |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|")
        _alone(cohort, coordinator)
        for form in ("pdf", "xlsx"):
            _run(cohort, coordinator, form)
        _certificates()


def _site(people: int, entries: int) -> tuple[Any, Any]:
    import nation

    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.access import Membership
    from craftpath.kernel.tenancy import everywhere

    nation.seed(0, large=people)
    with everywhere("a measurement fills its database"):
        rows = list(Enrolment._base_manager.values_list("pk", flat=True))
        _write(rows, entries, waiting=2)
        cohort = Cohort.objects.select_related("organisation", "programme").get()
        held = Membership.objects.filter(role="coordinator").select_related("organisation", "person")
        return cohort, held[0]


def _alone(cohort: Any, held: Any) -> None:
    """A process for each paper."""
    from django.utils import timezone

    from craftpath.delivery.exchange.press import print_page
    from craftpath.delivery.exchange.printout_pages import printout_page
    from craftpath.delivery.exchange.printouts.batches import Wanted, batches
    from craftpath.kernel.access import actor_in
    from craftpath.kernel.tenancy import looking_for

    now = timezone.now()
    actor = actor_in(held.person, held.organisation, timezone.localdate(now))
    assert actor is not None
    with looking_for(actor.scope):
        wanted = Wanted("training_record", "zh", "pdf", period="all")
        some = next(batches(wanted, cohort, today=timezone.localdate(now), at=now))[:ALONE]
        pages = [printout_page(made.printout, "zh") for made in some]
        start = time.perf_counter()
        size = sum(len(print_page(page)) for page in pages)
        took = time.perf_counter() - start
    _say("a process each", ALONE, took, size)


def _run(cohort: Any, held: Any, form: str) -> None:
    """A whole print run, from the wish to the kept file."""
    from django.utils import timezone

    from craftpath.delivery.exchange.print_run import carry_out
    from craftpath.delivery.exchange.printouts.batches import Wanted
    from craftpath.kernel.access import actor_in
    from craftpath.kernel.printruns import ask_print, runs
    from craftpath.kernel.tenancy import looking_for
    from craftpath.values.ref import Ref

    now = timezone.now()
    actor = actor_in(held.person, held.organisation, timezone.localdate(now))
    assert actor is not None
    with looking_for(actor.scope):
        wanted = Wanted("training_record", "zh", form, period="all").as_json()
        run = ask_print(
            Ref("apprenticeships", "cohort", cohort.public_id), wanted, people=0, by=actor, at=now
        )
        start = time.perf_counter()
        carry_out(run, by=actor, at=now)
        took = time.perf_counter() - start
        run = runs().get(pk=run.pk)
        assert (run.state, run.left) == ("done", []), (run.state, run.reason, run.left[:3])
        assert run.archive is not None
        _say(f"a print run, {form}", run.made, took, run.archive.size)


def _certificates() -> None:
    """A few by a process each, and a hundred by the processes of a run, put together."""
    from datetime import date

    from craftpath.delivery.exchange.certified import Certified
    from craftpath.delivery.exchange.press import print_page
    from craftpath.delivery.exchange.pressroom import Sheet, Together, print_all
    from craftpath.delivery.exchange.printouts.certificates import certificate_page
    from craftpath.values.text import Text

    day, issuer = date(2026, 11, 30), Text("蓝川职业技术学院", "Lanchuan Vocational College")
    title, shown = (
        Text("数控车工阶段证书", "CNC turning"),
        Text("能独立编制车削程序。", "Writes programs alone."),
    )
    pages = [
        certificate_page(Certified(f"{n:012}", f"CP-{n:06}", title, f"陈雨{n}", issuer, day, criteria=shown))
        for n in range(MANY)
    ]
    start = time.perf_counter()
    size = sum(len(print_page(page)) for page in pages[:ALONE])
    _say("certificates, a process each", ALONE, time.perf_counter() - start, size)
    sheets = [Sheet(n, page) for n, page in enumerate(pages)]
    start = time.perf_counter()
    whole = [one for one in print_all([sheets], stopped=lambda: False) if isinstance(one, Together)]
    _say("certificates as one PDF", MANY, time.perf_counter() - start, len(whole[0].pdf))


def _say(way: str, papers: int, took: float, size: int) -> None:
    worker = resident("VmHWM")
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures = (
        f"{papers:,} | {took:.1f} | {papers / took:.2f} | {size / 2**20:.1f} | {worker:.0f} | {child:.0f}"
    )
    print(f"| {way} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
