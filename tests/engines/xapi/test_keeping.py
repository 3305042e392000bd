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
    told = kept(long())
    assert (told["id"], told["version"]) == (ID, "1.0.0")
    assert told["authority"] == US
    assert told["timestamp"] == "2026-11-18T04:17:00.000000Z"
    assert told["context"]["contextActivities"]["parent"] == [{"id": "https://weld.example/tasks"}]
    same_again = copy.deepcopy(told)
    assert kept(told) == same_again


def test_a_moment_in_utc_stays_as_it_is_written() -> None:
    for text in ("2026-11-18T12:17:00.1234567Z", "2026-11-18T12:17:00+00:00"):
        assert kept(short(timestamp=text))["timestamp"] == text
    inner = kept(short(object=sub(timestamp="2026-11-18T12:17:00-01:00")))["object"]
    assert inner["timestamp"] == "2026-11-18T13:17:00.000000Z"


def test_one_activity_is_a_list_inside_too() -> None:
    inner = sub(context={"contextActivities": {"other": ACTIVITY}})
    assert kept(short(object=inner))["object"]["context"]["contextActivities"] == {"other": [ACTIVITY]}


# ---- the same or another one ------------------------------------------------------------------------------


SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "what a store adds": (long(), kept(long())),
    "what the verb is called": (short(verb=VERB | {"display": {"en": "did"}}), short()),
    "what the activity is called": (short(object=ACTIVITY | {"definition": {"name": {"en": "x"}}}), short()),
    "a kind that goes without saying": (short(object=ACTIVITY | {"objectType": "Activity"}), short()),
    "order of members": (
        short(actor={"objectType": "Group", "member": [AGENT, {"openid": "https://a.example"}]}),
        short(actor={"objectType": "Group", "member": [{"openid": "https://a.example"}, AGENT]}),
    ),
    "letters of a mailbox": (short(actor={"mbox": "mailto:chen.wei@LANCHUAN.example"}), short()),
    "a list of one": (
        short(context={"contextActivities": {"parent": ACTIVITY}}),
        short(context={"contextActivities": {"parent": [ACTIVITY]}}),
    ),
    "hundredths of hundredths": (
        short(result={"duration": "PT1.2345S"}), short(result={"duration": "PT1.2399S"})),
    "attachments": (long(), {name: value for name, value in long().items() if name != "attachments"}),
}  # fmt: skip
OTHER: dict[str, dict[str, Any]] = {
    "somebody else": short(actor={"mbox": "mailto:li@lanchuan.example"}),
    "something else done": short(verb={"id": "http://adlnet.gov/expapi/verbs/failed"}),
    "something else": short(object={"id": "https://weld.example/tasks/butt"}),
    "with a result": short(result={"success": True}),
    "with a context": short(context={"registration": REF}),
    "inside another": short(object=sub()),
    "about another": short(object={"objectType": "StatementRef", "id": REF}),
    "with another duration": short(result={"duration": "PT1.23S"}),
    "with the same duration in other units": short(result={"duration": "PT60S"}),
    "in minutes": short(result={"duration": "PT1M"}),
    "with an instructor": short(context={"instructor": AGENT}),
    "with somebody around": short(
        context={"contextAgents": [{"objectType": "contextAgent", "agent": AGENT}]}
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_it_is_the_same(name: str) -> None:
    first, second = SAME[name]
    assert same(first, second)
    assert same(second, first)


@pytest.mark.parametrize("name", OTHER)
def test_it_is_another_one(name: str) -> None:
    assert same(OTHER[name], copy.deepcopy(OTHER[name]))
    for other in (name_ for name_ in OTHER if name_ != name):
        assert not same(OTHER[name], OTHER[other])
    assert not same(OTHER[name], short())


def test_when_it_happened_counts_where_it_is_asked_for() -> None:
    first, second = short(timestamp="2026-11-18T12:00:00Z"), short(timestamp="2026-11-18T13:00:00Z")
    again = short(timestamp="2026-11-18T20:00:00+08:00")
    assert same(first, second)
    assert not same(first, second, moments=True)
    assert same(first, again, moments=True)
    assert same(first, short(), moments=True)


# ---- found ------------------------------------------------------------------------------------------------


def test_everything_by_which_it_is_found() -> None:
    found = found_by(kept(long()))
    assert found.actor == "mbox mailto:team@lanchuan.example"
    assert found.agents == {
        "account https://lanchuan.example chen",
        "openid https://toby.openid.example",
        "mbox_sha1sum ebd31e95054c018b10727ccffd2ef2ec3a016ee9",
    }
    assert found.related_agents == {
        "mbox mailto:master@lanchuan.example",
        "mbox mailto:shop@lanchuan.example",
    }
    assert found.authority == "account https://craftpath.example simulator"
    assert found.activity == "https://weld.example/tasks/fillet"
    assert found.related_activities == {
        f"https://weld.example/{name}" for name in ("tasks", "course", "profile", "other")
    }
    assert found.registration == "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
    assert (found.verb, found.target) == (VERB["id"], None)


def test_what_is_inside_is_found_only_where_everything_around_is_asked_for() -> None:
    inner = sub(
        actor={"mbox": "mailto:inner@a.example"},
        context={
            "instructor": {"mbox": "mailto:x@a.example"},
            "contextActivities": {"other": {"id": "urn:other"}},
        },
    )
    found = found_by(short(object=inner))
    assert (found.agents, found.activity) == (set(), None)
    assert found.related_agents == {"mbox mailto:inner@a.example", "mbox mailto:x@a.example"}
    assert found.related_activities == {ACTIVITY["id"], "urn:other"}


def test_an_agent_that_something_was_done_to_is_found() -> None:
    about = {"objectType": "Group", "openid": "https://team.example", "member": [AGENT]}
    assert found_by(short(object=about, actor={"mbox": "mailto:a@b"})).agents == {
        "openid https://team.example",
        "mbox mailto:chen.wei@lanchuan.example",
    }


def test_others_that_have_part_in_it_are_found() -> None:
    context = {
        "contextAgents": [{"objectType": "contextAgent", "agent": {"openid": "urn:a"}}],
        "contextGroups": [
            {"objectType": "contextGroup", "group": {"objectType": "Group", "member": [{"openid": "urn:b"}]}}
        ],
    }
    assert found_by(short(context=context)).related_agents == {"openid urn:a", "openid urn:b"}


def test_voiding_and_targets() -> None:
    voiding = short(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
        object={"objectType": "StatementRef", "id": REF.upper()},
    )
    assert voids(voiding)
    assert target(voiding) == REF
    assert not voids(short())
    assert target(short()) is None
    assert found_by(voiding).target == REF


def test_a_group_without_identifier_is_nobody_in_particular() -> None:
    assert identity({"objectType": "Group", "member": [AGENT]}) is None


def test_what_a_statement_tells_of_activities_verbs_and_people() -> None:
    told = long()
    told["object"] = sub(object=told["object"], verb=VERB | {"display": {"en": "inner"}})
    assert [one for one, _ in activities(told)] == ["https://weld.example/tasks/fillet"]
    assert [display for _, display in verbs(told)] == [long()["verb"]["display"], {"en": "inner"}]
    assert list(named(told)) == [
        ("mbox mailto:team@lanchuan.example", "Team PB"),
        ("account https://lanchuan.example chen", "Chen"),
    ]


def test_a_definition_grows_and_its_answers_stay() -> None:
    known = long()["object"]["definition"]
    told = {
        "name": {"de": "Kehlnaht"},
        "type": "urn:new",
        "interactionType": "other",
        "correctResponsesPattern": ["b"],
        "choices": [{"id": "a", "description": {"de": "Ah"}}, {"id": "c"}],
        "extensions": {"urn:x": 1},
    }
    both = merged(known, told)
    assert both["name"] == {"en": "Fillet weld", "zh-CN": "角焊缝", "de": "Kehlnaht"}
    assert both["type"] == "urn:new"
    assert both["correctResponsesPattern"] == ["a[,]b"]
    assert both["choices"] == [{"id": "a", "description": {"en": "A", "de": "Ah"}}, {"id": "b"}]
    assert both["extensions"] == {"https://weld.example/x": None, "urn:x": 1}
    assert merged({}, known) == known


# ---- shown ------------------------------------------------------------------------------------------------


def test_identifiers_only() -> None:
    group = {"objectType": "Group", "member": [AGENT | {"name": "x"}]}
    statement = long() | {"object": sub(object=long()["object"], actor=group)}
    for name in ("revision", "platform"):
        del statement["context"][name]
    told = kept(statement)
    shown = ids(told)
    assert shown["actor"] == {"objectType": "Group", "mbox": "mailto:team@Lanchuan.example"}
    assert shown["verb"] == VERB
    assert shown["object"]["object"] == ACTIVITY  # no kind: an id is enough for an activity
    assert ids(kept(long()))["object"] == ACTIVITY
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
