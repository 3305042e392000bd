"""Whoever scans a certificate waits for how long, and how many may scan at once?

    python bench/verify.py [--certificates 500] [--requests 4000] [--at-once 8] [--port 8398]

A site of its own in a temporary folder, served as `manage.py serve` does it (two web processes, SQLite in a file).
`cold` is the first page after the server has started, taken from several starts. `warm` are so many requests over
connections that stay open, each for another certificate; `known` are the same for whoever has the page already.
`copy` is the same page out of the copy of plain files, by Python's own file server, and `static` a style sheet by the
site: what a page without any question to the database would take. The clients run on the same machine.
"""

from __future__ import annotations

import argparse
import functools
import http.client
import http.server
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from college import open_site
from hall import kill, serve
from machine import machine

STARTS = 5


def seed(count: int) -> list[str]:
    """A college, its kind, and so many holders with a certificate each; their public ids."""
    from django.utils import timezone

    from craftpath.domain.certificates import actions
    from craftpath.kernel.access import system
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.tenancy import everywhere

    now = timezone.now()
    with everywhere("a bench issues certificates"):
        college = plant(key="college", kind="college", name={"zh": "学院", "en": "College"})
        by = system(college)
        said = {
            "zh": "能独立编制车削程序并按图样加工。",
            "en": "Writes turning programs and machines to drawing.",
        }
        words = actions.Words("diploma", {"zh": "数控车工证书", "en": "CNC Turning"}, said, valid_months=36)
        kind = actions.activate_kind(actions.draft_kind(college, words, by=by, at=now), by=by, at=now)
        people = [Person(username=f"holder{n}", name=f"陈雨{n}") for n in range(count)]
        Person.objects.bulk_create(people)
        wanted = [(one, f"bench/act/{one.public_id}", ()) for one in people]
        made, left = actions.issue_certificates(kind, wanted, on=timezone.localdate(now), by=by, at=now)
        assert not left, left[0].verdict
        return [one.public_id for one in made]


def cold(port: int, path: str) -> list[float]:
    """The first page of a server that has just been started, some times over."""
    found = []
    for _ in range(STARTS):
        server = serve(port)
        try:
            begun = time.perf_counter()
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            found.append(time.perf_counter() - begun)
            assert answer.status == 200, answer.status
        finally:
            kill(server)
    return found


def many(
    port: int,
    paths: Sequence[str],
    requests: int,
    at_once: int,
    headers: dict[str, dict[str, str]] | None = None,
) -> tuple[list[float], float]:
    """Seconds of each request, and of all of them, over so many open connections."""
    took: list[list[float]] = [[] for _ in range(at_once)]

    def one(n: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for turn in range(n, requests, at_once):
            path = paths[turn % len(paths)]
            begun = time.perf_counter()
            line.request("GET", path, headers=(headers or {}).get(path, {}))
            answer = line.getresponse()
            answer.read()
            took[n].append(time.perf_counter() - begun)
            assert answer.status in (200, 304), answer.status

    threads = [threading.Thread(target=one, args=(n,)) for n in range(at_once)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [each for row in took for each in row], time.perf_counter() - begun


def etags(port: int, paths: Sequence[str]) -> dict[str, dict[str, str]]:
    """What somebody sends who has the page already."""
    line, found = http.client.HTTPConnection("127.0.0.1", port, timeout=30), {}
    for path in paths:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        found[path] = {"If-None-Match": answer.headers["ETag"]}
    return found


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def files(folder: Path) -> Iterator[int]:
    """The copy, served by a process of its own."""
    code = (
        "import sys, functools, http.server; sys.path.insert(0, sys.argv[2]); import verify; "
        "s = http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[3])), "
        "functools.partial(verify._Quiet, directory=sys.argv[1])); s.serve_forever()"
    )
    port = 8399
    words = [sys.executable, "-c", code, str(folder), str(Path(__file__).parent), str(port)]
    process = subprocess.Popen(words, cwd=Path(__file__).parent)
    try:
        time.sleep(2)
        yield port
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--certificates", type=int, default=500)
    parser.add_argument("--requests", type=int, default=4000)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--port", type=int, default=8398)
    asked = parser.parse_args()
    os.environ["CRAFTPATH_SECRET_KEY"] = "only-for-a-measurement"
    with tempfile.TemporaryDirectory() as name:
        open_site(Path(name) / "site")
        ids = seed(asked.certificates)
        pages, programs = [f"/c/{one}/" for one in ids], [f"/c/{one}/credential.json" for one in ids]
        copy = Path(name) / "copy"
        begun = time.perf_counter()
        _copied(copy)
        first = time.perf_counter() - begun
        begun = time.perf_counter()
        _copied(copy)
        again = time.perf_counter() - begun
        print(machine())
        print("| what | p50 ms | p95 ms | longest ms | requests a second |\n|---|---:|---:|---:|---:|")
        _say("cold: the first page after a start", cold(asked.port, pages[0]))
        server = serve(asked.port)
        run = functools.partial(many, requests=asked.requests, at_once=asked.at_once)
        try:
            run(asked.port, pages)
            _say("warm: the page", *run(asked.port, pages))
            _say("warm: the page, one reader", *many(asked.port, pages, asked.requests // 4, 1))
            _say("known: the page has not changed", *run(asked.port, pages, headers=etags(asked.port, pages)))
            _say("warm: the credential", *run(asked.port, programs))
            _say("the status list", *run(asked.port, ["/c/status/college/1.json"]))
            _say("static: a style sheet of the site", *run(asked.port, [_sheet(asked.port, pages[0])]))
        finally:
            kill(server)
        with files(copy) as port:
            _say("copy: the page as a file", *run(port, pages))
        print(f"\ncopy of {len(ids)} certificates: {first:.1f} s, once more {again:.1f} s")


def _copied(folder: Path) -> None:
    from django.core.management import call_command

    call_command("certificates_static", out=folder)


def _sheet(port: int, page: str) -> str:
    """The address of the sheet that the page names."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", page)
    return line.getresponse().read().decode().split('rel="stylesheet" href="')[1].split('"')[0]


def _say(what: str, times: Sequence[float], whole: float = 0.0) -> None:
    cuts = [1000 * one for one in statistics.quantiles(times, n=100, method="inclusive")]
    rate = f"{len(times) / whole:,.0f}" if whole else ""
    print(f"| {what} | {cuts[49]:.1f} | {cuts[94]:.1f} | {1000 * max(times):.0f} | {rate} |", flush=True)


if __name__ == "__main__":
    main()
