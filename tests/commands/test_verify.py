"""The command `craftpath verify`: a file in, a verdict with its reasons out, and no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.commands.headless import main
from craftpath.engines.credentials import documents, sign, token
from tests.engines.credentials.making import KEY, LIST, NOW, achievement, signed
from tests.engines.credentials.test_baked import png

COLLEGE = "did:web:college.example:at:yunqiao"
METHOD = documents.method_of(COLLEGE, KEY.public_multikey)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def written(path: Path, what: Any) -> str:
    if isinstance(what, bytes):
        path.write_bytes(what)
    else:
        path.write_text(
            what if isinstance(what, str) else json.dumps(what, ensure_ascii=False), encoding="utf-8"
        )
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["verify", "--at", "2026-11-30", *arguments])
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["valid", "checks"]
    assert [one["name"] for one in found["checks"]] == ["proof", "dates", "status", "schema", "issuer"]
    assert all(list(one) == ["name", "ok", "why"] and one["why"] for one in found["checks"])
    assert found["valid"] is (code == 0)
    return code, {one["name"]: one for one in found["checks"]}


TOKEN = token(achievement(), KEY, method=KEY.did_key_method)
FORMS = {
    "a.json": signed(),
    "a.jwt": TOKEN + "\n",
    "a.png": png(json.dumps(signed(), ensure_ascii=False)),
    "a.svg": f'<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="{TOKEN}"/></svg>',
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_credential(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, checks = asked(capsys, written(tmp_path / name, FORMS[name]))
    assert code == 0
    assert [one["ok"] for one in checks.values()] == [True, True, None, True, True]


@pytest.mark.parametrize(
    "what",
    ["", "{", "[1]", "no credential", b"\xff\xfe", png(None), signed() | {"name": "Somebody else's"}],
    ids=["empty", "cut off", "a list", "text", "bytes", "a bare picture", "changed"],
)
def test_what_does_not_hold(what: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, checks = asked(capsys, written(tmp_path / "a.json", what))
    assert (code, checks["proof"]["ok"]) == (1, False)


def test_as_of_another_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.json", signed())
    code, checks = asked(capsys, path, "--at", "2040-01-01")
    assert (code, checks["dates"]["ok"]) == (1, False)
    assert asked(capsys, path, "--at", "2031-05-31T23:00:00+08:00")[0] == 0


def test_keys_of_an_issuer_that_is_an_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = achievement(issuer=documents.Issuer(COLLEGE, "云桥职业技术学院"))
    path = written(tmp_path / "a.json", sign(document, KEY, method=METHOD, created=NOW))
    code, checks = asked(capsys, path)
    assert (code, checks["proof"]["ok"]) == (1, None)
    assert 'Fetch "https://college.example/at/yunqiao/did.json" yourself' in checks["proof"]["why"]
    assert checks["status"]["why"].endswith("Fetch it and give it with --status-list.")
    did = written(tmp_path / "did.json", documents.did_document(COLLEGE, [KEY.public_multikey]))
    for known in (["--did", did], ["--key", f"{METHOD}={KEY.public_multikey}"]):
        code, checks = asked(capsys, path, *known)
        assert (code, checks["issuer"]["ok"]) == (0, True)
    stranger = documents.did_document("did:web:other.example", [KEY.public_multikey])
    assert asked(capsys, path, "--did", written(tmp_path / "other.json", stranger))[0] == 1


@pytest.mark.parametrize(
    ("issuer", "where"),
    [
        ("did:web:college.example", "https://college.example/.well-known/did.json"),
        ("did:web:college.example%3A8443:at:a", "https://college.example:8443/at/a/did.json"),
        ("did:example:college", ""),
    ],
)
def test_where_the_keys_lie_is_said(
    issuer: str, where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = achievement(issuer=documents.Issuer(issuer, "College"), status=None)
    method = documents.method_of(issuer, KEY.public_multikey)
    path = written(tmp_path / "a.json", sign(document, KEY, method=method, created=NOW))
    why = asked(capsys, path)[1]["proof"]["why"]
    assert (f'Fetch "{where}" yourself' in why) is bool(where)


def test_a_file_beyond_all_measure_is_not_read_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "/dev/zero")[0] == 1


def test_a_list_at_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.json", signed())
    for places, code in (([94567], 1), ([1], 0)):
        listing = signed(
            documents.status_list(places, id=LIST, issuer=KEY.did_key, valid_from=NOW.replace(day=1))
        )
        found, checks = asked(capsys, path, "--status-list", written(tmp_path / "list.json", listing))
        assert (found, checks["status"]["ok"]) == (code, code == 0)


def test_the_reader_s_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    checks = asked(capsys, written(tmp_path / "a.json", signed()))[1]
    assert checks["proof"]["why"].startswith("签名完好")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["absent.json"], "absent.json:1: file: cannot be read"),
        (["a.json", "--at", "soon"], "--at:1: date: a date is written as"),
        (["a.json", "--key", "z6Mk"], "--key:1: key: a key is written as"),
        (["a.json", "--did", "a.json"], "a.json:1: file: holds no document with keys"),
        (["a.json", "--status-list", "empty"], "empty:1: file: holds no list of statuses"),
    ],
)
def test_what_cannot_be_asked(
    arguments: list[str],
    complaint: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "a.json", signed())
    written(tmp_path / "empty", "{")
    assert main(["verify", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(complaint)
