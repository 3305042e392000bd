"""What does it cost to take in a catalogue of ESCO's size: looked at, taken in, taken in once more, undone?

    python bench/catalogues.py [--occupations 3000] [--skills 14000] [--ties 130000]

Tables in ESCO's layout are made first, occupations in Chinese and English, packed into one archive, and taken in by the
actions of the room, each step in turn, in one process, with SQLite in a file. `csv` reads and decodes the same tables
with the standard library and keeps nothing, as the bare cost. Seconds by the clock and of the processor, and the peak
of memory after each step.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import tempfile
import time
import uuid
import zipfile
from pathlib import Path
from typing import Any

from college import open_site
from machine import machine, resident

URI = "http://data.europa.eu/esco"


def tables(occupations: int, skills: int, ties: int) -> dict[str, str]:
    """The tables by their names."""
    chance = random.Random(8)
    text = "Plans, carries out and checks the work, and keeps records of it for others who follow. " * 4

    def group(n: int) -> str:
        return str(1000 + n % 436)

    def table(head: list[str], rows: Any) -> str:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows(rows)
        return out.getvalue()

    named = ["conceptType", "conceptUri", "code", "preferredLabel", "altLabels", "description", "iscoGroup"]
    groups = [
        ["ISCOGroup", f"{URI}/isco/C{n}", str(n), f"Group {n}", "", text, ""] for n in range(1000, 1436)
    ]
    english = [
        [
            "Occupation",
            f"{URI}/occupation/{n}",
            f"{n}.1",
            f"occupation {n}",
            f"worker {n}\nmaker {n}",
            text,
            group(n),
        ]
        for n in range(occupations)
    ]
    chinese = [[*row[:3], f"职业{n}", "", "", row[6]] for n, row in enumerate(english)]
    abilities = [
        ["KnowledgeSkillCompetence", f"{URI}/skill/{n}", "", f"do thing {n}", f"thing {n}", text, ""]
        for n in range(skills)
    ]
    pairs = set()
    while len(pairs) < ties:
        pairs.add((chance.randrange(occupations), chance.randrange(skills)))
    tied = [
        [f"{URI}/occupation/{one}", ("essential", "optional")[(one + other) % 2], f"{URI}/skill/{other}"]
        for one, other in sorted(pairs)
    ]
    return {
        "ISCOGroups_en.csv": table(named, groups),
        "occupations_en.csv": table(named, english),
        "occupations_zh.csv": table(named, chinese),
        "skills_en.csv": table(named, abilities),
        "occupationSkillRelations_en.csv": table(["occupationUri", "relationType", "skillUri"], tied),
    }


def packed(made: dict[str, str]) -> bytes:
    """One archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text.encode())
    return out.getvalue()


def bare(content: bytes) -> int:
    """Every line read by the standard library."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(
            sum(1 for _row in csv.reader(io.StringIO(archive.read(one).decode())))
            for one in archive.namelist()
        )


def measured(content: bytes, folder: Path) -> dict[str, tuple[float, float, float]]:
    """Step → (seconds by the clock, of the processor, MB at the peak so far)."""
    open_site(folder)
    from django.utils import timezone

    from craftpath.delivery.exchange.catalogues.taking import carry_out
    from craftpath.domain.occupations import actions
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.tenancy import everywhere

    found: dict[str, tuple[float, float, float]] = {}

    def timed(name: str, act: Any) -> Any:
        began, worked = time.perf_counter(), time.process_time()
        done = act()
        found[name] = (time.perf_counter() - began, time.process_time() - worked, resident("VmHWM"))
        return done

    at = timezone.now()
    with everywhere("a measurement fills its database"):
        city = plant(key="city", kind="city", name={"en": "City"})
        by = system(city)

        def kept() -> Any:
            return actions.keep_import(
                content=content,
                name="esco.zip",
                layout="esco",
                made_id=uuid.uuid4(),
                organisation=city,
                by=by,
                at=at,
            )

        timed("csv, bare", lambda: bare(content))
        first = timed("looked at", lambda: carry_out(kept(), by=by, at=at))
        first = timed("taken in", lambda: carry_out(actions.begin_import(first, by=by, at=at), by=by, at=at))
        again = timed("looked at once more", lambda: carry_out(kept(), by=by, at=at))
        again = timed(
            "taken in once more", lambda: carry_out(actions.begin_import(again, by=by, at=at), by=by, at=at)
        )
        print(f"first: {first.report['counts']}\nagain: {again.report['counts']}")
        timed("undone, the second", lambda: actions.undo_import(again, by=by, at=at))
        timed("undone, the first", lambda: actions.undo_import(first, by=by, at=at))
    return found


def main() -> None:
    """One run, as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--occupations", type=int, default=3000)
    parser.add_argument("--skills", type=int, default=14_000)
    parser.add_argument("--ties", type=int, default=130_000)
    given = parser.parse_args()
    print(machine())
    content = packed(tables(given.occupations, given.skills, given.ties))
    print(f"{len(content) / 2**20:.1f} MB packed")
    with tempfile.TemporaryDirectory() as folder:
        found = measured(content, Path(folder))
    print("\n| step | seconds | of the processor | peak MB |\n|---|---:|---:|---:|")
    for name, (seconds, worked, peak) in found.items():
        print(f"| {name} | {seconds:.1f} | {worked:.1f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
