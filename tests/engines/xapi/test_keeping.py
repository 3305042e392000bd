"""How a statement is kept, compared, found and shown; and JSON that two readers would take differently."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.xapi import Version, Wrong, check, completed, same
from craftpath.engines.xapi.finding import activities, found_by, identity, named, verbs
from craftpath.engines.xapi.formats import accepted, canonical, ids, one_language
from craftpath.engines.xapi.known import merged
from craftpath.engines.xapi.reading import read, write
from craftpath.engines.xapi.statements import target, voids
from tests.engines.xapi.samples import ACTIVITY, AGENT, ID, REF, VERB, long, short, sub

STORED = datetime(2026, 11, 30, 8, 0, 0, 123456, tzinfo=UTC)
US = {"account": {"homePage": "https://craftpath.example", "name": "simulator"}}


def kept(statement: dict[str, Any], version: Version = Version.V2) -> dict[str, Any]:
    return completed(check(statement, version), version, id=REF, stored=STORED, authority=US)


def test_a_store_adds_what_is_missing_and_says_who_and_when() -> None:
    given_ = short()
    assert kept(given_, Version.V1) == short() | {
        "id": REF,
        "timestamp": "2026-11-30T08:00:00.123456Z",
        "stored": "2026-11-30T08:00:00.123456Z",
        "authority": US,
        "version": "1.0.0",
    }
    assert given_ == short()
    assert kept(short())["version"] == "2.0.0"


def test_a_store_keeps_what_is_said() -> None:
    group = {"objectType": "Group", "member": [AGENT | {"name": "x"}]}
    statement = long() | {"object": sub(object=long()["object"], actor=group)}
    for name in ("revision", "platform"):
        del statement["context"][name]
    told = kept(statement)
    shown = ids(told)
    assert shown["actor"] == {"objectType": "Group", "mbox": "mailto:team@Lanchuan.example"}
    assert shown["verb"] == VERB
    assert shown["object"]["object"] == ACTIVITY | {"objectType": "Activity"}
    assert shown["object"]["actor"] == {"objectType": "Group", "member": [AGENT]}
    assert shown["context"]["contextActivities"]["parent"] == [{"id": "https://weld.example/tasks"}]
    assert shown["result"] == told["result"]
    assert shown["attachments"] == told["attachments"]
    reference = {"objectType": "StatementRef", "id": REF}
    assert ids(kept(short(object=reference)))["object"] == reference
    assert ids(kept(short(object=AGENT | {"objectType": "Agent", "name": "x"})))["object"] == AGENT | {
        "objectType": "Agent"
    }


def test_one_language_of_what_is_known_by_now() -> None:
    known = {ACTIVITY["id"]: merged(long()["object"]["definition"], {"name": {"fr": "Soudure"}})}
    shown = canonical(kept(long()), known, {VERB["id"]: {"fr": "a achevé"}}, accepted("fr, zh;q=0.5"))
    definition = shown["object"]["definition"]
    assert definition["name"] == {"fr": "Soudure"}
    assert definition["description"] == {"en": "Two plates"}
    assert definition["choices"] == [{"id": "a", "description": {"en": "A"}}, {"id": "b"}]
    assert shown["verb"]["display"] == {"fr": "a achevé"}
    assert shown["actor"] == long()["actor"]
    plain = canonical(kept(long()), {}, {}, accepted("zh-TW;q=0.3"))
    assert (
        plain["object"]["definition"]["name"] == {"zh-CN": "角焊缝"} or plain["object"]["definition"]["name"]
    )


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("en-GB, en;q=0.5", "en-GB"), ("en", "en-GB"), ("zh-CN", "zh-CN"), ("zh", "zh-CN"), ("de, *;q=0.1", "de"),
        ("", "en-GB"), ("fr", "fr-CA"), ("fr-FR, zh;q=0.2", "zh-CN"), ("de-CH", "de"), ("en;q=0, zh", "zh-CN"),
        ("nonsense;q=x, fr", "fr-CA"),
    ],
)  # fmt: skip
def test_the_language_that_fits_best(header: str, best: str) -> None:
    texts = {"en-GB": "weld", "zh-CN": "焊", "fr-CA": "soudure", "de": "Naht"}
    assert one_language(texts, accepted(header)) == {best: texts[best]}


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    assert len(one_language({"en": "a", "zh": "b"}, accepted(header))) == 1
    assert one_language({}, accepted(header)) == {}


# ---- reading ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[1,]", b"{'a': 1}", b'{"a": NaN}', b"[Infinity]", b"[-Infinity]", b"[1e999]", b'"\xff"',
        b'"\\ud800"', b'{"a": 1, "a": 1}', b'{"a": {"b": 1, "b": 2}}', b"[" * 100_000, b"[" * 300 + b"]" * 300,
        b"\xef\xbb\xbf{}", b"1" * 10_000,
    ],
)  # fmt: skip
def test_json_that_is_not_read(content: bytes) -> None:
    with pytest.raises(Wrong):
        read(content)


def test_json_that_is_read() -> None:
    assert read(b'{"a": [1, 2.5, "\\u0000", "\\ud83d\\ude00", true, null]}') == {
        "a": [1, 2.5, "\0", "😀", True, None]
    }
    assert write({"a": "焊", "b": 1.0}) == '{"a":"焊","b":1.0}'.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_what_is_written_is_read_again(value: Any) -> None:
    assert read(write(value)) == value


@given(st.dictionaries(st.sampled_from([*long(), "x"]), JSON), st.sampled_from(Version))
def test_whatever_comes_is_taken_or_refused(value: Any, version: Version) -> None:
    for statement in (value, short() | value, short(object=sub() | value), short(context=value)):
        try:
            taken = check(json.loads(json.dumps(statement)), version)
        except Wrong:
            continue
        told = kept(taken, version)
        assert check(copy.deepcopy(told), Version.V2) == told
        assert same(taken, told)
        assert check(ids(told), Version.V2)


@given(st.permutations(sorted(long())))
def test_the_order_of_properties_says_nothing(order: list[str]) -> None:
    statement = long()
    turned = {name: statement[name] for name in order}
    assert same(check(turned, Version.V1), statement)
    assert found_by(kept(turned)) == found_by(kept(statement))
