"""The content's own origin: one package an address, for some hours, and nothing but files."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from craftpath.delivery.exchange.courses import shelf
from craftpath.delivery.exchange.courses.grants import STEP, Grant, granted, read
from craftpath.delivery.web.packages.content import serving

SITE = "https://college.example"
Ask = Callable[..., tuple[str, dict[str, str], bytes]]


@pytest.fixture
def ask(tmp_path: Path, settings: Any) -> Ask:
    """Ask the program for a path below the address of the package `abc`."""
    settings.VAR = tmp_path
    for name, content in {
        "abc/Index.html": b"<h1>",
        "abc/media/film.mp4": bytes(range(100)),
        "abc/.hidden/x.js": b"1",
        "other/secret.txt": b"no",
        "site.sqlite3": b"no",
    }.items():
        place = shelf.shelf() / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def asked(
        path: str, token: str = "", method: str = "GET", **headers: str
    ) -> tuple[str, dict[str, str], bytes]:
        told: list[Any] = []
        address = f"/{token or granted(Grant('abc', SITE), time.time())}/{path}"
        environ = {"REQUEST_METHOD": method, "PATH_INFO": address.encode().decode("latin-1"), **headers}
        body = b"".join(serving.application(environ, lambda *answer: told.extend(answer)))
        return told[0][:3], dict(told[1]), body

    return asked


def test_a_file_comes_with_its_kind_and_nothing_that_could_be_kept_of_the_reader(ask: Ask) -> None:
    status, headers, body = ask("Index.html")
    assert (status, headers["Content-Type"], body) == ("200", "text/html", b"<h1>")
    assert f"frame-ancestors 'self' {SITE}" in headers["Content-Security-Policy"]
    assert "connect-src 'self'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "immutable" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers
    assert ask("index.HTML")[0] == "200"  # as it would be where the package was made
    assert ask("Index.html", method="HEAD")[2] == b""


def test_a_film_is_jumped_in(ask: Ask) -> None:
    status, headers, body = ask("media/film.mp4", HTTP_RANGE="bytes=10-19")
    assert (status, headers["Content-Range"], body) == ("206", "bytes 10-19/100", bytes(range(10, 20)))
    assert ask("media/film.mp4", HTTP_RANGE="bytes=200-")[0] == "416"


@pytest.mark.parametrize(
    "path",
    ["", "media", "media/", "nothing.html", "../other/secret.txt", "media/../../other/secret.txt", "./Index.html",
     "..\\other\\secret.txt", "%2e%2e/other/secret.txt", "/etc/passwd", "//etc/passwd", "media//film.mp4", "a\0b",
     "x" * 5000, "_craftpath/../../../settings.py", "_craftpath/nothing.js", "_craftpath/serving.py"],
)  # fmt: skip
def test_no_path_leads_out_of_the_package(ask: Ask, path: str) -> None:
    assert ask(path)[0] == "404"


def test_an_address_is_for_one_package_and_ends(ask: Ask) -> None:
    now = time.time()
    good = granted(Grant("abc", SITE), now)
    assert ask("secret.txt")[0] == "404"
    assert ask("secret.txt", granted(Grant("other", SITE), now))[0] == "200"
    old = granted(Grant("abc", SITE), now - 3 * STEP)
    for bad in (good[:-1], good[:-1] + ("A" if good[-1] != "A" else "B"), "x", old):
        assert ask("Index.html", bad)[0] == "404"
    assert read(good, now + STEP - 1) == Grant("abc", SITE)
    assert read(good, now + 2 * STEP) is None
    assert granted(Grant("abc", SITE), now - now % STEP) == good  # so that a browser keeps what it has


def test_nothing_is_written_and_nothing_stays(ask: Ask) -> None:
    assert ask("Index.html", method="POST")[0] == "405"
    assert ask(".hidden/x.js", HTTP_SERVICE_WORKER="script")[0] == "403"


def test_the_player_names_the_site_that_may_hold_it(ask: Ask) -> None:
    status, headers, body = ask("_craftpath/", granted(Grant("abc", 'https://x"><script>'), time.time()))
    assert (status, headers["Cache-Control"]) == ("200", "private, no-store")
    assert b'"><script>' not in body
    for name in ("shell.js", "shell.css", "scorm-again.min.js", "h5p/main.bundle.js", "h5p/styles/h5p.css"):
        assert ask(f"_craftpath/{name}")[0] == "200", name


def test_it_starts_without_a_database() -> None:
    told = "import craftpath.project.content, sys; print('django.db.backends.sqlite3.base' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", told], cwd=site.ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_a_unit_talks_to_the_record_store_of_its_site_and_to_nothing_else(ask: Ask) -> None:
    plain = ask("Index.html")[1]["Content-Security-Policy"]
    assert "connect-src 'self' data: blob:;" in plain
    token = granted(Grant("abc", SITE, talks=True), time.time())
    assert read(token, time.time()) == Grant("abc", SITE, talks=True)
    talking = ask("Index.html", token)[1]["Content-Security-Policy"]
    assert f"connect-src 'self' data: blob: {SITE}/xapi/;" in talking


def test_the_way_back_leads_to_the_site_only(ask: Ask) -> None:
    status, headers, body = ask("_craftpath/back", granted(Grant("abc", SITE), time.time()))
    assert status.startswith("200")
    assert f'data-site="{SITE}"'.encode() in body
    assert "no-store" in headers["Cache-Control"]
    assert ask("_craftpath/back.js")[0].startswith("200")
