"""How many requests a second does a living site bear, 95 of 100 within 300 ms, on SQLite and on PostgreSQL?

    python bench/mixed.py [--people 2000] [--seconds 10] [--limit 300] [--most 400] [--only sqlite postgresql]

The site is served as `manage.py serve` does it (two web processes) with its worker beside it, over a country that
`living.py` fills. Of the requests 70 % read (an apprentice's week, a mentor's week, a desk, a list of cohorts), 20 %
hand in a log entry and 10 % confirm one, each by another person. The client is a process of its own: requests come at
moments drawn beforehand, whether the last ones have been answered or not, and each is on the clock from the moment at
which it was due. The rate is raised by half until too many are late or fail, then the middle is tried three times.
Beside it, in the same run and by the same client, the bare list page of `bare.py` on the same server and database.
Everything is bounded: no step is longer than its seconds and twenty for what was late, and none is above `--most`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import queue
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from college import open_site, postgresql
from machine import ROOT, machine

sys.path.insert(0, str(ROOT))

TOKEN = "x" * 32
THREADS = 128  # of the client: so many answers may be outstanding
GRACE = 20.0  # seconds for what is late at the end of a step
WARM = 3.0
READS, ENTRIES = 0.7, 0.9  # below the first it reads, below the second it writes an entry, else it confirms


@dataclass(frozen=True)
class Step:
    """One rate, and what came of it."""

    rate: float
    p50: float
    p95: float
    sent: int
    faults: dict[str, int]

    def bears(self, limit: float) -> bool:
        """Whether nearly all came in time, and nearly none failed."""
        return self.p95 <= limit and sum(self.faults.values()) <= self.sent / 100


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--limit", type=float, default=300, help="milliseconds")
    parser.add_argument("--most", type=float, default=400, help="requests a second")
    parser.add_argument(
        "--only", nargs="*", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"]
    )
    parser.add_argument("--prepare", metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--drive", nargs=4, metavar=("PLAN", "PORT", "WHAT", "RATE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.prepare:
        prepare(Path(given.prepare), given.people)
    elif given.drive:
        print(json.dumps(drive(*given.drive, seconds=given.seconds)))
    else:
        measure(given)


def measure(given: argparse.Namespace) -> None:
    """Each database after the other, never two at once."""
    print(
        f"{given.people:,} apprentices, {given.seconds:g} s a step, p95 under {given.limit:g} ms; {machine()}\n"
    )
    print(
        "| database | what | highest rate /s | p50 ms | p95 ms | first rate beyond /s | its p95 ms | faults |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---|")
    for database in given.only:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = stack.enter_context(postgresql()) if database == "postgresql" else ""
            surroundings = {
                **{name: value for name, value in os.environ.items() if not name.startswith("CRAFTPATH_")},
                "CRAFTPATH_VAR": str(folder), "CRAFTPATH_SECRET_KEY": "only-for-figures",
                "PYTHONPATH": f"{ROOT}:{ROOT / 'bench'}", "DJANGO_SETTINGS_MODULE": "craftpath.project.settings",
            } | ({"CRAFTPATH_DATABASE_URL": address} if address else {})  # fmt: skip
            words = [sys.executable, __file__, "--prepare", str(folder), "--people", str(given.people)]
            subprocess.run(words, check=True, env=surroundings)
            rates = {}
            for what, module in (("bare", "bare"), ("mixed", "craftpath.project.wsgi")):
                with served(module, surroundings, worker=what == "mixed") as port:
                    best, beyond = highest(given, folder / "plan.json", port, what)
                rates[what] = best.rate if best else 0.0
                print(_line(database, what, best, beyond), flush=True)
            if rates["bare"]:
                print(f"| {database} | mixed to bare | {rates['mixed'] / rates['bare']:.2f} | | | | | |")


def _line(database: str, what: str, best: Step | None, beyond: Step | None) -> str:
    first = f"{best.rate:.1f} | {best.p50:.0f} | {best.p95:.0f}" if best else "none | | "
    second = f"{beyond.rate:.1f} | {beyond.p95:.0f}" if beyond else "not reached | "
    faults = Counter(best.faults if best else {}) + Counter(beyond.faults if beyond else {})
    told = ", ".join(f"{name} {count}" for name, count in faults.items()) or "none"
    return f"| {database} | {what} | {first} | {second} | {told} |"


def highest(given: argparse.Namespace, plan: Path, port: int, what: str) -> tuple[Step | None, Step | None]:
    """The highest rate that is borne, and the lowest that is not; at most a dozen steps and three between."""
    best: Step | None = None
    beyond: Step | None = None
    rate = 8.0
    for _ in range(12):
        step = one_step(given, plan, port, what, rate)
        if not step.bears(given.limit):
            beyond = step
            break
        best, rate = step, rate * 1.5
        if rate > given.most:
            break
    for _ in range(3 if best and beyond else 0):
        assert best is not None
        assert beyond is not None
        step = one_step(given, plan, port, what, (best.rate + beyond.rate) / 2)
        best, beyond = (step, beyond) if step.bears(given.limit) else (best, step)
    return best, beyond


def one_step(given: argparse.Namespace, plan: Path, port: int, what: str, rate: float) -> Step:
    """One rate, by a client in a process of its own."""
    words = [
        sys.executable,
        __file__,
        "--seconds",
        str(given.seconds),
        "--drive",
        str(plan),
        str(port),
        what,
        str(rate),
    ]
    done = subprocess.run(
        words, check=True, capture_output=True, text=True, timeout=given.seconds + GRACE + 60
    )
    found = Step(**json.loads(done.stdout.splitlines()[-1]))
    print(
        f"  {what} {found.rate:.1f}/s: p50 {found.p50:.0f}, p95 {found.p95:.0f} ms, {found.faults}",
        file=sys.stderr,
    )
    return found


@contextmanager
def served(module: str, surroundings: dict[str, str], *, worker: bool) -> Iterator[int]:
    """A server as `manage.py serve` runs it, on a port of this machine only, and the worker beside it."""
    from tests.chaos.server import free_port  # noqa: PLC0415

    port = free_port()
    words = [
        sys.executable,
        "-m",
        "granian",
        f"{module}:application",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
    ]
    words += ["--port", str(port), "--workers", "2", "--blocking-threads", "1", "--backlog", "1024"]
    commands = [[*words, "--no-ws", "--log-level", "error"]]
    if worker:
        commands.append([sys.executable, "manage.py", "work"])
    running = [subprocess.Popen(one, cwd=ROOT, env=surroundings, start_new_session=True) for one in commands]
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except urllib.error.HTTPError:  # the bare server answers, too
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        for process in running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


# ---- The client -----------------------------------------------------------------------------------


def drive(plan_file: str, port: str, what: str, rate: str, *, seconds: float) -> dict[str, Any]:
    """Send requests at moments drawn beforehand, and tell how long each took from then on."""
    plan = json.loads(Path(plan_file).read_text("utf-8"))
    chance = random.Random(f"{what} {rate} {time.time_ns()}")
    moments, at = [], 0.0
    while at < WARM + seconds:
        at += chance.expovariate(float(rate))
        moments.append(at)
    asked = [_wish(plan, what, chance) for _ in moments]
    waiting: queue.SimpleQueue[tuple[float, Any] | None] = queue.SimpleQueue()
    times: list[float] = []
    faults: Counter[str] = Counter()
    begun = time.monotonic() + 0.5

    def work() -> None:
        line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=GRACE)
        while (given := waiting.get()) is not None:
            due, (method, way, cookie, form, wanted) = given
            try:
                head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
                line.request(method, way, form, head)
                answer = line.getresponse()
                answer.read()
                fault = "" if answer.status == wanted else str(answer.status)
            except (OSError, http.client.HTTPException) as broken:
                line.close()
                fault = type(broken).__name__
            if due >= WARM:
                times.append(time.monotonic() - begun - due)
                if fault:
                    faults[fault] += 1

    threads = [threading.Thread(target=work, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for due, wish in zip(moments, asked, strict=True):
        time.sleep(max(0.0, begun + due - time.monotonic()))
        waiting.put((due, wish))
    for _ in threads:
        waiting.put(None)
    deadline = time.monotonic() + GRACE
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    sent = sum(due >= WARM for due in moments)
    late = [GRACE] * (sent - len(times))  # what had not been answered by then
    found = np.percentile([*times, *late], [50, 95]) * 1000
    return {"rate": float(rate), "p50": found[0], "p95": found[1], "sent": sent, "faults": dict(faults)}


def _wish(plan: dict[str, Any], what: str, chance: random.Random) -> tuple[str, str, str, str | None, int]:
    """Method, address, cookies, form and the status that is right."""
    if what == "bare":
        return "GET", "/", _cookie(chance.choice(plan["apprentices"])[1]), None, 200
    die = chance.random()
    if die < READS:
        way, session = chance.choice(plan["reads"])
        return "GET", way, _cookie(session), None, 200
    if die < ENTRIES:
        place, session = chance.choice(plan["apprentices"])
        form = {
            "made_id": str(uuid.uuid4()), "base": "0", "text": "装夹、试切、测量，尺寸合格。", "hours": "0.25",
            "on": chance.choice(plan["days"]), "do": "submit",
            **plan["entry"],
        }  # fmt: skip
        return "POST", f"/o/{place}/log/", _cookie(session), _form(form), 302
    place, session, entry = chance.choice(plan["waiting"])
    return "POST", f"/o/{place}/log/team/confirm/", _cookie(session), _form({"entry": entry}), 302


def _cookie(session: str) -> str:
    return f"sessionid={session}; csrftoken={TOKEN}"


def _form(given: dict[str, str]) -> str:
    return urllib.parse.urlencode(given | {"csrfmiddlewaretoken": TOKEN})


# ---- What they do --------------------------------------------------------------------------------


def prepare(folder: Path, people: int) -> None:
    """Fill the site, sign everybody in, and write down who may ask for what."""
    open_site(folder, os.environ.get("CRAFTPATH_DATABASE_URL", ""))
    import living

    country = living.live(people, one_college=True)
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
    from craftpath.domain.logbook.models import Entry
    from craftpath.domain.standards.actions import load_frameworks
    from craftpath.kernel.access import Membership, system
    from craftpath.kernel.people import Person

    load_frameworks(by=system(), at=timezone.now())
    sessions: dict[int, str] = {}

    def session(person: Any) -> str:
        if person.pk not in sessions:
            store = SessionStore()
            store[SESSION_KEY] = str(person.pk)
            store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            store[HASH_SESSION_KEY] = person.get_session_auth_hash()
            store.save()
            sessions[person.pk] = str(store.session_key)
        return sessions[person.pk]

    seats = dict(Membership.objects.filter(role="mentor").values_list("person_id", "organisation__key"))
    mentors = dict(EnrolmentParty.objects.filter(role="mentor").values_list("enrolment_id", "person_id"))
    staff = Person.objects.in_bulk(list(set(mentors.values())))
    enrolments = list(
        Enrolment._base_manager.select_related("person", "cohort__organisation").order_by("pk")[:people]
    )
    apprentices = [(row.cohort.organisation.key, session(row.person)) for row in enrolments[:400]]
    waits = Entry._base_manager.filter(state="submitted", enrolment__in=[row.pk for row in enrolments])
    waiting = [
        (
            seats[mentors[entry.enrolment_id]],
            session(staff[mentors[entry.enrolment_id]]),
            f"{entry.public_id}.{entry.revision}",
        )
        for entry in waits.order_by("pk")
    ]
    place, coordinator = country["readers"]["coordinator"]
    office = session(Person.objects.get(pk=coordinator))
    reads = [(f"/o/{key}/log/", one) for key, one in apprentices[:200]]
    reads += [(f"/o/{key}/", one) for key, one in apprentices[200:300]]
    reads += [(f"/o/{key}/log/team/", one) for key, one, _entry in waiting[:100]]
    reads += [(f"/o/{place}/cohorts/", office)] * 50
    plan = {
        "apprentices": apprentices,
        "waiting": waiting,
        "reads": reads,
        "entry": {"bucket": "workplace", "skill": ""},
        "days": [str(timezone.localdate() - timedelta(days=n)) for n in range(3)],
    }
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")


if __name__ == "__main__":
    main()
