"""The page of a mark that is worked out: rule, counts, facts, and another mark in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation.actions import refresh_evidence
from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.evaluation.sourced import LATER, Place, place, week
from tests.domain.participation.acts import confirm, judged

Browse = Callable[[str], Client]


@pytest.fixture
def here(cast: Cast) -> Place:
    with everywhere("facts are made"):
        made = place(cast)
        for n in range(4):
            made.session(week(n), n26001="late" if n == 1 else "present")
        made.confirm(*(made.entry(week(n)) for n in (0, 2)))
        made.entry(week(3))
        made.refresh()
        return made


def address(here: Place, item: str, who: str = "26001", more: str = "") -> str:
    ids = (here.evaluation.public_id, here.cast.enrolments[who].public_id)
    return f"/o/lanchuan/results/{ids[0]}/{ids[1]}/from/{item}/{more}"


def words(answer: object) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("who", ["apprentice", "coordinator"])
def test_the_rule_the_counts_and_every_fact_stand_there(here: Place, browse: Browse, who: str) -> None:
    said = words(browse(who).get(address(here, "attendance"), headers={"accept-language": "en"}))
    for one in (
        "87.5",
        "Present at 3 of 4 sessions, 1 late",
        "Late counts 0.5",
        "Excused sessions are left out",
        "Present at the next session",
        "90",
        "counts 0.5",
    ):
        assert one in said
    said = words(browse(who).get(address(here, "log"), headers={"accept-language": "en"}))
    assert "handed in, waits for the mentor" in said
    assert "plays no part" in said
    assert "nothing handed in" in said
    assert ("Give a mark by hand" in said) is (who == "coordinator")


def test_a_confirmed_activity_stands_there_with_who_stands_for_it(cast: Cast, browse: Browse) -> None:
    with everywhere("an activity is confirmed"):
        evaluation = judged(cast)
        confirm(cast)
        refresh_evidence(evaluation, by=system(), at=LATER)
    item = evaluation.scheme.definition["component"][0]["item"][0]["key"]
    enrolment = cast.enrolments["26001"].public_id
    path = f"/o/lanchuan/results/{evaluation.public_id}/{enrolment}/from/{item}/"
    said = words(browse("apprentice").get(path, headers={"accept-language": "en"}))
    for one in (
        "安全用电论坛",
        "Learning forum · 马建国",
        "One in 20 days is expected",
        "One more activity confirmed",
    ):
        assert one in said


def test_the_derivation_leads_there(here: Place, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment = here.cast.enrolments["26001"].public_id
    page = browse("apprentice").get(f"/o/lanchuan/results/{here.evaluation.public_id}/{enrolment}/")
    assert address(here, "attendance") in page.content.decode()

    def reviews() -> str:
        return words(browse("apprentice").get(address(here, "reviews"), headers={"accept-language": "en"}))

    assert "Open: 0 count so far, 1 are needed" in reviews()
    monkeypatch.setattr("craftpath.domain.evaluation.evidence.PROVIDERS", {})
    assert "Nothing of this kind is recorded on this site yet" in reviews()


def test_the_number_of_queries_does_not_grow_with_the_facts(here: Place, browse: Browse) -> None:
    client = browse("apprentice")

    def asked(item: str) -> int:
        client.get(address(here, item))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(here, item)).status_code == 200
        return len(queries)

    few = [asked(item) for item in ("attendance", "log", "talks")]
    with everywhere("more facts"):
        for n in range(4, 10):
            here.session(week(n))
            here.confirm(here.entry(week(n)))
    assert [asked(item) for item in ("attendance", "log", "talks")] == few


def test_whoever_decides_puts_another_mark_in_its_place_and_takes_it_back(
    here: Place, browse: Browse
) -> None:
    client, url = browse("coordinator"), address(here, "attendance")
    for wrong in ({"way": "scored", "score": "", "reason": "x"}, {"way": "scored", "score": "101", "reason": "x"},
                  {"way": "scored", "score": "8O", "reason": "x"}, {"way": "scored", "score": "80", "reason": " "},
                  {"way": "?", "score": "80", "reason": "x"}, {}):  # fmt: skip
        answer = client.post(url, wrong)
        assert answer.status_code == 422
        assert wrong.get("reason", "") in answer.content.decode()
    for _ in range(2):  # a double press
        assert (
            client.post(url, {"way": "scored", "score": "80", "reason": "Long illness."}).status_code == 302
        )
    with everywhere("what stands"):
        assert (here.score("attendance"), here.mark("attendance").reason) == (Decimal(80), "Long illness.")
        assert Mark.objects.filter(reason="Long illness.").count() == 1
    own = words(browse("apprentice").get(url, headers={"accept-language": "en"}))
    assert "Long illness." in own
    assert "By the rule it would be 87.5" in own
    for _ in range(2):
        assert client.post(address(here, "attendance", more="again/")).status_code == 302
    with everywhere("what stands"):
        assert here.score("attendance") == Decimal("87.5")
    assert client.post(url, {"way": "exempt", "score": "x", "reason": "Came late."}).status_code == 302
    with everywhere("what stands"):
        assert here.mark("attendance").status == "exempt"


@pytest.mark.parametrize("who", ["apprentice", "classmate", "trainer", "mentor"])
def test_nobody_else_does(here: Place, browse: Browse, who: str) -> None:
    before = address(here, "attendance")
    given = {"way": "scored", "score": "100", "reason": "I was there."}
    assert browse(who).post(before, given).status_code in (403, 404)
    assert browse(who).post(address(here, "attendance", more="again/")).status_code in (403, 404)
    with everywhere("nothing happened"):
        assert here.score("attendance") == Decimal("87.5")


def test_a_stranger_and_an_item_that_is_marked_by_a_person_are_not_there(here: Place, browse: Browse) -> None:
    assert browse("stranger").get(address(here, "attendance")).status_code == 404
    assert browse("classmate").get(address(here, "attendance")).status_code == 404
    for item in ("quiz", "nothing", "attendance.oral"):
        assert browse("coordinator").get(address(here, item)).status_code == 404
