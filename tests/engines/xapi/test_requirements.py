"""One row for each requirement: what is taken, and what is refused with the requirement that it misses."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from craftpath.engines.xapi import Version, Wrong, check
from craftpath.engines.xapi.activities import COMPONENTS, INTERACTIONS
from tests.engines.xapi.samples import ACTIVITY, AGENT, ATTACHMENT, REF, VERB, long, short, sub

BOTH = tuple(Version)
CONTEXT_AGENT = {"objectType": "contextAgent", "agent": AGENT, "relevantTypes": ["https://weld.example/role"]}
TEAM = {"objectType": "Group", "mbox": "mailto:shop@lanchuan.example"}
CONTEXT_GROUP = {"objectType": "contextGroup", "group": TEAM}


def put(path: str, value: Any) -> dict[str, Any]:
    """The long statement with one property changed; `...` takes it away."""
    statement = long()
    *way, last = path.split(".")
    inner: Any = statement
    for name in way:
        inner = inner[int(name)] if name.isdigit() else inner[name]
    if value is ...:
        del inner[last]
    else:
        inner[int(last) if last.isdigit() else last] = value
    return statement


def _as_sub(statement: dict[str, Any]) -> dict[str, Any]:
    inner = {
        name: statement[name] for name in statement if name not in ("id", "stored", "authority", "version")
    }
    return short(object=inner | {"objectType": "SubStatement"})


GOOD: dict[str, dict[str, Any]] = {
    "short": short(),
    "long": long(),
    "agent by mailbox hash": short(actor={"mbox_sha1sum": "A" * 40}),
    "agent by openid": short(actor={"openid": "https://chen.openid.example"}),
    "agent by account": short(actor={"account": {"homePage": "https://a.example", "name": ""}}),
    "anonymous group": short(actor={"objectType": "Group", "member": [AGENT]}),
    "identified group without members": short(actor=TEAM),
    "identified group with no member": short(actor=TEAM | {"member": []}),
    "agent as object": short(object=AGENT | {"objectType": "Agent"}),
    "group as object": short(object=TEAM),
    "reference as object": short(object={"objectType": "StatementRef", "id": REF}),
    "statement as object": short(object=sub()),
    "reference inside a statement": short(object=sub(object={"objectType": "StatementRef", "id": REF})),
    "voiding": short(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object={"objectType": "StatementRef", "id": REF}
    ),
    "capital letters in a uuid": short(id=REF.upper()),
    "identifier with Chinese letters": short(object={"id": "https://weld.example/任务/一"}),
    "identifier without a host": short(object={"id": "urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee"}),
    "application and its user": short(
        authority={"objectType": "Group", "member": [AGENT, TEAM | {"objectType": "Agent"}]}),
    "empty language map": short(verb=VERB | {"display": {}}),
    "activity defined by nothing": short(object=ACTIVITY | {"definition": {}}),
    "nothing around and no result": short(context={}, result={}, attachments=[]),
    "uuid that nobody made by a rule": short(id="00000000-0000-0000-0000-000000000000"),
    "extensions of nothing": short(
        result={"extensions": {"urn:a": None, "urn:b": "", "urn:c": {}}}, context={"extensions": {}}),
    "negative score": short(result={"score": {"scaled": -1, "raw": -5, "min": -10, "max": 0}}),
    "raw alone": short(result={"score": {"raw": 1e9}}),
    "nothing right": short(
        object=ACTIVITY | {"definition": {"interactionType": "other", "correctResponsesPattern": []}}),
    "future": short(timestamp="2999-01-01T00:00:00Z"),
}  # fmt: skip

BAD: dict[str, tuple[dict[str, Any], str]] = {
    # formatting
    "no actor": (put("actor", ...), "missing"),
    "no verb": (put("verb", ...), "missing"),
    "no object": (put("object", ...), "missing"),
    "null": (put("result", None), "is_null"),
    "null inside": (put("context.platform", None), "is_null"),
    "null in a language map": (put("verb.display.en-US", None), "not_a_string"),
    "property of another case": (put("Actor", AGENT), "unknown"),
    "property nobody knows": (put("mood", "good"), "unknown"),
    "property inside that nobody knows": (put("result.mood", "good"), "unknown"),
    # id
    "id no text": (put("id", 7), "not_a_string"),
    "id without dashes": (put("id", REF.replace("-", "")), "uuid"),
    "id too long": (put("id", REF + "a"), "uuid"),
    "id with a letter that is none": (put("id", "g" + REF[1:]), "uuid"),
    "id in braces": (put("id", f"{{{REF}}}"), "uuid"),
    # actor
    "actor no object": (put("actor", "chen"), "not_an_object"),
    "actor of no kind": (put("actor", AGENT | {"objectType": "Person"}), "not_among"),
    "actor's kind in small letters": (put("actor", AGENT | {"objectType": "agent"}), "not_among"),
    "agent's name no text": (put("actor", AGENT | {"name": 1}), "not_a_string"),
    "agent without identifier": (put("actor", {"name": "Chen"}), "identifiers"),
    "agent with two": (put("actor", AGENT | {"openid": "https://chen.example"}), "identifiers"),
    "agent with members": (put("actor", AGENT | {"member": [AGENT]}), "unknown"),
    "mailbox without mailto": (put("actor", {"mbox": "chen@lanchuan.example"}), "mailto"),
    "mailbox without host": (put("actor", {"mbox": "mailto:chen"}), "mailto"),
    "mailbox with two hosts": (put("actor", {"mbox": "mailto:chen@a@b"}), "mailto"),
    "mailbox no text": (put("actor", {"mbox": 1}), "not_a_string"),
    "hash of a mailbox too short": (put("actor", {"mbox_sha1sum": "ab"}), "sha1"),
    "hash of a mailbox no text": (put("actor", {"mbox_sha1sum": 1}), "not_a_string"),
    "openid without scheme": (put("actor", {"openid": "chen.example"}), "iri"),
    "account no object": (put("actor", {"account": "chen"}), "not_an_object"),
    "account without home page": (put("actor", {"account": {"name": "chen"}}), "missing"),
    "account without name": (put("actor", {"account": {"homePage": "https://a.example"}}), "missing"),
    "account's home page without scheme": (
        put("actor", {"account": {"homePage": "a.example", "name": "chen"}}), "iri"),
    "account's name no text": (
        put("actor", {"account": {"homePage": "https://a.example", "name": 1}}), "not_a_string"),
    "account with more": (
        put("actor", {"account": {"homePage": "https://a.example", "name": "x", "y": 1}}), "unknown"),
    "group without members": (put("actor", {"objectType": "Group"}), "members_needed"),
    "group with no member": (put("actor", {"objectType": "Group", "member": []}), "members_needed"),
    "members no array": (put("actor", {"objectType": "Group", "member": AGENT}), "not_an_array"),
    "group in a group": (put("actor", {"objectType": "Group", "member": [TEAM]}), "not_among"),
    "group with two identifiers": (put("actor", TEAM | {"openid": "https://a.example"}), "too_many_identifiers"),
    "bad member": (put("actor.member.0", {"name": "Chen"}), "identifiers"),
    # verb
    "verb no object": (put("verb", "completed"), "not_an_object"),
    "verb without id": (put("verb.id", ...), "missing"),
    "verb without scheme": (put("verb.id", "completed"), "iri"),
    "verb with a bad scheme": (put("verb.id", "ab=c://completed.example"), "iri"),
    "verb empty": (put("verb.id", ""), "iri"),
    "verb's names no map": (put("verb.display", "completed"), "not_an_object"),
    "verb's name in no language": (put("verb.display", {"a12345": "completed"}), "language_tag"),
    "verb's name no text": (put("verb.display", {"en": 1}), "not_a_string"),
    "verb with more": (put("verb.name", {"en": "x"}), "unknown"),
    # object
    "object no object": (put("object", "fillet"), "not_an_object"),
    "object of no kind": (put("object.objectType", "Course"), "not_among"),
    "object's kind in small letters": (put("object.objectType", "activity"), "not_among"),
    "object's kind no text": (put("object.objectType", 1), "not_a_string"),
    "activity without id": (put("object.id", ...), "missing"),
    "activity's id without scheme": (put("object.id", "weld.example/fillet"), "iri"),
    "activity's id with a space": (put("object.id", "https://weld.example/a b"), "iri"),
    "definition no object": (put("object.definition", "fillet"), "not_an_object"),
    "name no map": (put("object.definition.name", "fillet"), "not_an_object"),
    "description in no language": (put("object.definition.description", {"-": "x"}), "language_tag"),
    "type without scheme": (put("object.definition.type", "course"), "iri"),
    "moreInfo without scheme": (put("object.definition.moreInfo", "more"), "iri"),
    "extensions no object": (put("object.definition.extensions", [1]), "not_an_object"),
    "extension without scheme": (put("object.definition.extensions", {"x": 1}), "iri"),
    "no kind of interaction": (put("object.definition.interactionType", "quiz"), "not_among"),
    "interaction in capitals": (put("object.definition.interactionType", "Choice"), "not_among"),
    "interaction no text": (put("object.definition.interactionType", True), "not_a_string"),
    "pattern no array": (put("object.definition.correctResponsesPattern", "a"), "not_an_array"),
    "pattern no text": (put("object.definition.correctResponsesPattern", [1]), "not_a_string"),
    "pattern without a kind": (put("object.definition.interactionType", ...), "interaction_type_needed"),
    "component no object": (put("object.definition.choices", ["a"]), "not_an_object"),
    "component without id": (put("object.definition.choices", [{"description": {"en": "A"}}]), "missing"),
    "component's id no text": (put("object.definition.choices", [{"id": 1}]), "not_a_string"),
    "component twice": (put("object.definition.choices", [{"id": "a"}, {"id": "a"}]), "component_twice"),
    "component's description no map": (
        put("object.definition.choices", [{"id": "a", "description": "A"}]), "not_an_object"),
    "component with more": (put("object.definition.choices", [{"id": "a", "score": 1}]), "unknown"),
    "definition with more": (put("object.definition.moreinfo", "https://a.example"), "unknown"),
    "agent as object without its kind": (short(object=AGENT), "object_type_needed"),
    "group as object without its kind": (short(object={"member": [AGENT]}), "object_type_needed"),
    "agent as object without identifier": (short(object={"objectType": "Agent"}), "identifiers"),
    "reference without id": (short(object={"objectType": "StatementRef"}), "missing"),
    "reference to no uuid": (short(object={"objectType": "StatementRef", "id": "1"}), "uuid"),
    "reference with more": (
        short(object={"objectType": "StatementRef", "id": REF, "definition": {}}), "unknown"),
    "reference without its kind": (short(object={"id": REF}), "iri"),
    "sub-statement with an id": (short(object=sub(id=REF)), "unknown"),
    "sub-statement with stored": (short(object=sub(stored="2026-01-01T00:00:00Z")), "unknown"),
    "sub-statement with a version": (short(object=sub(version="1.0.0")), "unknown"),
    "sub-statement with an authority": (short(object=sub(authority=AGENT)), "unknown"),
    "sub-statement in a sub-statement": (short(object=sub(object=sub())), "nested"),
    "sub-statement without a verb": (
        short(object={"objectType": "SubStatement", "actor": AGENT, "object": ACTIVITY}), "missing"),
    "voiding something else": (short(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}), "voids_no_statement"),
    # result
    "result no object": (put("result", 1), "not_an_object"),
    "success as a text": (put("result.success", "true"), "not_a_boolean"),
    "success as a number": (put("result.success", 1), "not_a_boolean"),
    "completion as a text": (put("result.completion", "yes"), "not_a_boolean"),
    "response no text": (put("result.response", 1), "not_a_string"),
    "extension of a result without scheme": (put("result.extensions", {"x": 1}), "iri"),
    "score no object": (put("result.score", 1), "not_an_object"),
    "score as a text": (put("result.score.raw", "50"), "not_a_number"),
    "score as a truth": (put("result.score.raw", True), "not_a_number"),
    "scaled above 1": (put("result.score.scaled", 1.01), "scaled"),
    "scaled below -1": (put("result.score.scaled", -1.01), "scaled"),
    "raw above max": (put("result.score.raw", 100.5), "raw"),
    "raw below min": (put("result.score.raw", -0.5), "raw"),
    "min above max": (put("result.score", {"min": 2, "max": 1}), "min_max"),
    "min as high as max": (put("result.score", {"min": 1, "max": 1}), "min_max"),
    "score with more": (put("result.score.average", 1), "unknown"),
    # context
    "context no object": (put("context", []), "not_an_object"),
    "registration no uuid": (put("context.registration", "1"), "uuid"),
    "instructor without identifier": (put("context.instructor", {"name": "x"}), "identifiers"),
    "team an agent": (put("context.team", AGENT), "missing"),
    "team that says it is an agent": (put("context.team", AGENT | {"objectType": "Agent"}), "not_among"),
    "context activities no object": (put("context.contextActivities", []), "not_an_object"),
    "context activities of no kind": (put("context.contextActivities", {"sibling": ACTIVITY}), "unknown"),
    "context activity an agent": (put("context.contextActivities.parent", AGENT), "unknown"),
    "context activity no object": (put("context.contextActivities.parent", ["x"]), "not_an_object"),
    "context activity of another kind": (
        put("context.contextActivities.parent", {"objectType": "StatementRef", "id": REF}), "not_among"),
    "revision no text": (put("context.revision", 2), "not_a_string"),
    "platform no text": (put("context.platform", 2), "not_a_string"),
    "language no tag": (put("context.language", "zh_Hans"), "language_tag"),
    "context's statement no reference": (put("context.statement", {"id": REF}), "missing"),
    "context's statement another object": (
        put("context.statement", {"objectType": "Activity", "id": REF}), "not_among"),
    "extension of a context without scheme": (put("context.extensions", {"x": 1}), "iri"),
    "revision without an activity": (
        short(object=TEAM, context={"revision": "2"}), "only_with_activity"),
    "platform without an activity": (
        short(object={"objectType": "StatementRef", "id": REF}, context={"platform": "VR"}),
        "only_with_activity"),
    # what the store adds
    "timestamp no moment": (put("timestamp", "yesterday"), "timestamp"),
    "timestamp no text": (put("timestamp", 1), "not_a_string"),
    "stored no moment": (put("stored", "yesterday"), "timestamp"),
    "authority no agent": (put("authority", {"name": "x"}), "identifiers"),
    "authority of one": (put("authority", {"objectType": "Group", "member": [AGENT]}), "authority_group"),
    "authority of three": (put("authority", {"objectType": "Group", "member": [AGENT] * 3}), "authority_group"),
    "authority a team": (put("authority", TEAM | {"member": [AGENT] * 2}), "authority_group"),
    "version no text": (put("version", 1), "not_a_string"),
    "version of before": (put("version", "0.9.5"), "version"),
    "version to come": (put("version", "1.1.0"), "version"),
    # attachments
    "attachments no array": (put("attachments", ATTACHMENT), "not_an_array"),
    "attachment no object": (put("attachments", ["x"]), "not_an_object"),
    **{f"attachment without {name}": (put(f"attachments.0.{name}", ...), "missing") for name in ATTACHMENT},
    "usage without scheme": (put("attachments.0.usageType", "photo"), "iri"),
    "display no map": (put("attachments.0.display", "seam"), "not_an_object"),
    "description no map": (put("attachments.0.description", "seam"), "not_an_object"),
    "content type none": (put("attachments.0.contentType", "photo"), "media_type"),
    "length as a text": (put("attachments.0.length", "27"), "not_an_integer"),
    "length below zero": (put("attachments.0.length", -1), "not_an_integer"),
    "length broken": (put("attachments.0.length", 1.5), "not_an_integer"),
    "hash no hash": (put("attachments.0.sha2", "x" * 64), "sha2"),
    "hash too short": (put("attachments.0.sha2", "ab"), "sha2"),
    "fileUrl without scheme": (put("attachments.0.fileUrl", "seam.jpg"), "iri"),
    "attachment with more": (put("attachments.0.fileURL", "https://a.example"), "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("name", GOOD)
def test_it_is_taken(name: str, version: Version) -> None:
    given = copy.deepcopy(GOOD[name])
    assert check(given, version) == GOOD[name]


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_with_what_it_misses(name: str, version: Version) -> None:
    statement, code = BAD[name]
    with pytest.raises(Wrong) as refused:
        check(statement, version)
    assert refused.value.code == code
    assert str(refused.value)
    assert refused.value.said("zh") != refused.value.said("en")


OUTER = ("id", "stored", "authority", "version", "sub-statement", "voiding", "statement")


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (said, _) in BAD.items()
        if {"actor", "verb", "object"} <= set(said) and not name.startswith(OUTER)
    ],
)  # fmt: skip
def test_what_is_inside_a_statement_is_held_against_the_same(name: str) -> None:
    statement, code = BAD[name]
    if statement["object"] != "fillet" and code != "nested":
        with pytest.raises(Wrong) as refused:
            check(_as_sub(statement), Version.V2)
        assert refused.value.code == code
        assert refused.value.where.startswith("object")


def test_the_place_is_named() -> None:
    with pytest.raises(Wrong) as refused:
        check(put("actor.member.1", {"openid": "x"}), Version.V1)
    assert str(refused.value) == "actor.member[1].openid: “x” is not an IRI with a scheme"
    assert refused.value.said("zh") == "actor.member[1].openid：“x”不是带有协议名的 IRI"


@pytest.mark.parametrize("kind", INTERACTIONS)
def test_every_kind_of_interaction_takes_its_lists(kind: str) -> None:
    for name in COMPONENTS:
        definition = {"interactionType": kind, name: [{"id": "a"}]}
        check(short(object=ACTIVITY | {"definition": definition}), Version.V2)
        with pytest.raises(Wrong, match="array"):
            check(short(object=ACTIVITY | {"definition": definition | {name: {"id": "a"}}}), Version.V2)
        with pytest.raises(Wrong, match="interactionType"):
            check(short(object=ACTIVITY | {"definition": {name: [{"id": "a"}]}}), Version.V2)


# ---- what only 2.0 has ------------------------------------------------------------------------------------


PARTS = {
    "contextAgents": [CONTEXT_AGENT],
    "contextGroups": [CONTEXT_GROUP, CONTEXT_GROUP | {"relevantTypes": ["https://weld.example/role"]}],
}


@pytest.mark.parametrize("name", PARTS)
def test_others_that_have_part_in_it_are_known_since_2_0(name: str) -> None:
    check(short(context={name: PARTS[name]}), Version.V2)
    with pytest.raises(Wrong) as refused:
        check(short(context={name: PARTS[name]}), Version.V1)
    assert refused.value.code == "unknown"


@pytest.mark.parametrize(
    ("name", "part", "code"),
    [
        ("contextAgents", CONTEXT_AGENT | {"objectType": "Agent"}, "not_among"),
        ("contextAgents", CONTEXT_AGENT | {"objectType": "contextGroup"}, "not_among"),
        ("contextAgents", {"agent": AGENT}, "missing"),
        ("contextAgents", {"objectType": "contextAgent"}, "missing"),
        ("contextAgents", CONTEXT_AGENT | {"agent": TEAM}, "not_among"),
        ("contextAgents", CONTEXT_AGENT | {"agent": {"name": "x"}}, "identifiers"),
        ("contextAgents", CONTEXT_AGENT | {"relevantTypes": []}, "empty"),
        ("contextAgents", CONTEXT_AGENT | {"relevantTypes": ["role"]}, "iri"),
        ("contextAgents", CONTEXT_AGENT | {"relevantTypes": "https://a.example"}, "not_an_array"),
        ("contextAgents", CONTEXT_AGENT | {"role": "x"}, "unknown"),
        ("contextGroups", CONTEXT_GROUP | {"objectType": "Group"}, "not_among"),
        ("contextGroups", CONTEXT_GROUP | {"group": AGENT}, "missing"),
        ("contextGroups", {"objectType": "contextGroup", "agent": AGENT}, "unknown"),
        ("contextGroups", CONTEXT_GROUP | {"group": {"objectType": "Group"}}, "members_needed"),
        ("contextGroups", CONTEXT_GROUP | {"relevantTypes": [1]}, "not_a_string"),
    ],
)
def test_others_that_have_part_in_it_are_held_against_their_table(name: str, part: Any, code: str) -> None:
    with pytest.raises(Wrong) as refused:
        check(short(context={name: [part]}), Version.V2)
    assert refused.value.code == code


def test_they_stand_in_an_array() -> None:
    with pytest.raises(Wrong, match="array"):
        check(short(context={"contextAgents": CONTEXT_AGENT}), Version.V2)


@pytest.mark.parametrize(
    ("said", "taken"),
    [("1.0", BOTH), ("1.0.3", BOTH), ("2.0", BOTH[1:]), ("2.0.0", BOTH[1:]), ("2.1.0", ()), ("3.0.0", ())],
)
def test_each_version_takes_its_own_and_the_newer_one_the_older(
    said: str, taken: tuple[Version, ...]
) -> None:
    for version in BOTH:
        if version in taken:
            check(short(version=said), version)
        else:
            with pytest.raises(Wrong, match="version"):
                check(short(version=said), version)
