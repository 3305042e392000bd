"""Sheets of paper on the desk: planned, printed, keyed by two, settled by a third look, recorded."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.models import Answer, Candidate, Keying, Paper, Settlement, Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.hall import ESSAY, answer, begin, opened, paper, planned
from tests.domain.exams.sheets import TYPED, key, over

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
FORM: dict[str, Any] = {f"q{order}": fields for order, fields in TYPED.items()}


def at(page: str = "", house: str = "lanchuan") -> str:
    return f"/o/{house}/sittings/{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def row(cast: Cast) -> Sitting:
    """Closed, everybody on paper, nothing keyed."""
    with everywhere("a test holds an examination"):
        return over(cast)


def sheet(row: Sitting, number: str = "26001") -> Candidate:
    with everywhere("a test looks"):
        return Candidate.objects.get(sitting=row, enrolment__number=number)


def keyed(cast: Cast, row: Sitting, who: str, changed: Any = None, **other: Any) -> None:
    with everywhere("a test keys"):
        key(cast, sheet(row), who, changed, **other)


def count(model: Any, **wanted: Any) -> int:
    with everywhere("a test looks"):
        return model.objects.filter(**wanted).count()


def test_a_sitting_is_planned_on_paper(cast: Cast, browse: Browse) -> None:
    with everywhere("a test puts a paper together"):
        used = paper(cast)
    form = {
        "made_id": str(uuid.uuid4()), "cohort": cast.cohort.public_id, "paper": used.public_id, "on_paper": "on",
        "same_keyer": "on", "starts_at": (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "minutes": "60", "late_minutes": "10", "marked_by": "one", "sample": "20", "gap": "20",
        "gap_in": "percent", "third": "nearer",
    }  # fmt: skip
    client = browse("trainer")
    place = client.post(at("plan/"), form).url
    page = words(client.get(place))
    assert "Booklet" in page
    assert "Slips with codes" not in page
    with everywhere("a test looks"):
        made = Sitting.objects.latest("pk")
    assert (made.on_paper, made.same_keyer) == (True, True)


class TestASheet:
    def test_keyed_by_two_it_stands(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        one = sheet(row)
        where = at(f"sheets/{one.public_id}/")
        trainer, coordinator = browse("trainer"), browse("coordinator")
        page = trainer.get(where).content.decode()
        assert 'name="turn" value="1"' in page
        done = trainer.post(where, FORM | {"turn": "1", "do": "done"})
        assert done.url == at(f"{row.public_id}/keying/next/") + f"?after={one.public_id}"
        assert trainer.get(done.url).url == at(f"sheets/{sheet(row, '26002').public_id}/")
        page = coordinator.get(where).content.decode()
        assert 'name="turn" value="2"' in page
        assert "125.7" not in page  # the second does not see the first
        for _press in range(2):
            assert coordinator.post(where, FORM | {"turn": "2", "do": "done"}).status_code == 302
        assert count(Settlement) == 1
        assert "the answers of this sheet stand" in words(coordinator.get(where)).lower()

    def test_it_is_saved_while_it_is_keyed_and_a_fault_stops_nothing_else(
        self, cast: Cast, browse: Browse, row: Sitting
    ) -> None:
        where = at(f"sheets/{sheet(row).public_id}/")
        client = browse("trainer")
        said = client.post(where, {"turn": "1", "q1": "b", "q2": "ax", "count": "3"}, headers={"X-Save": "1"})
        assert list(said.json()["faults"]) == ["2"]
        with everywhere("a test looks"):
            assert Keying.objects.get().given == {"1": ["b"]}
        late = client.post(where, {"turn": "1", "q1": "c", "count": "2"}, headers={"X-Save": "1"})
        assert late.json()["saved"]
        page = client.get(where).content.decode()
        assert re.search(r'name="q1" id="q1" value="B"', page)

    def test_what_is_not_whole_is_refused_and_kept(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        where = at(f"sheets/{sheet(row).public_id}/")
        client = browse("trainer")
        got = client.post(where, FORM | {"q4": "", "turn": "1", "do": "done"})
        assert got.status_code == 409
        assert "Not keyed yet: question 4" in words(got)
        assert 'value="G01"' in got.content.decode()
        got = client.post(where, FORM | {"q1": "x", "q4": "12,5", "turn": "1", "do": "done"})
        assert got.status_code == 422
        assert 'value="x"' in got.content.decode()
        with everywhere("a test looks"):
            found = Keying.objects.get()
        assert (found.done_at, found.given["4"], "1" in found.given) == (None, "12,5", False)

    @pytest.mark.parametrize("typed", [{"q77": "a"}, {"q0": "a"}])
    def test_a_question_that_is_not_on_the_form(
        self, cast: Cast, browse: Browse, row: Sitting, typed: dict[str, str]
    ) -> None:
        got = browse("trainer").post(at(f"sheets/{sheet(row).public_id}/"), FORM | typed | {"turn": "1"})
        assert got.status_code == 409
        assert "does not stand on this form" in words(got)
        assert count(Keying) == 0

    def test_who_did_not_come(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        where = at(f"sheets/{sheet(row).public_id}/")
        for who in ("trainer", "coordinator"):
            assert browse(who).post(where, {"turn": "1", "do": "absent"}).status_code == 302
        assert count(Settlement, absent=True) == 1
        assert "did not come" in words(browse("trainer").get(at(f"{row.public_id}/keying/")))

    def test_what_a_device_had_saved_is_shown(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test holds an examination"):
            row, codes = opened(cast)
            answer(begin(codes["26001"]), {1: ["a"], ESSAY: {"text": "先粗车"}})
        one, client = sheet(row), browse("trainer")
        assert client.post(at(f"seats/{one.public_id}/on-paper/"), {"do": "paper"}).status_code == 302
        assert "on paper" in words(client.get(at(f"{row.public_id}/")))
        assert client.post(at(f"{row.public_id}/move/"), {"do": "close"}).status_code == 302
        page = words(client.get(at(f"sheets/{one.public_id}/")))
        assert "on the device : A" in page or "on the device: A" in page
        assert "a text" in page


class TestTheList:
    def test_a_sheet_is_found_by_what_is_typed(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        one, client = sheet(row, "26003"), browse("trainer")
        where = at(f"{row.public_id}/keying/")
        for typed in (sheet_code(one.public_id).lower(), "26003", one.public_id):
            assert client.get(where, {"find": typed}).url == at(f"sheets/{one.public_id}/")
        got = client.get(where, {"find": "<ZZZ-999>"})
        assert got.status_code == 404
        assert "neither a code nor a number" in words(got)
        assert 'value="&lt;ZZZ-999&gt;"' in got.content.decode()

    def test_it_says_how_far_all_are(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        keyed(cast, row, "trainer")
        keyed(cast, row, "coordinator", {1: ["c"], 4: ["."]})
        page = words(browse("trainer").get(at(f"{row.public_id}/keying/")))
        assert "2 of 8 answers (25.0 %)" in page
        assert "differs" in page
        assert "question 1, 4" in page
        room = words(browse("trainer").get(at(f"{row.public_id}/")))
        assert "0 of 5 sheets stand" in room
        assert "5 answer sheets are not keyed and settled yet" in room

    def test_others_and_strangers(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        for page in (f"{row.public_id}/keying/", f"sheets/{sheet(row).public_id}/"):
            assert browse("assessor").get(at(page)).status_code == 403
            assert browse("stranger").get(at(page, "dongling")).status_code == 404
            assert Client().get(at(page)).status_code == 302


class TestDifferences:
    @pytest.fixture
    def disputed(self, cast: Cast, row: Sitting) -> Candidate:
        keyed(cast, row, "trainer")
        keyed(cast, row, "coordinator", {1: ["c"], 5: ["G00", "G02"]})
        return sheet(row)

    def test_side_by_side_and_decided(self, cast: Cast, browse: Browse, disputed: Candidate) -> None:
        where, client = at(f"sheets/{disputed.public_id}/settle/"), browse("administrator")
        page = words(client.get(where))
        assert "2 questions were keyed differently" in page
        assert "G00 · G02" in page
        half = client.post(where, {"d1": "2"})
        assert half.status_code == 409
        assert re.search(r'name="d1" value="2" checked', half.content.decode())
        decided = {"d1": "2", "d5": "other", "q5": ["G00", "G03"]}
        for _press in range(2):
            assert client.post(where, decided).status_code == 302
        with everywhere("a test looks"):
            given = {one.line.order: one.given for one in Answer.objects.select_related("line")}
        assert (given[1], given[5]) == (["c"], {"1": "G00", "2": "G03"})

    def test_came_or_not(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        keyed(cast, row, "trainer")
        keyed(cast, row, "coordinator", absent=True)
        where = at(f"sheets/{sheet(row).public_id}/settle/")
        client = browse("administrator")
        assert "nobody came" in words(client.get(where))
        assert client.post(where, {"do": "came"}).status_code == 302
        assert count(Keying) == 1

    def test_before_both_there_is_nothing_to_decide(self, cast: Cast, browse: Browse, row: Sitting) -> None:
        assert browse("trainer").get(at(f"sheets/{sheet(row).public_id}/settle/")).status_code == 409


def test_an_essay_on_paper_is_marked_by_its_code(cast: Cast, browse: Browse, row: Sitting) -> None:
    for number in ("26001", "26002"):
        with everywhere("a test keys"):
            for who in ("trainer", "coordinator"):
                key(cast, sheet(row, number), who)
    codes = [sheet_code(sheet(row, number).public_id) for number in ("26001", "26002")]
    client = browse("trainer")
    for code in codes:
        page = client.get(at(f"{row.public_id}/essays/"), {"code": code.lower()}).content.decode()
        assert re.search(rf"sheet-code\">{code}<", page)
        assert cast.enrolments["26001"].person.name not in page
    assert "No essay with this code" in words(client.get(at(f"{row.public_id}/essays/"), {"code": "AAA-AAA"}))


class TestPrints:
    def test_a_booklet_has_the_questions_and_no_answers(self, cast: Cast, browse: Browse) -> None:
        from tests.exchange.printed import pages

        with everywhere("a test plans"):
            row = planned(cast, on_paper=True)
            form = Paper.objects.get(pk=row.paper_id).public_id
        got = browse("trainer").get(at(f"{row.public_id}/booklet/"), {"form": form, "language": "zh"})
        assert got["Content-Type"] == "application/pdf"
        text = "".join(pages(got.content))
        for part in ("M03指令的含义是", "C切削液开", "工件d=50mm", "πdn1000", "测跳动", "8题", "答题卡第8题"):
            assert part in text
        assert "125.7" not in text
        assert "G00" not in text
        assert "M04" not in text  # that is the explanation
        assert browse("trainer").get(at(f"{row.public_id}/booklet/"), {"form": "x"}).status_code == 404

    def test_a_sheet_names_its_candidate_once_and_essays_only_by_code(
        self, cast: Cast, browse: Browse
    ) -> None:
        from tests.exchange.printed import pages

        with everywhere("a test plans"):
            row = planned(cast, on_paper=True)
        one = sheet(row)
        got = browse("trainer").get(at(f"sheets/{one.public_id}/print/"), {"language": "zh"})
        first, essay = pages(got.content)
        name, code = cast.enrolments["26001"].person.name, sheet_code(one.public_id)
        assert name in first
        assert "26001" in first
        assert code in first
        assert code in essay
        assert name not in essay
        assert "26001" not in essay

    def test_everybody_s_sheets_are_a_print_run_of_whoever_holds_it(self, cast: Cast, browse: Browse) -> None:
        from craftpath.kernel.printruns import PrintRun
        from tests.exchange.printed import pages

        with everywhere("a test plans"):
            row = planned(cast, on_paper=True)
        client = browse("trainer")
        place = client.post(at(f"{row.public_id}/sheets/"), {}).url
        with everywhere("a test looks"):
            run = PrintRun.objects.select_related("together").get()
        assert (run.state, run.made, run.left) == ("done", 5, [])
        text = pages(b"".join(client.get(reverse("papers:together", args=["lanchuan", run.public_id]))))
        names = [one.person.name.replace(" ", "") for one in cast.enrolments.values()]
        assert [sum(name in page for page in text) for name in names] == [1] * 5
        assert "Answer sheets" in words(client.get(place))
        ask = f"/o/lanchuan/print/cohorts/{cast.cohort.public_id}/everybody"
        assert browse("mentor").post(ask, run.wanted).status_code in {403, 404}

    def test_the_list_to_sign(self, cast: Cast, browse: Browse) -> None:
        from tests.exchange.printed import pages

        with everywhere("a test plans"):
            row = planned(cast, on_paper=True)
        text = "".join(pages(browse("trainer").get(at(f"{row.public_id}/seat-list/")).content))
        for enrolment in cast.enrolments.values():
            assert enrolment.person.name.replace(" ", "") in text


def test_only_the_two_languages_are_printed(cast: Cast, browse: Browse, row: Sitting) -> None:
    got = browse("trainer").get(at(f"{row.public_id}/seat-list/"), {"language": "fr"})
    assert got.status_code == 404
