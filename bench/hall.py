"""Does a hall of candidates who answer at once lose anything, and how long does saving take?

    python bench/hall.py [--people 500] [--minutes 5] [--every 10] [--kills 2] [--postgres]

A site of its own in a temporary folder, served as `manage.py serve` does it (two web processes), on SQLite or on a
PostgreSQL cluster that syncs to disk. Every candidate is a thread with a connection of its own: enters the code within
the first half minute, then answers a question every so many seconds, and does with a refused connection what the page
does – keep the newest answer and send it again three seconds later. The server is killed with -9 and started again as
often as wished. Afterwards what the server had acknowledged is looked for in the database, and everything is handed in.
Saving is on the clock from sending to the answer; saves that met a dead server are counted apart.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from college import open_site, postgresql
from machine import ROOT, machine

AGAIN = 3.0
QUESTIONS = 40


@dataclass
class Device:
    """One candidate: what was acknowledged, how long each save took, how long the worst waited for a server."""

    code: str
    port: int
    saved: dict[int, tuple[int, str]] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    entered: float = 0.0
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    handed_in: bool = False
    line: http.client.HTTPConnection | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, save: bool = False) -> int:
        """One request on the device's own connection; the status."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            token = self.cookies.get("csrftoken") or self.cookies.get("__Host-csrftoken") or ""
            body = urllib.parse.urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
        if save:
            headers["X-Save"] = "1"
        try:
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self.line.close()
            self.line = None
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _is, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status

    def stubborn(self, *words: Any, **more: Any) -> int:
        """The same, again after three seconds while there is no server."""
        while True:
            try:
                status = self.ask(*words, **more)
            except (OSError, http.client.HTTPException):
                time.sleep(AGAIN)
                continue
            if status < 500:
                return status
            time.sleep(AGAIN)

    def enter(self) -> None:
        """The code, as typed."""
        begun = time.perf_counter()
        self.stubborn("GET", "/exam/")
        status = self.stubborn("POST", "/exam/", {"code": self.code})
        self.entered = time.perf_counter() - begun
        if status != 302:
            self.faults.append(f"enter {status}")

    def save(self, order: int, choice: str, count: int) -> None:
        """One answer, until the server has it."""
        begun = time.perf_counter()
        tries = 0
        while True:
            tries += 1
            sent = time.perf_counter()
            try:
                form = {"choice": choice, "count": str(count)}
                status = self.ask("POST", f"/exam/paper/{order}/", form, save=True)
            except (OSError, http.client.HTTPException):
                status = 599
            if status == 200:
                self.saved[order] = (count, choice)
                if tries == 1:
                    self.times.append(time.perf_counter() - sent)
                else:
                    self.waits.append(time.perf_counter() - begun)
                return
            if status < 500:
                self.faults.append(f"save {status}")
                return
            time.sleep(AGAIN)


def live(device: Device, luck: random.Random, until: float, every: float) -> None:
    """Enter within half a minute, answer until the time is over, hand in."""
    time.sleep(luck.uniform(0, 30))
    device.enter()
    count = 0
    while time.monotonic() < until:
        count += 1
        device.save(luck.randint(1, QUESTIONS), luck.choice("aaab"), count)
        time.sleep(luck.uniform(0.5, 1.5) * every)
    device.handed_in = device.stubborn("POST", "/exam/paper/hand-in/", {}) == 302
    if not device.handed_in:
        device.faults.append("not handed in")


def prepared(people: int) -> tuple[Any, list[str]]:
    """A sitting under way, and its codes."""
    from django.utils import timezone
    from roll import Class

    from craftpath.domain.exams import actions
    from craftpath.domain.exams.content import Content
    from craftpath.engines.scoring import Kind
    from craftpath.kernel.tenancy import everywhere
    from craftpath.values.text import Text

    room = Class(people)
    options = [{"key": key, "text": {"zh": key}} for key in "abcd"]
    now, by = timezone.now(), room.by
    with everywhere("a bench holds a sitting"):
        drafts = [
            actions.Draft(
                Content(Kind.SINGLE, Text(f"第 {n} 题"), {"options": options, "right": ["a"]}), ready=True
            )
            for n in range(QUESTIONS)
        ]
        items = actions.write_items(room.place, drafts, by=by, at=now).items
        paper = actions.make_paper(
            items, organisation=room.place, made_id=uuid.uuid4(), title="考试", minutes=120, by=by, at=now
        )
        paper = actions.fix_paper(paper, by=by, at=now)
        sitting = actions.plan_sitting(
            room.cohort, paper, made_id=uuid.uuid4(), starts_at=now, minutes=120, late_minutes=60,
            by=by, at=now - timedelta(days=1),
        )  # fmt: skip
        codes = list(actions.give_codes(sitting, by=by, at=now).values())
        return actions.open_sitting(sitting, by=by, at=now), codes


def serve(port: int) -> subprocess.Popen[bytes]:
    """The site as `manage.py serve` runs it, in a process group of its own."""
    words = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(words, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with suppress(OSError, http.client.HTTPException):
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return server
        time.sleep(0.1)
    kill(server)
    raise RuntimeError(f"the server did not start ({server.returncode})")


def kill(server: subprocess.Popen[bytes]) -> None:
    """Everything of it, at once."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def percentiles(times: list[float]) -> str:
    """p50, p95, p99 and the longest, in milliseconds."""
    cuts = statistics.quantiles(times, n=100)
    return " | ".join(f"{1000 * one:.0f}" for one in (cuts[49], cuts[94], cuts[98], max(times)))


def lost(sitting: Any, devices: list[Device], codes: list[str]) -> tuple[int, int, int]:
    """(acknowledged answers, those of them that the database has not, candidates whose paper is not in)."""
    from craftpath.domain.exams.codes import digest
    from craftpath.domain.exams.models import Answer, Candidate
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a bench counts"):
        rows = Answer.objects.filter(candidate__sitting=sitting)
        kept = {
            (whose, order): (count, given)
            for whose, order, count, given in rows.values_list(
                "candidate__code_digest", "line__order", "count", "given"
            )
        }
        out = Candidate.objects.filter(sitting=sitting, handed_in_at=None).count()
    all_, gone = 0, 0
    for device in devices:
        for order, (count, choice) in device.saved.items():
            all_ += 1
            gone += kept.get((digest(device.code), order)) != (count, [choice])
    return all_, gone, out


def main() -> None:
    """Hold one hall and show what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument(
        "--every", type=float, default=10, help="seconds between two answers of one candidate"
    )
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--port", type=int, default=8397)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    print(machine())
    os.environ["CRAFTPATH_SECRET_KEY"] = (
        "only-for-a-measurement"  # codes are kept by it, so the server needs it too
    )
    with ExitStack() as open_until_here:
        folder = open_until_here.enter_context(tempfile.TemporaryDirectory())
        database = ""
        if asked.postgres:
            database = open_until_here.enter_context(postgresql())
            os.environ["CRAFTPATH_DATABASE_URL"] = database
        open_site(Path(folder), database)
        if database:
            os.environ["CRAFTPATH_DATABASE_URL"] = database
        sitting, codes = prepared(asked.people)
        hold(asked, sitting, codes)


def hold(asked: argparse.Namespace, sitting: Any, codes: list[str]) -> None:
    """All of them, with the kills in between."""
    server = serve(asked.port)
    luck = random.Random(20260927)  # noqa: S311  (a measurement)
    devices = [Device(code, asked.port) for code in codes]
    seconds = asked.minutes * 60
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=live, args=(one, random.Random(luck.random()), until, asked.every), daemon=True
        )
        for one in devices
    ]
    for thread in threads:
        thread.start()
    try:
        for n in range(asked.kills):
            time.sleep(max(0.0, until - seconds * (asked.kills - n) / (asked.kills + 1) - time.monotonic()))
            kill(server)
            time.sleep(2)
            server = serve(asked.port)
        for thread in threads:
            thread.join()
    finally:
        kill(server)
        print(f"load at the end {os.getloadavg()[0]:.1f}")
    times = [one for device in devices for one in device.times]
    waits = [one for device in devices for one in device.waits]
    all_, gone, out = lost(sitting, devices, codes)
    faults = [fault for device in devices for fault in device.faults]
    print("| what | count | p50 ms | p95 ms | p99 ms | longest ms |\n|---|---:|---:|---:|---:|---:|")
    print(
        f"| code entered, two requests | {len(devices)} | {percentiles([one.entered for one in devices])} |"
    )
    print(f"| answer saved | {len(times)} | {percentiles(times)} |")
    if len(waits) > 1:
        print(f"| saved after the server was away | {len(waits)} | {percentiles(waits)} |")
    print(f"| acknowledged and looked for afterwards | {all_} | | | | |")
    print(f"| of these lost | {gone} | | | | |")
    print(f"| papers not handed in | {out} | | | | |")
    print(f"| refused | {len(faults)} | | | | |")
    if faults:
        print(json.dumps(sorted(set(faults))))


if __name__ == "__main__":
    main()
