"""Workers on several hosts: killed anywhere, no job is lost and none is done twice; what is late is fenced off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.chaos.server import ROOT, environment
from tests.cluster import MISSING, cluster, create

pytestmark = pytest.mark.timeout(300)
LEASE = 2  # seconds
JOBS, WORKERS, KILLS = 60, 3, 6


class Hosts:
    """A site, and processes that stand for its hosts."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.running = folder, []
        self.door = psycopg.connect(address.replace("postgres://", "postgresql://"), autocommit=True)
        self.surroundings = environment(folder) | {
            "CRAFTPATH_DATABASE_URL": address, "CRAFTPATH_LEASE": str(LEASE),
        }  # fmt: skip

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start one; it goes on by itself."""
        made = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.chaos.machines", *words],
            cwd=ROOT, env=self.surroundings, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.running.append(made)
        return made

    def say(self, *words: str) -> None:
        """Run one to its end."""
        ends(self.begin(*words))

    @property
    def jobs(self) -> dict[str, int]:
        """How many are in which state."""
        return dict(
            self.ask("SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status")
        )

    @property
    def done(self) -> Counter[tuple[str, int]]:
        """How often each thing was done."""
        sql = "SELECT payload->>'step', (payload->>'number')::int FROM kernel_auditentry WHERE fact = 'tests.done'"
        return Counter(self.ask(sql))

    @property
    def tries(self) -> int:
        """The most workers that one job has had."""
        sql = "SELECT max(jsonb_array_length(worker_ids)) FROM django_tasks_database_dbtaskresult"
        return int(self.ask(sql)[0][0])

    @property
    def at_work(self) -> list[int]:
        """The processes that are said to be at work on a job."""
        rows = self.ask("SELECT split_part(holder, ':', 2)::int FROM kernel_lease WHERE name LIKE 'job/%'")
        return [int(pid) for (pid,) in rows]

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Rows, as they are now."""
        return self.door.execute(sql).fetchall()


def ends(process: subprocess.Popen[str]) -> None:
    _out, fault = process.communicate(timeout=120)
    assert process.returncode == 0, fault[-3000:]


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it has not come about"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with an empty site, of which each test has a copy."""
    if os.environ.get("CRAFTPATH_DATABASE_URL"):
        pytest.skip("the run on SQLite makes the cluster")
    try:
        with cluster() as address:
            create(address)
            first = Hosts(tmp_path_factory.mktemp("laid"), address)
            first.door.close()
            first.say("lay")
            yield address
    except FileNotFoundError:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)


@pytest.fixture
def hosts(laid: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hosts]:
    """An empty site with its tables."""
    name = request.node.name[:40]
    with psycopg.connect(laid.replace("/craftpath?", "/postgres?"), autocommit=True) as door:
        door.execute(f"CREATE DATABASE {name} TEMPLATE craftpath")
    made = Hosts(tmp_path, laid.replace("/craftpath?", f"/{name}?"))
    yield made
    for process in made.running:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.communicate()
    made.door.close()


def test_workers_that_are_killed_lose_nothing_and_do_nothing_twice(hosts: Hosts) -> None:
    hosts.say("fill", str(JOBS))
    assert hosts.jobs == {"READY": JOBS}
    workers = {worker.pid: worker for worker in (hosts.begin("work") for _ in range(WORKERS))}
    for _ in range(KILLS):
        until(lambda: not workers.keys().isdisjoint(hosts.at_work))
        busy = next((pid for pid in hosts.at_work if pid in workers), next(iter(workers)))
        workers.pop(busy).kill()
        another = hosts.begin("work")
        workers[another.pid] = another
    until(lambda: hosts.jobs == {"SUCCESSFUL": JOBS})
    done = {found: count for found, count in hosts.done.items() if found[0] == "whole"}
    assert done == {("whole", number): 1 for number in range(JOBS)}
    assert (hosts.tries > 1, hosts.at_work) == (True, [])  # some were killed in the middle


def test_one_keeps_house_at_a_time_and_one_in_a_period(hosts: Hosts) -> None:
    for _ in range(WORKERS):
        hosts.begin("work")
    until(lambda: hosts.done.total() > 0)
    # Each looks every two seconds whether it is its turn; a worker that is there has said so by its connection.
    open_ones = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    until(lambda: int(hosts.ask(open_ones)[0][0]) >= WORKERS)
    time.sleep(3 * LEASE)
    assert hosts.done.total() == 1


def test_a_slow_one_is_taken_over_and_writes_nothing_when_it_wakes_up(hosts: Hosts) -> None:
    (hosts.folder / "wait").touch()
    hosts.say("slow")
    slow = hosts.begin("one")
    until((hosts.folder / f"in-the-middle-{slow.pid}").exists)
    time.sleep(2 * LEASE)
    hosts.say("batch")
    assert hosts.jobs == {"RUNNING": 1}  # it lives, however long it takes
    slow.send_signal(signal.SIGSTOP)
    time.sleep(1.5 * LEASE)
    (hosts.folder / "wait").unlink()
    hosts.say("batch")
    assert hosts.jobs == {"SUCCESSFUL": 1}
    slow.send_signal(signal.SIGCONT)
    ends(slow)
    assert hosts.done == {("first", 0): 2, ("second", 0): 1}  # the second was done by the other one
    assert (hosts.jobs, hosts.tries, hosts.at_work) == ({"SUCCESSFUL": 1}, 2, [])


def test_a_dead_one_is_taken_over_when_its_lease_is_over(hosts: Hosts) -> None:
    (hosts.folder / "wait").touch()
    hosts.say("slow")
    dead = hosts.begin("one")
    until((hosts.folder / f"in-the-middle-{dead.pid}").exists)
    dead.kill()
    (hosts.folder / "wait").unlink()
    time.sleep(1.5 * LEASE)
    hosts.say("batch")
    assert (hosts.jobs, hosts.tries) == ({"SUCCESSFUL": 1}, 2)
    assert hosts.done == {("first", 0): 2, ("second", 0): 1}
