"""How many statements a second does the learning record store take, and how long does it look for some?

    python bench/xapi.py [--stored 100000 1000000] [--seconds 5] [--requests 100] [--only sqlite|postgresql|ralph]
                         [--workers 2] [--ralph PATH/TO/ralph]

A site of its own in a temporary folder behind granian, as `serve` starts it, spoken to over HTTP with kept connections.
Single statements and batches of 100 and 1,000, by one sender and by eight; then the store is filled to each size, and
50 statements are asked for by agent, verb, activity, by verb and agent, by related activity, and the newest. A
statement is of a usual make: account, verb, activity with its name, score, parent, registration. 2,000 agents, 12
verbs, 500 activities. The store is filled by what takes statements over HTTP as well (`examined`, `take_statements`),
a thousand at once and without HTTP between. `--ralph` names the program of ralph-malph in an environment of its own,
with its file store, which is told to append.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from college import open_site, postgresql
from machine import ROOT, machine

HOME, SECRET = "https://weld.example", "a-secret-for-measuring"
AGENTS, VERBS, ACTIVITIES = 2_000, 12, 500
SENDERS = (1, 8)


def statement(chance: random.Random) -> dict[str, Any]:
    """One of a usual make."""
    task = chance.randrange(ACTIVITIES)
    score = chance.randrange(101)
    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "actor": {"account": {"homePage": HOME, "name": f"p{chance.randrange(AGENTS)}"}},
        "verb": {"id": f"{HOME}/verbs/{chance.randrange(VERBS)}", "display": {"en": "did", "zh": "做了"}},
        "object": {"id": f"{HOME}/tasks/{task}", "definition": {"name": {"en": f"Task {task}"}}},
        "result": {
            "success": score > 60,
            "score": {"raw": score, "min": 0, "max": 100, "scaled": score / 100},
        },
        "context": {
            "registration": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "contextActivities": {"parent": [{"id": f"{HOME}/courses/{task % 20}"}]},
        },
        "timestamp": "2026-11-30T08:00:00Z",
    }


class Store:
    """A store over HTTP: where it listens and with which headers."""

    def __init__(self, port: int, base: str, user: str, secret: str, version: str) -> None:
        self.port, self.base = port, base
        self.processes: list[int] = []  # whose work it costs
        pair = b64encode(f"{user}:{secret}".encode()).decode()
        self.headers = {
            "Authorization": f"Basic {pair}",
            "X-Experience-API-Version": version,
            "Content-Type": "application/json",
        }

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def post(self, line: http.client.HTTPConnection, body: bytes) -> None:
        line.request("POST", f"{self.base}/statements", body, self.headers)
        answer = line.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {told[:200]!r}")

    def get(self, line: http.client.HTTPConnection, **given: str) -> int:
        line.request("GET", f"{self.base}/statements?{urlencode(given)}", headers=self.headers)
        answer = line.getresponse()
        told = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {told}")
        return len(told["statements"])


def spent(parents: Sequence[int]) -> float:
    """Seconds of processor that these processes and their children have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) in parents or int(told[1]) in parents:
            ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def writing(store: Store, size: int, senders: int, seconds: float) -> tuple[float, float]:
    """Statements a second in batches of `size`, and milliseconds of the server's and database's processor for each."""
    done = [0] * senders
    until = time.perf_counter() + seconds

    def send(number: int) -> None:
        chance = random.Random(f"{size} {senders} {number} {time.time_ns()}")
        line = store.connection()
        while time.perf_counter() < until:
            batch: Any = [statement(chance) for _ in range(size)]
            store.post(line, json.dumps(batch[0] if size == 1 else batch).encode())
            done[number] += size
        line.close()

    before, begun = spent(store.processes), time.perf_counter()
    threads = [threading.Thread(target=send, args=(number,)) for number in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = sum(done) / (time.perf_counter() - begun)
    return rate, 1000 * (spent(store.processes) - before) / sum(done)


QUESTIONS: dict[str, Callable[[random.Random], dict[str, str]]] = {
    "agent": lambda c: {"agent": _agent(c)},
    "verb": lambda c: {"verb": f"{HOME}/verbs/{c.randrange(VERBS)}"},
    "activity": lambda c: {"activity": f"{HOME}/tasks/{c.randrange(ACTIVITIES)}"},
    "agent and verb": lambda c: {"agent": _agent(c), "verb": f"{HOME}/verbs/{c.randrange(VERBS)}"},
    "related activity": lambda c: {
        "activity": f"{HOME}/courses/{c.randrange(20)}",
        "related_activities": "true",
    },
    "newest": lambda c: {},
}


def _agent(chance: random.Random) -> str:
    return json.dumps({"account": {"homePage": HOME, "name": f"p{chance.randrange(AGENTS)}"}})


def reading(
    store: Store, requests: int, only: tuple[str, ...] = ()
) -> Iterator[tuple[str, float, float, float, float]]:
    """(question, p50, p95 and processor in ms, statements found on average)"""
    line = store.connection()
    for name, asked in QUESTIONS.items():
        if only and name not in only:
            continue
        chance, times, found = random.Random(name), [], 0
        before = spent(store.processes)
        for _ in range(requests + 3):
            begun = time.perf_counter()
            found += store.get(line, limit="50", **asked(chance))
            times.append((time.perf_counter() - begun) * 1000)
        times = sorted(times[3:])
        cost = 1000 * (spent(store.processes) - before) / (requests + 3)
        yield (
            name,
            statistics.median(times),
            times[int(len(times) * 0.95) - 1],
            cost,
            found / (requests + 3),
        )
    line.close()


def fill(number: int) -> float:
    """Up to so many statements, a thousand at once; statements a second without HTTP."""
    from django.utils import timezone

    from craftpath.domain.activity.examining import examined
    from craftpath.domain.activity.models import Statement
    from craftpath.domain.activity.taking import Sender, take_statements
    from craftpath.domain.activity.trusting import authority_of
    from craftpath.engines.xapi import Version
    from craftpath.kernel.access import system
    from craftpath.kernel.clients import Client

    client = Client._base_manager.select_related("organisation").get(name="bench")
    place = client.organisation
    sender = Sender(place, client, authority_of(client))
    chance, missing = random.Random(number), number - Statement._base_manager.count()
    begun = time.perf_counter()
    for start in range(0, missing, 1000):
        batch = examined([statement(chance) for _ in range(min(1000, missing - start))], Version.V2)
        take_statements(batch, sender=sender, by=system(place), at=timezone.now())
    return missing / (time.perf_counter() - begun) if missing > 0 else 0.0


def token() -> str:
    """The id of a token of a college made for this."""
    from datetime import timedelta

    from django.utils import timezone

    from craftpath.kernel.clients import Client
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.tokens import hash_of

    place = plant(key="bench", kind="college", name={"zh": "测量", "en": "Bench"})
    now = timezone.now()
    return str(
        Client._base_manager.create(
            organisation=place, name="bench", secret_hash=hash_of(SECRET), scopes=["xapi:all"],
            roles=["coordinator"], made_at=now, expires_at=now + timedelta(days=1),
        ).public_id
    )  # fmt: skip


@contextmanager
def serving(port: int, words: list[str], where: str) -> Iterator[int]:
    """A server for as long as it is needed; its process."""
    log = tempfile.TemporaryFile()  # noqa: SIM115
    process = subprocess.Popen(words, stdout=log, stderr=log, cwd=where, env=os.environ)
    try:
        for _ in range(240):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.25)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def measure(name: str, store: Store, given: argparse.Namespace, grow: Callable[[int], float] | None) -> None:
    """Everything of one store, as tables."""
    writing(store, 1, max(SENDERS), 2)  # every process has answered before anything is measured
    print(f"### {name}; {machine()}\n\n| at once | senders | statements a second | CPU ms each |")
    print("|---:|---:|---:|---:|")
    for size in (1, 100, 1000):
        for senders in SENDERS:
            rate, cost = writing(store, size, senders, given.seconds)
            print(f"| {size:,} | {senders} | {rate:,.0f} | {cost:.2f} |", flush=True)
    print("\n| stored | question | p50 ms | p95 ms | CPU ms | found |\n|---:|---|---:|---:|---:|---:|")
    for stored in given.stored:
        if grow is not None:
            rate = grow(stored)
            print(
                f"| {stored:,} | (filled at {rate:,.0f} a second without HTTP; load {os.getloadavg()[0]:.1f}) | | | | |"
            )
        only = () if grow is not None else ("agent", "verb", "activity")
        held = f"{stored:,}" if grow is not None else "what was written"
        for question, middle, high, cost, found in reading(store, given.requests, only):
            print(
                f"| {held} | {question} | {middle:.1f} | {high:.1f} | {cost:.1f} | {found:.0f} |",
                flush=True,
            )
        if grow is None:
            break
    print()


def ours(given: argparse.Namespace, kind: str) -> None:
    """One site on one database, in a process of its own: settings are read once."""
    port = 8591 if kind == "sqlite" else 8592
    words = [
        *(sys.executable, "-m", "granian", "craftpath.project.wsgi:application", "--interface", "wsgi"),
        *(
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            str(given.workers),
            "--blocking-threads",
            "1",
        ),
        *("--no-ws", "--log-level", "warning"),
    ]

    def go(address: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            open_site(Path(folder), address)
            user = token()
            from django.db import connection

            def grow(number: int) -> float:
                rate = fill(number)
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("ANALYZE")
                return rate

            store = Store(port, "/xapi", user, SECRET, "2.0.0")
            with serving(port, words, str(ROOT)) as server:
                store.processes = [server, *_database(address)]
                measure(f"Craftpath on {kind}", store, given, grow)

    if kind == "sqlite":
        go("")
    else:
        with postgresql() as address:
            go(address)


def _database(address: str) -> list[int]:
    """The process of the cluster at this address."""
    if not address:
        return []
    kept = Path(address.partition("?host=")[2]) / "cluster" / "postmaster.pid"
    return [int(kept.read_text("ascii").split()[0])]


def ralph(given: argparse.Namespace) -> None:
    """Ralph with its file store: one file that it reads from the beginning. As shipped it cannot append to it."""
    with tempfile.TemporaryDirectory() as folder:
        auth = Path(folder) / "auth.json"
        Path(folder, "sitecustomize.py").write_text(
            "from ralph.backends.data.base import BaseOperationType\n"
            "from ralph.backends.data.fs import FSDataBackend\n"
            "FSDataBackend.default_operation_type = BaseOperationType.APPEND\n",
            "utf-8",
        )
        os.environ |= {
            "RALPH_APP_DIR": folder, "RALPH_AUTH_FILE": str(auth), "RALPH_RUNSERVER_HOST": "127.0.0.1",
            "RALPH_RUNSERVER_PORT": "8593", "PYTHONPATH": folder,
        }  # fmt: skip
        who = [
            "-u",
            "tester",
            "-p",
            SECRET,
            "-s",
            "all",
            "-N",
            "tester",
            "-M",
            "mailto:tester@example.org",
            "-w",
        ]
        subprocess.run([given.ralph, "auth", *who], check=True, capture_output=True)
        words = [given.ralph, "runserver", "-b", "fs", "--fs-default-directory-path", folder]
        store = Store(8593, "/xAPI", "tester", SECRET, "1.0.3")
        with serving(8593, words, folder) as server:
            store.processes = [server]
            try:
                measure("Ralph, file store", store, given, None)
            except (RuntimeError, OSError) as fault:
                print(f"Ralph could not be measured any further: {fault}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stored", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=("sqlite", "postgresql", "ralph"))
    parser.add_argument("--ralph", default="", help="the program of ralph-malph")
    given = parser.parse_args()
    if given.only == "ralph":
        ralph(given)
        return
    if given.only:
        ours(given, given.only)
        return
    for kind in ("sqlite", "postgresql"):
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", kind], check=True)
    if given.ralph:
        ralph(given)


if __name__ == "__main__":
    main()
