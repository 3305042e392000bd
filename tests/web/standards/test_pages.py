"""Standard setting on the desk: planned, judged alone, looked at live, adopted, shown at the paper and its sittings."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.web.standards.charts import Value, bounds, strip
from craftpath.domain.exams.actions import close_round, open_round, propose_cut
from craftpath.domain.exams.models import Adoption, Estimate, Round, Study
from craftpath.domain.exams.panel import computed, panel_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams import hall, panels
from tests.domain.exams.test_standard_setting import sat

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HOUSES = {"mentor": "jinheng", "hr": "jinheng", "officer": "lanchuan-bureau", "stranger": "dongling"}
SAVED = {"HTTP_HX_REQUEST": "true"}


def at(page: str = "", who: str = "") -> str:
    return f"/o/{HOUSES.get(who, 'lanchuan')}/standards/{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def waiting(cast: Cast) -> Study:
    """Round 1 is open; the trainer has said 35 everywhere, the others nothing."""
    with everywhere("a test asks judges"):
        row = panels.study(cast, used=sat(cast).paper)
        panels.opened(cast, row, due_on=timezone.localdate() + timedelta(days=3))
        panels.estimate(cast, row, "trainer", dict.fromkeys(range(1, panels.LINES + 1), 35))
        return row


@pytest.fixture
def proposed(cast: Cast) -> Study:
    """One round, 50, 60 and 70 everywhere."""
    with everywhere("a test asks judges"):
        row = panels.study(cast, used=sat(cast).paper)
        panels.closed(cast, row, {"trainer": 50, "mentor": 60, "assessor": 70})
        return propose_cut(row, by=cast.actor("coordinator"), at=AT)


def cut_of(row: Study) -> str:
    with everywhere("a test looks"):
        return str(computed(panel_of(row)))


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("administrator", 200), ("trainer", 200), ("mentor", 302), ("assessor", 302),
     ("apprentice", 404), ("hr", 404), ("auditor", 404), ("stranger", 404)],
)  # fmt: skip
def test_who_sees_a_study(cast: Cast, browse: Browse, waiting: Study, who: str, status: int) -> None:
    got = browse(who).get(at(f"{waiting.public_id}/", who))
    assert got.status_code in {status, 403 if status == 404 else status}
    if status == 302:
        assert got.url == at(f"{waiting.public_id}/judge/", who)


class TestPlanning:
    def form(self, cast: Cast, paper: Any, **other: Any) -> dict[str, Any]:
        return {
            "made_id": str(uuid.uuid4()), "paper": paper.public_id, "title": "合格线", "method": "percent",
            "rounds": "2", "borderline_zh": "刚好合格", "borderline_en": "",
            "people": [cast.people[one].public_id for one in panels.JUDGES],
        } | other  # fmt: skip

    def test_one_form_plans_one_study(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test puts a paper together"):
            paper = hall.paper(cast)
        form, client = self.form(cast, paper), browse("coordinator")
        urls = {client.post(at("new/"), form).url for _press in range(2)}
        with everywhere("a test looks"):
            row = Study.objects.get()
            assert row.judges.count() == 3
        assert urls == {at(f"{row.public_id}/")}

    @pytest.mark.parametrize(
        ("other", "status", "reason"),
        [({"borderline_zh": ""}, 409, "Describe the just-competent candidate"), ({"people": []}, 422, ""),
         ({"people": ["nobody"]}, 422, ""), ({"rounds": "9"}, 422, "")],
    )  # fmt: skip
    def test_what_is_refused_stays_in_the_form(
        self, cast: Cast, browse: Browse, other: dict[str, Any], status: int, reason: str
    ) -> None:
        with everywhere("a test puts a paper together"):
            paper = hall.paper(cast)
        got = browse("trainer").post(at("new/"), self.form(cast, paper, **other))
        assert got.status_code == status
        assert 'value="合格线"' in got.content.decode()
        assert reason in words(got)
        with everywhere("a test looks"):
            assert not Study.objects.exists()


class TestJudging:
    def test_round_1_shows_question_and_key_and_nothing_of_others(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        got = browse("mentor").get(at(f"{waiting.public_id}/judge/?q=4", "mentor"))
        said = words(got)
        assert "Right answer 125.7" in said
        assert "Just manages a part of medium difficulty" in said
        assert "checked" not in got.content.decode()
        assert "standard-before" not in got.content.decode()
        assert cast.people["trainer"].name not in said

    def test_without_a_script_the_button_saves_and_goes_on(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        client, address = browse("mentor"), at(f"{waiting.public_id}/judge/", "mentor")
        form = {"order": "1", "number": "1", "value": "65"}
        for _press in range(2):
            assert client.post(address, form).url == f"{address}?q=2#question"
        assert client.post(address, form | {"order": "2", "go": "back"}).url == f"{address}?q=1#question"
        page = client.get(f"{address}?q=1").content.decode()
        assert re.search(r'value="65" checked', page)
        with everywhere("a test looks"):
            assert Estimate.objects.filter(judge__person=cast.people["mentor"]).count() == 2

    def test_a_touch_is_saved_at_once(self, cast: Cast, browse: Browse, waiting: Study) -> None:
        address = at(f"{waiting.public_id}/judge/", "assessor")
        got = browse("assessor").post(address, {"order": "3", "number": "1", "value": "20"}, **SAVED)
        assert got.status_code == 200
        assert "Saved" in words(got)
        assert "1 of 8" in words(got)
        assert "<html" not in got.content.decode()

    @pytest.mark.parametrize(
        ("form", "reason"),
        [({"order": "1", "number": "1", "value": "33"}, "in steps of 5"),
         ({"order": "1", "number": "1", "value": "105"}, "between 0 and 100"),
         ({"order": "1", "number": "1", "value": "<b>"}, "between 0 and 100"),
         ({"order": "77", "number": "1", "value": "50"}, "does not stand on your paper"),
         ({"order": "1", "number": "2", "value": "50"}, "Round 2 is closed"), ({}, "closed")],
    )  # fmt: skip
    def test_what_is_refused_says_why(
        self, cast: Cast, browse: Browse, waiting: Study, form: dict[str, str], reason: str
    ) -> None:
        for more in ({}, SAVED):
            got = browse("mentor").post(at(f"{waiting.public_id}/judge/", "mentor"), form, **more)
            assert got.status_code == 409
            assert reason in words(got)
        with everywhere("a test looks"):
            assert not Estimate.objects.filter(judge__person=cast.people["mentor"]).exists()

    def test_a_value_after_the_end_is_refused_and_the_own_values_are_shown(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        with everywhere("a test closes"):
            panels.estimate(cast, waiting, "mentor", {1: 45})
            close_round(waiting, by=cast.actor("coordinator"), at=AT)
        client, address = browse("mentor"), at(f"{waiting.public_id}/judge/", "mentor")
        got = client.post(address, {"order": "1", "number": "1", "value": "50"})
        assert got.status_code == 409
        assert "Round 1 is closed" in words(got)
        assert "Your values" in words(got)
        assert "1 45 2 –" in words(client.get(address))

    def test_who_does_not_judge_gets_404(self, cast: Cast, browse: Browse, waiting: Study) -> None:
        for who in ("coordinator", "administrator"):
            for method in ("get", "post"):
                assert getattr(browse(who), method)(at(f"{waiting.public_id}/judge/")).status_code == 404
            assert browse(who).get(at(f"{waiting.public_id}/pictures/none/")).status_code == 404

    def test_a_later_round_shows_own_median_spread_and_what_a_sitting_showed(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        by = {"by": cast.actor("coordinator"), "at": AT}
        with everywhere("a test goes on"):
            for who, value in (("mentor", 55), ("assessor", 80)):
                panels.estimate(cast, waiting, who, dict.fromkeys(range(1, panels.LINES + 1), value))
            close_round(waiting, **by)
            sitting = hall.Sitting.objects.select_related("paper").get()
            open_round(Study.objects.get(pk=waiting.pk), due_on=panels.DUE, sitting=sitting, **by)
        said = words(browse("mentor").get(at(f"{waiting.public_id}/judge/?q=1", "mentor")))
        assert "You 55 Median 55 Range 35–80 Found right 50 % n = 2" in said
        assert cast.people["trainer"].name not in said

    def test_the_desk_says_what_waits(self, cast: Cast, browse: Browse, waiting: Study) -> None:
        assert "Judge 8 questions: 期末理论考试的合格线" in words(browse("mentor").get("/o/jinheng/"))
        assert "8 questions left" in words(browse("mentor").get(at(who="mentor")))
        assert "Judge 8 questions" not in words(browse("trainer").get("/o/lanchuan/"))  # is done


class TestLive:
    def test_the_page_asks_again_and_is_left_alone_while_nothing_changes(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        client, address = browse("coordinator"), at(f"{waiting.public_id}/")
        page = client.get(address).content.decode()
        again = unescape(re.search(r'hx-get="([^"]+)" hx-trigger="every 5s"', page)[1])  # type: ignore[index]
        assert client.get(again, **SAVED).status_code == 204
        with everywhere("a test writes"):
            panels.estimate(cast, waiting, "mentor", dict.fromkeys(range(1, panels.LINES + 1), 55))
        got = client.get(again, **SAVED)
        assert got.status_code == 200
        assert "<html" not in got.content.decode()
        assert "2 of 3" in words(got)

    def test_who_lacks_what_is_said_and_never_counted_as_0(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        said = words(browse("coordinator").get(at(f"{waiting.public_id}/")))
        with everywhere("a test looks"):
            lack = " ".join(
                waiting.judges.exclude(person=cast.people["trainer"])
                .order_by("letter")
                .values_list("letter", flat=True)
            )
        assert f"Not available: {lack}" in said
        assert "Mean 35.0 SD – Range 35–35" in said  # one value has no deviation
        assert cast.people["mentor"].name in said

    def test_who_judges_sees_no_values_of_the_open_round(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        got = browse("trainer").get(at(f"{waiting.public_id}/"))
        said = words(got)
        assert "You judge here yourself" in said
        assert cast.people["mentor"].name in said  # who is done
        assert "Question by question" not in said
        assert "strip-dot" not in got.content.decode()
        with everywhere("a test closes"):
            close_round(waiting, by=cast.actor("coordinator"), at=AT)
        said = words(browse("trainer").get(at(f"{waiting.public_id}/")))
        assert "Question by question" in said
        judges = said[said.index("Judges and their") : said.index("Question by")]
        assert cast.people["mentor"].name not in judges

    def test_the_page_costs_the_same_for_more_judges(
        self, cast: Cast, browse: Browse, waiting: Study
    ) -> None:
        client, address = browse("coordinator"), at(f"{waiting.public_id}/")
        client.get(address)
        with CaptureQueriesContext(connection) as first:
            client.get(address)
        with everywhere("a test writes"):
            for who in ("mentor", "assessor"):
                panels.estimate(cast, waiting, who, dict.fromkeys(range(1, panels.LINES + 1), 55))
        with CaptureQueriesContext(connection) as second:
            client.get(address)
        assert len(second) == len(first)


class TestRunning:
    def test_opened_with_a_day_and_closed(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test asks judges"):
            row = panels.study(cast)
        client, day = browse("coordinator"), timezone.localdate() + timedelta(days=5)
        wrong = client.post(at(f"{row.public_id}/open/"), {"due_on": "2001-01-01"})
        assert wrong.status_code == 409
        assert 'value="2001-01-01"' in wrong.content.decode()
        assert client.post(at(f"{row.public_id}/open/"), {"due_on": "x"}).status_code == 422
        assert client.post(at(f"{row.public_id}/open/"), {"due_on": day.isoformat()}).status_code == 302
        late = client.post(at(f"{row.public_id}/open/"), {"due_on": day.isoformat()})
        assert late.status_code == 409
        assert client.post(at(f"{row.public_id}/move/"), {"do": "close"}).status_code == 302
        with everywhere("a test looks"):
            assert Round.objects.get().closed_at is not None

    def test_more_are_asked_and_one_is_excused(self, cast: Cast, browse: Browse, waiting: Study) -> None:
        client = browse("coordinator")
        more = {"people": [cast.people["coordinator"].public_id]}
        assert client.post(at(f"{waiting.public_id}/invite/"), more).status_code == 302
        with everywhere("a test looks"):
            gone = waiting.judges.get(person=cast.people["mentor"])
        assert client.post(at(f"judges/{gone.public_id}/excuse/"), {"because": ""}).status_code == 409
        assert client.post(at(f"judges/{gone.public_id}/excuse/"), {"because": "病假"}).status_code == 302
        assert "病假" in words(client.get(at(f"{waiting.public_id}/")))
        assert browse("mentor").get(at(f"{waiting.public_id}/judge/", "mentor")).status_code == 404

    def test_withdrawn_with_a_reason(self, cast: Cast, browse: Browse, waiting: Study) -> None:
        client = browse("coordinator")
        assert client.post(at(f"{waiting.public_id}/move/"), {"do": "withdraw"}).status_code == 409
        form = {"do": "withdraw", "because": "试卷要改"}
        assert client.post(at(f"{waiting.public_id}/move/"), form).status_code == 302
        assert "试卷要改" in words(client.get(at(f"{waiting.public_id}/")))


class TestAdopting:
    def form(self, row: Study, **other: str) -> dict[str, str]:
        given = {"body": "考试委员会", "adopted_on": date(2026, 9, 13).isoformat(), "cut": cut_of(row)}
        return given | {"because": ""} | other

    @pytest.mark.parametrize(
        ("other", "status"),
        [({"body": ""}, 422), ({"cut": "abc"}, 422), ({"cut": "1"}, 409), ({"cut": "9999", "because": "x"}, 409),
         ({"adopted_on": "2999-01-01"}, 409)],
    )  # fmt: skip
    def test_what_is_no_decision_stays_in_the_form(
        self, cast: Cast, browse: Browse, proposed: Study, other: dict[str, str], status: int
    ) -> None:
        form = self.form(proposed, **({"body": "考试委员会 A"} | other))
        got = browse("coordinator").post(at(f"{proposed.public_id}/adopt/"), form)
        assert got.status_code == status
        assert f'value="{form["cut"]}"' in got.content.decode()
        with everywhere("a test looks"):
            assert not Adoption.objects.exists()

    def test_adopted_once_and_shown_at_the_paper_its_sitting_and_its_report(
        self, cast: Cast, browse: Browse, proposed: Study
    ) -> None:
        client, form = browse("coordinator"), self.form(proposed)
        for _press in range(2):
            assert client.post(at(f"{proposed.public_id}/adopt/"), form).status_code == 302
        late = client.post(at(f"{proposed.public_id}/adopt/"), form | {"body": "另一个委员会"})
        assert late.status_code == 409
        with everywhere("a test looks"):
            made = Adoption.objects.get()
            sitting = hall.Sitting.objects.get().public_id
        told = f"Cut score {made.cut.normalize():f} of {made.full.normalize():f} adopted by 考试委员会 on 13 Sep 2026"
        paper = f"/o/lanchuan/sittings/papers/{proposed.paper.public_id}/"
        for page in (paper, f"/o/lanchuan/sittings/{sitting}/", f"/o/lanchuan/sittings/{sitting}/report/"):
            assert told in words(client.get(page))
        room = client.get(f"/o/lanchuan/sittings/{sitting}/")
        assert "1 of 2 candidates who are wholly marked reach it" in words(room)
        assert "sitting-cut" in room.content.decode()
        assert "考试委员会" in words(client.get(at(f"{proposed.public_id}/")))


class TestCharts:
    def test_dots_that_would_cover_one_another_stand_higher(self) -> None:
        made = strip([Value(50, "A"), Value(51, "B"), Value(90, "C"), Value(50, "D")])
        levels = {dot.letter: float(dot.y) for dot in made.dots}
        assert levels["A"] > levels["D"] > levels["B"]
        assert levels["A"] == levels["C"]
        assert all(float(dot.y) > 0 and float(dot.y) < made.height for dot in made.dots)

    def test_an_empty_strip_and_a_scale_without_scores(self) -> None:
        assert strip([]).dots == []
        assert strip([]).mean == ""
        assert bounds([], 60.0) == (0.0, 60.0)
        first, last = bounds([30.2, 41.7], 60.0)
        assert 0 <= first < 30.2 < 41.7 < last <= 60
