"""A hub and two points with a bad road between them: bundles are lost, come twice, late, in another order, or cut off.

After each schedule of edits everybody exchanges until nothing is new; then all three must have the same rows, and every
word that anybody wrote must be somewhere, unless somebody who had read it wrote over it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STEPS = 18
A, B = "lanchuan", "lanchuan-east"  # the college, and its campus, whose rows both points have
MOST_ROUNDS = 8


class Site:
    """One process."""

    def __init__(self, folder: Path, program: str = "tests.chaos.point_site", **more: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        settings = os.environ | {"CRAFTPATH_VAR": str(folder), "CRAFTPATH_SECRET_KEY": folder.name}
        settings |= more
        settings.pop("CRAFTPATH_DATABASE_URL", None)
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", program], cwd=ROOT, env=settings, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def do(self, what: str, **given: Any) -> dict[str, Any]:
        """One command, and its answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, **given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.folder.name} died at {what}")
        answer: dict[str, Any] = json.loads(line)
        return answer


@dataclass
class Country:
    """Three sites that have met once, and how each looked then."""

    folder: Path
    hub: Site
    points: dict[str, Site]
    ids: dict[str, str]

    def begin(self) -> None:
        """As it was in the beginning."""
        for site in (self.hub, *self.points.values()):
            site.do("reset", kept=str(site.folder / "kept.sqlite3"))

    def run(self, seed: int) -> dict[str, Any]:
        """One schedule; {"equal", "lost", "held", "clashes", "refused"}."""
        self.begin()
        rng = random.Random(seed)  # noqa: S311
        road: dict[str, list[Path]] = {f"{name}{way}": [] for name in self.points for way in ("up", "down")}
        wrote: dict[str, set[str]] = {}
        came = {"clashes": 0, "refused": 0}
        files = 0
        for step in range(STEPS):
            name = rng.choice(list(self.points))
            site = self.points[name]
            what = rng.choice(["edit"] * 6 + ["send"] * 2 + ["take"] * 2)
            for one in (self.hub, *self.points.values()):
                one.do("tick", seconds=rng.randint(0, 900))  # clocks that do not agree
            if what == "edit":
                where = rng.choice([self.hub, *self.points.values()])
                told = where.do(
                    "edit", seed=rng.randrange(1 << 30), word=f"w{seed}-{step}-{rng.randrange(1 << 20)}"
                )
                if told["wrote"]:
                    wrote.setdefault(told["wrote"], set())
                if told["over"]:
                    wrote.pop(told["over"], None)
            elif what == "send":
                files += 1
                up = rng.random() < 0.5
                file = self.folder / f"{seed}-{files}.cpb"
                (site if up else self.hub).do("out", to=self.ids[name], file=str(file))
                fate = rng.random()
                lane = road[f"{name}{'up' if up else 'down'}"]
                lane += [] if fate < 0.2 else [file] if fate < 0.8 else [file, file]
            else:
                lane = road[f"{name}{rng.choice(['up', 'down'])}"]
                if lane:
                    rng.shuffle(lane)
                    self._take(name, lane.pop(), rng, came)
        self._meet_until_quiet(came)
        return self._judged(set(wrote), came)

    def judged(self, seed: int) -> dict[str, int]:
        """One schedule, counted; AssertionError where sites ended unequal or a word was lost."""
        came = self.run(seed)
        assert not came["differing"], came["differing"]
        assert not came["lost"], came["lost"]
        assert came["files"], "a file is not as it was kept"
        assert came["held"] == 0, "rows wait at the end"
        return {"schedules": 1, "clashes": came["clashes"], "refused": came["refused"]}

    def _take(self, name: str, file: Path, rng: random.Random, came: dict[str, int]) -> None:
        if rng.random() < 0.15:  # cut off, or changed on the way
            data = bytearray(file.read_bytes())
            cut = rng.randrange(1, len(data))
            if rng.random() < 0.5:
                data = data[:cut]
            else:
                data[cut] ^= 1
            spoilt = file.with_suffix(".spoilt")
            spoilt.write_bytes(data)
            answers = [
                site.do("take", of=self.ids[name], file=str(spoilt)) for site in (self.hub, self.points[name])
            ]
            assert all(answer.get("refused") for answer in answers), answers
            came["refused"] += 1
        for site in (self.hub, self.points[name]):  # whose it is not refuses it
            came["clashes"] += site.do("take", of=self.ids[name], file=str(file)).get("clashes", 0)

    def _meet_until_quiet(self, came: dict[str, int]) -> None:
        for number in range(MOST_ROUNDS):
            new = 0
            for name, site in self.points.items():
                file = str(self.folder / f"end-{number}.cpb")
                for one, other in ((site, self.hub), (self.hub, site)):
                    one.do("out", to=self.ids[name], file=file)
                    answer = other.do("take", of=self.ids[name], file=file)
                    new += answer["written"]
                    came["clashes"] += answer["clashes"]
            if not new:
                return

    def _judged(self, wrote: set[str], came: dict[str, int]) -> dict[str, Any]:
        differing = []
        held = 0
        for name, site in self.points.items():
            there, here = self.hub.do("state", of=self.ids[name]), site.do("state", of=self.ids[name])
            held += there["held"] + here["held"]
            differing += [
                f"{name} {label}"
                for label in there["state"]
                if there["state"][label] != here["state"].get(label)
            ]
        words = self.hub.do("words")
        lost = sorted(word for word in wrote if word not in words["words"])
        return {"differing": differing, "lost": lost, "held": held, "files": words["files"], **came}


@contextmanager
def country() -> Iterator[Country]:
    """Found a hub, set two points up, and let them meet once."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        hub = Site(folder / "hub")
        points = {name: Site(folder / name) for name in (A, B)}
        try:
            empty = str(folder / "empty.sqlite3")  # tables are laid once
            hub.do("lay")
            hub.do("keep", at=empty)
            hub.do("found")
            ids = {}
            for name, site in points.items():
                file, setup = str(folder / "first.cpb"), str(folder / "set-up")
                made = hub.do("point", key=name, setup=setup)
                ids[name] = made["point"]
                site.do("reset", kept=empty)
                site.do("enter", setup=setup, words=made["words"])
                hub.do("out", to=ids[name], file=file)
                assert site.do("take", of=ids[name], file=file)["held"] == 0
            for site in (hub, *points.values()):
                site.do("keep", at=str(site.folder / "kept.sqlite3"))
            yield Country(folder, hub, points, ids)
        finally:
            for site in (hub, *points.values()):
                site.process.kill()
                site.process.communicate()
