"""The office's side: moving, terms, additions, reasons of absence, re-sits, second opinions and decisions."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pypdf import PdfReader

from craftpath.delivery.web.candidacies.calendar import sat
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.exams.actions import lodge_appeal, settle_terms
from craftpath.domain.exams.models import Appeal, AppealedLine, Candidate, Sitting
from craftpath.domain.exams.terms import Terms
from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, planned
from tests.domain.exams.world_again import LATER, closed, publish, published, whole
from tests.web.candidacies.test_own import words

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
SOON = timedelta(days=3)


def at(page: str = "") -> str:
    return f"/o/lanchuan/sittings/{page}"


def local(days: int, hour: str = "09:00") -> str:
    return (timezone.localtime() + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour}")


@pytest.fixture
def coming(cast: Cast) -> Sitting:
    with everywhere("a test plans"):
        return planned(cast, starts_at=timezone.now() + SOON, place="302")


@pytest.fixture
def out(cast: Cast) -> Sitting:
    with everywhere("a test holds and publishes"):
        return published(cast)


@pytest.fixture
def appeal(cast: Cast, out: Sitting) -> Appeal:
    with everywhere("a test appeals"):
        given = {"words": "我写了检验工序。", "by": cast.actor("apprentice"), "at": LATER}
        return lodge_appeal(whole(cast, out), [5, ESSAY], **given)


class TestMoving:
    def form(self, **other: str) -> dict[str, str]:
        return {"starts_at": local(5), "minutes": "45", "place": "305", "because": "机房检修"} | other

    def test_it_is_moved_and_says_why(self, browse: Browse, coming: Sitting) -> None:
        client, page = browse("coordinator"), at(f"{coming.public_id}/change/")
        assert client.get(page).status_code == 200
        for _press in range(2):
            assert client.post(page, self.form()).status_code == 302
        with everywhere("a test looks"):
            assert Sitting.objects.get().sequence == 1
        assert "机房检修" in words(client.get(at(f"{coming.public_id}/")))

    @pytest.mark.parametrize(
        ("other", "status"),
        [({"because": ""}, 422), ({"starts_at": "2020-01-01T09:00"}, 409), ({"starts_at": "bald"}, 422),
         ({"minutes": "0"}, 422), ({"starts_at": "9999-12-31T23:59"}, 409)],
    )  # fmt: skip
    def test_what_is_refused_stays(
        self, browse: Browse, coming: Sitting, other: dict[str, str], status: int
    ) -> None:
        refused = browse("trainer").post(at(f"{coming.public_id}/change/"), self.form(place="A7", **other))
        assert refused.status_code == status
        assert 'value="A7"' in refused.content.decode()

    def test_sessions_at_that_time_are_named_and_can_be_confirmed(
        self, cast: Cast, browse: Browse, coming: Sitting
    ) -> None:
        begins = timezone.now().replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(days=5)
        with everywhere("a test teaches"):
            plan = Plan(
                {"zh": "机床电气", "en": "Electrics"},
                "lesson",
                "on_site",
                begins,
                begins + timedelta(hours=2),
            )
            plan_session(
                plan, organisation=cast.college, cohorts=[cast.cohort],
                teachers={cast.people["trainer"]: "trainer"}, by=cast.actor("coordinator"), at=AT,
            )  # fmt: skip
        client, page = browse("coordinator"), at(f"{coming.public_id}/change/")
        form = self.form(starts_at=timezone.localtime(begins).strftime("%Y-%m-%dT%H:%M"))
        warned = client.post(page, form)
        assert warned.status_code == 409
        assert "Electrics" in words(warned)
        assert 'name="despite"' in warned.content.decode()
        assert client.post(page, form | {"despite": "on"}).status_code == 302


class TestTermsAndList:
    def form(self, **other: str) -> dict[str, str]:
        return {"pass_percent": "70", "most_resits": "2", "resit_for": "absent", "resit_counts": "capped",
                "appeal_days": "7"} | other  # fmt: skip

    def test_terms_are_settled_and_shown(self, browse: Browse, coming: Sitting) -> None:
        client, page = browse("trainer"), at(f"{coming.public_id}/terms/")
        assert client.get(page).status_code == 200
        assert client.post(page, self.form()).status_code == 302
        assert "70 % of the points" in words(client.get(at(f"{coming.public_id}/")))
        assert client.post(page, self.form(pass_percent="101")).status_code == 422
        assert client.post(page, self.form(pass_percent="-1")).status_code == 422
        assert client.post(page, self.form(pass_percent="69.16")).status_code == 302
        assert 'value="69.16"' in client.get(page).content.decode()
        assert client.post(page, self.form(resit_for="x")).status_code == 422

    def test_after_publication_only_the_answers_can_be_shown(self, browse: Browse, out: Sitting) -> None:
        form = self.form(show_answers="on")  # what is fixed is not read from the form
        assert browse("trainer").post(at(f"{out.public_id}/terms/"), form).status_code == 302
        with everywhere("a test looks"):
            row = Sitting.objects.get()
        assert (row.show_answers, row.pass_percent, row.appeal_days) == (True, 60, 14)

    def test_who_watches_is_ticked_and_stands_on_page_list_and_calendar(
        self, cast: Cast, browse: Browse, coming: Sitting
    ) -> None:
        client, trainer = browse("coordinator"), cast.people["trainer"]
        page = client.get(at(f"{coming.public_id}/")).content.decode()
        assert "nobody yet" in page
        assert trainer.public_id in page
        form = {"watches": [trainer.public_id, cast.people["apprentice"].public_id, "\0"]}
        answer = client.post(at(f"{coming.public_id}/invigilators/"), form, follow=True)
        assert "马建国" in words(answer)
        listed = client.get(at(f"{coming.public_id}/seat-list/") + "?language=zh").content
        said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(listed)).pages)
        assert "马建国" in said
        day = timezone.localdate(coming.starts_at)
        with everywhere("a calendar looks for its own"), translation.override("en"):
            assert [event.place for event in sat(trainer, day, day)] == ["302 · Invigilation"]
        client.post(at(f"{coming.public_id}/invigilators/"), {})
        with everywhere("a calendar looks for its own"):
            assert [event.place for event in sat(trainer, day, day)] == ["302"]  # the own plan

    def test_one_is_taken_out_and_added_again(self, cast: Cast, browse: Browse, coming: Sitting) -> None:
        client = browse("coordinator")
        with everywhere("a test looks"):
            one = Candidate.objects.get(enrolment__number="26002").public_id
        client.post(at(f"seats/{one}/out/"), {"because": ""})
        with everywhere("a test looks"):
            assert Candidate.objects.count() == 5
        assert client.post(at(f"seats/{one}/out/"), {"because": "转班"}).status_code == 302
        page = client.get(at(f"{coming.public_id}/"))
        assert "Add a candidate" in words(page)
        form = {"enrolment": cast.enrolments["26002"].public_id}
        for _press in range(2):
            assert client.post(at(f"{coming.public_id}/add/"), form).status_code == 302
        with everywhere("a test looks"):
            assert Candidate.objects.count() == 5
        assert client.post(at(f"{coming.public_id}/add/"), {"enrolment": "no\0where"}).status_code == 404

    def test_an_absence_had_a_reason(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test holds an examination"):
            row = closed(cast)
            one = Candidate.objects.get(sitting=row, enrolment__number="26004").public_id
        client = browse("trainer")
        assert "Had a reason?" in words(client.get(at(f"{row.public_id}/")))
        assert client.post(at(f"seats/{one}/excuse/"), {"because": "病假"}).status_code == 302
        assert "病假" in words(client.get(at(f"{row.public_id}/")))


class TestResit:
    def form(self, out: Sitting, *numbers: str, **other: str) -> dict[str, Any]:
        with everywhere("a test chooses"):
            chosen = list(
                Candidate.objects.filter(sitting=out, enrolment__number__in=numbers).values_list(
                    "public_id", flat=True
                )
            )
            paper = out.paper.public_id
        return {
            "made_id": str(uuid.uuid4()), "chosen": chosen, "paper": paper, "starts_at": local(9),
            "minutes": "60", "late_minutes": "5", "place": "302",
        } | other  # fmt: skip

    def test_just_those_who_may_are_proposed_with_why(self, browse: Browse, out: Sitting) -> None:
        page = browse("coordinator").get(at(f"{out.public_id}/again/"))
        said = words(page)
        assert "林浩然 · 26002 · below the pass mark" in said
        assert "absent without a reason: not by these terms" in said
        assert page.content.decode().count('name="chosen"') == 2

    def test_it_is_planned_once_and_leads_there(self, browse: Browse, out: Sitting) -> None:
        client, form = browse("coordinator"), self.form(out, "26002")
        first, second = (client.post(at(f"{out.public_id}/again/"), form) for _press in range(2))
        assert first.status_code == second.status_code == 302
        assert first.url == second.url
        assert "Re-sit" in words(client.get(first.url))
        assert "First sitting and re-sits" in client.get(at(f"{out.public_id}/")).content.decode()
        assert "Plan a re-sit" in words(client.get(at(f"{out.public_id}/")))

    def test_it_is_planned_on_paper_and_leads_to_booklets(self, browse: Browse, out: Sitting) -> None:
        client, page = browse("coordinator"), at(f"{out.public_id}/again/")
        assert 'name="on_paper"' in client.get(page).content.decode()
        done = client.post(page, self.form(out, "26002", on_paper="on", same_keyer="on"))
        assert done.status_code == 302
        said = words(client.get(done.url))
        assert "Print booklets" in said or "booklets" in said.lower()
        assert "Slips with codes" not in said
        with everywhere("a test looks"):
            row = Sitting.objects.get(again_of=out)
            assert (row.on_paper, row.same_keyer) == (True, True)
            assert Candidate.objects.get(sitting=row).on_paper

    @pytest.mark.parametrize("number", ["26001", "26004"])
    def test_whoever_may_not_is_named_and_nothing_is_lost(
        self, browse: Browse, out: Sitting, number: str
    ) -> None:
        form = self.form(out, "26002", number, place="A7")
        refused = browse("coordinator").post(at(f"{out.public_id}/again/"), form)
        assert refused.status_code == 409
        assert 'value="A7"' in refused.content.decode()
        assert refused.content.decode().count("checked") == 2

    def test_before_the_marks_are_out_it_says_so(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test holds an examination"):
            row = closed(cast)
        page = at(f"{row.public_id}/again/")
        assert "Publish the marks" in words(browse("coordinator").get(page))
        assert browse("coordinator").post(page, self.form(row, "26002")).status_code == 422


class TestAppeals:
    def test_the_second_opinion_is_blind(self, cast: Cast, browse: Browse, appeal: Appeal) -> None:
        page = words(browse("coordinator").get(at(f"appeals/{appeal.public_id}/")))
        assert "先粗后精。" in page
        assert "我写了检验工序。" in page
        for said in ("陈雨桐", "26001", "缺少检验工序", "First marking"):
            assert said not in page
        assert "陈雨桐" not in words(browse("coordinator").get(at("appeals/")))
        assert "Give the second opinion" not in words(
            browse("trainer").get(at(f"appeals/{appeal.public_id}/"))
        )

    def test_from_the_second_opinion_to_the_corrected_mark(
        self, cast: Cast, browse: Browse, appeal: Appeal, out: Sitting
    ) -> None:
        page = at(f"appeals/{appeal.public_id}/")
        with everywhere("a test looks"):
            ids = dict(AppealedLine.objects.values_list("line__order", "line"))
        points = {f"points-{ids[5]}": "2", f"points-{ids[ESSAY]}": "8"}
        desk = words(browse("coordinator").get("/o/lanchuan/"))
        assert "Decide the appeal" not in desk
        refused = browse("coordinator").post(
            page, points | {"do": "assess", f"points-{ids[5]}": "99", f"words-{ids[5]}": "看过了"}
        )
        assert refused.status_code == 409
        assert 'value="99"' in refused.content.decode()
        assert "看过了" in refused.content.decode()
        for _press in range(2):
            assert browse("coordinator").post(page, points | {"do": "assess"}).status_code == 302
        assert "Decide the appeal of 陈雨桐" in words(browse("administrator").get("/o/lanchuan/"))
        shown = words(browse("administrator").get(page))
        assert "First marking" in shown
        assert "陈雨桐" in shown
        wordless = browse("administrator").post(page, points | {"do": "decide", "answer": " "})
        assert wordless.status_code == 409
        decided = browse("administrator").post(page, points | {"do": "decide", "answer": "写了检验工序。"})
        assert decided.status_code == 302
        with everywhere("a test looks"):
            found = Mark.objects.get(enrolment__number="26001", item="final_exam", is_current=True)
        assert found.reason == "写了检验工序。"
        own = words(browse("apprentice").get(f"/o/lanchuan/examinations/{out.public_id}/"))
        assert "写了检验工序。" in own
        assert "settled by an appeal" in own

    def test_who_gave_the_second_opinion_does_not_decide(self, browse: Browse, appeal: Appeal) -> None:
        answer = browse("trainer").post(at(f"appeals/{appeal.public_id}/"), {"do": "reject", "answer": "x"})
        assert answer.status_code == 403

    def test_the_list_asks_as_much_for_many_as_for_few(
        self, cast: Cast, browse: Browse, out: Sitting
    ) -> None:
        client = browse("coordinator")
        counts = []
        for number in ("26001", "26002"):
            with everywhere("a test appeals"):
                one = whole(cast, out, number)
                Appeal.objects.create(candidate=one, words="x", lodged_at=LATER, due_on=LATER.date())
            client.get(at("appeals/"))
            with CaptureQueriesContext(connection) as asked:
                client.get(at("appeals/"))
            counts.append(len(asked))
        assert counts[0] == counts[1]


def test_a_sitting_that_nobody_opened_stands_on_the_desk(cast: Cast, browse: Browse) -> None:
    with everywhere("a test plans"):
        planned(cast)
        Sitting.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    for who in ("coordinator", "trainer"):
        assert "not opened" in words(browse(who).get("/o/lanchuan/"))


def test_terms_of_a_resit_follow_the_first_sitting(cast: Cast, out: Sitting) -> None:
    with everywhere("a test settles"):
        assert publish(cast, out).done == 0
        assert (
            settle_terms(
                out, Terms(), appeal_days=14, show_answers=False, by=cast.actor("trainer"), at=OPENS
            ).pk
            == out.pk
        )
