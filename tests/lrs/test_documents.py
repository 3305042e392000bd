"""Documents: each method of the three resources, merging, and nothing changed by whoever has not seen it last."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from craftpath.domain.activity.models import LearningDocument
from tests.engines.xapi.samples import ACTIVITY, AGENT
from tests.lrs.asking import Program

pytestmark = pytest.mark.django_db
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
SHELVES: dict[str, dict[str, Any]] = {
    "activities/state": {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "bookmark"},
    "activities/profile": {"activityId": ACTIVITY["id"], "profileId": "p"},
    "agents/profile": {"agent": AGENT, "profileId": "p"},
}
NEW = {"If-None-Match": "*"}
CALLED = {"activities/state": "stateId", "activities/profile": "profileId", "agents/profile": "profileId"}


@pytest.fixture(params=SHELVES)
def shelf(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rest(shelf: str) -> dict[str, Any]:
    """What says where, without the name of one document."""
    return {name: value for name, value in SHELVES[shelf].items() if name != CALLED[shelf]}


def test_a_document_comes_back_as_it_was_sent(program: Program, shelf: str) -> None:
    given, content = SHELVES[shelf], b"\x00\xff any bytes"
    answer = program.ask("PUT", shelf, content, kind="image/png", headers=NEW, **given)
    assert (answer.status_code, answer.content) == (204, b"")
    kept = program.get(shelf, **given)
    assert (kept.status_code, kept.content, kept["Content-Type"]) == (200, content, "image/png")
    assert kept["ETag"] == f'"{hashlib.sha1(content).hexdigest()}"'
    assert kept["Last-Modified"].endswith("GMT")
    head = program.ask("HEAD", shelf, **given)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", kept["ETag"])
    assert head["Content-Length"] == str(len(content))
    assert program.get(shelf, **(given | {CALLED[shelf]: "other"})).status_code == 404


def test_all_names_and_those_since(program: Program, shelf: str) -> None:
    for name in ("one", "two"):
        program.put({"x": name}, shelf, headers=NEW, **(rest(shelf) | {CALLED[shelf]: name}))
    answer = program.get(shelf, **rest(shelf))
    assert (answer.status_code, answer.json()) == (200, ["one", "two"])
    assert answer["ETag"]
    assert answer["Last-Modified"]
    first = LearningDocument._base_manager.get(name="one").updated_at
    assert program.get(shelf, **rest(shelf), since=first.isoformat()).json() == ["two"]
    assert program.get(shelf, **rest(shelf), since="2999-01-01T00:00:00Z").json() == []
    assert program.get(shelf, **rest(shelf), since="soon").status_code == 400


def test_posting_merges_the_topmost_properties(program: Program, shelf: str) -> None:
    given = SHELVES[shelf]
    assert program.post({"x": {"a": 1}, "y": [1]}, shelf, **given).status_code == 204
    assert program.post({"x": {"b": 2}, "z": None}, shelf, **given).status_code == 204
    assert program.get(shelf, **given).json() == {"x": {"b": 2}, "y": [1], "z": None}


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"[1]", "application/json"), (b"{", "application/json"), (b'{"a":1}', "text/plain"), (b"", "application/json")],
)  # fmt: skip
def test_only_objects_are_merged(program: Program, shelf: str, content: bytes, kind: str) -> None:
    given = SHELVES[shelf]
    program.put({"x": 1}, shelf, headers=NEW, **given)
    assert program.ask("POST", shelf, content, kind=kind, **given).status_code == 400
    assert program.get(shelf, **given).json() == {"x": 1}


@pytest.mark.parametrize(("content", "kind"), [(b"text", "text/plain"), (b"[1]", "application/json")])
def test_nothing_is_merged_into_what_is_no_object(
    program: Program, shelf: str, content: bytes, kind: str
) -> None:
    given = SHELVES[shelf]
    program.ask("PUT", shelf, content, kind=kind, headers=NEW, **given)
    assert program.post({"x": 1}, shelf, **given).status_code == 400
    assert program.get(shelf, **given).content == content


def test_what_says_that_it_is_json_is(program: Program, shelf: str) -> None:
    for method in ("PUT", "POST"):
        assert program.ask(method, shelf, b"{x", **SHELVES[shelf]).status_code == 400
    assert program.get(shelf, **SHELVES[shelf]).status_code == 404
    assert program.ask("POST", shelf, b"plain", kind="text/plain", **SHELVES[shelf]).status_code == 204


def test_one_is_deleted_and_twice_is_once(program: Program, shelf: str) -> None:
    given = SHELVES[shelf]
    program.put({"x": 1}, shelf, headers=NEW, **given)
    for _ in range(2):
        assert program.ask("DELETE", shelf, **given).status_code == 204
    assert program.get(shelf, **given).status_code == 404


def test_what_is_missing_wrong_or_unknown(program: Program, shelf: str) -> None:
    given = SHELVES[shelf]
    for method in ("GET", "PUT", "POST", "DELETE"):
        for name in rest(shelf):
            less = {key: value for key, value in given.items() if key != name}
            assert program.ask(method, shelf, {"x": 1}, **less).status_code == 400, (method, name)
        for name, bad in (
            ("agent", "chen"),
            ("agent", {"name": "x"}),
            ("activityId", "fillet"),
            ("more", "1"),
        ):
            assert program.ask(method, shelf, {"x": 1}, **(given | {name: bad})).status_code == 400, (
                method,
                name,
            )
        other = {name.upper(): value for name, value in given.items()}
        assert program.ask(method, shelf, {"x": 1}, **other).status_code == 400
    for method in ("PUT", "POST"):
        assert program.ask(method, shelf, {"x": 1}, **rest(shelf)).status_code == 400
    if shelf != "activities/state":
        assert program.ask("DELETE", shelf, **rest(shelf)).status_code == 400
    assert LearningDocument._base_manager.count() == 0


def test_a_name_may_be_anything(program: Program, shelf: str) -> None:
    name = "任务 1/ä?&=" + "x" * 500
    given = SHELVES[shelf] | {CALLED[shelf]: name}
    assert program.put({"x": 1}, shelf, headers=NEW, **given).status_code == 204
    assert program.get(shelf, **rest(shelf)).json() == [name]
    assert program.get(shelf, **given).json() == {"x": 1}


# ---- whoever has not seen it last ------------------------------------------------------------------------


def etag(program: Program, shelf: str) -> str:
    return str(program.get(shelf, **SHELVES[shelf])["ETag"])


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_only_the_present_state_is_changed(program: Program, shelf: str, method: str) -> None:
    given = SHELVES[shelf]
    program.put({"x": 1}, shelf, headers=NEW, **given)
    for wrong in ('"1234"', f"W/{etag(program, shelf)}"):
        answer = program.ask(method, shelf, {"x": 2}, headers={"If-Match": wrong}, **given)
        assert (answer.status_code, bool(answer.json()["error"])) == (412, True)
        assert program.get(shelf, **given).json() == {"x": 1}
    answer = program.ask(method, shelf, {"x": 2}, headers={"If-None-Match": "*"}, **given)
    assert answer.status_code == 412
    told = f'"1234", {etag(program, shelf)}'
    assert program.ask(method, shelf, {"x": 2}, headers={"If-Match": told}, **given).status_code == 204
    after = program.get(shelf, **given)
    assert (after.status_code == 404) if method == "DELETE" else (after.json() == {"x": 2})


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_what_is_not_there_is_no_state_to_match(program: Program, shelf: str, method: str) -> None:
    given = SHELVES[shelf]
    for header in ('"1234"', "*"):
        assert program.ask(method, shelf, {"x": 1}, headers={"If-Match": header}, **given).status_code == 412
    assert program.get(shelf, **given).status_code == 404
    assert program.ask(method, shelf, {"x": 1}, headers={"If-None-Match": "*"}, **given).status_code == 204


def test_putting_over_what_is_there_says_which_state_was_seen(program: Program, shelf: str) -> None:
    given = SHELVES[shelf]
    program.put({"x": 1}, shelf, headers=NEW, **given)
    answer = program.put({"x": 2}, shelf, **given)
    if shelf == "activities/state" and program.headers["X-Experience-API-Version"] == "1.0.3":
        assert answer.status_code == 204  # states of one person are seldom written by two
        return
    assert answer.status_code == 409
    assert "If-Match" in answer.json()["error"]
    assert program.get(shelf, **given).json() == {"x": 1}
    bare = etag(program, shelf).strip('"')
    assert program.ask("PUT", shelf, {"x": 2}, headers={"If-Match": bare}, **given).status_code == 204


def test_in_1_0_3_putting_a_profile_says_that_it_is_new(program: Program, shelf: str) -> None:
    given = SHELVES[shelf]
    answer = program.put({"x": 1}, shelf, **given)
    if shelf == "activities/state" or program.headers["X-Experience-API-Version"] == "2.0.0":
        assert answer.status_code == 204
        return
    assert answer.status_code == 400
    assert "If-None-Match" in answer.json()["error"]
    assert program.get(shelf, **given).status_code == 404
    assert program.put({"x": 1}, shelf, headers=NEW, **given).status_code == 204
    assert program.post({"y": 1}, shelf, **given).status_code == 204  # posting needs to know nothing


# ---- states ----------------------------------------------------------------------------------------------


def test_a_registration_has_states_of_its_own(program: Program) -> None:
    given = SHELVES["activities/state"]
    around = rest("activities/state")
    program.put({"x": 1}, "activities/state", **given)
    program.put({"x": 2}, "activities/state", **given, registration=REGISTRATION)
    program.put(
        {"x": 3}, "activities/state", **(given | {"stateId": "late"}), registration=REGISTRATION.upper()
    )
    assert program.get("activities/state", **given).json() == {"x": 1}
    assert program.get("activities/state", **given, registration=REGISTRATION).json() == {"x": 2}
    assert program.get("activities/state", **around).json() == ["bookmark", "late"]
    assert program.get("activities/state", **around, registration=REGISTRATION).json() == ["bookmark", "late"]
    assert program.get("activities/state", **given, registration="1").status_code == 400
    answer = program.ask("DELETE", "activities/state", **around, registration=REGISTRATION)
    assert answer.status_code == 204
    assert program.get("activities/state", **around).json() == ["bookmark"]


def test_all_states_are_deleted_at_once(program: Program) -> None:
    around = rest("activities/state")
    other = around | {"agent": {"openid": "https://li.example"}}
    for name in ("one", "two"):
        program.put({"x": 1}, "activities/state", **around, stateId=name)
        program.put({"x": 1}, "activities/state", **other, stateId=name)
    assert program.ask("DELETE", "activities/state", **around, since="no").status_code == 400
    assert (
        program.ask("DELETE", "activities/state", **around, since="2999-01-01T00:00:00Z").status_code == 204
    )
    assert program.get("activities/state", **around).json() == ["one", "two"]
    assert program.ask("DELETE", "activities/state", **around).status_code == 204
    assert program.get("activities/state", **around).json() == []
    assert program.get("activities/state", **other).json() == ["one", "two"]


def test_one_state_and_since_exclude_each_other_in_2_0(older: Program, newer: Program) -> None:
    given = SHELVES["activities/state"] | {"since": "2026-01-01T00:00:00Z"}
    newer.put({"x": 1}, "activities/state", **SHELVES["activities/state"])
    assert newer.get("activities/state", **given).status_code == 400
    assert older.get("activities/state", **given).json() == {"x": 1}


def test_a_group_with_an_identifier_has_documents_in_2_0(older: Program, newer: Program) -> None:
    team = {"objectType": "Group", "mbox": "mailto:shop@a.example", "member": [AGENT]}
    given = {"agent": team, "profileId": "p"}
    assert older.put({"x": 1}, "agents/profile", **given).status_code == 400
    assert newer.put({"x": 1}, "agents/profile", **given).status_code == 204
    less = {"objectType": "Group", "mbox": "mailto:shop@a.example"}
    assert newer.get("agents/profile", agent=less, profileId="p").json() == {"x": 1}


# ---- what is known ---------------------------------------------------------------------------------------


def test_an_agent_that_nobody_knows_is_a_person_all_the_same(program: Program) -> None:
    for agent in (
        AGENT | {"name": "Chen"},
        {"mbox_sha1sum": "a" * 40},
        {"openid": "https://chen.example"},
        {"account": {"homePage": "https://a.example", "name": "chen"}},
    ):
        answer = program.get("agents", agent=agent)
        assert answer.status_code == 200
        assert answer["ETag"]
        assert answer.json() == {"objectType": "Person"} | {name: [value] for name, value in agent.items()}


def test_an_agent_is_called_what_statements_called_it(program: Program) -> None:
    for name in ("Chen", "陈伟", "Chen"):
        said = {"actor": AGENT | {"name": name}, "verb": {"id": "urn:did"}, "object": ACTIVITY}
        assert program.post(said).status_code == 200
    assert program.get("agents", agent=AGENT).json()["name"] == ["Chen", "陈伟"]


@pytest.mark.parametrize(
    "given",
    [{}, {"agent": "x"}, {"agent": {}}, {"agent": {"objectType": "Group", "mbox": "mailto:a@b"}}, {"Agent": AGENT}],
)  # fmt: skip
def test_agents_that_are_none(program: Program, given: dict[str, Any]) -> None:
    assert program.get("agents", **given).status_code == 400


def test_an_activity_that_nobody_knows_is_one_all_the_same(program: Program) -> None:
    answer = program.get("activities", activityId="urn:x")
    assert (answer.status_code, answer.json()) == (200, {"objectType": "Activity", "id": "urn:x"})
    for given in ({}, {"activityId": "x"}, {"activityid": "urn:x"}):
        assert program.get("activities", **given).status_code == 400


def test_what_this_store_speaks(program: Program) -> None:
    program.headers["X-Experience-API-Version"] = "0.95"
    answer = program.get("about")
    assert (answer.status_code, answer.json()) == (200, {"version": ["2.0.0", "1.0.3"]})
    program.headers["X-Experience-API-Version"] = "1.0.1"
    answer = program.get("about")
    assert (answer.json(), answer["X-Experience-API-Version"]) == ({"version": ["1.0.3"]}, "1.0.3")
    assert json.loads(program.get("about", more="1").content)["code"] == "unknown"
