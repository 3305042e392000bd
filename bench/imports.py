"""How long does a college's sheet take from the upload to results?

    python bench/imports.py [--rounds 3]             the real course: 1,303 learners with 14 marks each
    python bench/imports.py --people 50000           a made-up city: rosters and marks, xlsx and csv, by the worker
    python bench/imports.py --people 50000 --postgres
    python bench/imports.py --people 50000 --colleges 20 --postgres    the rosters of a province

The sheets go through the import pages by Django's test client: upload, the page with the check, commit with everybody's
results; a large sheet is checked and committed by the worker's own job between the pages, in this process, and its time
counts. Beside it: the bare reader, which only makes a table of cells of the same file. The second line of a sheet is
the same file again, which changes nothing. Each round begins with a new college; the fastest round counts. With
`--colleges` each of so many brings a roster (csv) of `--people` others, one after the other into the same database;
the first, the median and the last are told, and all together. Without `--postgres` all of it is SQLite in a temporary
folder. `request` is the longest that a page took.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from college import adapted, college, open_site, postgresql
from machine import machine, resident

Sheets = list[tuple[str, str, bytes, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--people", type=int, default=0, help="a made-up city of so many instead of the course"
    )
    parser.add_argument("--colleges", type=int, default=0, help="so many rosters, each of --people others")
    parser.add_argument("--postgres", action="store_true", help="on a cluster made for it")
    given = parser.parse_args()
    with ExitStack() as until_done:
        folder = Path(until_done.enter_context(tempfile.TemporaryDirectory()))
        open_site(folder / "var", until_done.enter_context(postgresql()) if given.postgres else "")
        from craftpath.delivery.exchange.reading import read_book

        files = adapted(folder / "oulad")
        if given.colleges:
            province(given.people, given.colleges, files.scheme)
            return
        course: Sheets = [
            ("roster", "roster (csv)", files.roster, "roster.csv"),
            ("marks", "marks (xlsx, 14 columns)", files.marks, "marks.xlsx"),
        ]
        plans = city(given.people, files.scheme) if given.people else [course]
        found: dict[str, list[dict[str, float]]] = {}
        for number in range(given.rounds):
            for which, sheets in enumerate(plans):
                place = college(f"college-{number}-{which}", files.scheme)
                for kind, title, content, filename in sheets:
                    start = time.perf_counter()
                    height = read_book(content, filename).sheets[0].height - 1
                    bare = {"bare": time.perf_counter() - start, "rows": height}
                    for turn in ("first", "again"):
                        steps = place.bring(kind, content, filename)
                        found.setdefault(f"{title}, {turn}", []).append(steps | bare)
        print(f"{given.rounds} rounds; {machine()}; peak {resident('VmHWM'):,.0f} MB\n")
        print(
            "| sheet | rows | bare reader s | upload s | check s | commit s | together s | rows/s | request s |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
        for title, measured in found.items():
            best = {key: min(one[key] for one in measured) for key in measured[0]}
            together = min(one["upload"] + one["check"] + one["commit"] for one in measured)
            steps = " | ".join(f"{best[step]:.2f}" for step in ("upload", "check", "commit"))
            line = f"{best['rows']:,.0f} | {best['bare']:.3f} | {steps} | {together:.2f}"
            print(
                f"| {title} | {line} | {best['rows'] / together:,.0f} | {best['request']:.2f} |", flush=True
            )


ROSTER = ("学号", "姓名", "英文姓名", "师傅", "开始日期", "电话")


def _roster(people: int, first: int = 0) -> list[tuple[str, ...]]:
    return [
        (f"26{n:07}", f"学徒{n}", f"Xuetu {n}", f"师傅{n % 500}", "2026-03-02", f"138{n:08}")
        for n in range(first, first + people)
    ]


def province(people: int, colleges: int, scheme: dict[str, Any]) -> None:
    """Rosters of many colleges into one database: does the last take longer than the first?"""
    from craftpath.delivery.exchange.writing import write_csv
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.tenancy import everywhere

    told: list[float] = []
    longest = 0.0
    for number in range(colleges):
        content = write_csv([ROSTER, *_roster(people, number * people)])
        steps = college(f"college-{number}", scheme).bring("roster", content, "roster.csv")
        told.append(steps["upload"] + steps["check"] + steps["commit"])
        longest = max(longest, steps["request"])
    with everywhere("a bench counts what it brought"):
        rows = Enrolment.objects.count()
    print(f"{colleges} rosters of {people:,}; {machine()}; peak {resident('VmHWM'):,.0f} MB\n")
    print("| rows | together s | rows/s | first s | median s | last s | request s |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    line = f"{told[0]:.1f} | {statistics.median(told):.1f} | {told[-1]:.1f} | {longest:.2f}"
    print(f"| {rows:,} | {sum(told):,.0f} | {rows / sum(told):,.0f} | {line} |", flush=True)


def city(people: int, scheme: dict[str, Any]) -> list[Sheets]:
    """Rosters and marks of a made-up city, each as xlsx and as csv; every form goes to a college of its own."""
    from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx

    items = [item["key"] for part in scheme["component"] for item in part["item"]]
    marks = [
        (f"26{n:07}", f"学徒{n}", *(60 + (n * 7 + place * 13) % 41 for place in range(len(items))))
        for n in range(people)
    ]
    tables = (("roster", ROSTER, _roster(people)), ("marks", ("学号", "姓名", *items), marks))
    plans: list[Sheets] = []
    for form in ("xlsx", "csv"):
        sheets: Sheets = []
        for kind, names, rows in tables:
            content = (
                write_xlsx([OutSheet(kind, names, rows)]) if form == "xlsx" else write_csv([names, *rows])
            )
            columns = f"{len(names) - 2} columns" if kind == "marks" else f"{len(names)} columns"
            title = f"{kind} ({form}, {columns}, {len(content) / 2**20:.1f} MB)"
            sheets.append((kind, title, content, f"{kind}.{form}"))
        plans.append(sheets)
    return plans


if __name__ == "__main__":
    main()
