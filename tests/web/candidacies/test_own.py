"""One's own examinations: the plan, nothing before publication, the result, an appeal; nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.delivery.web.calendars.sources import events
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.exams.actions import cancel_sitting, move_sitting, settle_terms
from craftpath.domain.exams.models import Appeal, Candidate, Outcome, Sitting
from craftpath.domain.exams.outcomes import spread
from craftpath.domain.exams.terms import Terms
from craftpath.kernel.tenancy import Scope, everywhere, looking_for
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, opened, planned
from tests.domain.exams.world_again import closed, publish, whole

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def at(page: str = "") -> str:
    return f"/o/lanchuan/examinations/{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def over(cast: Cast) -> Sitting:
    with everywhere("a test holds an examination"):
        return closed(cast)


@pytest.fixture
def out(cast: Cast, over: Sitting) -> Sitting:
    """Published today, so that one may still appeal."""
    with everywhere("a test publishes"):
        publish(cast, over, at=timezone.now())
        return over


def test_before_it_the_plan_stands_there_and_on_the_desk(cast: Cast, browse: Browse) -> None:
    soon = timezone.now() + timedelta(days=3)
    with everywhere("a test plans"):
        row = planned(cast, starts_at=soon, place="302")
    page = words(browse("apprentice").get(at(f"{row.public_id}/")))
    assert "302" in page
    assert "Before you come" in page
    assert "期末理论考试" in words(browse("apprentice").get(at()))
    assert "Examination: 期末理论考试" in words(browse("apprentice").get("/o/lanchuan/"))


@pytest.mark.parametrize("who", ["coordinator", "trainer", "assessor"])
def test_nobody_else_has_such_a_page(cast: Cast, browse: Browse, out: Sitting, who: str) -> None:
    for page in (f"{out.public_id}/", f"{out.public_id}/appeal/"):
        assert browse(who).get(at(page)).status_code == 404
    assert browse(who).post(at(f"{out.public_id}/appeal/"), {"question": "5"}).status_code == 404
    assert browse(who).post(at(f"{out.public_id}/appeal/withdraw/")).status_code == 404


def test_a_classmate_sees_the_own_result_and_a_nobody_signs_in(
    cast: Cast, browse: Browse, out: Sitting
) -> None:
    page = words(browse("classmate").get(at(f"{out.public_id}/")))
    assert "缺少检验工序" not in page
    assert browse("").get(at(f"{out.public_id}/")).status_code == 302


def test_before_publication_nothing_is_said(cast: Cast, browse: Browse, over: Sitting) -> None:
    page = words(browse("apprentice").get(at(f"{over.public_id}/")))
    assert "being marked" in page
    for said in ("Question by question", "缺少检验工序", "Points", "Appeal"):
        assert said not in page
    assert browse("apprentice").get(at(f"{over.public_id}/appeal/")).status_code == 200
    refused = browse("apprentice").post(at(f"{over.public_id}/appeal/"), {"question": "5", "words": "x"})
    assert refused.status_code == 409


def test_the_result_has_points_and_remarks_and_no_key(cast: Cast, browse: Browse, out: Sitting) -> None:
    page = words(browse("apprentice").get(at(f"{out.public_id}/")))
    for said in ("23", "of 29", "79", "Question by question", "缺少检验工序", "The mark that it became"):
        assert said in page
    for said in ("Right answer", "Your answer", "125.7", "You among the others"):
        assert said not in page


def test_answers_are_shown_where_the_office_shows_them(cast: Cast, browse: Browse, out: Sitting) -> None:
    with everywhere("a test shows answers"):
        by = cast.actor("trainer")
        settle_terms(out, Terms(), appeal_days=14, show_answers=True, by=by, at=OPENS)
    page = words(browse("apprentice").get(at(f"{out.public_id}/")))
    assert "Right answer 125.7" in page
    assert "Your answer 125.7" in page


def test_the_others_are_shown_from_five_on(cast: Cast, out: Sitting, browse: Browse) -> None:
    page = at(f"{out.public_id}/")
    with everywhere("a test adds results"):
        mine = whole(cast, out)
        Outcome.objects.exclude(candidate=mine).update(points="58/3", full="29")
        assert spread(out, mine) == []  # four others
        entries = [RosterEntry("27001", "学徒甲")]
        take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
        who = Enrolment.objects.get(number="27001")
        assert "You among the others" not in words(browse("apprentice").get(page))
        fifth = Candidate.objects.create(sitting=out, enrolment=who, paper=out.paper)
        values = {"published_at": OPENS, "changed_at": OPENS}
        Outcome.objects.create(candidate=fifth, points="3", full="29", **values)
        assert spread(out, mine) == [10, 66, 66, 66, 66]
    assert "You among the others" in words(browse("apprentice").get(page))


class TestAppeal:
    def form(self, **other: Any) -> dict[str, Any]:
        return {"question": ["5", str(ESSAY)], "words": "我写了检验工序。"} | other

    def test_it_is_lodged_once_and_taken_back(self, cast: Cast, browse: Browse, out: Sitting) -> None:
        client, page = browse("apprentice"), at(f"{out.public_id}/appeal/")
        assert "Which questions?" in words(client.get(page))
        for _press in range(2):
            assert client.post(page, self.form()).status_code == 302
        with everywhere("a test looks"):
            assert Appeal.objects.get().lines.count() == 2
        own = words(client.get(at(f"{out.public_id}/")))
        assert "waits for a second opinion" in own
        assert "我写了检验工序。" in own
        assert client.get(page).status_code == 302
        for _press in range(2):
            assert client.post(f"{page}withdraw/").status_code == 302
        with everywhere("a test looks"):
            assert Appeal.objects.get().state == "withdrawn"

    @pytest.mark.parametrize(
        "other",
        [{"question": []}, {"words": ""}, {"words": "写" * 2001}, {"question": ["99"]}, {"question": ["-1"]},
         {"question": ["x", "\0"]}],
    )  # fmt: skip
    def test_what_is_refused_loses_nothing(
        self, cast: Cast, browse: Browse, out: Sitting, other: dict[str, Any]
    ) -> None:
        given = self.form(**other)
        refused = browse("apprentice").post(at(f"{out.public_id}/appeal/"), given)
        assert refused.status_code == 409
        page = refused.content.decode()
        assert "Not sent" in page
        assert given["words"] in page
        if "5" in given["question"]:
            assert 'value="5" checked' in page
        with everywhere("a test looks"):
            assert not Appeal.objects.exists()

    def test_too_late_says_so_and_keeps_the_words(self, cast: Cast, browse: Browse, over: Sitting) -> None:
        with everywhere("a test publishes"):
            publish(cast, over, at=timezone.now() - timedelta(days=20))
        refused = browse("apprentice").post(at(f"{over.public_id}/appeal/"), self.form())
        assert refused.status_code == 409
        assert "我写了检验工序。" in words(refused)
        assert "last day for an appeal" in words(refused)


def feed(cast: Cast, who: str = "apprentice") -> list[Any]:
    person = cast.people[who]
    with looking_for(Scope(person_id=person.pk)):
        found = events(person, date(2026, 9, 1), date(2026, 12, 1))
    return [one for one in found if one.name.startswith("sitting-")]


def test_the_calendar_says_the_state_in_the_title(cast: Cast) -> None:
    with everywhere("a test plans"):
        row = planned(cast, place="302")
    [event] = feed(cast)
    assert event.title.endswith("期末理论考试")
    assert (event.starts_at, event.ends_at) == (OPENS, OPENS + timedelta(minutes=60))
    assert event.place.startswith("302")
    by = {"by": cast.actor("coordinator"), "at": AT + timedelta(minutes=5)}
    with everywhere("a test moves and cancels"):
        move_sitting(row, starts_at=OPENS + timedelta(days=1), minutes=45, place="303", because="检修", **by)
        [moved] = feed(cast)
        cancel_sitting(row, because="停电", **by)
    [gone] = feed(cast)
    assert (moved.name, moved.sequence, moved.words) == (event.name, 1, "检修")
    assert moved.title != event.title
    assert (gone.cancelled, gone.words, gone.sequence) == (True, "停电", 2)
    assert "取消" in gone.title
    assert [one.name for one in feed(cast, "trainer")] == [event.name]  # who planned it
    assert feed(cast, "assessor") == []


def test_a_sitting_under_way_leads_to_the_hall(cast: Cast, browse: Browse) -> None:
    with everywhere("a test opens"):
        row, _codes = opened(cast)
    assert "/exam/" in browse("apprentice").get(at(f"{row.public_id}/")).content.decode()
    assert browse("apprentice").get(at(f"{row.public_id}/gone/")).status_code == 302
