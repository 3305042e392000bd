"""Marking in batches and moderation on the desk: blind, replayed without harm, refused without loss, who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation.models import Mark
from craftpath.domain.exams.actions import EssayPlan, close_sitting
from craftpath.domain.exams.essays import essays_of
from craftpath.domain.exams.models import EssayDecision, EssayMark, Moderator, Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, opened, with_markers
from tests.domain.exams.test_marking import NUMBERS, give, worth

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def key_on(page: Any) -> str:
    return re.findall(r'name="essay" value="([^"]+)"', page.content.decode())[0]


@pytest.fixture
def over(cast: Cast) -> Sitting:
    """Four essays that two mark, none marked yet."""
    with everywhere("a test holds an examination"):
        with_markers(cast)
        row, codes = opened(cast, marking=EssayPlan(raters=2))
        for number in NUMBERS:
            answer(begin(codes[number]), {ESSAY: {"text": f"先粗后精，第{number}种写法。"}})
        return close_sitting(row, by=cast.actor("trainer"), at=OPENS)


@pytest.fixture
def apart(cast: Cast, over: Sitting) -> Sitting:
    """26001's marks are 2 and 9, the others agree; "third" has marked nothing."""
    with everywhere("a test marks"):
        for number, one, other in zip(NUMBERS, "2567", "9567", strict=True):
            give(cast, over, "trainer", one, number, words="缺少切槽")
            give(cast, over, "second", other, number)
    return over


def at(row: Sitting, page: str = "") -> str:
    return f"/o/lanchuan/sittings/{row.public_id}/{page}"


class TestDesk:
    def test_neither_a_name_nor_a_number_nor_another_s_mark_is_in_the_page(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        with everywhere("a test marks"):
            give(cast, over, "second", "7.13", words="别人的话")
        page = browse("trainer").get(at(over, "essays/")).content.decode()
        with everywhere("a test looks"):
            people = [one.candidate for one in essays_of(over)]
        for one in people:
            assert one.enrolment.person.name not in page
            assert one.public_id not in page
            assert f">{one.enrolment.number}<" not in page
        assert "别人的话" not in page
        assert "7.13" not in page
        assert "韩雪梅" not in page

    def test_one_after_the_other_with_progress_and_a_second_press_changes_nothing(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        client = browse("trainer")
        page = client.get(at(over, "essays/"))
        assert "0 of 4" in words(page)
        form = {"essay": key_on(page), "points": "6,5", "words": "工序完整"}
        for _press in range(2):
            assert client.post(at(over, "essays/"), form).status_code == 302
        following = client.get(at(over, "essays/"))
        assert "1 of 4" in words(following)
        assert key_on(following) != form["essay"]
        with everywhere("a test looks"):
            assert [str(one.points) for one in EssayMark.objects.all()] == ["6.50"]

    def test_an_old_form_with_other_points_changes_nothing_and_leads_to_the_mark(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        client = browse("trainer")
        form = {"essay": key_on(client.get(at(over, "essays/")))}
        client.post(at(over, "essays/"), form | {"points": "6"})
        again = client.post(at(over, "essays/"), form | {"points": "9"})
        assert again.url == f"{at(over, 'essays/')}?essay={form['essay']}"
        with everywhere("a test looks"):
            assert [str(one.points) for one in EssayMark.objects.all()] == ["6.00"]

    def test_later_passes_over_one(self, cast: Cast, browse: Browse, over: Sitting) -> None:
        client = browse("trainer")
        first = key_on(client.get(at(over, "essays/")))
        assert key_on(client.get(at(over, f"essays/?after={first}"))) != first
        assert client.get(at(over, "essays/?essay=nothing")).status_code == 404

    @pytest.mark.parametrize("typed", ["900", "-1", "x", "", "1" * 300, "NaN"])
    def test_what_is_refused_stays_typed(self, cast: Cast, browse: Browse, over: Sitting, typed: str) -> None:
        client = browse("trainer")
        form = {"essay": key_on(client.get(at(over, "essays/"))), "points": typed, "words": "先写的话"}
        refused = client.post(at(over, "essays/"), form)
        assert refused.status_code == 409
        text = refused.content.decode()
        assert f'value="{typed}"' in text
        assert "先写的话" in text
        assert key_on(refused) == form["essay"]

    def test_whoever_was_slower_is_told_and_keeps_what_was_typed(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        client = browse("trainer")
        page = client.get(at(over, "essays/"))
        with everywhere("two others mark meanwhile"):
            one = next(one for one in essays_of(over) if one.key == key_on(page))
            for who in ("second", "third"):
                give(cast, over, who, "6", one.candidate.enrolment.number)
        slow = client.post(at(over, "essays/"), {"essay": key_on(page), "points": "5", "words": "写了很久"})
        assert slow.status_code == 409
        assert "2 have marked this essay already" in words(slow)
        assert "写了很久" in slow.content.decode()
        assert "To the next essay" in words(slow)

    def test_the_third_marker_learns_that_two_differ_and_not_how(
        self, cast: Cast, browse: Browse, apart: Sitting
    ) -> None:
        client = browse("third")
        page = client.get(at(apart, "essays/"))
        assert "Two markers differ" in words(page)
        assert "缺少切槽" not in page.content.decode()
        assert "For 1 essay you are the third marker" in words(client.get(at(apart)))
        client.post(at(apart, "essays/"), {"essay": key_on(page), "points": "8"})
        with everywhere("a test looks"):
            assert worth(apart) == 8.5
        assert "No essay waits for you" in words(client.get(at(apart, "essays/")))

    def test_the_own_marks_are_looked_through_and_changed_until_they_are_recorded(
        self, cast: Cast, browse: Browse, apart: Sitting
    ) -> None:
        client = browse("trainer")
        given = client.get(at(apart, "essays/given/"))
        assert given.content.decode().count("?essay=") == 4
        assert "缺少切槽" in given.content.decode()
        assert cast.enrolments["26001"].person.name not in given.content.decode()
        address = unescape(re.findall(r'href="([^"]+\?essay=[^"]+)"', given.content.decode())[0])
        page = client.get(address)
        standing = re.findall(r'name="standing" value="(\d+)"', page.content.decode())[0]
        form = {"essay": key_on(page), "standing": standing, "points": "8"}
        assert client.post(at(apart, "essays/"), form).url == at(apart, "essays/given/")
        client.post(at(apart, "essays/"), form | {"points": "1"})  # of a page that is old by now
        with everywhere("a test looks"):
            held = EssayMark.objects.filter(marker=cast.people["trainer"], superseded_at__isnull=True)
            assert sorted(str(one.points) for one in held).count("8.00") == 1
            assert "1.00" not in {str(one.points) for one in held}
            assert EssayMark.objects.count() == 9
            Sitting.objects.update(
                published_at=OPENS, published_in="an evaluation", published_item="final_exam"
            )
        page = client.get(address)
        assert "yours changes no more" in words(page)
        standing = re.findall(r'name="standing" value="(\d+)"', page.content.decode())[0]
        late = client.post(at(apart, "essays/"), form | {"standing": standing, "points": "3"})
        assert late.status_code == 409


class TestModeration:
    @pytest.mark.parametrize(
        ("who", "status"), [("coordinator", 200), ("administrator", 200), ("trainer", 403), ("assessor", 403)]
    )
    def test_who_decides_results_moderates(
        self, browse: Browse, apart: Sitting, who: str, status: int
    ) -> None:
        assert browse(who).get(at(apart, "moderation/")).status_code == status
        assert ("Moderation" in words(browse("coordinator").get(at(apart)))) is True
        if who == "trainer":
            assert "Moderation" not in words(browse(who).get(at(apart)))

    def test_the_marks_are_closed_until_they_are_opened(
        self, cast: Cast, browse: Browse, apart: Sitting
    ) -> None:
        client = browse("coordinator")
        page = client.get(at(apart, "moderation/"))
        assert "Open the marks" in words(page)
        assert "缺少切槽" not in page.content.decode()
        assert "韩雪梅" not in page.content.decode()
        with everywhere("a test looks"):
            key = essays_of(apart)[0].key
        assert client.get(at(apart, f"moderation/{key}/")).status_code == 302
        for _press in range(2):
            client.post(at(apart, "moderation/open/"))
        with everywhere("a test looks"):
            assert Moderator.objects.count() == 1
        page = client.get(at(apart, "moderation/"))
        assert "韩雪梅" in page.content.decode()
        assert cast.enrolments["26001"].person.name not in page.content.decode()
        assert "waits for a third marker" in words(page)
        assert "not available" in words(page)  # four essays are too few for a figure
        assert "n = 4" in words(page)

    def test_an_essay_is_settled_with_points_and_a_reason_and_shows_all_marks(
        self, cast: Cast, browse: Browse, apart: Sitting
    ) -> None:
        client = browse("coordinator")
        client.post(at(apart, "moderation/open/"))
        first = re.findall(
            r'href="([^"]+/moderation/[0-9a-f]{16}/)"', client.get(at(apart, "moderation/")).content.decode()
        )[0]
        page = client.get(first)
        assert "缺少切槽" in page.content.decode()
        refused = client.post(first, {"points": "7.5", "because": ""})
        assert refused.status_code == 409
        assert 'value="7.5"' in refused.content.decode()
        assert client.post(first, {"points": "7.5", "because": "第二位漏看了切槽"}).status_code == 302
        with everywhere("a test looks"):
            assert str(EssayDecision.objects.get().points) == "7.50"
            assert worth(apart) == 7.5
        assert "settled by decision" in words(client.get(at(apart, "moderation/")))
        assert client.get(at(apart, "moderation/0123456789abcdef/")).status_code == 404

    def test_a_batch_is_sent_back_with_a_reason(self, cast: Cast, browse: Browse, apart: Sitting) -> None:
        client = browse("coordinator")
        client.post(at(apart, "moderation/open/"))
        form = {"marker": cast.people["second"].public_id, "because": ""}
        assert "Say why" in words(client.post(at(apart, "moderation/back/"), form, follow=True))
        done = client.post(at(apart, "moderation/back/"), form | {"because": "没有按评分要点"}, follow=True)
        assert "4 marks of 韩雪梅 are sent back" in words(done)
        assert "没有按评分要点" in words(done)
        again = client.post(at(apart, "moderation/back/"), form | {"because": "x"}, follow=True)
        assert "nothing was sent back" in words(again)
        with everywhere("a test looks"):
            assert EssayMark.objects.filter(superseded_at__isnull=True).count() == 4

    def test_the_page_takes_the_same_queries_for_few_and_for_many(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        client = browse("coordinator")
        client.post(at(over, "moderation/open/"))
        counts = []
        for number in NUMBERS[:3]:
            with everywhere("a test marks"):
                give(cast, over, "trainer", "3", number)
                give(cast, over, "second", "4", number)
            with CaptureQueriesContext(connection) as asked:
                client.get(at(over, "moderation/"))
            counts.append(len(asked))
        assert counts[1] == counts[2]

    def test_what_changes_after_the_marks_are_recorded_is_said(
        self, cast: Cast, browse: Browse, apart: Sitting
    ) -> None:
        client = browse("coordinator")
        with everywhere("a third marks"):
            give(cast, apart, "third", "8")
        page = client.get(at(apart)).content.decode()
        seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
        place = next(
            one for one in re.findall(r'<option value="([^"]+)"', page) if one.endswith(".final_exam")
        )
        client.post(at(apart, "publish/"), {"place": place, "seen": seen})
        page = words(client.get(at(apart)))
        assert "Differs from what was recorded" not in page
        assert "Final examination, recorded" in page
        client.post(at(apart, "moderation/open/"))
        with everywhere("a test looks"):
            key = next(one.key for one in essays_of(apart) if one.candidate.enrolment.number == "26001")
            before = Mark.objects.filter(origin=str(apart.ref)).count()
        client.post(at(apart, f"moderation/{key}/"), {"points": "3", "because": "再看一遍"})
        page = words(client.get(at(apart)))
        assert "Differs from what was recorded" in page
        assert f"The mark of {cast.enrolments['26001'].person.name} has changed" in page
        with everywhere("a test looks"):
            assert Mark.objects.filter(origin=str(apart.ref)).count() == before  # what stands stays
        seen = re.findall(r'name="seen" value="([^"]+)"', client.get(at(apart)).content.decode())[0]
        client.post(at(apart, "publish/"), {"place": place, "seen": seen})
        assert "Differs from what was recorded" not in words(client.get(at(apart)))
