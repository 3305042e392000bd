"""What does a page cost, beside a bare Django page, and does it cost more in a large country than in one college?

    python bench/pages.py [--people 1000 100000] [--rounds 5] [--requests 20] [--only PAGE ...] [--keep FOLDER]

`nation.py` fills an SQLite file with so many apprentices (30 items each, cohorts of 24 to 40, and one of 1,303).
Requests go through Django's WSGI handler in this process, with the middleware of a real site, signed in as the
coordinator of one college; what a web server adds is not in it. The measure are two bare pages in the same process:
Django's default middleware, a session, one query with its relations, a plain template; one lists 50 rows, the other
prints 600 marks as decimals. Each size has a process of its own; in every round each page of each size has its turn,
in changing order. CPU is user and system time by `getrusage`; queries are counted in a request of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from college import open_site
from machine import machine

HOST = "localhost"
BARE = """{% for row in rows %}<tr>
<td>{{ row.number }}</td><td>{{ row.person.name }}</td><td>{{ row.enterprise.key }}</td>
<td>{{ row.starts_on }}</td><td><a href="/x/{{ row.public_id }}/">{{ row.state }}</a></td></tr>{% endfor %}"""
GRID = "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
PAGE = "<!doctype html><title>{{ user.name }}</title><table>%s</table>"


def cpu() -> float:
    """Seconds of processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def bare_pages() -> dict[str, Callable[[Any], Any]]:
    """The two pages that everything is compared with."""
    from django.http import HttpResponse
    from django.template import Context, Engine

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.evaluation.models import Mark

    engine = Engine()
    row_page, grid_page = (engine.from_string(PAGE % body) for body in (BARE, GRID))

    def bare_list(request: Any) -> HttpResponse:
        rows = Enrolment._base_manager.select_related("person", "enterprise").order_by("pk")[:50]
        return HttpResponse(row_page.render(Context({"rows": rows, "user": request.user})))

    def bare_grid(request: Any) -> HttpResponse:
        found = (
            Mark._base_manager.filter(is_current=True).order_by("pk").values_list("score", flat=True)[:600]
        )
        cells = list(found)
        rows = [cells[n : n + 30] for n in range(0, 600, 30)]
        return HttpResponse(grid_page.render(Context({"rows": rows, "user": request.user})))

    return {"bare list of 50": bare_list, "bare grid 20 x 30": bare_grid}


class Site:
    """A filled site and a door to it without a server."""

    def __init__(self, folder: Path, people: int, *, one_college: bool) -> None:
        open_site(folder)
        kept = folder / "nation.json"
        if not kept.exists():
            start = time.perf_counter()
            kept.write_text(json.dumps(self.fill(people, one_college=one_college)), "utf-8")
            print(f"{people:,} filled in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        self.nation = json.loads(kept.read_text("utf-8"))
        self.cookies: dict[int, str] = {}
        self.handlers = self._handlers()

    def fill(self, people: int, *, one_college: bool) -> dict[str, Any]:
        """Put everything into an empty site; what is returned is `nation` from then on."""
        import nation

        return asdict(nation.seed(people, one_college=one_college))

    def reader(self, page: str) -> int:
        """Who looks at a page: the id of a person."""
        return int(self.nation["coordinator"])

    def _cookie(self, page: str) -> str:
        from django.conf import settings

        who = self.reader(page)
        if who not in self.cookies:
            self.cookies[who] = f"{settings.SESSION_COOKIE_NAME}={self._session(who)}"
        return self.cookies[who]

    def _session(self, who: int) -> str:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        from craftpath.kernel.people import Person

        person = Person.objects.get(pk=who)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        return str(session.session_key)

    def _handlers(self) -> dict[str, Any]:
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import override_settings
        from django.urls import path

        bare = bare_pages()
        default = [
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ]
        with override_settings(MIDDLEWARE=default):
            plain = WSGIHandler()
        from craftpath.project import urls

        urls.urlpatterns += [path(f"bare/{n}/", view) for n, view in enumerate(bare.values())]
        return {"plain": plain, "real": WSGIHandler()}

    def addresses(self) -> dict[str, tuple[str, list[str]]]:
        """Page → (handler, addresses that take turns, so that no page is always the same one)."""
        from django.urls import NoReverseMatch, reverse

        place, large = self.nation["college"], self.nation["large"]
        cohorts, evaluations, people = zip(*self.nation["cohorts"], strict=True)
        wanted: dict[str, tuple[str, list[tuple[str, ...]]]] = {
            "home": ("desks:home", [()]),
            "cohorts": ("apprenticeships:cohorts", [()]),
            "cohort": ("apprenticeships:cohort", [(cohort,) for cohort in cohorts]),
            "cohort of 1,303": ("apprenticeships:cohort", [(large[0],)]),
            "results": ("evaluation:cohort", [(one,) for one in evaluations]),
            "results of 1,303": ("evaluation:cohort", [(large[1],)]),
            "apprentice": ("apprenticeships:apprentice", [(one,) for one in people]),
            "derivation": ("evaluation:derivation", list(zip(evaluations, people, strict=True))),
            "grid 20 x 30": ("evaluation:grid", [(one,) for one in evaluations]),
            "grid of 1,303": ("evaluation:grid", [(large[1],)]),
            "people": ("people:list", [()]),
            "history": ("history:list", [()]),
        }
        found = {"bare list of 50": ("plain", ["/bare/0/"]), "bare grid 20 x 30": ("plain", ["/bare/1/"])}
        for page, (name, parts) in wanted.items():
            try:
                found[page] = ("real", [reverse(name, args=[place, *part]) for part in parts])
            except NoReverseMatch:
                continue
        return found

    def get(self, page: str, handler: str, address: str) -> bytes:
        """One request from the first byte to the last."""
        from django.test import RequestFactory

        path, _, query = address.partition("?")
        environ = RequestFactory(SERVER_NAME=HOST)._base_environ(
            PATH_INFO=path, QUERY_STRING=query, HTTP_COOKIE=self._cookie(page), HTTP_ACCEPT_LANGUAGE="en"
        )
        said: list[str] = []
        answer = self.handlers[handler](environ, lambda status, headers, *_: said.append(status))
        content = b"".join(answer)
        answer.close()
        assert said[0].startswith("200"), (address, said, content[:2000])
        return content

    def look(self, page: str) -> dict[str, float]:
        """Queries and size of one page; also warms it."""
        from django.db import connection, reset_queries

        handler, addresses = self.addresses()[page]
        for address in (*addresses[:2], addresses[-1]):
            content = self.get(page, handler, address)
        connection.force_debug_cursor = True
        asked: list[int] = []
        close, connection.close = connection.close, lambda: None
        try:
            reset_queries()
            from django.core import signals

            signals.request_started.disconnect(reset_queries)
            self.get(page, handler, addresses[-1])
            asked = [row["sql"] for row in connection.queries_log if row["sql"] not in ("BEGIN", "COMMIT")]
        finally:
            signals.request_started.connect(reset_queries)
            connection.force_debug_cursor = False
            connection.close = close
        return {"queries": len(asked), "kib": len(content) / 1024, "sql": asked}

    def round(self, page: str, requests: int) -> dict[str, Any]:
        """Seconds of each request and CPU of all."""
        handler, addresses = self.addresses()[page]
        times, start = [], cpu()
        for n in range(requests):
            before = time.perf_counter()
            self.get(page, handler, addresses[n % len(addresses)])
            times.append(time.perf_counter() - before)
        return {"times": times, "cpu": cpu() - start}


def serve(kind: type[Site], folder: Path, people: int, *, one_college: bool) -> None:
    """Answer the parent, one line of JSON for one."""
    site = kind(folder, people, one_college=one_college)
    print(json.dumps(list(site.addresses())), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        done = site.look(order["page"]) if "requests" not in order else site.round(**order)
        print(json.dumps(done), flush=True)


class Other:
    """A process with its own site."""

    def __init__(self, script: str, folder: Path, people: int, *, one_college: bool) -> None:
        command = [sys.executable, script, "--serve", str(people), "--keep", str(folder)]
        self.process = subprocess.Popen(
            [*command, *(["--one-college"] if one_college else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pages = json.loads(self.process.stdout.readline())

    def ask(self, **order: Any) -> Any:
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def main(kind: type[Site], script: str, doc: str | None) -> None:
    """The command of a script that measures pages of one kind of site."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--keep", type=Path, help="a folder whose databases serve again")
    parser.add_argument("--one-college", action="store_true", help="everybody at one college")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(kind, chosen.keep, chosen.serve, one_college=chosen.one_college)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        shape = "one-" if chosen.one_college else ""
        sites = {
            people: Other(script, folder / f"{shape}{people}", people, one_college=chosen.one_college)
            for people in chosen.people
        }
        report(sites, chosen)
        for site in sites.values():
            site.process.stdin.close()
            site.process.wait()


def report(sites: dict[int, Other], chosen: Any) -> None:
    """Measure in rounds and print one table."""
    pages = [page for page in next(iter(sites.values())).pages if not chosen.only or page in chosen.only]
    print(f"{chosen.rounds} rounds of {chosen.requests} requests; {machine()}\n", flush=True)
    looks = {(page, people): site.ask(page=page) for people, site in sites.items() for page in pages}
    found: dict[tuple[str, int], list[Any]] = {key: [] for key in looks}
    for number in range(chosen.rounds):
        for page in pages if number % 2 == 0 else pages[::-1]:
            for people, site in sites.items():
                found[page, people].append(site.ask(page=page, requests=chosen.requests))
    print(
        "| page | apprentices | requests/s | p50 ms | p95 ms | CPU ms | queries | KiB | p95 to the smallest |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    first: dict[str, float] = {}
    for (page, people), rounds in sorted(found.items(), key=lambda entry: pages.index(entry[0][0])):
        times = sorted(time for part in rounds for time in part["times"])
        p95 = times[int(0.95 * (len(times) - 1))]
        spent = min(part["cpu"] for part in rounds) / chosen.requests
        look = looks[page, people]
        print(
            f"| {page} | {people:,} | {len(times) / sum(times):.0f} | {1000 * median(times):.1f} | {1000 * p95:.1f} "
            f"| {1000 * spent:.1f} | {look['queries']} | {look['kib']:.0f} "
            f"| {p95 / first.setdefault(page, p95):.2f} |"
        )
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main(Site, __file__, __doc__)
