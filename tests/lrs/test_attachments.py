"""Attachments: sent along and given back byte for byte, whatever they hold; refused where a hash or a part is wrong."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.lrs.asking import Refusal
from craftpath.delivery.lrs.bodies import multipart
from craftpath.domain.activity.models import Attachment, Statement
from craftpath.kernel.files import KeptFile
from tests.engines.xapi.samples import ATTACHMENT, short, sub
from tests.engines.xapi.test_signatures import ATTACHED as SIGNATURE
from tests.engines.xapi.test_signatures import certificate, signed
from tests.lrs.asking import Program, mixed, sha256

TEXT = b"here is a simple attachment"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def attached(content: bytes, **more: Any) -> dict[str, Any]:
    return ATTACHMENT | {"sha2": sha256(content), "length": len(content)} | more


def parts(answer: Any) -> tuple[Any, dict[str, Any]]:
    """The statements of a mixed answer, and its parts by their hashes."""
    body = b"".join(answer.streaming_content)
    whole = message_from_bytes(f"Content-Type: {answer['Content-Type']}\r\n\r\n".encode() + body)
    first, *rest = whole.get_payload()  # type: ignore[misc]
    assert first["Content-Type"] == "application/json"  # type: ignore[index]
    told = json.loads(first.get_payload(decode=True))  # type: ignore[union-attr, arg-type]
    return told, {part["X-Experience-API-Hash"]: part for part in rest}  # type: ignore[index]


@pytest.mark.django_db
def test_what_is_sent_along_comes_back(program: Program) -> None:
    statement = short(attachments=[attached(TEXT)])
    answer = program.ask("POST", "statements", **mixed(statement, (sha256(TEXT), TEXT)))
    assert answer.status_code == 200, answer.content
    own = answer.json()[0]
    plain = program.get(statementId=own)
    assert plain["Content-Type"] == "application/json"
    assert plain.json()["attachments"] == [attached(TEXT)]
    for given_ in ({"statementId": own}, {"limit": "5"}):
        with_parts = program.get(**given_, attachments="true")
        assert with_parts["Content-Type"].startswith("multipart/mixed; boundary=")
        assert with_parts["Last-Modified"] == plain["Last-Modified"]
        told, contents = parts(with_parts)
        assert (told if "id" in told else told["statements"][0])["id"] == own
        part = contents[sha256(TEXT)]
        assert part.get_payload(decode=True) == TEXT
        assert part["Content-Transfer-Encoding"] == "binary"
        assert part["Content-Type"] == "image/jpeg"
    assert program.get(attachments="false")["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_what_came_is_known_by_its_hash_however_long_it_is_said_to_be(program: Program) -> None:
    statement = short(attachments=[attached(TEXT, length=1)])
    answer = program.ask("POST", "statements", **mixed(statement, (sha256(TEXT), TEXT)))
    assert answer.status_code == 200
    told = program.get(statementId=answer.json()[0]).json()
    assert told["attachments"] == statement["attachments"]
    other = mixed(statement, (sha256(TEXT), TEXT[::-1]))
    assert program.ask("POST", "statements", **other).status_code == 400


@pytest.mark.django_db
def test_a_content_is_kept_once(program: Program) -> None:
    first, second = short(attachments=[attached(TEXT)]), short(attachments=[attached(TEXT), attached(b"x")])
    body = mixed([first, second], (sha256(TEXT), TEXT), (sha256(b"x").upper(), b"x"))
    assert program.ask("POST", "statements", **body).status_code == 200
    assert program.ask("POST", "statements", **mixed(first, (sha256(TEXT), TEXT))).status_code == 200
    assert Attachment._base_manager.count() == KeptFile._base_manager.count() == 2
    told, contents = parts(program.get(attachments="true"))
    assert sorted(contents) == sorted([sha256(TEXT), sha256(b"x")])


@pytest.mark.django_db
def test_put_takes_one_along_and_a_mixed_body_needs_none(program: Program) -> None:
    own = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
    body = mixed(short(attachments=[attached(TEXT)]), (sha256(TEXT), TEXT), statementId=own)
    assert program.ask("PUT", "statements", **body).status_code == 204
    assert program.ask("POST", "statements", **mixed([short(), short()])).status_code == 200
    elsewhere = short(attachments=[attached(TEXT, fileUrl="https://weld.example/seam.jpg")])
    assert program.ask("POST", "statements", **mixed(elsewhere)).status_code == 200
    assert program.post(elsewhere).status_code == 200
    assert parts(program.get(limit="1", attachments="true"))[1].keys() == {sha256(TEXT)}


@pytest.mark.django_db
def test_what_is_attached_inside_is_sent_along_too(program: Program) -> None:
    statement = short(object=sub(attachments=[attached(TEXT)]))
    assert program.post(statement).status_code == 400
    assert program.ask("POST", "statements", **mixed(statement, (sha256(TEXT), TEXT))).status_code == 200
    assert parts(program.get(limit="1", attachments="true"))[1].keys() == {sha256(TEXT)}


GOOD = short(attachments=[attached(TEXT)])
HASH = sha256(TEXT)


def cut(body: dict[str, Any], before: bytes, after: bytes) -> dict[str, Any]:
    assert before in body["body"]
    return body | {"body": body["body"].replace(before, after)}


BAD: dict[str, dict[str, Any]] = {
    "nothing sent along, plain": {"body": GOOD},
    "nothing sent along, mixed": mixed(GOOD),
    "another content": mixed(GOOD, (HASH, b"something else")),
    "a content under another hash": mixed(GOOD, (sha256(b"x"), b"x")),
    "one content too many": mixed(GOOD, (HASH, TEXT), (sha256(b"x"), b"x")),
    "a content nobody names": mixed(short(), (HASH, TEXT)),
    "a hash that is none": mixed(GOOD, ("x", TEXT)),
    "no hash": cut(mixed(GOOD, (HASH, TEXT)), b"X-Experience-API-Hash", b"X-Hash"),
    "not binary": cut(mixed(GOOD, (HASH, TEXT)), b"Encoding: binary", b"Encoding: base64"),
    "no encoding": cut(mixed(GOOD, (HASH, TEXT)), b"Content-Transfer-Encoding: binary\r\n", b""),
    "statements of another kind": cut(mixed(GOOD, (HASH, TEXT)), b"application/json", b"text/plain"),
    "statements without a kind": cut(mixed(GOOD, (HASH, TEXT)), b"Content-Type: application/json\r\n", b""),
    "statements that are none": cut(mixed(GOOD, (HASH, TEXT)), b'"actor"', b'"aktor"'),
    "no boundary in the head": mixed(GOOD, (HASH, TEXT)) | {"kind": "multipart/mixed"},
    "another boundary": mixed(GOOD, (HASH, TEXT)) | {"kind": "multipart/mixed; boundary=x"},
    "an empty boundary": mixed(GOOD, (HASH, TEXT)) | {"kind": 'multipart/mixed; boundary=""'},
    "no end": mixed(GOOD, (HASH, TEXT)) | {"body": mixed(GOOD, (HASH, TEXT))["body"][:-10]},
    "nothing": mixed(GOOD) | {"body": b""},
    "a head without an end": {"body": b"--b\r\nContent-Type: application/json", "kind": "multipart/mixed; boundary=b"},
    "a head that is none": {"body": b"--b\r\nx\r\n\r\n{}\r\n--b--", "kind": "multipart/mixed; boundary=b"},
    "a form": {"body": GOOD, "kind": "multipart/form-data; boundary=x"},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_what_is_refused_leaves_nothing_behind(newer: Program, name: str) -> None:
    before = Statement._base_manager.count()
    answer = newer.ask("POST", "statements", **BAD[name])
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
    assert Statement._base_manager.count() == before
    assert Attachment._base_manager.count() == KeptFile._base_manager.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_a_signed_statement(program: Program, algorithm: str) -> None:
    content = signed(short(), algorithm, x5c=[certificate()])
    statement = short(attachments=[SIGNATURE | {"sha2": sha256(content), "length": len(content)}])
    assert (
        program.ask("POST", "statements", **mixed(statement, (sha256(content), content))).status_code == 200
    )
    other = statement | {"result": {"success": True}}
    answer = program.ask("POST", "statements", **mixed(other, (sha256(content), content)))
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_other")
    plain = short(attachments=[SIGNATURE | {"sha2": sha256(content), "fileUrl": "https://a.example"}])
    assert program.post(plain).json()["code"] == "signature_missing"


# ---- reading in pieces -----------------------------------------------------------------------------------


class Trickle:
    """A body that comes in pieces of any size."""

    def __init__(self, body: bytes, sizes: Iterator[int]) -> None:
        self.body, self.sizes = body, sizes

    def read(self, size: int = -1) -> bytes:
        step = next(self.sizes)
        piece, self.body = self.body[:step], self.body[step:]
        return piece


def read(body: bytes, boundary: str, sizes: Iterator[int]) -> tuple[bytes, list[bytes]]:
    with ExitStack() as stack:
        kind = f'multipart/mixed; boundary="{boundary}"'
        statements, found = multipart(Trickle(body, sizes), kind, stack)  # type: ignore[arg-type]
        for part in found:
            assert part.size == part.path.stat().st_size
            assert part.found == part.sha2
        return statements, [part.path.read_bytes() for part in found]


NEARLY = [b"", b"\r\n", b"\n--b", b"\r\n--b", b"--b--", b"\r\n--bx\r\n", b"\r", b"\n", b"-" * 70]
PIECES = st.lists(
    st.one_of(st.binary(max_size=60), st.sampled_from(NEARLY)),
    max_size=5,
).map(b"".join)  # fmt: skip


def _harmless(content: bytes) -> bool:
    """No sender puts a boundary at the beginning of a line of its own content."""
    lines = (b"\n" + content).split(b"\n--b")
    return all(line.split(b"\n")[0].strip(b" \t\r") not in (b"", b"--") for line in lines[1:])


@given(st.lists(PIECES.filter(_harmless), max_size=4), st.randoms(use_true_random=False), st.booleans())
def test_whatever_is_inside_comes_out(contents: list[bytes], chance: random.Random, preamble: bool) -> None:
    body = mixed({"x": 1}, *((sha256(one), one) for one in contents), boundary="b")["body"]
    body = (b"before\r\n" if preamble else b"") + body
    sizes = iter(lambda: chance.choice([1, 2, 3, 7, 50, 1000]), None)
    statements, found = read(body, "b", sizes)
    assert statements == b'{"x": 1}'
    assert found == contents


@given(st.binary(max_size=300))
def test_no_body_is_more_than_refused(body: bytes) -> None:
    with suppress(Refusal):
        read(b"--b\r\n" + body, "b", iter(lambda: 64, None))


@pytest.mark.django_db
def test_fifty_megabytes_need_little_memory(newer: Program, settings: Any) -> None:
    content = random.Random(1).randbytes(1024 * 1024) * 50
    statement = short(attachments=[attached(content)])
    body = mixed(statement, (sha256(content), content))
    tracemalloc.start()
    answer = newer.ask("POST", "statements", **body)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 200, answer.content
    assert most < 80 * 1024 * 1024  # the test's own body is copied once on its way
    kept = KeptFile._base_manager.get()
    assert (kept.size, kept.sha256) == (len(content), sha256(content))
    tracemalloc.start()
    answer = newer.get(limit="1", attachments="true")
    size = sum(len(piece) for piece in answer.streaming_content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > len(content)
    assert most < 5 * 1024 * 1024
    settings.XAPI_LIMIT = 40
    assert newer.ask("POST", "statements", **body).status_code == 413
