"""Papers and sittings on the desk: who sees them, put together, planned, opened, closed, marked, recorded."""

from __future__ import annotations

import re
import uuid
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
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.exams.actions import close_sitting
from craftpath.domain.exams.models import Candidate, EssayMark, Item, Paper, Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, RIGHT, answer, begin, opened, paper, planned
from tests.domain.exams.test_forms import form_b

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HOUSES = {"mentor": "jinheng", "hr": "jinheng", "officer": "lanchuan-bureau", "stranger": "dongling"}


def at(page: str = "", who: str = "") -> str:
    return f"/o/{HOUSES.get(who, 'lanchuan')}/sittings/{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def ready(cast: Cast) -> Paper:
    """A paper of every kind but pictures."""
    with everywhere("a test puts a paper together"):
        return paper(cast)


@pytest.fixture
def over(cast: Cast) -> Sitting:
    """26001 has all but the essay, 26002 waits for a mark, 26003 wrote nothing, the others did not come."""
    with everywhere("a test holds an examination"):
        row, codes = opened(cast)
        answer(begin(codes["26001"]), RIGHT)
        answer(begin(codes["26002"]), {1: ["b"], ESSAY: {"text": "先粗后精。"}})
        begin(codes["26003"])
        return close_sitting(row, by=cast.actor("trainer"), at=OPENS)


def items() -> list[str]:
    with everywhere("a test looks"):
        return list(Item.objects.order_by("pk").values_list("public_id", flat=True))


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("administrator", 200), ("trainer", 200), ("mentor", 403), ("apprentice", 403),
     ("hr", 403), ("auditor", 403), ("officer", 403), ("assessor", 403), ("stranger", 200)],
)  # fmt: skip
def test_who_records_marks_sees_the_examinations_of_the_own_house(
    cast: Cast, browse: Browse, over: Sitting, who: str, status: int
) -> None:
    got = browse(who).get(at(who=who))
    assert got.status_code == status
    assert ("期末理论考试" in got.content.decode()) == (status == 200 and who != "stranger")
    if who == "stranger":
        assert browse(who).get(at(f"{over.public_id}/", who)).status_code == 404
        assert browse(who).post(at(f"{over.public_id}/codes/", who)).status_code == 404


class TestPapers:
    def test_chosen_items_stay_chosen_while_one_looks_for_more_and_make_one_paper(
        self, cast: Cast, browse: Browse, ready: Paper
    ) -> None:
        client, known = browse("coordinator"), items()
        form = {"do": "look", "title": "小测验", "minutes": "20", "item": known[:2], "q": "nothing has this"}
        looked = client.post(at("papers/new/"), form)
        assert looked.status_code == 200
        page = looked.content.decode()
        assert page.count("checked") == 2
        assert 'value="小测验"' in page
        made = str(uuid.uuid4())
        for _press in range(2):
            done = client.post(at("papers/new/"), form | {"do": "save", "made_id": made})
            assert done.status_code == 302
        with everywhere("a test looks"):
            row = Paper.objects.get(title="小测验")
            assert [line.version.item.public_id for line in row.lines.order_by("order")] == known[:2]
        assert done.url == at(f"papers/{row.public_id}/")

    def test_nothing_chosen_is_refused_and_what_was_typed_stays(self, cast: Cast, browse: Browse) -> None:
        form = {"do": "save", "title": "空卷", "minutes": "20", "made_id": str(uuid.uuid4())}
        refused = browse("trainer").post(at("papers/new/"), form)
        assert refused.status_code == 409
        assert 'value="空卷"' in refused.content.decode()
        assert "Choose at least one item" in words(refused)
        with everywhere("a test looks"):
            assert not Paper.objects.filter(title="空卷").exists()

    def test_a_paper_is_shown_with_its_answers_and_made_ready_once(
        self, cast: Cast, browse: Browse, ready: Paper
    ) -> None:
        client = browse("coordinator")
        made = {
            "do": "save",
            "title": "第二份",
            "minutes": "20",
            "item": items()[:4],
            "made_id": str(uuid.uuid4()),
        }
        address = client.post(at("papers/new/"), made).url
        page = words(client.get(address))
        assert "Right answer 125.7" in page
        assert "['" not in page
        assert "1 point " in page
        assert "Make it ready" in page
        assert client.post(f"{address}move/", {"do": "fix"}).status_code == 302
        assert "Make it ready" not in words(client.get(address))
        assert client.post(f"{address}move/", {"do": "shelve"}).status_code == 302
        with everywhere("a test looks"):
            assert Paper.objects.get(title="第二份").state == "shelved"


class TestPlanning:
    def form(self, cast: Cast, ready: Paper, **other: str) -> dict[str, str]:
        soon = timezone.localtime() + timedelta(days=2)
        return {
            "made_id": str(uuid.uuid4()), "cohort": cast.cohort.public_id, "paper": ready.public_id,
            "starts_at": soon.strftime("%Y-%m-%dT09:00"), "minutes": "60", "late_minutes": "30", "place": "302",
            "marked_by": "one", "sample": "20", "gap": "20", "gap_in": "percent", "third": "nearer",
        } | other  # fmt: skip

    def test_everybody_of_the_cohort_gets_a_seat_once(self, cast: Cast, browse: Browse, ready: Paper) -> None:
        form = self.form(cast, ready)
        first, second = (browse("coordinator").post(at("plan/"), form) for _press in range(2))
        assert first.status_code == second.status_code == 302
        assert first.url == second.url
        page = words(browse("coordinator").get(first.url))
        assert all(row.person.name in page for row in cast.enrolments.values() if row.state == "active")

    def test_parallel_forms_are_dealt_out_and_named(self, cast: Cast, browse: Browse, ready: Paper) -> None:
        with everywhere("a test puts a second form together"):
            other = form_b(cast)
        form = self.form(cast, ready) | {"others": [other.public_id], "shuffled": "on"}  # type: ignore[dict-item]
        planned = browse("coordinator").post(at("plan/"), form)
        assert planned.status_code == 302, words(planned)
        page = words(browse("coordinator").get(planned.url))
        assert "2 forms" in page
        assert page.count("期末理论考试 B") == 2
        assert "0 / 3" in page
        assert "0 / 8" in page
        with everywhere("a test looks"):
            assert Sitting.objects.get().shuffled
        refused = browse("coordinator").post(at("plan/"), form | {"others": ["nowhere"], "place": "404"})
        assert refused.status_code == 422
        assert 'value="404"' in refused.content.decode()

    @pytest.mark.parametrize(
        ("other", "status"),
        [({"starts_at": "2020-01-01T09:00"}, 409), ({"starts_at": "soon"}, 422), ({"minutes": "0"}, 422),
         ({"cohort": "nowhere"}, 422), ({"starts_at": "9999-12-31T23:59"}, 409)],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_stays_in_the_form(
        self, cast: Cast, browse: Browse, ready: Paper, other: dict[str, str], status: int
    ) -> None:
        refused = browse("coordinator").post(at("plan/"), self.form(cast, ready, **other))
        assert refused.status_code == status
        assert 'value="302"' in refused.content.decode()
        with everywhere("a test looks"):
            assert not Sitting.objects.exists()


class TestHolding:
    def test_codes_are_shown_once_and_new_ones_end_them(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            row = planned(cast)
        client, slips = browse("trainer"), []
        for _time in range(2):
            got = client.post(at(f"{row.public_id}/codes/"))
            assert got.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
            slips.append(re.findall(r'slip-password">([A-Z0-9-]{9})<', got.content.decode()))
        with everywhere("a test looks"):
            count = Candidate.objects.filter(sitting=row).count()
        assert len(slips[0]) == len(slips[1]) == count
        assert not set(slips[0]) & set(slips[1])
        assert not any(code in client.get(at(f"{row.public_id}/")).content.decode() for code in slips[1])

    def test_a_seat_with_extra_time_and_large_print(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            row = planned(cast)
            who = Candidate.objects.filter(sitting=row).earliest("pk")
        client = browse("coordinator")
        good = {"seat": "A7", "extra_minutes": "15", "large_print": "1"}
        assert client.post(at(f"seats/{who.public_id}/"), good).status_code == 302
        assert "+15 min" in words(client.get(at(f"{row.public_id}/")))
        assert client.post(at(f"seats/{who.public_id}/"), good | {"extra_minutes": "-1"}).status_code == 302
        with everywhere("a test looks"):
            who.refresh_from_db()
        assert (who.seat, who.extra_minutes, who.large_print) == ("A7", 15, True)

    def test_opened_closed_and_nothing_twice(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            row = planned(cast)
        client = browse("coordinator")
        assert client.post(at(f"{row.public_id}/move/"), {"do": "close"}).status_code == 409
        for do, state in (("open", "open"), ("close", "closed")):
            client.post(at(f"{row.public_id}/move/"), {"do": do})
            with everywhere("a test looks"):
                row.refresh_from_db()
            assert row.state == state
        assert client.post(at(f"{row.public_id}/codes/")).status_code == 409

    def test_one_that_does_not_take_place_says_why(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            row = planned(cast)
        client = browse("coordinator")
        assert client.post(at(f"{row.public_id}/move/"), {"do": "cancel", "because": " "}).status_code == 409
        assert (
            client.post(at(f"{row.public_id}/move/"), {"do": "cancel", "because": "停电"}).status_code == 302
        )
        assert "停电" in words(client.get(at(f"{row.public_id}/")))

    def test_the_page_asks_as_much_for_many_as_for_few(self, cast: Cast, browse: Browse) -> None:
        client = browse("coordinator")
        with everywhere("a test plans"):
            few = planned(cast)
            entries = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(30)]
            take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
            many = planned(cast, paper=few.paper, starts_at=OPENS + timedelta(hours=3))
            assert Candidate.objects.filter(sitting=many).count() > 30
        counts = []
        for row in (few, many):
            client.get(at(f"{row.public_id}/"))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(at(f"{row.public_id}/"))
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestAfterwards:
    def test_an_essay_is_marked_without_a_name_and_then_the_marks_are_recorded(
        self, cast: Cast, browse: Browse, over: Sitting
    ) -> None:
        client = browse("trainer")
        page = words(client.get(at(f"{over.public_id}/")))
        assert "Essays still wait" in page
        assert "Mark 1 essay" in page
        essay = client.get(at(f"{over.public_id}/essays/"))
        text = essay.content.decode()
        assert "先粗后精" in text
        name = cast.enrolments["26002"].person.name
        assert name not in text
        hidden = dict(re.findall(r'name="(essay|order)" value="([^"]*)"', text))
        wrong = client.post(at(f"{over.public_id}/essays/"), hidden | {"points": "900", "words": "好"})
        assert wrong.status_code == 409
        assert 'value="900"' in wrong.content.decode()
        assert client.post(at(f"{over.public_id}/essays/"), hidden | {"points": "4,5"}).status_code == 302
        assert client.post(at(f"{over.public_id}/essays/"), hidden | {"points": "1"}).status_code == 302
        with everywhere("a test looks"):
            assert [str(one.points) for one in EssayMark.objects.all()] == ["4.50"]
        assert "No essay waits for you" in words(client.get(at(f"{over.public_id}/essays/")))

        page = client.get(at(f"{over.public_id}/")).content.decode()
        seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
        places = re.findall(r'<option value="([^"]+)">', page)
        place = next(one for one in places if one.endswith(".final_exam"))
        stale = client.post(at(f"{over.public_id}/publish/"), {"place": place, "seen": "0"})
        assert stale.status_code == 302
        with everywhere("a test looks"):
            assert not Mark.objects.filter(origin=str(over.ref)).exists()
        for _press in range(2):
            client.post(at(f"{over.public_id}/publish/"), {"place": place, "seen": seen})
        with everywhere("a test looks"):
            marks = Mark.objects.filter(origin=str(over.ref), is_current=True)
            absent = marks.filter(status="absent").count()
            assert (marks.count() - absent, absent) == (3, 1)  # the others have no result in this stage
            one = marks.earliest("pk").public_id
        way = f'href="{at(over.public_id)}/"'
        assert way in client.get(f"/o/lanchuan/results/marks/{one}/").content.decode()
