"""Where is read: one's own writes are always seen, and a copy that is away or behind is left aside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from craftpath.delivery.web.shell.near import COOKIE, NearReads
from craftpath.kernel import replicas
from craftpath.kernel.access import Membership
from craftpath.kernel.links import SignedLink
from craftpath.kernel.organisations import Organisation
from craftpath.project import environment
from tests.cluster import MISSING, cluster, create, process_of, replica
from tests.fresh import ROOT

COPY = "replica1"


class World:
    """A primary and its copies as a process sees them; `None` does not answer."""

    def __init__(self) -> None:
        self.primary, self.copies, self.asked = 100, {COPY: 100}, []

    def ask(self, alias: str, sql: str) -> str:
        self.asked.append(alias)
        place = self.copies.get(alias, self.primary) if alias != "default" else self.primary
        if place is None:
            raise OperationalError("gone")
        return f"0/{place:X}"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    """One copy, and a watch that has seen nothing yet."""
    made = World()
    settings.REPLICAS = {COPY: {}}
    monkeypatch.setattr(replicas, "_ask", made.ask)
    monkeypatch.setattr(replicas, "_watch", replicas.Watch(lag=5.0))

    class _Closed(dict[str, Any]):
        def __missing__(self, alias: str) -> Any:
            return type("Connection", (), {"close": lambda self: None})()

    monkeypatch.setattr(replicas, "connections", _Closed())
    return made


def test_a_place_in_the_log_is_a_number() -> None:
    assert replicas.position("16/B374D848") == 0x16B374D848
    assert [replicas.position(text) for text in ("", "None", "1/2/3", "x/1", "1/123456789")] == [None] * 5


def test_a_copy_that_has_it_all_is_read_from(world: World) -> None:
    assert replicas.watch().choose() == COPY
    assert replicas.watch().choose(100) == COPY


def test_what_one_has_written_is_waited_for(world: World) -> None:
    world.primary = 200
    world.copies[COPY] = 150
    watch = replicas.watch()
    watch.seen.append((0.0, 120))
    assert watch.choose(180, now=0.5) is None
    assert watch.choose(150, now=0.6) == COPY
    world.copies[COPY] = 180
    assert watch.choose(180, now=0.7) == COPY


def test_one_that_is_cut_off_is_left_aside_and_a_quiet_site_is_not(world: World) -> None:
    watch = replicas.watch()
    for second in range(60):
        assert watch.choose(now=float(second)) == COPY  # nothing is written, so nothing is missing
    world.primary = 101
    answers = [watch.choose(now=60.0 + second) for second in range(10)]
    assert answers == [COPY] * 5 + [None] * 5


def test_after_a_quiet_hour_a_copy_has_to_have_it_all(world: World) -> None:
    watch = replicas.watch()
    assert watch.choose(now=0.0) == COPY
    world.primary = 101
    assert watch.choose(now=3600.0) is None


def test_one_that_does_not_answer_rests(world: World) -> None:
    world.copies[COPY] = None  # type: ignore[assignment]
    watch = replicas.watch()
    assert [watch.choose(now=float(n)) for n in range(5)] == [None] * 5
    assert world.asked.count(COPY) == 1
    world.copies[COPY] = 100
    assert watch.choose(now=replicas.REST + 1) == COPY


@pytest.mark.django_db
def test_only_plain_reads_go_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    router = replicas.Router()
    monkeypatch.setattr(replicas.transaction, "get_connection", lambda: Plain)

    class Plain:
        in_atomic_block = False

    assert router.db_for_read(Organisation) == "default"
    with replicas.reading_from(COPY):
        assert router.db_for_read(Organisation) == COPY
        assert {router.db_for_read(model) for model in (Session, Membership, SignedLink)} == {"default"}
        assert router.db_for_write(Organisation) == "default"
        read_there = Organisation()
        read_there._state.db = COPY
        assert router.db_for_write(Organisation, instance=read_there) == "default"
        Plain.in_atomic_block = True
        assert router.db_for_read(Organisation) == "default"
    of_a_backup = Organisation()
    of_a_backup._state.db = "backup"
    assert router.db_for_read(Organisation, instance=of_a_backup) is None
    assert router.db_for_write(Organisation, instance=of_a_backup) is None
    assert (router.allow_migrate(COPY, "kernel"), router.allow_migrate("default", "kernel")) == (False, None)
    assert transaction is replicas.transaction


def _through(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    """As Django calls a middleware: what the view raises is shown to it."""
    near = NearReads(lambda request: HttpResponse())

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except OperationalError as fault:
            found = near.process_exception(request, fault)
            if found is None:
                raise
            return found

    near.get_response = answer
    request.actor = "somebody"  # type: ignore[attr-defined]
    return near(request)


def _where(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(replicas.current()))


def test_a_page_reads_there_and_a_form_does_not(world: World) -> None:
    assert _through(_where, RequestFactory().get("/")).content == COPY.encode()
    posted = _through(_where, RequestFactory().post("/"))
    assert (posted.content, posted.cookies[COOKIE].value) == (b"None", "64")
    assert replicas.current() is None
    public = NearReads(_where)(RequestFactory().get("/"))
    assert public.content == b"None"  # a link that has ended is not open anywhere


@pytest.mark.parametrize("said", ["", "65;", "zz", "-1", "ffffffffffffffffff", "65"])
def test_a_cookie_says_what_one_has_to_see(world: World, said: str) -> None:
    request = RequestFactory().get("/", HTTP_COOKIE=f"{COOKIE}={said}")
    assert _through(_where, request).content == (b"None" if said.startswith("65") else COPY.encode())


def test_one_that_fails_in_the_middle_costs_the_reader_nothing(world: World) -> None:
    tried: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        tried.append(replicas.current())
        if replicas.current():
            raise OperationalError("terminating connection")
        return HttpResponse("all of it")

    assert _through(view, RequestFactory().get("/")).content == b"all of it"
    assert tried == [COPY, None]
    assert _through(view, RequestFactory().get("/")).content == b"all of it"
    assert tried == [COPY, None, None]


def test_a_fault_of_the_primary_is_a_fault(world: World) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise OperationalError("the disk is full")

    world.copies[COPY] = 0
    with pytest.raises(OperationalError):
        _through(view, RequestFactory().get("/"))


def test_a_file_has_no_replicas(tmp_path: Any) -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        environment.replicas(["postgres://a@b/c"], environment.database("", tmp_path))
    primary = environment.database("postgres://a@b/c", tmp_path)
    with pytest.raises(ValueError, match="PostgreSQL"):
        environment.replicas(["sqlite:///x"], primary)
    found = environment.replicas(["postgres://a@b/c", "postgres://a@d/c?sslmode=require"], primary)
    assert [found[name]["HOST"] for name in ("replica1", "replica2")] == ["b", "d"]
    options = found["replica2"]["OPTIONS"]
    assert options == {"connect_timeout": "2", "tcp_user_timeout": "5000", "sslmode": "require"}


@pytest.mark.timeout(300)
def test_two_clusters_one_of_which_follows_the_other(tmp_path: Any) -> None:
    if os.environ.get("CRAFTPATH_DATABASE_URL"):
        pytest.skip("the run on SQLite makes the clusters")
    try:
        with cluster() as primary:
            create(primary)
            with replica(primary) as copy:
                found = _stage(tmp_path, primary, copy)
    except FileNotFoundError:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    assert found == {
        "page": [200, True, []],  # read on the copy; of the record nothing on the primary
        "search": [200, True],
        "no write": True,
        "own": [True, False],  # seen by whoever wrote it, and from the primary
        "stranger": [False, True],  # somebody else looks at the copy as it is
        "behind": [True, False],  # and no longer once it is too far behind
        "again": True,  # as soon as it has come as far, it is read from
        "killed": [200, True],
        "after": [200, False],
    }


def _stage(folder: Any, primary: str, copy: str) -> Any:
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFTPATH_", "DJANGO_"))
    }
    given |= {
        "CRAFTPATH_VAR": str(folder),
        "CRAFTPATH_SECRET_KEY": "only-for-tests",
        "CRAFTPATH_DATABASE_URL": primary,
        "CRAFTPATH_REPLICA_URLS": copy,
        "CRAFTPATH_REPLICA_LAG": "3600",  # until the stage says that it is long enough
        "CRAFTPATH_DEBUG": "1",  # no static files are collected here
    }
    words = [sys.executable, "-W", "ignore", "-m", "tests.kernel.replica_stage", str(process_of(copy))]
    done = subprocess.run(words, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
