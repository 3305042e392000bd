"""The copy of certificates: any web server reads it, only what changed is written, nothing is taken away."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
import time_machine
from django.core.management import call_command

from craftpath.domain.certificates.actions import replace_certificate, revoke_certificate
from craftpath.domain.certificates.models import Certificate
from craftpath.engines.credentials import check
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import issued, kind, passed

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today(settings: Any) -> Iterator[None]:
    settings.ADDRESS = "https://learn.example"
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def both(cast: Cast) -> list[Certificate]:
    passed(cast, "26001", "26002")
    return sorted(issued(cast, kind(cast, valid_months=12)), key=lambda one: one.number)


def copied(folder: Path) -> dict[str, int]:
    """Run the command; path → when it was last written."""
    call_command("certificates_static", out=folder)
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_plain_web_server_serves_it_at_the_addresses_of_the_papers(
    both: list[Certificate], tmp_path: Path, served: str
) -> None:
    """Every link on a page leads to a file, in both languages, and the files check one another."""
    copied(tmp_path)
    there = f"{served}/c/{both[0].public_id}/"
    page = urlopen(there).read().decode()  # noqa: S310  (our own server)
    assert "该证书有效" in page
    assert both[0].person.name in page
    assert "<script" not in page
    links = set(re.findall(r'(?:href|src)="([^"]+)"', page)) - {"data:,"}  # the icon, which is none
    assert {"index.html", "en.html", "credential.json", "../verify.css"} <= links
    for link in links:
        assert not link.startswith(("/", "http"))
        assert urlopen(urljoin(there, link)).status == 200  # noqa: S310  (our own server)
    assert "This certificate is valid" in urlopen(urljoin(there, "en.html")).read().decode()  # noqa: S310
    document = json.loads((tmp_path / "at/lanchuan/did.json").read_bytes())
    methods = {one["id"]: one["publicKeyMultibase"] for one in document["verificationMethod"]}
    credential = json.loads((tmp_path / "c" / both[0].public_id / "credential.json").read_bytes())

    def lists(entry: Any) -> Any:
        path = entry["statusListCredential"].removeprefix("https://learn.example/")
        return json.loads((tmp_path / path).read_bytes())

    assert check(credential, at=AT, keys=methods.get, status=lists).valid


def test_its_door_lists_no_ids(both: list[Certificate], tmp_path: Path, served: str) -> None:
    copied(tmp_path)
    for door in ("/c/", "/c/en.html"):
        page = urlopen(f"{served}{door}").read().decode()  # noqa: S310  (our own server)
        assert not any(one.public_id in page for one in both)


def test_only_what_changed_is_written_again(cast: Cast, both: list[Certificate], tmp_path: Path) -> None:
    first = copied(tmp_path)
    assert copied(tmp_path) == first
    by: dict[str, Any] = {"by": cast.actor("coordinator"), "at": AT}
    revoke_certificate(both[0], because="wrong person", **by)
    second = copied(tmp_path)
    changed = {path for path in first if second[path] != first[path]}
    assert changed == {
        f"c/{both[0].public_id}/index.html", f"c/{both[0].public_id}/en.html", "c/status/lanchuan/1.json",
    }  # fmt: skip
    assert "wrong person" in (tmp_path / "c" / both[0].public_id / "en.html").read_text("utf-8")
    newer = replace_certificate(both[1], because="name", on=TODAY, **by)
    third = copied(tmp_path)
    assert set(first) < set(third)
    assert (
        f'href="../{newer.public_id}/en.html"' in (tmp_path / "c" / both[1].public_id / "en.html").read_text()
    )


def test_a_certificate_that_ran_out_says_so_at_the_next_run(both: list[Certificate], tmp_path: Path) -> None:
    copied(tmp_path)
    page = tmp_path / "c" / both[0].public_id / "en.html"
    assert "It holds until" in page.read_text("utf-8")
    with time_machine.travel(AT + timedelta(days=400), tick=False):
        copied(tmp_path)
    assert "This certificate has expired" in page.read_text("utf-8")
