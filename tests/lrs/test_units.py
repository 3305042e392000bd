"""Units of cmi5 at the store: in which order they may say what, and how little their token opens."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from craftpath.domain.packages.actions import end_forgotten
from craftpath.domain.packages.models import Attempt, Registration
from craftpath.domain.packages.rules import LONGEST_SESSION
from craftpath.domain.packages.texts import REASONS
from craftpath.engines.cmi5.words import DEFINED, EXTENSION, MASTERY, MOVE_ON, SESSION, TYPE
from craftpath.kernel.access import system
from tests.cast import Cast
from tests.lrs.asking import Program, token_of
from tests.lrs.unit import Speaker, begun, course, kept, pair_of, speaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
BOTH = 'moveOn="CompletedAndPassed" masteryScore="0.9"'
Change = Callable[[dict[str, Any]], Any]


def told(cast: Cast, one: Speaker) -> list[dict[str, Any]]:
    """What the store holds of a registration, as a program of the college reads it."""
    program = Program(token_of(cast.college, "xapi:read"), "1.0.3")
    return program.found(registration=one.launch.registration, ascending="true")


def verbs(cast: Cast, one: Speaker) -> list[str]:
    return [said["verb"]["id"].rpartition("/")[2] for said in told(cast, one)]


def test_a_unit_from_its_launch_to_its_end(cast: Cast) -> None:
    inside = "<launchParameters>\n a b </launchParameters><entitlementKey> key </entitlementKey>"
    package = course(cast, BOTH, inside)
    one = speaker(cast, package, return_url="https://craftpath.example/back/")
    one.say("passed")
    one.say("completed")
    one.say("terminated")
    assert verbs(cast, one) == [
        "launched", "initialized", "passed", "completed", "satisfied", "satisfied", "terminated",
    ]  # fmt: skip
    launched, _, _, _, block, whole, _ = told(cast, one)
    said = launched["context"]["extensions"]
    assert said[SESSION] == one.launch.session
    assert said[MASTERY] == 0.9
    assert said[f"{EXTENSION}launchmode"] == "Normal"
    assert said[f"{EXTENSION}moveon"] == "CompletedAndPassed"
    assert said[f"{EXTENSION}launchparameters"] == "a b"
    assert said[f"{EXTENSION}launchurl"] == "https://content.example/t/a.html?paramA=1&b=2"
    for said, kind, publisher in ((block, "block", "b1"), (whole, "course", "course")):
        assert said["object"]["definition"]["type"] == f"{TYPE}{kind}"
        assert said["object"]["id"] != f"https://example.org/{publisher}"
        assert {"id": f"https://example.org/{publisher}"}.items() <= (
            said["context"]["contextActivities"]["grouping"][0].items()
        )
        assert said["context"]["contextActivities"]["category"][0]["id"] == DEFINED
        assert said["context"]["extensions"][SESSION] == one.launch.session
        assert said["actor"] == launched["actor"] == one.launch.actor
    assert said["actor"]["account"]["name"] == cast.people["apprentice"].public_id
    row = Attempt.objects.get()
    assert (row.state, row.seconds, row.person) == ("passed", 65, cast.people["apprentice"])


def test_what_a_unit_is_told(cast: Cast) -> None:
    inside = "<launchParameters>a</launchParameters><entitlementKey>key</entitlementKey>"
    one = Speaker(
        begun(cast, course(cast, f'{BOTH} launchMethod="OwnWindow"', inside), return_url="https://b.example/")
    )
    one.come_in()
    assert one.state().json() == {
        "contextTemplate": {
            "contextActivities": {"grouping": [{"id": "https://example.org/u1"}]},
            "extensions": {SESSION: one.launch.session},
        },
        "launchMode": "Normal",
        "launchMethod": "OwnWindow",
        "moveOn": "CompletedAndPassed",
        "launchParameters": "a",
        "masteryScore": 0.9,
        "entitlementKey": {"courseStructure": "key"},
        "returnURL": "https://b.example/",
    }
    assert one.preferences().json() == {"languagePreference": "zh-CN,en-US", "audioPreference": "on"}


def test_the_token_is_given_once(cast: Cast) -> None:
    one = Speaker(begun(cast, course(cast)))
    assert set(one.fetch()) == {"auth-token"}
    again = one.fetch()
    assert (set(again), again["error-code"]) == ({"error-code", "error-text"}, "1")
    one.begun = type(one.begun)(one.row, "wrong")
    assert one.fetch()["error-code"] == "2"
    for method, status in (("GET", 405), ("OPTIONS", 204)):
        answer = one.browser.generic(method, f"/xapi/cmi5/fetch/{one.row.session}/x/")
        assert answer.status_code == status
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("auth", ["", "Basic Y2F0YXB1bHQ6Zm9v", "Basic !", "Bearer x"])
def test_without_its_token_a_unit_is_nobody(cast: Cast, auth: str) -> None:
    one = speaker(cast, course(cast))
    said = one.free()
    one.auth = auth
    assert one.send(said).status_code == 401


def test_a_token_of_a_session_opens_the_store_only(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    assert one.browser.get("/api/v1/me", headers={"Authorization": one.auth}).status_code == 401
    assert one.browser.get("/scim/v2/Users", headers={"Authorization": one.auth}).status_code == 401
    session, _, secret = pair_of(one.auth).partition(":")
    assert secret not in json.dumps(list(Registration.objects.values()), default=str)
    assert kept(one.row).token_hash != secret
    assert session == one.row.session.hex


# ---- what comes before ----------------------------------------------------------------------------------


def test_a_unit_reads_before_it_speaks(cast: Cast) -> None:
    one = Speaker(begun(cast, course(cast))).come_in()
    refused = one.send(one.free())
    assert (refused.status_code, refused.json()["error"]) == (403, "“initialized” comes first.")
    first = Speaker(begun(cast, course(cast)))
    first.auth = f"Basic {first.fetch()['auth-token']}"
    made = one.made("initialized")
    made["context"]["extensions"][SESSION] = first.launch.session
    made["context"]["registration"] = first.launch.registration
    made["object"]["id"] = first.launch.unit.activity_id
    assert "launch data" in first.send(made).json()["error"]
    assert first.state().status_code == 200
    assert "preferences" in first.send(made).json()["error"]
    read = first.preferences()
    assert (read.status_code, read["Cache-Control"]) == (200, "no-store")  # or a browser would not ask again
    assert first.send(made).status_code == 204


# ---- what may be said ------------------------------------------------------------------------------------


def _category(*names: str) -> Change:
    def change(said: dict[str, Any]) -> None:
        said["context"]["contextActivities"]["category"] = [{"id": one} for one in names]

    return change


def _extension(name: str, value: Any = None) -> Change:
    def change(said: dict[str, Any]) -> None:
        said["context"]["extensions"].pop(name, None)
        if value is not None:
            said["context"]["extensions"][name] = value

    return change


def _result(drop: str = "", **more: Any) -> Change:
    def change(said: dict[str, Any]) -> None:
        said["result"] = said.get("result", {}) | more
        said["result"].pop(drop, None)

    return change


def _in(*way: str, value: Any = None) -> Change:
    def change(said: dict[str, Any]) -> None:
        for name in way[:-1]:
            said = said[name]
        said.pop(way[-1], None)
        if value is not None:
            said[way[-1]] = value

    return change


OTHER = "ccaf384c-f8d4-4e7a-8304-49af58f0b176"
SCORE = {"min": 0, "max": 100, "raw": 90, "scaled": 0.9}
LOW = {"min": 0, "max": 100, "raw": 89, "scaled": 0.89}
WRONG: list[tuple[str, str, Change]] = [
    ("actor_other", "passed", _in("actor", "objectType", value="Group")),
    ("actor_other", "passed", _in("actor", value={"mbox": "mailto:someone@example.com"})),
    ("actor_other", "experienced", _in("actor", value={"mbox": "mailto:someone@example.com"})),
    ("not_utc", "experienced", _in("timestamp")),
    ("not_utc", "experienced", _in("timestamp", value="2026-11-30T10:00:00-06:00")),
    ("voids", "voided", _in("object", value={"objectType": "StatementRef", "id": OTHER})),
    ("said_before", "initialized", lambda said: None),
    ("object_other", "passed", _in("object", "id", value="http://example.com/other")),
    ("registration_other", "passed", _in("context")),
    ("registration_other", "passed", _in("context", "registration")),
    ("registration_other", "passed", _in("context", "registration", value=OTHER)),
    ("session_other", "experienced", _extension(SESSION)),
    ("session_other", "experienced", _extension(SESSION, OTHER)),
    ("template_missing", "experienced", _in("context", "contextActivities", "grouping")),
    ("completion_unfit", "passed", _result(completion=True)),
    ("completion_unfit", "completed", _result("completion")),
    ("completion_unfit", "completed", _result(completion=False)),
    ("success_unfit", "completed", _result(success=True)),
    ("success_unfit", "passed", _result("success")),
    ("success_unfit", "passed", _result(success=False)),
    ("success_unfit", "failed", _result("success")),
    ("success_unfit", "failed", _result(success=True)),
    ("score_unfit", "completed", _result(score=SCORE)),
    ("duration_missing", "terminated", _in("result")),
    ("duration_missing", "completed", _result("duration")),
    ("duration_missing", "passed", _result("duration")),
    ("duration_missing", "failed", _result("duration")),
    ("mastery_score", "passed", _result(score=LOW)),
    ("mastery_score", "failed", _result(score=SCORE)),
    ("mastery_score", "failed", _result(score={"scaled": 0.91})),
    ("raw_without_bounds", "passed", _result(score={"raw": 90, "scaled": 0.9, "max": 100})),
    ("raw_without_bounds", "passed", _result(score={"raw": 90, "scaled": 0.9, "min": 0})),
    ("move_on_category", "completed", _category(DEFINED)),
    ("move_on_category", "passed", _category(DEFINED)),
    ("move_on_category", "failed", _category(DEFINED)),
    ("move_on_category", "experienced", _category(MOVE_ON)),
    ("move_on_category", "terminated", _category(DEFINED, MOVE_ON)),
    ("mastery_other", "passed", _extension(MASTERY)),
    ("mastery_other", "passed", _extension(MASTERY, 0.8)),
    ("platforms_verb", "satisfied", lambda said: None),
    ("platforms_verb", "launched", lambda said: None),
    ("verb_unknown", "experienced", _category(DEFINED)),
]


def test_what_breaks_a_rule_is_refused_by_its_name(cast: Cast) -> None:
    """The same session hears all of them, and none of them changes anything."""
    one = speaker(cast, course(cast, BOTH))
    before = verbs(cast, one)
    for code, verb, change in WRONG:
        free = verb in ("experienced", "voided")
        score = SCORE if verb == "passed" else LOW if verb == "failed" else None
        said = one.free(verb) if free else one.made(verb, **({"score": score} if score else {}))
        if verb == "experienced" and change.__qualname__.startswith("_category"):
            said = one.made(verb)
        change(said)
        answer = one.send(said)
        assert answer.status_code == 403, (code, verb, answer.content)
        with translation.override("en"):
            assert answer.json()["error"] == str(REASONS[f"packages.cmi5_{code}"]), (code, verb)
    unnamed = one.free()
    del unnamed["id"]
    assert one.send(unnamed, "POST").status_code == 403
    assert verbs(cast, one) == before
    one.say("completed")
    one.say("passed", score=SCORE)
    for verb in ("completed", "passed", "failed"):
        assert one.send(one.made(verb)).status_code == 403
    one.say("terminated")
    assert Attempt.objects.get().score is not None


def test_a_statement_that_is_no_statement_is_not_understood(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    said = one.made("passed")
    said["actor"] = said["actor"] | {"objectType": "Unknown"}
    assert one.send(said).status_code == 400


def test_failing_and_passing_exclude_each_other_in_a_session(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    one.say("failed")
    assert Attempt.objects.get().state == "failed"
    assert one.send(one.made("failed")).status_code == 403
    assert one.send(one.made("passed")).status_code == 403
    one.say("terminated")


def test_what_was_lost_on_the_way_is_sent_again(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    said = one.made("completed")
    assert [one.send(said).status_code for _ in range(2)] == [204, 204]
    assert verbs(cast, one).count("completed") == 1


def test_several_statements_come_at_once_or_not_at_all(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    bad = one.ask("POST", "statements", [one.made("completed"), one.made("completed")])
    assert bad.status_code == 403
    assert verbs(cast, one) == ["launched", "initialized"]
    good = one.ask("POST", "statements", [one.free(), one.made("completed"), one.made("terminated")])
    assert good.status_code == 200
    assert len(good.json()) == 3
    assert verbs(cast, one)[2:] == ["experienced", "completed", "satisfied", "satisfied", "terminated"]


def test_after_its_end_a_session_opens_nothing(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    late = one.free()
    one.say("terminated")
    assert one.send(late).status_code == 403
    assert one.state(name="mark").status_code == 403
    assert one.preferences().status_code == 403
    assert kept(one.row).ended_at is not None


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_who_only_looks_completes_nothing(cast: Cast, mode: str) -> None:
    one = speaker(cast, course(cast), mode)
    for verb in ("completed", "failed", "passed"):
        assert one.send(one.made(verb)).status_code == 403
    one.say("terminated")
    assert Attempt.objects.count() == 0


# ---- what is satisfied -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move_on", "said", "state"),
    [
        ("Completed", "completed", "completed"),
        ("CompletedOrPassed", "completed", "completed"),
        ("Passed", "passed", "passed"),
        ("CompletedOrPassed", "passed", "passed"),
    ],
)
def test_one_word_is_enough(cast: Cast, move_on: str, said: str, state: str) -> None:
    one = speaker(cast, course(cast, f'moveOn="{move_on}"'))
    one.say(said)
    assert verbs(cast, one)[2:] == [said, "satisfied", "satisfied"]
    assert Attempt.objects.get().state == state
    one.say("terminated")
    assert verbs(cast, one).count("satisfied") == 2


@pytest.mark.parametrize(
    ("move_on", "said"), [("Completed", "passed"), ("Passed", "completed"), ("Passed", "failed")]
)
def test_another_word_is_not(cast: Cast, move_on: str, said: str) -> None:
    one = speaker(cast, course(cast, f'moveOn="{move_on}"'))
    one.say(said)
    assert "satisfied" not in verbs(cast, one)
    assert Attempt.objects.get().state == ("failed" if said == "failed" else "incomplete")


def test_what_nobody_has_to_do_is_satisfied_from_the_beginning(cast: Cast) -> None:
    one = speaker(cast, course(cast, 'moveOn="NotApplicable"'))
    assert verbs(cast, one) == ["satisfied", "satisfied", "launched", "initialized"]
    one.say("completed")
    assert verbs(cast, one)[-1] == "completed"


# ---- the next session ------------------------------------------------------------------------------------


def test_a_registration_remembers_what_its_sessions_said(cast: Cast) -> None:
    package = course(cast, 'moveOn="CompletedAndPassed"')
    one = speaker(cast, package)
    one.say("completed")
    one.say("passed")
    assert one.state("PUT", "mark", {"first": True}).status_code == 204
    one.say("terminated")
    two = speaker(cast, package, registration=uuid.UUID(one.launch.registration))
    assert two.launch.registration == one.launch.registration
    assert two.launch.session != one.launch.session
    assert two.state(name="mark").json() == {"first": True}
    for verb in ("completed", "passed", "failed"):
        assert two.send(two.made(verb)).status_code == 403


def test_opening_a_unit_again_breaks_off_what_was_open(cast: Cast) -> None:
    package = course(cast)
    one = speaker(cast, package)
    two = speaker(cast, package)
    assert verbs(cast, one) == ["launched", "initialized", "abandoned", "launched", "initialized"]
    broken = told(cast, one)[2]
    assert broken["context"]["extensions"][SESSION] == one.launch.session
    assert broken["context"]["contextActivities"]["category"][0]["id"] == DEFINED
    assert broken["result"]["duration"].startswith("PT")
    assert broken["object"]["id"] == one.launch.unit.activity_id
    assert one.state(name="mark").status_code == 403
    assert two.state(name="mark").status_code == 404


def test_a_session_that_was_forgotten_is_ended_by_the_house(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    assert end_forgotten(by=system(), at=timezone.now()) == 0
    later = timezone.now() + LONGEST_SESSION + timedelta(minutes=1)
    assert end_forgotten(by=system(), at=later) == 1
    assert end_forgotten(by=system(), at=later) == 0
    assert verbs(cast, one)[-1] == "abandoned"
    assert one.state(name="mark").status_code == 403


# ---- what else is there ----------------------------------------------------------------------------------


def test_what_the_site_told_is_not_changed_by_a_unit(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    for method in ("PUT", "POST", "DELETE"):
        assert one.state(method, body={"a": 1}).status_code == 403
    assert one.state("DELETE", None).status_code == 403  # type: ignore[arg-type]
    assert one.state().json()["launchMode"] == "Normal"


def test_preferences_are_the_learner_s_own_and_of_their_form(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    good = {"languagePreference": "en-US,fr-FR,fr-BE", "audioPreference": "on"}
    tag = one.preferences()["ETag"]
    wrong: list[tuple[Any, dict[str, Any]]] = [
        (good, {"agent": None}),
        (good, {"agent": {"mbox": "mailto:someone@example.com"}}),
        (good, {"kind": "text/plain"}),
        (b"just some text", {}),
        ([], {}),
        ({"audioPreference": "on"}, {}),
        ({"languagePreference": "en"}, {}),
        (good | {"languagePreference": "not comma separated"}, {}),
        (good | {"languagePreference": ""}, {}),
        (good | {"audioPreference": "loud"}, {}),
    ]
    for body, more in wrong:
        assert one.preferences("PUT", body, **more).status_code == 403, (body, more)
    assert one.preferences("POST", {"audioPreference": "loud"}).status_code == 403
    assert one.preferences("POST", {"audioPreference": "off"}).status_code == 204
    assert one.preferences().json()["audioPreference"] == "off"
    one.browser.defaults["HTTP_IF_MATCH"] = one.preferences()["ETag"]
    assert one.preferences("PUT", good).status_code == 204
    del one.browser.defaults["HTTP_IF_MATCH"]
    assert one.preferences()["ETag"] != tag


def test_nobody_else_s_things_are_opened(cast: Cast) -> None:
    package = course(cast)
    other = speaker(cast, course(cast))
    one = speaker(cast, package)
    theirs = other.free()
    assert other.send(theirs).status_code == 204
    assert other.state("PUT", "mark", {"a": 1}).status_code == 204
    for given in (
        {"activityId": other.launch.unit.activity_id},
        {"registration": other.launch.registration},
        {"registration": None},
        {"agent": {"mbox": "mailto:someone@example.com"}},
    ):
        assert one.state(name="mark", **given).status_code == 403
    assert one.ask("GET", "statements", statementId=theirs["id"]).status_code == 404
    assert one.ask("GET", "statements", registration=other.launch.registration).status_code == 403
    assert one.ask("GET", "agents", agent=one.launch.actor).status_code == 403  # nor the learner's own name
    for name in ("of-another-program", None):
        assert one.preferences(profileId=name).status_code == 403
        assert one.preferences("PUT", {"a": 1}, profileId=name).status_code == 403
    profile = one.ask("GET", "activities/profile", activityId="https://example.org/", profileId="x")
    assert profile.status_code == 403
    own = one.ask("GET", "statements").json()["statements"]
    assert {said["context"]["registration"] for said in own} == {one.launch.registration}
    mine = one.free()
    assert one.send(mine).status_code == 204
    assert one.ask("GET", "statements", statementId=mine["id"]).status_code == 200


def test_what_a_unit_says_is_its_own_claim(cast: Cast) -> None:
    one = speaker(cast, course(cast))
    launched, initialized = told(cast, one)
    assert launched["authority"]["account"]["name"] == "craftpath"
    assert initialized["authority"]["account"]["name"].startswith("package-")
