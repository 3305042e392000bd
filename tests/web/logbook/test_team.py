"""The mentor's week, one apprentice's log, and the board of who is silent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.domain.logbook.actions import Content, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry, Talk
from craftpath.domain.logbook.queries import talk_due
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from tests.cast import TODAY, Cast
from tests.domain.logbook.conftest import Writer

TEAM = "/o/jinheng/log/team/"


@pytest.fixture
def mentor(browse: Callable[[str], Client]) -> Client:
    """Zhou Guodong, signed in."""
    return browse("mentor")


@pytest.fixture
def waiting(cast: Cast) -> list[Entry]:
    """Two that look normal and one that is odd."""
    with everywhere("a test looks at everything"):
        writer = Writer(cast)
        now, today = timezone.now(), timezone.localdate()
        return [
            writer.handed_in(at=now, on=today, text="装夹并试切外圆，尺寸合格。"),
            writer.handed_in(at=now, on=today - timedelta(days=1), text="清理机床，给导轨上油。"),
            writer.handed_in(at=now, on=today - timedelta(days=2), text="加班装配。", minutes=700),
        ]


def _states() -> list[str]:
    with everywhere("a test looks at everything"):
        return list(Entry.objects.order_by("pk").values_list("state", flat=True))


def test_what_looks_normal_is_confirmed_by_one_press(mentor: Client, waiting: list[Entry]) -> None:
    page = mentor.get(TEAM)
    shown = page.context["normal"]
    assert [entry.pk for entry in shown] == [waiting[1].pk, waiting[0].pk]
    sent = {"entry": [f"{entry.public_id}.{entry.revision}" for entry in shown]}
    mentor.post(TEAM + "confirm/", sent)
    mentor.post(TEAM + "confirm/", sent)
    assert _states() == ["confirmed", "confirmed", "submitted"]


def test_the_odd_one_stands_by_itself_with_its_reason(mentor: Client, waiting: list[Entry]) -> None:
    odd = {card.entry.pk: card.odd for card in mentor.get(TEAM).context["odd"]}
    assert odd == {waiting[2].pk: ["More than 10 hours on one day"]}


def test_one_goes_back_with_a_phrase_and_with_words(mentor: Client, waiting: list[Entry]) -> None:
    url = f"/o/jinheng/log/{waiting[0].public_id}/back/"
    mentor.post(url, {"revision": "1"})
    assert _states()[0] == "submitted"
    mentor.post(url, {"revision": "1", "phrase": "more_detail", "words": "哪台机床？"})
    assert _states()[0] == "returned"
    mentor.post(url, {"revision": "x", "phrase": "more_detail"})
    assert _states()[0] == "returned"


def test_asks_no_more_for_sixteen_apprentices_than_for_one(mentor: Client, cast: Cast, grow: Any) -> None:
    """Entries that wait, and a talk about last month with each of them."""
    today = timezone.localdate()
    last_month = today.replace(day=1) - timedelta(days=3)
    counts = []
    mentor.get("/account/settings/")
    for many in (0, 16):
        rows = grow(many) if many else [cast.enrolments["26001"]]
        with everywhere("a test looks at everything"):
            for row in rows:
                by = Actor(cast.college, row.person, frozenset({Role.APPRENTICE}))
                for on in (today, last_month):
                    content = Content(on=on, text=f"{on} 装夹、试切、测量。", minutes=5, bucket="workplace")
                    made = save_entry(row, made_id=uuid.uuid4(), content=content, by=by, at=timezone.now())
                    submit_entry(made.entry, by=by, at=timezone.now())
        with CaptureQueriesContext(connection) as found:
            page = mentor.get(TEAM)
        counts.append(len(found))
    assert len(page.context["talks"]) == 17
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["coordinator", "hr", "apprentice"])
def test_nobody_confirms_by_office(browse: Any, waiting: list[Entry], who: str) -> None:
    place = "jinheng" if who == "hr" else "lanchuan"
    read = {"entry": [f"{entry.public_id}.1" for entry in waiting]}
    assert browse(who).post(f"/o/{place}/log/team/confirm/", read).status_code == 403
    assert set(_states()) == {"submitted"}


def test_another_mentor_sees_and_confirms_none_of_them(browse: Any, cast: Cast, waiting: list[Entry]) -> None:
    other = browse("trainer")
    assert other.get("/o/lanchuan/log/team/").context["mine"] == 0
    other.post("/o/lanchuan/log/team/confirm/", {"entry": [f"{waiting[0].public_id}.1"]})
    assert set(_states()) == {"submitted"}


def test_a_talk_is_recorded_by_one_tap(mentor: Client, cast: Cast) -> None:
    today = timezone.localdate()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    with everywhere("a test looks at everything"):
        writer = Writer(cast)
        rows = [
            writer.handed_in(at=timezone.now(), on=month + timedelta(days=n), text=f"{n} 日，装配。")
            for n in range(4)
        ]
        [lot] = talk_due([rows[0].enrolment_id], today)
    assert [card.entry.pk for card in mentor.get(TEAM).context["talks"]] == [lot.pk]
    mentor.post(f"/o/jinheng/log/{lot.public_id}/talk/", {"outcome": "partly"})
    assert mentor.post(f"/o/jinheng/log/{lot.public_id}/talk/", {"outcome": "nosuch"}).status_code == 404
    assert mentor.post(f"/o/jinheng/log/{lot.public_id}/talk/", {"outcome": "partly"}).status_code == 409
    with everywhere("a test looks at everything"):
        assert Talk.objects.get().outcome == "partly"


def test_the_board_names_silent_pairs_and_who_does_not_write(browse: Any, cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        old = timezone.now() - timedelta(days=9)
        Writer(cast).handed_in(at=old, on=TODAY)
    page = browse("coordinator").get("/o/lanchuan/log/board/")
    [silent] = page.context["silent"]
    assert [(person.name, link) for person, link in silent.mentors] == [("周国栋", None)]
    assert (silent.enrolment.number, silent.waiting, silent.days) == ("26001", 1, 9)
    assert {row.number for row in page.context["quiet"]} >= {"26002", "26003"}
    assert browse("trainer").get("/o/lanchuan/log/board/").status_code == 403
    assert browse("officer").get("/o/lanchuan-bureau/log/board/").status_code == 403


def test_a_whole_log_is_read_by_who_sees_its_apprentice(
    browse: Any, cast: Cast, waiting: list[Entry]
) -> None:
    log = f"log/of/{cast.enrolments['26001'].public_id}/"
    assert browse("coordinator").get(f"/o/lanchuan/{log}").context["page"].paginator.count == 3
    assert browse("hr").get(f"/o/jinheng/{log}").status_code == 200
    assert browse("classmate").get(f"/o/lanchuan/{log}").status_code == 404
    assert browse("officer").get(f"/o/lanchuan-bureau/{log}").status_code == 403
    assert browse("stranger").get(f"/o/dongling/{log}").status_code == 404
