"""Contesting in the browser: raised by its apprentice, answered by somebody else, seen by nobody beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.domain.evaluation.models import Contest, ResultVersion
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.web.evaluation.reading import cells

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
WORDS = "第三题我的答案是对的。\n请再看一遍。"


@pytest.fixture(autouse=True)
def _decided(cast: Cast) -> None:
    with everywhere("a test writes"):
        decide_results(
            cast.evaluation,
            None,
            basis=basis_of(cast.evaluation),
            by=cast.actor("coordinator"),
            at=timezone.now() - timedelta(days=1),
        )


def ids(cast: Cast, number: str = "26001") -> list[str]:
    return ["lanchuan", cast.evaluation.public_id, cast.enrolments[number].public_id]


def raising(cast: Cast) -> str:
    return reverse("evaluation:raise", args=ids(cast))


def result(cast: Cast) -> str:
    return reverse("evaluation:derivation", args=ids(cast))


def contest(cast: Cast, browse: Browse) -> str:
    """Raise one and return its address."""
    answer = browse("apprentice").post(raising(cast), {"words": WORDS, "in_question": ["final_exam"]})
    assert answer.status_code == 302
    return str(answer.url)


def standing() -> Any:
    with everywhere("a test looks"):
        return Contest.objects.select_related("version").get()


def test_the_apprentice_reads_the_decision_and_what_can_be_done(cast: Cast, browse: Browse) -> None:
    page = browse("apprentice").get(result(cast))
    official = page.context["official"]
    assert (official.verdict, official.version.number, official.own, bool(official.may_contest)) == (
        "Decided: passed.",
        1,
        True,
        True,
    )
    assert raising(cast) in page.content.decode()
    assert "80.5 of 100; all marks are in. Decided: passed." in page.content.decode()
    home = browse("apprentice").get("/o/lanchuan/").context["waiting"]
    assert [(line.label, line.url) for line in home] == [
        ("What did you do today?", "/o/lanchuan/log/"),
        ("Your result for Junior craftsman is decided", result(cast)),
    ]


def test_a_mentor_reads_it_and_cannot_contest(cast: Cast, browse: Browse) -> None:
    page = browse("mentor").get(result(cast).replace("lanchuan", "jinheng"))
    assert "Contest this result" not in page.content.decode()
    assert browse("mentor").get(raising(cast).replace("lanchuan", "jinheng")).status_code == 403


def test_it_waits_on_the_desk_of_somebody_else_than_the_judge(cast: Cast, browse: Browse) -> None:
    where = contest(cast, browse)
    assert where in {line.url for line in browse("administrator").get("/o/lanchuan/").context["waiting"]}
    assert where not in {line.url for line in browse("coordinator").get("/o/lanchuan/").context["waiting"]}
    rows = cells(browse("administrator").get(reverse("evaluation:contests", args=["lanchuan"])))
    assert [(row[0], row[-2], row[-1]) for row in rows[1:]] == [("陈雨桐", "何静", "waiting for an answer")]
    page = browse("coordinator").get(where)
    assert "You decided this result, so somebody else answers" in page.content.decode()
    assert "Uphold the result" not in page.content.decode()


def test_raising_it_twice_leads_to_the_one_that_stands(cast: Cast, browse: Browse) -> None:
    where = contest(cast, browse)
    again = browse("apprentice").post(raising(cast), {"words": "again"}, follow=True)
    assert again.redirect_chain == [(where, 302)]
    assert standing().words == WORDS


@pytest.mark.parametrize(
    "form", [{"words": " "}, {"words": "x" * 2001}, {"words": "x", "in_question": ["no"]}]
)
def test_what_cannot_be_taken_is_said_at_its_field_and_kept(
    form: dict[str, Any], cast: Cast, browse: Browse
) -> None:
    page = browse("apprentice").post(raising(cast), form)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert page.context["form"].data["words"] == form["words"]
    with everywhere("a test looks"):
        assert not Contest.objects.exists()


def test_too_late_says_until_when_it_was_and_keeps_the_words(cast: Cast, browse: Browse) -> None:
    with everywhere("a test writes"):
        version = ResultVersion.objects.get()
        decision = version.decision
        decision.made_at = timezone.now() - timedelta(days=20)
        decision.save(update_fields=["made_at"])
    page = browse("apprentice").post(raising(cast), {"words": "my long words"})
    assert page.status_code == 409
    assert "It could be contested until" in page.content.decode()
    assert "my long words" in page.content.decode()


def test_upholding_says_why_and_ends_it(cast: Cast, browse: Browse) -> None:
    contest(cast, browse)
    client, where = (
        browse("administrator"),
        reverse("evaluation:uphold", args=["lanchuan", standing().public_id]),
    )
    assert client.post(where, {"answer": " "}).status_code == 422
    assert client.post(where, {"answer": "The key is right."}).status_code == 302
    twice = client.post(where, {"answer": "The key is right."}, follow=True)
    assert [str(m) for m in twice.context["messages"]][-1].startswith("This is recorded already")
    assert (standing().state, standing().answer) == ("upheld", "The key is right.")
    seen = browse("apprentice").get(reverse("evaluation:contest", args=["lanchuan", standing().public_id]))
    assert "The key is right." in seen.content.decode()
    other = client.post(where, {"answer": "Another answer."})
    assert other.status_code == 409


def test_being_right_gives_a_new_version_and_both_are_read(cast: Cast, browse: Browse) -> None:
    where = contest(cast, browse)
    form = {"item-final_exam": "85", "item-quiz": "40", "reason": "两处漏计。"}
    answer = browse("administrator").post(
        reverse("evaluation:correct_contested", args=["lanchuan", standing().public_id]), form, follow=True
    )
    assert answer.redirect_chain == [(where, 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "Corrected: the result of 陈雨桐 is now 84.5, version 2."
    ]
    page = browse("apprentice").get(result(cast))
    assert (
        page.context["explanation"].total_rounded == 84.5
        or str(page.context["explanation"].total_rounded) == "84.5"
    )
    lines = [(line.number, line.figure, line.reason, line.contest) for line in page.context["official"].lines]
    assert lines == [(2, "84.5", "两处漏计。", ""), (1, "80.5", "", "result corrected")]
    first = browse("apprentice").get(result(cast) + "?version=1")
    assert str(first.context["explanation"].total_rounded) == "80.5"
    assert "This is an earlier version" in first.content.decode()
    assert browse("apprentice").get(result(cast) + "?version=3").status_code == 404
    assert browse("apprentice").get(result(cast) + "?version=x").status_code == 404


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("101", "Give a score from 0 to 100, or Absent / Exempt."),
        ("1e1", "Give a score from 0 to 100, or Absent / Exempt."),
        ("-1", "Give a score from 0 to 100, or Absent / Exempt."),
        ("", "Give a score from 0 to 100, or Absent / Exempt."),
        ("75", "No mark was changed, so there is nothing to correct."),
    ],
)
def test_a_correction_that_is_none_is_said_in_the_form(
    value: str, said: str, cast: Cast, browse: Browse
) -> None:
    contest(cast, browse)
    where = reverse("evaluation:correct_contested", args=["lanchuan", standing().public_id])
    same = {
        "item-attendance": "90",
        "item-log": "60",
        "item-quiz": "40",
        "item-task1": "88",
        "item-task2": "82",
    }
    page = browse("administrator").post(where, {"item-final_exam": value, **same, "reason": "x"})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert standing().state == "raised"


def test_withdrawing_is_its_owners_and_final(cast: Cast, browse: Browse) -> None:
    contest(cast, browse)
    where = reverse("evaluation:withdraw", args=["lanchuan", standing().public_id])
    assert browse("administrator").post(where).status_code == 403
    assert browse("apprentice").post(where).status_code == 302
    assert standing().state == "withdrawn"
    again = browse("apprentice").post(where, follow=True)
    assert [str(m) for m in again.context["messages"]][-1].startswith("This is recorded already")


@pytest.mark.parametrize("who", ["classmate", "trainer", "assessor", "stranger"])
def test_nobody_else_reads_a_contest(who: str, cast: Cast, browse: Browse) -> None:
    where = contest(cast, browse)
    assert browse(who).get(where).status_code == 404


def test_a_correction_without_a_contest(cast: Cast, browse: Browse) -> None:
    where = reverse("evaluation:correct", args=ids(cast))
    page = browse("coordinator").get(where)
    initial = {field.name: field.initial for field in page.context["form"].other_fields}
    assert initial["item-final_exam"] == "75"
    answer = browse("coordinator").post(
        where, initial | {"item-log": "Absent", "reason": "Wrong person."}, follow=True
    )
    assert answer.status_code == 200
    with everywhere("a test looks"):
        newest = ResultVersion.objects.get(number=2)
        assert newest.decision.reason == "Wrong person."
        marks = newest.enrolment.marks.filter(item="log").order_by("pk")
        assert [(mark.status, mark.is_current) for mark in marks] == [("scored", False), ("absent", True)]
    assert browse("trainer").get(where).status_code == 403
    assert browse("apprentice").get(where).status_code == 403


def test_an_undecided_result_has_neither_page(cast: Cast, browse: Browse) -> None:
    for name in ("evaluation:raise", "evaluation:correct"):
        where = reverse(name, args=ids(cast, "26002"))
        assert browse("coordinator").get(where).status_code == 404
