"""How long does a college's sheet take from the upload to results?

    python bench/imports.py [--rounds 3]

The roster (csv) and the mark sheet (xlsx) of the real course in `examples/oulad`, 1,303 learners with 14 marks each,
go through the import pages by Django's test client into SQLite in a temporary folder: upload, the page with the
check, commit with everybody's results. Beside it: the bare reader, which only makes a table of cells of the same
file. The second line of a sheet is the same file again, which changes nothing. Each round begins with a new college;
the fastest round counts.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from college import adapted, college, open_site
from machine import machine


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_site(folder / "var")
        from craftpath.delivery.exchange.reading import read_book

        files = adapted(folder / "oulad")
        sheets = (("roster", files.roster, "roster.csv"), ("marks", files.marks, "marks.xlsx"))
        found: dict[str, list[dict[str, float]]] = {}
        for number in range(rounds):
            place = college(f"college-{number}", files.scheme)
            for kind, content, filename in sheets:
                start = time.perf_counter()
                height = read_book(content, filename).sheets[0].height - 1
                bare = {"bare": time.perf_counter() - start, "rows": height}
                for turn in ("first", "again"):
                    steps = place.bring(kind, content, filename)
                    found.setdefault(f"{kind}, {turn}", []).append(steps | bare)
        print(f"{rounds} rounds; {machine()}\n")
        print(
            "| sheet | rows | bare reader s | upload s | check s | commit s | together s | rows/s | bare rows/s |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
        for title, measured in found.items():
            best = {key: min(one[key] for one in measured) for key in measured[0]}
            together = min(one["upload"] + one["check"] + one["commit"] for one in measured)
            steps = " | ".join(f"{best[step]:.2f}" for step in ("upload", "check", "commit"))
            rates = f"{best['rows'] / together:,.0f} | {best['rows'] / best['bare']:,.0f}"
            line = f"{best['rows']:,.0f} | {best['bare']:.3f} | {steps} | {together:.2f} | {rates}"
            print(f"| {title} | {line} |")


if __name__ == "__main__":
    main()
