# ruff: noqa: E501  (a line of XML is one line)
"""The data model of SCORM 1.2 and 2004 through the run-time and the site: kept, given back, and judged by its rules.

A part of a package is played by the same run-time as in the browser; what it hands over is sent to the page that keeps
it, and what the site then begins with is given to a second run.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from craftpath.domain.packages.models import Attempt, Package
from tests.cast import Cast
from tests.domain.packages.world import taken
from tests.exchange.courses.made import manifest, packed, scorm
from tests.web.packages.test_pages import client, commit, sent, url

NODE = shutil.which("node")
pytestmark = [
    pytest.mark.usefixtures("all_rows"),
    pytest.mark.skipif(NODE is None, reason="the run-time of SCORM needs Node"),
]
ONE = manifest(
    '<item identifier="i1" identifierref="r1"><title>One</title><adlcp:maxtimeallowed>00:45:00</adlcp:maxtimeallowed>'
    "<adlcp:timelimitaction>exit,message</adlcp:timelimitaction><adlcp:datafromlms>seed=7</adlcp:datafromlms>"
    "<adlcp:masteryscore>60</adlcp:masteryscore></item>"
)
SEQUENCED = (
    '<imsss:sequencing><imsss:limitConditions attemptAbsoluteDurationLimit="PT45M"/><imsss:objectives>'
    '<imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>'
    "</imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
)
NEW = manifest(
    '<item identifier="i1" identifierref="r1"><title>One</title><adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction>'
    "<adlcp:dataFromLMS>seed=7</adlcp:dataFromLMS>"
    f'<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8"/>{SEQUENCED}</item>',
    version="2004 4th Edition",
)
PLAIN = manifest(version="2004 4th Edition")

# what a part may say of each element, and finds again when it is gone on with
SAID_IN_ONE = (
    ("cmi.core.lesson_location", "page-7"), ("cmi.core.lesson_status", "incomplete"), ("cmi.core.score.raw", "55"),
    ("cmi.core.score.min", "0"), ("cmi.core.score.max", "100"), ("cmi.suspend_data", "b=2;" * 1000),
    ("cmi.comments", "clear"), ("cmi.objectives.0.id", "O1"), ("cmi.objectives.0.score.raw", "40"),
    ("cmi.objectives.0.score.min", "0"), ("cmi.objectives.0.score.max", "50"),
    ("cmi.objectives.0.status", "failed"), ("cmi.objectives.1.id", "O2"), ("cmi.student_preference.audio", "50"),
    ("cmi.student_preference.language", "zh"), ("cmi.student_preference.speed", "-10"),
    ("cmi.student_preference.text", "1"),
)  # fmt: skip
SAID_IN_2004 = (
    ("cmi.location", "page-7"), ("cmi.completion_status", "incomplete"), ("cmi.success_status", "failed"),
    ("cmi.progress_measure", "0.5"), ("cmi.score.scaled", "0.4"), ("cmi.score.raw", "40"), ("cmi.score.min", "0"),
    ("cmi.score.max", "100"), ("cmi.suspend_data", "b=2;" * 16_000),
    ("cmi.learner_preference.audio_level", "0.5"), ("cmi.learner_preference.language", "zh"),
    ("cmi.learner_preference.delivery_speed", "2"), ("cmi.learner_preference.audio_captioning", "1"),
    ("cmi.comments_from_learner.0.comment", "{lang=en}clear"), ("cmi.comments_from_learner.0.location", "p 3"),
    ("cmi.comments_from_learner.0.timestamp", "2026-11-02T08:00:00"),
    ("cmi.objectives.0.id", "urn:o:1"), ("cmi.objectives.0.score.scaled", "-0.25"),
    ("cmi.objectives.0.score.raw", "3"), ("cmi.objectives.0.score.min", "0"), ("cmi.objectives.0.score.max", "9"),
    ("cmi.objectives.0.success_status", "failed"), ("cmi.objectives.0.completion_status", "completed"),
    ("cmi.objectives.0.progress_measure", "1"), ("cmi.objectives.0.description", "Chuck a bar"),
    ("cmi.interactions.0.id", "urn:i:1"), ("cmi.interactions.0.type", "choice"),
    ("cmi.interactions.0.objectives.0.id", "urn:o:1"),
    ("cmi.interactions.0.timestamp", "2026-11-02T08:01:00"),
    ("cmi.interactions.0.correct_responses.0.pattern", "a[,]b"), ("cmi.interactions.0.weighting", "2"),
    ("cmi.interactions.0.learner_response", "a[,]c"), ("cmi.interactions.0.result", "incorrect"),
    ("cmi.interactions.0.latency", "PT9S"), ("cmi.interactions.0.description", "Two of four"),
    ("cmi.interactions.1.id", "urn:i:2"), ("cmi.interactions.1.type", "fill-in"),
    ("cmi.interactions.1.learner_response", "G01"), ("cmi.interactions.1.result", "0.5"),
    ("cmi.interactions.2.id", "urn:i:3"), ("cmi.interactions.2.type", "performance"),
    ("cmi.interactions.2.learner_response", "s1[.]12[,]s2[.]ok"),
    ("cmi.interactions.3.id", "urn:i:4"), ("cmi.interactions.3.type", "numeric"),
    ("cmi.interactions.3.correct_responses.0.pattern", "1.5[:]2.5"),
    ("cmi.interactions.3.learner_response", "2"), ("cmi.interactions.3.result", "correct"),
    ("cmi.interactions.4.id", "urn:i:5"), ("cmi.interactions.4.type", "matching"),
    ("cmi.interactions.4.learner_response", "a[.]1[,]b[.]2"),
    ("cmi.interactions.5.id", "urn:i:6"), ("cmi.interactions.5.type", "sequencing"),
    ("cmi.interactions.5.learner_response", "a[,]b"), ("cmi.interactions.6.id", "urn:i:7"),
    ("cmi.interactions.6.type", "likert"), ("cmi.interactions.6.learner_response", "four"),
    ("cmi.interactions.7.id", "urn:i:8"), ("cmi.interactions.7.type", "true-false"),
    ("cmi.interactions.7.learner_response", "true"), ("cmi.interactions.8.id", "urn:i:9"),
    ("cmi.interactions.8.type", "long-fill-in"), ("cmi.interactions.8.learner_response", "Because it turns"),
    ("cmi.interactions.9.id", "urn:i:10"), ("cmi.interactions.9.type", "other"),
    ("cmi.interactions.9.learner_response", "x"),
)  # fmt: skip
ANSWERS_IN_ONE = (  # may be said and not be read, as the standard has it; they are kept all the same
    ("cmi.interactions.0.id", "I1"), ("cmi.interactions.0.objectives.0.id", "O1"),
    ("cmi.interactions.0.time", "08:01:00"), ("cmi.interactions.0.type", "choice"),
    ("cmi.interactions.0.correct_responses.0.pattern", "a"), ("cmi.interactions.0.weighting", "2"),
    ("cmi.interactions.0.student_response", "b"), ("cmi.interactions.0.result", "wrong"),
    ("cmi.interactions.0.latency", "00:00:09"),
)  # fmt: skip
Steps = list[list[str]]


@pytest.fixture(autouse=True)
def played_elsewhere(settings: Any) -> None:
    settings.CONTENT_ADDRESS = "https://content.example"


def begun(cast: Cast, row: Package) -> dict[str, Any]:
    """What the site tells the player of the first part."""
    page = client(cast).get(url("play", row.public_id, "1")).content.decode()
    found = re.search(r'<script id="player-launch" type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def played(launch: dict[str, Any], steps: Steps) -> tuple[list[list[str]], list[dict[str, Any]]]:
    """What the run-time answers to each step, and what it hands over."""
    here = Path(__file__).parent
    asked = json.dumps({"how": launch["how"], "cmi": launch["cmi"], "steps": steps})
    ran = subprocess.run(  # noqa: S603
        [str(NODE), "runtime.mjs", str(Path(site.ROOT) / "vendor" / "player" / "scorm-again.min.js")],
        cwd=here, input=asked, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    answer = json.loads(ran.stdout)
    return answer["said"], answer["kept"]


def turn(cast: Cast, row: Package, steps: Steps) -> dict[str, str]:
    """One sitting: begun by the site, played, and everything that was handed over sent to it; what was read."""
    launch = begun(cast, row)
    said, kept = played(launch, steps)
    for count, one in enumerate(kept, start=1):
        more = {name: launch[name] for name in ("entry", "number", "launch", "base")}
        answer = commit(client(cast), row, sent(**more, revision=launch["base"] + count, **one))
        assert answer.status_code == 200, answer.content.decode()
    for step, (answer_, fault) in zip(steps, said, strict=True):
        assert step[0] == "GetValue" or (answer_, fault) == ("true", "0"), (step, answer_, fault)
    return {step[1]: answer_ for step, (answer_, _) in zip(steps, said, strict=True) if step[0] == "GetValue"}


def begin(old: bool) -> Steps:
    return [["Initialize", ""]]


def end(old: bool, how: str, time: str = "") -> Steps:
    names = ("cmi.core.exit", "cmi.core.session_time") if old else ("cmi.exit", "cmi.session_time")
    spent = time or ("00:01:01" if old else "PT1M1S")
    return [
        ["SetValue", names[0], how],
        ["SetValue", names[1], spent],
        ["Finish" if old else "Terminate", ""],
    ]


def put(said: Any) -> Steps:
    return [["SetValue", name, value] for name, value in said]


def get(*names: str) -> Steps:
    return [["GetValue", name] for name in names]


@pytest.mark.parametrize(("old", "said"), [(True, SAID_IN_ONE), (False, SAID_IN_2004)], ids=["1.2", "2004"])
def test_every_element_that_is_said_is_given_back(cast: Cast, old: bool, said: Any) -> None:
    row = taken(cast, packed(scorm(manifest() if old else PLAIN)))
    turn(cast, row, [*begin(old), *put(said), *end(old, "suspend")])
    found = turn(cast, row, [*begin(old), *get(*(name for name, _ in said)), *end(old, "suspend")])
    assert found == dict(said)


def test_answers_of_1_2_are_kept_though_no_part_may_read_them(cast: Cast) -> None:
    row = taken(cast, packed(scorm(manifest())))
    turn(cast, row, [*begin(True), *put(ANSWERS_IN_ONE), *end(True, "suspend")])
    held = Attempt.objects.get().data["cmi"]["interactions"]["0"]
    assert (held["id"], held["student_response"], held["result"]) == ("I1", "b", "wrong")
    found = turn(cast, row, [*begin(True), *get("cmi.interactions._count"), *end(True, "suspend")])
    assert found == {"cmi.interactions._count": "1"}


def test_what_the_site_says_is_there_to_be_read(cast: Cast) -> None:
    one = turn(
        cast,
        taken(cast, packed(scorm(ONE))),
        [*begin(True), *get("cmi.core.entry", "cmi.core.credit", "cmi.core.lesson_mode", "cmi.core.student_id",
             "cmi.core.student_name", "cmi.core.total_time", "cmi.launch_data", "cmi.student_data.mastery_score",
             "cmi.student_data.max_time_allowed", "cmi.student_data.time_limit_action"), *end(True, "")],
    )  # fmt: skip
    assert re.fullmatch(r"[0-9a-f]{20}", one.pop("cmi.core.student_id"))
    assert one == {
        "cmi.core.entry": "ab-initio", "cmi.core.credit": "credit", "cmi.core.lesson_mode": "normal",
        "cmi.core.student_name": "Learner", "cmi.core.total_time": "00:00:00", "cmi.launch_data": "seed=7", "cmi.student_data.mastery_score": "60",
        "cmi.student_data.max_time_allowed": "00:45:00", "cmi.student_data.time_limit_action": "exit,message",
    }  # fmt: skip
    new = turn(
        cast,
        taken(cast, packed(scorm(NEW))),
        [*begin(False), *get("cmi.entry", "cmi.credit", "cmi.mode", "cmi.learner_id", "cmi.learner_name",
             "cmi.launch_data", "cmi.scaled_passing_score", "cmi.completion_threshold", "cmi.max_time_allowed",
             "cmi.time_limit_action", "cmi.comments_from_lms._count", "cmi.completion_status",
             "cmi.success_status"), *end(False, "normal")],
    )  # fmt: skip
    assert re.fullmatch(r"[0-9a-f]{20}", new.pop("cmi.learner_id"))
    assert new == {
        "cmi.entry": "ab-initio", "cmi.credit": "credit", "cmi.mode": "normal", "cmi.learner_name": "Learner",
        "cmi.launch_data": "seed=7", "cmi.scaled_passing_score": "0.6", "cmi.completion_threshold": "0.8",
        "cmi.max_time_allowed": "PT45M", "cmi.time_limit_action": "exit,message",
        "cmi.comments_from_lms._count": "0", "cmi.completion_status": "unknown", "cmi.success_status": "unknown",
    }  # fmt: skip


@pytest.mark.parametrize("old", [True, False], ids=["1.2", "2004"])
def test_time_adds_up_and_a_part_gone_on_with_knows_it(cast: Cast, old: bool) -> None:
    row = taken(cast, packed(scorm(manifest() if old else PLAIN)))
    for _ in range(2):
        turn(cast, row, [*begin(old), *end(old, "suspend")])
    names = ("cmi.core.entry", "cmi.core.total_time") if old else ("cmi.entry", "cmi.total_time")
    found = turn(cast, row, [*begin(old), *get(*names), *end(old, "suspend")])
    assert found[names[0]] == "resume"
    assert found[names[1]] in ("00:02:02", "PT2M2S")
    assert Attempt.objects.get().seconds == 183


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"cmi.core.lesson_status": "completed", "cmi.core.score.raw": "59"}, "failed"),
        ({"cmi.core.lesson_status": "failed", "cmi.core.score.raw": "60"}, "passed"),
        ({"cmi.core.lesson_status": "completed"}, "completed"),
        ({"cmi.core.lesson_status": "incomplete"}, "incomplete"),
    ],
)
def test_a_mark_to_pass_judges_what_1_2_says(cast: Cast, said: dict[str, str], state: str) -> None:
    turn(cast, taken(cast, packed(scorm(ONE))), [*begin(True), *put(said.items()), *end(True, "")])
    assert Attempt.objects.get().state == state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"cmi.success_status": "failed", "cmi.score.scaled": "0.6"}, "passed"),
        ({"cmi.success_status": "passed", "cmi.score.scaled": "0.59"}, "failed"),
        ({"cmi.success_status": "passed"}, "incomplete"),  # a mark is asked for, and there is no score
        ({"cmi.completion_status": "completed", "cmi.progress_measure": "0.79"}, "incomplete"),
        ({"cmi.completion_status": "incomplete", "cmi.progress_measure": "0.8"}, "completed"),
        ({"cmi.completion_status": "completed"}, "incomplete"),  # a measure is asked for, and there is none
    ],
)
def test_measures_judge_what_2004_says(cast: Cast, said: dict[str, str], state: str) -> None:
    turn(cast, taken(cast, packed(scorm(NEW))), [*begin(False), *put(said.items()), *end(False, "normal")])
    assert Attempt.objects.get().state == state


def test_without_measures_a_part_is_believed(cast: Cast) -> None:
    said = {"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.1"}
    turn(cast, taken(cast, packed(scorm(PLAIN))), [*begin(False), *put(said.items()), *end(False, "normal")])
    kept = Attempt.objects.get()
    assert (kept.state, kept.score) == ("passed", Decimal("0.1"))


def test_a_wish_to_navigate_is_taken_and_leads_nowhere(cast: Cast) -> None:
    """Rules of sequencing are told when a package is read and not followed: what comes next is the learner's choice."""
    row = taken(cast, packed(scorm(PLAIN)))
    turn(
        cast,
        row,
        [*begin(False), ["SetValue", "adl.nav.request", "continue"], ["SetValue", "cmi.completion_status", "completed"],
         *end(False, "normal")],
    )  # fmt: skip
    assert Attempt.objects.get().state == "completed"
