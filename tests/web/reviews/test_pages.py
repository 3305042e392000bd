"""The pages of reviews: who sees what, what is planned, written, finished and signed, and what a wrong press says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.reviews.actions import set_goal
from craftpath.domain.reviews.models import Goal, Part, Review
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.reviews.world import of, planned, written

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HOUSES = {"mentor": "jinheng", "hr": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau"}


@pytest.fixture
def row(cast: Cast) -> Review:
    """The apprentice's review, an hour ago."""
    with everywhere("a test plans reviews"):
        return _now(of(cast))


@pytest.fixture
def signing(cast: Cast) -> Review:
    """The same, held by the mentor and waiting for three signatures."""
    with everywhere("a test holds a review"):
        return written(cast)


def _now(row: Review) -> Review:
    start = timezone.now() - timedelta(hours=1)
    Review.objects.filter(pk=row.pk).update(starts_at=start, ends_at=start + timedelta(minutes=30))
    row.refresh_from_db()
    return row


def at(who: str, row: Review | None = None, page: str = "") -> str:
    return f"/o/{HOUSES.get(who, 'lanchuan')}/reviews/{row.public_id + '/' if row else ''}{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def finish(**more: str) -> dict[str, str]:
    return {"do": "finish", "seen": "0", "words": "有进步。", "colour": "green"} | more


def state(row: Review) -> str:
    with everywhere("a test looks"):
        return Review.objects.get(pk=row.pk).state


class TestSeeing:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("apprentice", 200), ("mentor", 200), ("trainer", 200), ("coordinator", 200), ("hr", 200),
         ("auditor", 200), ("administrator", 200), ("classmate", 404), ("assessor", 404), ("officer", 403)],
    )  # fmt: skip
    def test_who_sees_the_apprentice_and_who_takes_part(
        self, cast: Cast, browse: Browse, row: Review, who: str, status: int
    ) -> None:
        assert browse(who).get(at(who, row)).status_code == status

    @pytest.mark.parametrize("who", ["hr", "auditor"])
    def test_a_reader_finds_nothing_to_write(self, cast: Cast, browse: Browse, row: Review, who: str) -> None:
        page = browse(who).get(at(who, row))
        assert b"<textarea" not in page.content
        assert browse(who).post(at(who, row), finish()).status_code == 403
        assert state(row) == "scheduled"

    def test_somebody_elses_mentor_gets_404(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans reviews"):
            other = of(cast, "26003")
        for page in ("", "move/", "miss/", "reopen/", "excuse/", "keep/", "cancel/"):
            assert browse("mentor").post(at("mentor", other, page), {"because": "x"}).status_code == 404

    @pytest.mark.parametrize("name", ["zzzzzzzzzzzz", "1", "..", "%00"])
    def test_an_id_that_nobody_has(self, cast: Cast, browse: Browse, name: str) -> None:
        assert browse("coordinator").get(f"/o/lanchuan/reviews/{name}/").status_code in {301, 404}

    def test_lists_say_what_is_to_be_done(self, cast: Cast, browse: Browse, signing: Review) -> None:
        with everywhere("a test looks"):
            _now(Review.objects.get(enrolment=cast.enrolments["26002"]))
        said = words(browse("mentor").get(at("mentor")))
        assert "To be held now 林浩然" in said
        assert "To be signed by you 陈雨桐" in said
        assert "林浩然" not in words(browse("apprentice").get(at("apprentice")))

    def test_a_board_and_a_cohort_for_those_who_see_cohorts(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        with everywhere("a test lets time pass"):
            Review.objects.update(due_on=timezone.localdate() + timedelta(days=9))
            Review.objects.filter(pk=row.pk).update(due_on=timezone.localdate() - timedelta(days=1))
        board = browse("coordinator").get(at("coordinator", None, "cohorts/"))
        assert [line.ahead.overdue for line in board.context["cohorts"]] == [1]
        assert "陈雨桐" in words(board)
        page = browse("trainer").get(at("trainer", None, f"of/{cast.cohort.public_id}/"))
        assert "1 review is overdue." in words(page)
        assert page.context["people"][0].overdue
        for who in ("apprentice", "mentor", "officer", "assessor"):
            assert browse(who).get(at(who, None, "cohorts/")).status_code == 403
            assert browse(who).get(at(who, None, f"of/{cast.cohort.public_id}/")).status_code == 403

    def test_colours_are_counted_with_words_and_numbers(
        self, cast: Cast, browse: Browse, signing: Review
    ) -> None:
        page = browse("coordinator").get(at("coordinator", None, f"of/{cast.cohort.public_id}/"))
        assert [(one.key, one.people) for one in page.context["colours"]] == [
            ("green", 1), ("amber", 0), ("red", 0), ("none", 4),
        ]  # fmt: skip
        assert "n = 5" in words(page)


class TestPlanning:
    def _asked(self, cast: Cast, **more: Any) -> dict[str, Any]:
        with everywhere("a test asks for everybody"):
            who = [one.public_id for one in cast.enrolments.values()]
        first = timezone.localdate() + timedelta(days=7)
        return {
            "first_on": first.isoformat(), "weekdays": ["0", "1", "2", "3", "4"], "from_at": "13:30",
            "until_at": "17:00", "minutes": "30", "every_weeks": "4", "rounds": "1",
            "trainer": cast.people["trainer"].public_id, "mode": "on_site", "place": "会议室", "who": who,
        } | more  # fmt: skip

    def _page(self, cast: Cast) -> str:
        return at("coordinator", None, f"of/{cast.cohort.public_id}/plan/")

    def test_a_pattern_is_prefilled_previewed_and_published_once(self, cast: Cast, browse: Browse) -> None:
        client, page = browse("coordinator"), self._page(cast)
        assert client.get(page).context["form"]["every_weeks"].value() == 4
        seen = client.get(page, self._asked(cast))
        assert len(seen.context["seen"].reviews) == 5
        assert "Without a mentor, so the enterprise is missing from the talk: 孙佳怡" in words(seen)
        form = self._asked(cast, seen=seen.context["seen"].fingerprint)
        assert client.post(page, form).status_code == 302
        again = client.post(page, form)
        assert again.status_code == 409
        assert "are planned in this time already" in words(again)
        assert again.context["form"]["place"].value() == "会议室"
        with everywhere("a test looks"):
            assert Review.objects.count() == 5

    def test_what_changed_meanwhile_shows_the_new_preview(self, cast: Cast, browse: Browse) -> None:
        client, page = browse("coordinator"), self._page(cast)
        old = client.get(page, self._asked(cast)).context["seen"].fingerprint
        answer = client.post(page, self._asked(cast, minutes="45", seen=old))
        assert answer.status_code == 409
        assert "Something has changed since the preview." in words(answer)
        assert answer.context["seen"].fingerprint != old
        assert answer.context["form"]["minutes"].value() == "45"
        with everywhere("a test looks"):
            assert not Review.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value"),
        [("minutes", "0"), ("minutes", "900"), ("rounds", "99"), ("every_weeks", "x"), ("weekdays", ["9"]),
         ("weekdays", []), ("who", []), ("who", ["zzzzzzzzzzzz"]), ("trainer", "zzzzzzzzzzzz"), ("mode", "x"),
         ("first_on", "0001-01-01"), ("first_on", "9999-12-31"), ("until_at", "13:40"), ("until_at", "25:00"),
         ("place", "x" * 500)],
    )  # fmt: skip
    def test_a_wrong_pattern_is_marked_and_keeps_what_was_typed(
        self, cast: Cast, browse: Browse, field: str, value: Any
    ) -> None:
        asked = self._asked(cast, **{field: value})
        client = browse("coordinator")
        page = client.get(self._page(cast), asked)
        assert page.context["form"].errors
        assert "seen" not in page.context
        assert client.post(self._page(cast), asked).status_code == 422
        with everywhere("a test looks"):
            assert not Review.objects.exists()

    def test_a_mentor_does_not_speak_for_the_college(self, cast: Cast, browse: Browse) -> None:
        asked = self._asked(cast, trainer=cast.people["mentor"].public_id)
        assert browse("coordinator").get(self._page(cast), asked).context["form"].errors

    def test_those_with_a_review_to_come_are_not_ticked_and_a_second_plan_is_warned_of(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        client = browse("coordinator")
        assert client.get(self._page(cast)).context["form"]["who"].value() == []
        with everywhere("a test looks"):
            start = timezone.now() + timedelta(days=8)
            Review.objects.update(starts_at=start, ends_at=start + timedelta(minutes=30))
        assert "publishing adds more: 陈雨桐" in words(client.get(self._page(cast), self._asked(cast)))

    @pytest.mark.parametrize("who", ["trainer", "hr", "mentor", "apprentice", "auditor"])
    def test_only_planners_plan(self, cast: Cast, browse: Browse, who: str) -> None:
        page = at(who, None, f"of/{cast.cohort.public_id}/plan/")
        assert browse(who).get(page).status_code == 403
        assert browse(who).post(page, self._asked(cast)).status_code == 403


class TestWriting:
    def test_one_press_keeps_holds_and_fixes_and_twice_is_once(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        client = browse("mentor")
        form = finish(
            colour="amber", because="日志没写", **{"new-0-text": "每周交日志", "new-0-owner": "apprentice"}
        )
        for _ in range(2):
            assert client.post(at("mentor", row), form).status_code == 302
        said = words(client.get(at("mentor", row)))
        for expected in ("有进步。", "日志没写", "每周交日志", "Result"):
            assert expected in said
        with everywhere("a test looks"):
            assert Goal.objects.count() == 1
            text = Review.objects.get(pk=row.pk).document.text  # type: ignore[union-attr]
        assert "成绩：80.5 分" in text["zh"]
        assert "Result: 80.5 points" in text["en"]

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"colour": ""}, "Say how it stands"),
            ({"colour": "blue"}, "Say how it stands"),
            ({"colour": "red", "because": " "}, "Amber and red need a reason"),
            ({"colour": "red", "because": "x" * 301}, "at most 300 characters"),
            ({"words": "x" * 2001}, "at most 2000 characters"),
            ({"new-0-text": "x" * 201, "new-0-owner": "mentor"}, "at most 200 characters"),
            ({"new-0-text": "x", "new-0-owner": "nobody"}, "at most 200 characters"),
            ({"seen": "7"}, "written in this review meanwhile"),
            ({"seen": "9" * 400}, "written in this review meanwhile"),
            ({"on": "2099-01-01"}, "has not come yet"),
            ({"on": "2001-01-01"}, "before that day no review was held"),
        ],
    )
    def test_what_is_refused_says_why_and_loses_nothing(
        self, cast: Cast, browse: Browse, row: Review, more: dict[str, str], said: str
    ) -> None:
        form = finish(because="eines", **{"new-1-text": "目标乙", "new-1-owner": "mentor"}) | more
        page = browse("mentor").post(at("mentor", row), form)
        assert page.status_code == 409
        assert said in words(page)
        fields = page.context["fields"]
        assert fields.words == form["words"]
        assert "目标乙" in [one.text for one in fields.fresh]
        assert state(row) == "scheduled"
        with everywhere("a test looks"):
            assert (Part.objects.count(), Goal.objects.count()) == (0, 0)

    def test_markup_is_shown_as_it_was_typed(self, cast: Cast, browse: Browse, row: Review) -> None:
        evil = "<script>alert(1)</script>\u202e{{ x }}"
        client = browse("mentor")
        client.post(at("mentor", row), finish(words=evil, **{"new-0-text": evil, "new-0-owner": "mentor"}))
        for who in ("mentor", "apprentice"):
            page = browse(who).get(at(who, row))
            assert page.status_code == 200
            assert b"<script>alert" not in page.content
            assert "alert(1)" in page.content.decode()

    def test_goals_carried_over_are_settled_with_the_rest(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        with everywhere("a test carries goals over"):
            by, before = cast.actor("mentor", cast.jinheng), of(cast, "26001")
            first = Review.objects.create(
                organisation=row.organisation, enrolment=row.enrolment, round=row.round + 1, due_on=row.due_on,
                starts_at=row.starts_at, ends_at=row.ends_at, mode="on_site", mentor=row.mentor,
                trainer=row.trainer, changed_at=AT,
            )  # fmt: skip
            goals = [
                set_goal(before, text=text, owner="apprentice", by=by, at=AT) for text in ("甲", "乙", "丙")
            ]
        marks = {f"goal-{goals[0].public_id}": "met", f"goal-{goals[1].public_id}": "dropped"}
        page = browse("mentor").get(at("mentor", first))
        assert [one.goal.text for one in page.context["carried"]] == ["甲", "乙", "丙"]
        assert browse("mentor").post(at("mentor", first), finish(**marks)).status_code == 302
        with everywhere("a test looks"):
            assert list(Goal.objects.order_by("pk").values_list("state", flat=True)) == [
                "met",
                "dropped",
                "open",
            ]

    def test_the_own_goal_is_reached_on_the_list_of_reviews(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        with everywhere("a test agrees on goals"):
            by = cast.actor("mentor", cast.jinheng)
            goal = set_goal(row, text="独立对刀", owner="apprentice", by=by, at=AT)
            set_goal(row, text="示范一次", owner="mentor", by=by, at=AT)
        page = browse("apprentice").get(at("apprentice"))
        assert [one.goal.text for one in page.context["goals"]] == ["独立对刀"]
        assert [one.goal.text for one in browse("mentor").get(at("mentor")).context["goals"]] == ["示范一次"]
        reach = f"/o/lanchuan/reviews/goals/{goal.public_id}/reach/"
        assert browse("trainer").post(reach).status_code == 403
        assert browse("classmate").post(reach).status_code == 404
        for _pressed in range(2):
            answer = browse("apprentice").post(reach)
            assert answer["Location"].endswith("/reviews/#goals")
        assert browse("apprentice").get(at("apprentice")).context["goals"] == []
        assert "独立对刀" in words(browse("mentor").get(at("mentor", row)))

    def test_keeping_leaves_the_colour_on_the_page(self, cast: Cast, browse: Browse, row: Review) -> None:
        form = finish(do="keep", colour="red", because="缺勤")
        page = browse("mentor").post(at("mentor", row), form)
        assert page.status_code == 200
        assert (page.context["fields"].colour, page.context["fields"].because) == ("red", "缺勤")
        with everywhere("a test looks"):
            kept = Review.objects.get(pk=row.pk)
        assert (kept.state, kept.colour) == ("scheduled", "")
        assert browse("trainer").get(at("trainer", row)).context["fields"].colour == ""

    def test_the_apprentice_writes_the_own_part_and_does_not_finish(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        client = browse("apprentice")
        page = client.get(at("apprentice", row))
        assert b"fix the text for signing" not in page.content
        assert (
            client.post(at("apprentice", row), {"do": "keep", "words": "顺利", "seen": "0"}).status_code
            == 302
        )
        assert client.post(at("apprentice", row), finish()).status_code == 403
        with everywhere("a test looks"):
            assert Part.objects.get().role == "apprentice"

    def test_the_page_keeps_the_part_while_it_is_written(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        client = browse("mentor")
        first = client.post(at("mentor", row, "keep/"), {"words": "一", "seen": "0"})
        assert first.json() == {"seen": 1}
        browse("apprentice").post(at("apprentice", row, "keep/"), {"words": "顺利", "seen": "1"})
        assert client.post(at("mentor", row, "keep/"), {"words": "二", "seen": "1"}).json() == {"seen": 1}
        assert client.post(at("mentor", row, "keep/"), {"words": "x" * 3000, "seen": "1"}).status_code == 409
        assert browse("hr").post(at("hr", row, "keep/"), {"words": "x", "seen": "1"}).status_code == 403

    def test_before_its_time_it_says_from_when_on(self, cast: Cast, browse: Browse, row: Review) -> None:
        with everywhere("a test plans ahead"):
            start = timezone.now() + timedelta(days=9)
            Review.objects.filter(pk=row.pk).update(starts_at=start, ends_at=start + timedelta(minutes=30))
        page = browse("mentor").get(at("mentor", row))
        assert b"fix the text for signing" not in page.content
        assert "it can be written down from the day before" in words(page)

    def test_two_thousand_goals_are_not_two_thousand_rows(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        many = {f"new-{n}-text": f"目标 {n}" for n in range(900)}
        assert browse("mentor").post(at("mentor", row), {"do": "keep", "seen": "0"} | many).status_code == 409
        more = {f"goal-{n}": "met" for n in range(2000)}
        assert browse("mentor").post(at("mentor", row), {"do": "keep"} | more).status_code in {302, 400}
        with everywhere("a test looks"):
            assert Goal.objects.count() == 0


class TestMoving:
    def test_it_is_moved_with_a_reason(self, cast: Cast, browse: Browse, row: Review) -> None:
        on = timezone.localdate() + timedelta(days=3)
        form = {"on": on.isoformat(), "starts": "09:00", "ends": "09:30", "place": "A-1", "because": "出差"}
        assert browse("mentor").post(at("mentor", row, "move/"), form).status_code == 302
        with everywhere("a test looks"):
            moved = Review.objects.get(pk=row.pk)
        assert (moved.on, moved.place, moved.because) == (on, "A-1", "出差")

    @pytest.mark.parametrize(
        "more",
        [{"ends": "08:00"}, {"ends": "23:59"}, {"on": "9999-12-31"}, {"on": "0001-01-01"}, {"on": "x"},
         {"starts": "25:61"}, {"because": ""}, {"because": "x" * 301}, {"on": "2001-01-01"}],
    )  # fmt: skip
    def test_times_that_make_no_sense(
        self, cast: Cast, browse: Browse, row: Review, more: dict[str, str]
    ) -> None:
        on = (timezone.localdate() + timedelta(days=3)).isoformat()
        form = {"on": on, "starts": "09:00", "ends": "09:30", "place": "A-1", "because": "出差"} | more
        page = browse("mentor").post(at("mentor", row, "move/"), form)
        assert page.status_code in {409, 422}
        assert page.context["move"].errors
        assert page.context["move"]["place"].value() == "A-1"

    def test_it_did_not_take_place_or_does_not_at_all(self, cast: Cast, browse: Browse, row: Review) -> None:
        assert browse("trainer").post(at("trainer", row, "miss/"), {"because": ""}).status_code == 409
        assert browse("trainer").post(at("trainer", row, "miss/"), {"because": "停电"}).status_code == 302
        assert "It did not take place: 停电" in words(browse("apprentice").get(at("apprentice", row)))
        assert browse("trainer").post(at("trainer", row, "cancel/"), {"because": "x"}).status_code == 403
        assert browse("coordinator").post(at("x", row, "cancel/"), {"because": "并班"}).status_code == 302
        assert state(row) == "cancelled"


class TestSigning:
    def _sign(self, client: Client, who: str, row: Review, **more: str) -> Any:
        page = client.get(at(who, row))
        party, document = page.context["party"], page.context["document"]
        form = {"party": party.public_id if party else "", "seen": document.sha256, "read": "1"} | more
        house = HOUSES.get(who, "lanchuan")
        return client.post(f"/o/{house}/papers/{document.public_id}/", form)

    def test_three_sign_in_any_order_on_the_page_of_the_review(
        self, cast: Cast, browse: Browse, signing: Review
    ) -> None:
        for who in ("trainer", "mentor", "apprentice"):
            answer = self._sign(browse(who), who, signing)
            assert (answer.status_code, answer.url) == (302, at(who, signing))
            assert self._sign(browse(who), who, signing).status_code == 302  # a second press changes nothing
        assert state(signing) == "signed"

    def test_nobody_signs_for_somebody_else(self, cast: Cast, browse: Browse, signing: Review) -> None:
        page = browse("apprentice").get(at("apprentice", signing))
        own = page.context["party"]
        answer = self._sign(browse("mentor"), "mentor", signing, party=own.public_id)
        assert answer.status_code == 404
        for who in ("coordinator", "hr", "auditor"):
            assert browse(who).get(at(who, signing)).context["party"] is None
            assert self._sign(browse(who), who, signing, party=own.public_id).status_code == 404
        assert self._sign(browse("mentor"), "mentor", signing, seen="0" * 64).status_code == 409
        assert self._sign(browse("mentor"), "mentor", signing, read="").status_code == 422
        assert state(signing) == "written"

    @pytest.mark.parametrize(
        ("who", "status"),
        [("apprentice", 200), ("mentor", 200), ("trainer", 200), ("coordinator", 200), ("hr", 200),
         ("auditor", 200), ("classmate", 404), ("assessor", 404), ("officer", 404)],
    )  # fmt: skip
    def test_the_text_is_read_by_parties_and_whoever_sees_the_review(
        self, cast: Cast, browse: Browse, signing: Review, who: str, status: int
    ) -> None:
        house, document = HOUSES.get(who, "lanchuan"), signing.document
        assert document is not None
        for page in ("", "pdf/"):
            answer = browse(who).get(f"/o/{house}/papers/{document.public_id}/{page}")
            assert answer.status_code in {status, 409 if page and status == 200 else status}

    def test_the_college_gives_the_mentor_a_link_that_signs(
        self, cast: Cast, browse: Browse, signing: Review
    ) -> None:
        page = browse("trainer").get(at("trainer", signing))
        document = page.context["document"]
        parties = {one.line.party.role: one for one in page.context["signers"]}
        assert [role for role, one in parties.items() if one.link] == ["mentor"]
        link = f"/o/lanchuan/papers/{document.public_id}/link/"
        mentor = parties["mentor"].line.party.public_id
        handed = browse("trainer").post(link, {"party": mentor})
        assert handed.status_code == 200
        for who, party in (("trainer", "apprentice"), ("mentor", "mentor"), ("hr", "mentor")):
            house = HOUSES.get(who, "lanchuan")
            other = browse(who).post(
                link.replace("lanchuan", house), {"party": parties[party].line.party.public_id}
            )
            assert other.status_code == 403
        guest = Client(HTTP_ACCEPT_LANGUAGE="en")
        address = handed.context["address"].removeprefix("http://testserver")
        text = guest.post(address, {"code": handed.context["code"]}, follow=True)
        assert "you sign this as Mentor." in words(text)
        done = guest.post(address, {"seen": document.sha256, "read": "1"}, follow=True)
        assert "This link has served" in words(done)

    def test_taken_back_changed_and_fixed_anew(self, cast: Cast, browse: Browse, signing: Review) -> None:
        self._sign(browse("apprentice"), "apprentice", signing)
        assert browse("apprentice").post(at("x", signing, "reopen/")).status_code == 403
        assert browse("mentor").post(at("mentor", signing, "reopen/")).status_code == 302
        page = browse("mentor").get(at("mentor", signing))
        assert page.context["fields"].colour == "green"
        form = finish(seen=str(page.context["review"].revision), colour="red", because="离岗两天")
        assert browse("mentor").post(at("mentor", signing), form).status_code == 302
        assert browse("apprentice").get(at("apprentice", signing)).context["party"] is not None

    def test_whoever_left_is_excused_with_a_reason(self, cast: Cast, browse: Browse, signing: Review) -> None:
        for who in ("apprentice", "trainer"):
            self._sign(browse(who), who, signing)
        excuse = at("x", signing, "excuse/")
        for form in ({"role": "mentor", "because": ""}, {"role": "x", "because": "y"},
                     {"role": "apprentice", "because": "y"}):  # fmt: skip
            assert browse("coordinator").post(excuse, form).status_code == 409
        good = {"role": "mentor", "because": "师傅已调离"}
        assert browse("trainer").post(excuse, good).status_code == 403
        assert browse("coordinator").post(excuse, good).status_code == 302
        assert state(signing) == "signed"
        said = words(browse("apprentice").get(at("apprentice", signing)))
        assert "师傅已调离" in said
        assert browse("mentor").get(at("mentor", signing)).context["party"] is None


class TestQuestions:
    def _count(self, client: Client, page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    def test_pages_ask_as_often_for_5_as_for_40(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans reviews"):
            planned(cast)
        client = browse("coordinator")
        client.get("/account/settings/")
        pages = [at("x", None, page) for page in (
            "", "cohorts/", f"of/{cast.cohort.public_id}/", f"of/{cast.cohort.public_id}/plan/",
        )]  # fmt: skip
        few = [self._count(client, page) for page in pages]
        with everywhere("a test enrols more"):
            more = [
                RosterEntry(f"9{n:03}", f"学徒{n}", enterprise=cast.jinheng, mentor="周国栋")
                for n in range(40)
            ]
            take_roster(cast.cohort, more, by=cast.actor("coordinator"), at=AT)
            Review.objects.update(state="cancelled")
            planned(cast)
        assert [self._count(client, page) for page in pages] == few
        assert max(few) <= 13

    def test_one_review_asks_a_fixed_number_of_questions(
        self, cast: Cast, browse: Browse, row: Review
    ) -> None:
        client = browse("mentor")
        client.get("/account/settings/")
        few = self._count(client, at("mentor", row))
        with everywhere("a test sets goals"):
            by = cast.actor("mentor", cast.jinheng)
            for n in range(12):
                set_goal(row, text=f"目标 {n}", owner="mentor", by=by, at=AT)
        assert self._count(client, at("mentor", row)) == few
        assert few <= 22
