"""What do the two pages that are read most cost: a cohort's results and one apprentice's derivation?

    python bench/pages.py [--requests 50] [--people 24 1303]

The real course of `examples/oulad`, imported through the pages into SQLite in a temporary folder; its first 24
learners, and all of them. Django's test client, signed in as the coordinator, with the middleware of a real site;
what a web server adds is not in it. CPU is user and system time of this process by `getrusage`, which a busy
neighbour disturbs less than a clock; queries are counted in a request of their own.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from pathlib import Path
from typing import Any

from college import College, adapted, college, first_people, open_site
from machine import machine


def cpu() -> float:
    """Seconds of processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cost(client: Any, address: str, requests: int) -> str:
    """CPU ms a request, queries, and size of the answer, as cells of a table."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)  # the next request forgets them
    assert answer.status_code == 200, answer
    start = cpu()
    for _ in range(requests):
        client.get(address)
    spent = (cpu() - start) / requests
    return f"{1000 * spent:.0f} | {queries} | {len(answer.content) / 1024:.0f}"


def addresses(place: College) -> dict[str, str]:
    """The pages that are measured."""
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a measurement picks somebody"):
        somebody = Enrolment.objects.filter(cohort=place.cohort).order_by("pk").first()
    evaluation = place.evaluation.public_id
    return {
        "results": place.page("evaluation:cohort", evaluation),
        "derivation": place.page("evaluation:derivation", evaluation, somebody.public_id),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--people", type=int, nargs="+", default=[24, 1303])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_site(folder / "var")
        files = adapted(folder / "oulad")
        print(f"{chosen.requests} requests each; {machine()}\n")
        print("| apprentices | page | CPU ms a request | queries | KiB |")
        print("|---:|---|---:|---:|---:|")
        for people in chosen.people:
            some = first_people(files, people)
            place = college(f"college-{people}", files.scheme)
            place.bring("roster", some.roster, "roster.csv")
            place.bring("marks", some.marks, "marks.xlsx")
            for page, address in addresses(place).items():
                print(f"| {people:,} | {page} | {cost(place.client, address, chosen.requests)} |", flush=True)


if __name__ == "__main__":
    main()
