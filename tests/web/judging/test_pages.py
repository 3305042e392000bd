"""The pages of practical work: who sees what, rating and sending again, publishing, rubrics, files, what is refused."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.web.judging.rubric_typed import typed_of
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.judging.actions import Panel
from craftpath.domain.judging.models import Exhibit, Judgement, Practical, Rater, Rating, Rubric
from craftpath.domain.programmes.queries import outcomes
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.judging.test_rating import FILES
from tests.domain.judging.world import DEFINITION, NAME, levels, practical, rate, rubric, seat

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HOUSES = {"mentor": "jinheng", "hr": "jinheng", "officer": "lanchuan-bureau", "stranger": "dongling"}
BEST = levels("4", "4", "4")


@pytest.fixture
def row(cast: Cast) -> Practical:
    """The second task, rated by everybody's mentor, the trainer and one peer, with a self-rating."""
    with everywhere("a test plans practical work"):
        trainer = (cast.people["trainer"], "trainer")
        return practical(cast, Panel(people=[trainer], peers=1, self_rating=True), due_on=_soon())


def _soon() -> Any:
    return timezone.localdate() + timezone.timedelta(days=9)


def at(who: str, page: str = "") -> str:
    return f"/o/{HOUSES.get(who, 'lanchuan')}/practical/{page}"


def work(cast: Cast, row: Practical, number: str = "26001", more: str = "") -> str:
    return f"{row.public_id}/of/{cast.enrolments[number].public_id}/{more}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def rated(cast: Cast, row: Practical, *who: str, number: str = "26001", given: Any = BEST) -> None:
    with everywhere("a test rates"):
        for one in who:
            rate(cast, row, one, given, number)


def form(
    cast: Cast, row: Practical, who: str, given: dict[str, str], number: str = "26001"
) -> dict[str, str]:
    with everywhere("a test looks for a rater"):
        rater = seat(cast, row, who, number).public_id
    return {"rater": rater, "made_id": str(uuid.uuid4())} | {f"level-{k}": v for k, v in given.items()}


class TestSeeing:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("coordinator", 200), ("administrator", 200), ("trainer", 200), ("mentor", 302), ("apprentice", 302),
         ("hr", 302), ("auditor", 302), ("officer", 403), ("assessor", 404), ("stranger", 404)],
    )  # fmt: skip
    def test_who_publishes_sees_all_marks_and_the_others_go_to_their_own_page(
        self, cast: Cast, browse: Browse, row: Practical, who: str, status: int
    ) -> None:
        assert browse(who).get(at(who, f"{row.public_id}/")).status_code == status

    def test_nobody_reads_ratings_before_they_are_published(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        rated(cast, row, "mentor", given=levels("4", "1", "1"))
        for who in ("apprentice", "classmate", "hr"):
            page = browse(who).get(at(who, work(cast, row)))
            assert page.status_code == 200  # 26002 rates the work of 26001
            assert page.context["ratings"] == []
            assert page.context["judgement"] is None
        own = browse("mentor").get(at("mentor", work(cast, row))).context["ratings"]
        assert [one.mark for one in own] == ["50.0"]
        assert [one.mark for one in browse("trainer").get(at("trainer", work(cast, row))).context["ratings"]]

    def test_a_peer_is_not_named_to_whom_he_rated(self, cast: Cast, browse: Browse, row: Practical) -> None:
        rated(cast, row, "mentor", "trainer", "classmate")
        publish(cast, browse, row)
        page = browse("apprentice").get(at("apprentice", work(cast, row)))
        shown = {one.kind: one.who for one in page.context["ratings"]}
        assert shown == {"Mentor": "周国栋", "Trainer": "马建国", "Peer": ""}
        assert "林浩然" not in words(page)

    def test_a_stranger_finds_nothing(self, cast: Cast, browse: Browse, row: Practical) -> None:
        for page in (f"{row.public_id}/rate/", work(cast, row), f"rubrics/{row.rubric.public_id}/"):
            assert browse("stranger").get(at("stranger", page)).status_code == 404
        for page in ("cohorts/", "rubrics/"):
            assert browse("mentor").get(at("mentor", page)).status_code == 403

    def test_lists_name_what_waits(self, cast: Cast, browse: Browse, row: Practical) -> None:
        page = browse("mentor").get(at("mentor"))
        assert [(one.label, one.done, one.all) for one in page.context["asked"]] == [(row.title, 0, 2)]
        page = browse("apprentice").get(at("apprentice"))
        assert [one.label for one in page.context["own"]] == [row.title]
        assert [one.all for one in page.context["asked"]] == [2]  # a peer's work and the own one, apart
        board = browse("coordinator").get(at("coordinator", "cohorts/")).context
        assert [(one.asked, one.rated, one.people) for one in board["rows"]] == [(12, 0, 4)]
        assert board["places"][0].items[-1] == "Final examination"


class TestRating:
    def test_a_rating_is_sent_and_the_next_work_follows(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        client = browse("mentor")
        first = client.get(at("mentor", f"{row.public_id}/rate/"))
        assert first.headers["X-Offline"] == "keep"
        assert first.context["seat"].rater.enrolment.number == "26001"
        answer = client.post(at("mentor", f"{row.public_id}/rate/"), form(cast, row, "mentor", BEST))
        assert answer.status_code == 302
        second = client.get(at("mentor", f"{row.public_id}/rate/"))
        assert second.context["seat"].rater.enrolment.number == "26002"
        assert second.context["done"] == 1

    def test_what_is_missing_stays_in_the_form_with_the_reason(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        given = form(cast, row, "mentor", {"seam": "3"}) | {"words": "手稳"}
        page = browse("mentor").post(at("mentor", f"{row.public_id}/rate/"), given)
        assert page.status_code == 409
        chosen = [level.value for one in page.context["criteria"] for level in one.levels if level.chosen]
        assert (chosen, page.context["words"]) == (["3"], "手稳")
        with everywhere("a test looks"):
            assert not Rating.objects.exists()

    def test_a_double_press_is_one_rating(self, cast: Cast, browse: Browse, row: Practical) -> None:
        given = form(cast, row, "mentor", BEST)
        for _pressed in range(2):
            browse("mentor").post(at("mentor", f"{row.public_id}/rate/"), given)
        with everywhere("a test looks"):
            assert Rating.objects.count() == 1

    def test_another_s_seat_is_not_found(self, cast: Cast, browse: Browse, row: Practical) -> None:
        given = form(cast, row, "trainer", BEST)
        assert browse("mentor").post(at("mentor", f"{row.public_id}/rate/"), given).status_code == 404
        assert browse("hr").get(at("hr", f"{row.public_id}/rate/")).status_code == 404

    def test_a_device_brings_a_rating_once(self, cast: Cast, browse: Browse, row: Practical) -> None:
        with everywhere("a test looks for a rater"):
            rater = seat(cast, row, "mentor").public_id
        write = {
            "key": str(uuid.uuid4()),
            "kind": "judging.rate",
            "at": timezone.now().isoformat(),
            "data": {"rater": rater, "rating": str(uuid.uuid4()), "levels": BEST, "words": "x\0"},
        }
        client, door = browse("mentor"), "/o/jinheng/sync/"
        answers = [
            client.post(door, {"writes": json.dumps([write])}).json()["answers"][0]["status"]
            for _n in range(2)
        ]
        assert answers == ["done", "again"]
        with everywhere("a test looks"):
            assert [one.words for one in Rating.objects.all()] == ["x"]
        for wrong in ({"rater": "nobody"}, {"levels": ["4"]}, {"rating": "x"}):
            write = write | {"key": str(uuid.uuid4()), "data": write["data"] | wrong}  # type: ignore[operator]
            answer = client.post(door, {"writes": json.dumps([write])}).json()["answers"][0]
            assert (answer["status"], answer["code"]) == ("refused", "sync.unreadable")
            write["data"] = write["data"] | {"rater": rater, "levels": BEST}  # type: ignore[operator]

    def test_the_same_queries_for_two_works_and_for_all(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        counts = []
        for who in ("mentor", "trainer"):
            client, page = browse(who), at(who, f"{row.public_id}/rate/")
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append(len(asked))
        assert counts[0] == counts[1]


def publish(cast: Cast, browse: Browse, row: Practical, who: str = "coordinator") -> Any:
    page = browse(who).get(at(who, f"{row.public_id}/"))
    ticks = [f"{one.enrolment.public_id}={one.exact}" for one in page.context["page"] if one.ready]
    return browse(who).post(at(who, f"{row.public_id}/publish/"), {"who": ticks}, follow=True)


class TestPublishing:
    def test_marks_are_published_as_they_were_read_and_stand_in_the_derivation(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        rated(cast, row, "mentor", "trainer", "classmate")
        assert "1 mark is published" in words(publish(cast, browse, row))
        with everywhere("a test looks"):
            assert Judgement.objects.get().mark == 100
        evaluation, who = cast.evaluation.public_id, cast.enrolments["26001"].public_id
        derived = browse("apprentice").get(f"/o/lanchuan/results/{evaluation}/{who}/")
        assert f"/practical/{row.public_id}/of/{who}/" in derived.content.decode()

    def test_a_stale_page_publishes_nothing(self, cast: Cast, browse: Browse, row: Practical) -> None:
        rated(cast, row, "mentor", "trainer", "classmate")
        stale = {"who": [f"{cast.enrolments['26001'].public_id}=100.0000"]}
        rated(cast, row, "mentor", given=levels("3", "4", "4"))
        page = browse("trainer").post(at("trainer", f"{row.public_id}/publish/"), stale, follow=True)
        assert "Ratings have changed since you looked" in words(page)
        with everywhere("a test looks"):
            assert not Judgement.objects.exists()

    def test_somebody_else_is_asked_and_a_rater_excused(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        client, enrolment = browse("trainer"), cast.enrolments["26001"].public_id
        asked = {"who": [f"{enrolment}="], "person": cast.people["assessor"].public_id}
        page = client.post(at("trainer", f"{row.public_id}/ask/"), asked, follow=True)
        assert "丁宁 is asked to rate 1 work." in words(page)
        assert "Tick the works" in words(
            client.post(at("trainer", f"{row.public_id}/ask/"), asked | {"person": "x"}, follow=True)
        )
        with everywhere("a test looks"):
            rater = seat(cast, row, "classmate").public_id
        client.post(at("trainer", f"raters/{rater}/excuse/"), {"because": "请假"})
        with everywhere("a test looks"):
            assert Rater.objects.get(public_id=rater).excused_because == "请假"

    def test_a_mark_is_looked_at_anew(self, cast: Cast, browse: Browse, row: Practical) -> None:
        rated(cast, row, "mentor", "trainer", "classmate")
        publish(cast, browse, row)
        again = at("trainer", work(cast, row, more="reopen/"))
        assert browse("trainer").post(again, {"because": "看错了"}, follow=True).status_code == 200
        page = browse("apprentice").get(at("apprentice", work(cast, row)))
        assert "It is being looked at again: 看错了" in words(page)

    def test_closing_reopening_cancelling(self, cast: Cast, browse: Browse, row: Practical) -> None:
        client, move = browse("coordinator"), at("coordinator", f"{row.public_id}/move/")
        for do, state in (("close", "closed"), ("reopen", "open"), ("cancel", "cancelled")):
            client.post(move, {"do": do, "because": "机床坏了"})
            with everywhere("a test looks"):
                assert Practical.objects.get(pk=row.pk).state == state
        assert client.post(move, {"do": "reopen"}).status_code == 409

    def test_the_table_takes_the_same_queries_for_four_and_for_forty(
        self, cast: Cast, browse: Browse
    ) -> None:
        with everywhere("a larger cohort"):
            more = [RosterEntry(f"9{n:03}", f"学徒{n}", mentor="周国栋") for n in range(36)]
            few = practical(cast, item="task2", due_on=_soon())
            take_roster(cast.cohort, more, by=cast.actor("coordinator"), at=AT)
            many = practical(cast, item="task1", due_on=_soon())
        counts = []
        for one in (few, many):
            client, page = browse("coordinator"), at("coordinator", f"{one.public_id}/")
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestPlanning:
    def plan(self, cast: Cast, **other: Any) -> dict[str, Any]:
        with everywhere("a test writes a rubric"):
            made = rubric(cast)
        return {
            "made_id": str(uuid.uuid4()),
            "item": "task2",
            "title": "焊一条角焊缝",
            "kind": "task",
            "rubric": made.public_id,
            "due_on": _soon().isoformat(),
            "mentors": "on",
            "people": [cast.people["trainer"].public_id],
            "peers": "0",
        } | other

    def address(self, cast: Cast) -> str:
        return at("trainer", f"plan/{cast.evaluation.public_id}/")

    def test_planned_once_whatever_is_pressed(self, cast: Cast, browse: Browse) -> None:
        given = self.plan(cast)
        for _pressed in range(2):
            answer = browse("trainer").post(self.address(cast), given)
            assert answer.status_code == 302
        with everywhere("a test looks"):
            assert Practical.objects.count() == 1
            assert Rater.objects.count() == 8

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""}, {"due_on": "2020-01-01"}, {"due_on": "9999-12-31"}, {"item": "x"}, {"peers": "99"},
            {"rubric": "x"}, {"people": ["x"]},
        ],
    )  # fmt: skip
    def test_what_is_refused_keeps_what_was_typed(
        self, cast: Cast, browse: Browse, wrong: dict[str, Any]
    ) -> None:
        given = self.plan(cast, brief="按图纸装配") | wrong
        page = browse("trainer").post(self.address(cast), given)
        assert page.status_code in (409, 422)
        assert "按图纸装配" in page.content.decode()
        with everywhere("a test looks"):
            assert not Practical.objects.exists()

    def test_others_plan_nothing(self, cast: Cast, browse: Browse) -> None:
        given = self.plan(cast)
        assert browse("assessor").post(self.address(cast), given).status_code == 403
        stranger = f"/o/dongling/practical/plan/{cast.evaluation.public_id}/"
        assert browse("stranger").post(stranger, given).status_code == 404


def typed(**other: str) -> dict[str, str]:
    """The stored example as its form sends it."""
    form = typed_of(NAME, DEFINITION)
    sent = {"zh": form.zh, "en": form.en, "unobserved": form.unobserved}
    sent |= {"levels": str(len(form.levels)), "criteria": str(len(form.criteria)), "do": "save"}
    for n, level in enumerate(form.levels):
        sent |= {f"level-{n}-value": level.value, f"level-{n}-zh": level.zh, f"level-{n}-en": level.en}
    for n, one in enumerate(form.criteria):
        place = f"criterion-{n}"
        sent |= {f"{place}-key": one.key, f"{place}-zh": one.zh, f"{place}-en": one.en}
        sent |= {f"{place}-weight": one.weight}
        for k, anchor in enumerate(one.anchors):
            sent |= {f"{place}-{k}-zh": anchor["zh"], f"{place}-{k}-en": anchor["en"]}
    return sent | other


class TestRubrics:
    def test_written_in_the_form_it_is_the_one_that_was_meant(self, cast: Cast, browse: Browse) -> None:
        assert browse("trainer").post(at("trainer", "rubrics/new/"), typed()).status_code == 302
        with everywhere("a test looks"):
            assert Rubric.objects.get().definition == DEFINITION

    def test_a_criterion_is_tied_to_a_learning_outcome(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test looks"):
            outcome = outcomes()[0]
        client = browse("trainer")
        wanted = {"criterion-0-outcome": str(outcome.pk), "criterion-1-outcome": "999999999"}
        saved = client.post(at("trainer", "rubrics/new/"), typed(**wanted))
        assert saved.status_code == 302
        with everywhere("a test looks"):
            row = Rubric.objects.get()
        assert row.definition["criteria"][0]["outcome"] == str(outcome.pk)
        assert outcome.name["en"] in words(client.get(saved.url))
        edited = client.get(f"{saved.url}edit/").content.decode()
        assert edited.count(f'<option value="{outcome.pk}" selected>') == 1

    def test_rows_come_and_go_without_losing_what_was_typed(self, cast: Cast, browse: Browse) -> None:
        client, page = browse("trainer"), at("trainer", "rubrics/new/")
        more = client.post(page, typed(do="criterion", zh="新量规")).context
        assert (len(more["criteria"]), more["typed"].zh) == (4, "新量规")
        assert len(more["criteria"][3].anchors) == 4
        fewer = client.post(page, typed(do="drop_level:0")).context
        assert [one.typed.value for one in fewer["levels"]] == ["2", "3", "4"]
        assert fewer["criteria"][0].anchors[0].en == "Seam at 2"
        for nonsense in ("drop_level:99", "drop_criterion:-1", "drop_criterion:x", "anything"):
            assert len(client.post(page, typed(do=nonsense)).context["criteria"]) == 3
        with everywhere("a test looks"):
            assert not Rubric.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"criterion-0-weight": "60"}, "add up to 110"),
            ({"criterion-0-weight": "many"}, "is not a figure"),
            ({"criterion-1-2-zh": "", "criterion-1-2-en": ""}, "Say what is seen at this level"),
            ({"level-3-value": "1"}, "each is worth more"),
            ({"zh": "<script>alert(1)</script>", "criterion-0-weight": ""}, "is not a figure"),
        ],
    )
    def test_faults_stand_where_they_are(
        self, cast: Cast, browse: Browse, wrong: dict[str, str], said: str
    ) -> None:
        page = browse("trainer").post(at("trainer", "rubrics/new/"), typed(**wrong))
        assert page.status_code == 422
        assert said in words(page)
        assert b"<script>alert" not in page.content
        with everywhere("a test looks"):
            assert not Rubric.objects.exists()

    def test_a_used_one_gets_a_next_version_and_can_be_retired(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        client, own = browse("trainer"), f"rubrics/{row.rubric.public_id}/"
        assert client.get(at("trainer", own + "edit/")).status_code == 200
        client.post(at("trainer", own + "edit/"), typed(en="Second"))
        with everywhere("a test looks"):
            assert [one.version for one in Rubric.objects.order_by("version")] == [1, 2]
            assert Rubric.objects.get(version=1).definition == DEFINITION
        client.post(at("trainer", own + "retire/"))
        with everywhere("a test looks"):
            assert Rubric.objects.get(version=1).state == "retired"


class TestExhibits:
    @pytest.mark.parametrize("kind", list(FILES))
    def test_a_file_is_put_and_served_to_who_may_see_it(
        self, cast: Cast, browse: Browse, row: Practical, kind: str
    ) -> None:
        sent = {"made_id": str(uuid.uuid4()), "file": SimpleUploadedFile("x", FILES[kind]), "words": "成品"}
        put = at("apprentice", work(cast, row, more="exhibit/"))
        assert browse("apprentice").post(put, sent).status_code == 302
        with everywhere("a test looks"):
            exhibit = Exhibit.objects.get()
        for who in ("apprentice", "mentor", "classmate", "trainer"):
            answer = browse(who).get(at(who, f"files/{exhibit.public_id}/"))
            assert answer.status_code == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert ("attachment" in answer.headers.get("Content-Disposition", "")) == (
                kind in ("file", "drawing")
            )
        assert browse("stranger").get(at("stranger", f"files/{exhibit.public_id}/")).status_code == 404
        assert browse("assessor").get(at("assessor", f"files/{exhibit.public_id}/")).status_code == 404

    def test_what_is_no_such_file_is_refused_with_the_reason(
        self, cast: Cast, browse: Browse, row: Practical
    ) -> None:
        sent = {"made_id": str(uuid.uuid4()), "file": SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>")}
        page = browse("apprentice").post(at("apprentice", work(cast, row, more="exhibit/")), sent)
        assert page.status_code == 409
        assert "This kind of file is not taken" in words(page)
        with everywhere("a test looks"):
            assert not Exhibit.objects.exists()
