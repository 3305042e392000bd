"""The Python client and `craftpath api`: a week of work by script, and what they say when something is refused."""

from __future__ import annotations

import ast
import io
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib import error

import pytest

from craftpath.client import Craftpath, Failed, Problem
from craftpath.client import transport as carrying
from craftpath.delivery.api.assembled import schema
from craftpath.delivery.commands.headless import main
from tests.api.caller import token
from tests.api.wired import wired
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def address(cast: Cast) -> Iterator[str]:
    with wired() as found:
        yield found


@pytest.fixture
def apprentice(cast: Cast, address: str) -> Craftpath:
    return Craftpath(address, token(cast, "apprentice").token)


def test_a_week_by_the_client(cast: Cast, address: str, apprentice: Craftpath) -> None:
    mentor = Craftpath(address, token(cast, "mentor").token)
    for day in range(1, 5):
        apprentice.write_entry({"on": f"2026-09-{day:02}", "text": f"Day {day}", "submit": True})
    assert [entry["on"] for entry in apprentice.list_entries(limit=2)] == [
        f"2026-09-0{day}" for day in (4, 3, 2, 1)
    ]
    waiting = [{"id": row["id"], "revision": row["revision"]} for row in mentor.list_waiting_entries()]
    assert len(mentor.confirm_entries({"entries": waiting})["confirmed"]) == 4
    assert {row["state"] for row in apprentice.list_entries(state="confirmed")} == {"confirmed"}


def test_a_write_under_a_key_is_one_and_a_changed_thing_is_not_written_over(apprentice: Craftpath) -> None:
    body: Any = {"on": "2026-09-14", "text": "x"}
    made = [apprentice.write_entry(body, key="k")["id"] for _ in range(3)]
    assert len(set(made)) == 1
    apprentice.change_entry(made[0], body | {"text": "y"}, revision=1)
    with pytest.raises(Problem) as refused:
        apprentice.change_entry(made[0], body | {"text": "z"}, revision=1)
    assert (refused.value.status, refused.value.code, refused.value.facts) == (
        412,
        "api.changed",
        {"revision": 2},
    )


def test_what_is_refused_says_why(cast: Cast, address: str) -> None:
    with pytest.raises(Problem) as refused:
        Craftpath(address, "craftpath_no_token").read_me()
    assert refused.value.status == 401
    chinese = Craftpath(address, token(cast, "apprentice").token, language="zh-hans")
    with pytest.raises(Problem) as wrong:
        chinese.write_entry({"on": "x"})
    assert wrong.value.errors[0]["detail"] == "此项应为日期，如 2026-09-14。"


def test_names_in_addresses_cannot_lead_elsewhere(apprentice: Craftpath) -> None:
    for name in ("../me", "a/b", "?x=1", "#", "令牌"):
        with pytest.raises(Problem) as refused:
            apprentice.read_entry(name)
        assert refused.value.status == 404


def test_it_waits_as_long_as_it_is_told_and_gives_up_in_the_end(monkeypatch: Any) -> None:
    waited: list[float] = []
    answers = iter([429, 503, 429, 429])

    def refuse(asked: Any, timeout: float) -> Any:
        content = io.BytesIO(json.dumps({"code": "api.too_many", "detail": "Wait."}).encode())
        status = next(answers)
        headers = {"Retry-After": "7"} if status == 429 else {}
        raise error.HTTPError(asked.full_url, status, "", headers, content)  # type: ignore[arg-type]

    monkeypatch.setattr(carrying, "OPEN", refuse)
    with pytest.raises(Problem) as refused:
        Craftpath("https://x.invalid", wait=waited.append).read_me()
    assert (refused.value.status, waited) == (429, [7.0, 2.0, 7.0])


def test_a_site_that_is_none(monkeypatch: Any) -> None:
    def broken(asked: Any, timeout: float) -> Any:
        raise error.URLError("no route")

    monkeypatch.setattr(carrying, "OPEN", broken)
    for address in ("https://x.invalid", "file:///etc/passwd", "x", ""):
        with pytest.raises(Failed):
            Craftpath(address, wait=lambda seconds: None).read_me()


class Scripted:
    """A site that answers as it is told, over a socket."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.heard = list(answers), []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        for answer in self.answers:
            line, _who = self.door.accept()
            with line:
                self.heard.append(line.recv(65536))
                line.sendall(answer)
        self.door.close()


def answered(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


HTML = answered("200 OK", b"<html>Sign in</html>", "Content-Type: text/html; charset=utf-8")


def test_answers_that_are_none_of_the_api(monkeypatch: Any) -> None:
    monkeypatch.setattr(carrying, "MOST_BYTES", 1000)
    for answer, said in (
        (HTML, "200 with text/html"),
        (answered("200 OK", b"[" * 900), "JSON was asked for"),
        (answered("200 OK", b"x" * 1001), "longer than"),
        (answered("302 Found", b"", "Location: https://elsewhere.invalid/"), "sends elsewhere"),
        (answered("500 Oops", b"<h1>no</h1>"), "answered 500"),
        (answered("404 Not Found", b'["no"]'), "answered 404"),
    ):
        site = Scripted(answer)
        with pytest.raises(Failed) as failed:
            Craftpath(site.address, "craftpath_a_b", wait=lambda seconds: None).read_me()
        assert said in str(failed.value)
        assert len(site.heard) == 1
    with pytest.raises(Failed, match="is no list"):
        list(Craftpath(Scripted(answered("200 OK", b"{}")).address).list_entries())


def test_a_broken_line_is_tried_again_and_a_moment_is_waited_for() -> None:
    waited: list[float] = []
    good = answered("200 OK", b'{"ok": true}')
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    site = Scripted(
        b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b"nonsense\r\n\r\n", good,
        answered("503 Busy", b"", f"Retry-After: {soon}"), answered("429 Slow", b"", "Retry-After: soon"), good,
        answered("429 Slow", b"", "Retry-After: 3600"),
    )  # fmt: skip
    client = Craftpath(site.address, wait=waited.append)
    assert client.read_me() == {"ok": True}
    assert waited == [1.0, 1.0, 1.0]
    assert client.read_me() == {"ok": True}
    assert 20 < waited[3] <= 30
    assert waited[4] == 2.0
    with pytest.raises(Failed, match="answered 429"):  # an hour is the caller's to wait
        client.read_me()
    assert len(waited) == 5


def test_a_site_that_is_silent_is_given_up() -> None:
    door = socket.create_server(("127.0.0.1", 0))
    site = Craftpath(f"http://127.0.0.1:{door.getsockname()[1]}", seconds=0.05, wait=lambda seconds: None)
    with door, pytest.raises(Failed, match="does not answer"):
        site.read_me()


def test_the_client_has_every_operation_and_needs_nothing() -> None:
    wanted = {one["operationId"] for found in schema()["paths"].values() for one in found.values()}
    assert wanted <= set(dir(Craftpath))
    for path in (ROOT / "craftpath" / "client").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom) and getattr(node, "level", 0) == 0:
                names = (
                    [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
                )
                assert {str(name).partition(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_the_folder_works_by_itself_without_django(tmp_path: Path) -> None:
    folder = tmp_path / "craftpath_client"
    folder.mkdir()
    for path in (ROOT / "craftpath" / "client").glob("*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    code = "import sys, craftpath_client as c; c.Craftpath('https://x'); assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path, check=True)


# ---- craftpath api ----------------------------------------------------------------------------------


@pytest.fixture
def kept(cast: Cast, tmp_path: Path, address: str) -> Path:
    path = tmp_path / "token"
    path.write_text(token(cast, "apprentice").token + "\n", encoding="ascii")
    return path


def _asked(address: str, kept: Path, *arguments: str) -> int:
    return main(["api", *arguments, "--site", address, "--token-file", str(kept)])


def test_the_command_writes_and_follows_pages(address: str, kept: Path, tmp_path: Path, capsys: Any) -> None:
    for day in range(1, 6):
        body = tmp_path / "entry.json"
        body.write_text(json.dumps({"on": f"2026-09-0{day}", "text": "Turned a shaft."}), encoding="utf-8")
        assert _asked(address, kept, "POST", "/log/entries", "--body", str(body), "--key", f"day-{day}") == 0
        assert _asked(address, kept, "POST", "/log/entries", "--body", str(body), "--key", f"day-{day}") == 0
    capsys.readouterr()
    assert _asked(address, kept, "GET", "/log/entries", "limit=2", "state=draft") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["on"] for line in lines] == [f"2026-09-0{day}" for day in (5, 4, 3, 2, 1)]
    assert _asked(address, kept, "GET", "/log/entries", "--most", "3") == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert _asked(address, kept, "GET", "/me") == 0
    assert json.loads(capsys.readouterr().out)["person"]["name"] == "陈雨桐"


def test_the_command_says_what_is_wrong(address: str, kept: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    (tmp_path / "wrong.json").write_text('{"on": "x"}', encoding="utf-8")
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "latin").write_bytes(b"\xff")
    for arguments, said in (
        (["GET", "/log/entries", "state"], "name=value"),
        (["GET", "me"], "begins with /"),
        (["POST", "/log/entries", "--body", str(tmp_path / "bad.json")], "no JSON"),
        (["POST", "/log/entries", "--body", str(tmp_path / "none.json")], "cannot be read"),
        (["POST", "/log/entries", "--body", str(tmp_path / "wrong.json")], "body.on: "),
        (["GET", "/nothing"], "404 api.not_there"),
        (["GET", "/deadlines"], "403 kernel.role_lacks"),
    ):
        assert _asked(address, kept, *arguments) == 2
        assert said in capsys.readouterr().err
    for name, said in (("empty", "no token"), ("latin", "not UTF-8"), ("gone", "cannot be read")):
        assert _asked(address, tmp_path / name, "GET", "/me") == 2
        assert said in capsys.readouterr().err
