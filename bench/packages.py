"""What does it cost to take in a large package: open it, check every name and size, read it, stream it to a folder?

    python bench/packages.py [--megabytes 100] [--files 600] [--rounds 5]

A SCORM package is made first: a manifest of forty items, pages that pack well, and films that do not. Then it is taken
in by the site's own reader and, in turn, unpacked by the standard library's `zipfile.extractall`, which checks nothing
but the checksums; every way once a round in a process of its own, so that its peak of memory is its own.

Then: what does it cost to serve a file of it, out of the zip that is kept, or out of the folder where it was unpacked?
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from machine import machine, resident

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
WAYS = ("extractall", "checked", "craftpath")
ITEMS = 40
PAGES = 40
FILM, PART = 60 * 2**20, 2**20
"""Bytes of a film, and of what a player asks for at a time."""


def main() -> None:
    """Make a package, then take it in by every way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--package", type=Path)
    asked = parser.parse_args()
    if asked.way:
        print(json.dumps(take_in(asked.way, asked.package)))
        return
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "course.zip"
        make(package, asked.megabytes, asked.files)
        print(f"{package.stat().st_size / 2**20:.0f} MB packed, {asked.files + 1} files")
        told = {way: [] for way in WAYS}
        for _ in range(asked.rounds):
            for way in WAYS:
                told[way].append(_apart(way, package))
        _show(told)
        _serve(package, Path(folder), asked.rounds)
    print(machine())


def _serve(package: Path, folder: Path, rounds: int) -> None:
    """What an answer costs: a page, and a part from the middle of a film, out of the zip and out of a folder."""
    film = folder / "film.zip"
    with zipfile.ZipFile(film, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("film.mp4", random.Random(7).randbytes(FILM))
    out = folder / "out"
    for one in (package, film):
        with zipfile.ZipFile(one) as archive:
            archive.extractall(out)
    pages = [f"pages/page{n}.html" for n in range(PAGES)]
    print("\n| where from | ms a page | ms a part of a film |\n|---|---:|---:|")
    for name, read in (("the kept zip", _from_zip), ("a folder", _from_folder)):
        page = min(
            _timed(lambda read=read: [read(package, out, one, 0, -1) for one in pages]) for _ in range(rounds)
        )
        part = min(
            _timed(lambda read=read: read(film, out, "film.mp4", FILM // 2, PART)) for _ in range(rounds)
        )
        print(f"| {name} | {1000 * page / PAGES:.2f} | {1000 * part:.2f} |")


def _from_zip(package: Path, _folder: Path, name: str, start: int, size: int) -> bytes:
    with zipfile.ZipFile(package) as archive, archive.open(name) as stream:
        stream.seek(start)
        return stream.read(size)


def _from_folder(_package: Path, folder: Path, name: str, start: int, size: int) -> bytes:
    with (folder / name).open("rb") as stream:
        stream.seek(start)
        return stream.read(size)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def make(path: Path, megabytes: int, files: int) -> None:
    """A package of so many megabytes: a quarter of the files are films and pictures, the others are pages."""
    chance = random.Random(7)
    films = max(files // 4, 1)
    words = [f"w{n}" for n in range(4_000)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest(files - films))
        for number in range(films):
            archive.writestr(f"media/film{number}.mp4", chance.randbytes(megabytes * 2**20 // films))
        for number in range(files - films):
            text = " ".join(chance.choices(words, k=3_000))
            archive.writestr(f"pages/page{number}.html", f"<!doctype html><title>{number}</title><p>{text}")


def manifest(pages: int) -> str:
    """Forty items, each at a page; all other pages belong to them."""
    items = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>Page {n}</title></item>'
        for n in range(min(ITEMS, pages))
    )
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" adlcp:scormtype="sco" href="pages/page{n}.html">'
        + "".join(f'<file href="pages/page{file}.html"/>' for file in range(n, pages, ITEMS))
        + "</resource>"
        for n in range(min(ITEMS, pages))
    )
    return (
        '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schemaversion>1.2</schemaversion></metadata>'
        f'<organizations><organization identifier="o"><title>Made</title>{items}</organization></organizations>'
        f"<resources>{resources}</resources></manifest>"
    )


def take_in(way: str, package: Path) -> dict[str, float]:
    """Seconds, processor seconds and the peak of memory of one way, in this process."""
    if way == "craftpath":
        from craftpath.delivery.exchange.courses import sniff  # noqa: F401  (loaded before the clock runs)
    before = resident("VmRSS")
    with tempfile.TemporaryDirectory() as folder:
        start, used = time.perf_counter(), time.process_time()
        count = (
            _by_us(package, Path(folder)) if way == "craftpath" else _by_zipfile(way, package, Path(folder))
        )
        told = {"s": time.perf_counter() - start, "cpu": time.process_time() - used, "files": count}
        assert count == sum(1 for path in Path(folder).rglob("*") if path.is_file())
    return {**told, "peak": resident("VmHWM"), "own": resident("VmHWM") - before}


def _by_us(package: Path, folder: Path) -> int:
    from craftpath.delivery.exchange.courses.archive import into
    from craftpath.delivery.exchange.courses.sniff import open_package, read_package

    with package.open("rb") as stream, open_package(stream) as archive:
        found = read_package(archive)
        assert found.playable
        assert not found.notes.faults
        archive.pour(into(folder))
        return len(archive.members)


def _by_zipfile(way: str, package: Path, folder: Path) -> int:
    with zipfile.ZipFile(package) as archive:
        if way == "checked":
            assert archive.testzip() is None
        archive.extractall(folder)
        return len(archive.namelist())


def _apart(way: str, package: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--way", way, "--package", str(package)]
    told: dict[str, float] = json.loads(
        subprocess.run(command, capture_output=True, check=True, text=True).stdout
    )
    return told


def _show(told: dict[str, list[dict[str, float]]]) -> None:
    rival = min(one["s"] for one in told["extractall"])
    print("| way | best s | median s | best CPU s | best × extractall | peak MB | own MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for way, rounds in told.items():
        best = min(one["s"] for one in rounds)
        median, cpu = statistics.median(one["s"] for one in rounds), min(one["cpu"] for one in rounds)
        peak, own = max(one["peak"] for one in rounds), max(one["own"] for one in rounds)
        print(
            f"| {way} | {best:.2f} | {median:.2f} | {cpu:.2f} | {best / rival:.2f} | {peak:.0f} | {own:.0f} |"
        )


if __name__ == "__main__":
    main()
