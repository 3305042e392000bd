"""Committees on the web: who was there, who names whom, what pages and who is offered what."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from craftpath.domain.committees import actions
from craftpath.domain.committees.models import Meeting, Seat
from craftpath.domain.partnership.models import Cooperation
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.domain.committees.world import found, seat
from tests.domain.partnership.world import binds
from tests.web.partnership.test_pages import Browse, rows, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> Cooperation:
    with everywhere("a test looks at everything"):
        return binds(cast.jinheng, cast.college)


def test_a_committee_speaks_of_meetings_and_minutes_in_chinese(cast: Cast, row: Cooperation) -> None:
    with everywhere("a test looks at everything"):
        board, by = found(cast, row.ref), cast.actor("coordinator")
        meeting = actions.plan_meeting(board, starts_at=AT, by=by, at=AT)
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-Hans")
    client.force_login(cast.people["coordinator"])
    here = "/o/lanchuan/committees/"
    for page, said, wrong in (
        (f"{board.public_id}/", "安排会议", "安排活动"),
        (f"{board.public_id}/meet/", "时间", "期限"),
        (f"meetings/{meeting.public_id}/", "取消会议", "取消活动"),
        (f"meetings/{meeting.public_id}/minutes/", "会议纪要", "分钟"),
    ):
        main = words(client.get(f"{here}{page}")).split("理事会", 1)[1]
        assert said in main
        assert wrong not in main


def test_an_agreement_that_nobody_ended_is_past_its_last_day_all_the_same(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    rows(Cooperation).update(ends_on=TODAY)
    for days, said in ((0, "In force"), (1, "Past its last day")):
        with time_machine.travel(AT + timedelta(days=days), tick=False):
            page = words(browse("coordinator").get(f"/o/lanchuan/cooperation/{row.public_id}/"))
        assert f"Cooperation agreement. {said}" in page


def test_who_was_there_is_asked_of_those_who_sat_there_that_day(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    with everywhere("a test looks at everything"):
        board = found(cast, row.ref)
        by = cast.actor("coordinator")
        meeting = actions.plan_meeting(board, starts_at=AT, by=by, at=AT)
        rows(Seat).filter(person=cast.people["administrator"]).update(ends_on=TODAY)
    office, page = browse("coordinator"), f"/o/lanchuan/committees/meetings/{meeting.public_id}/minutes/"
    gone = rows(Seat).get(person=cast.people["administrator"]).public_id
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        office.post(page, {"words_zh": "讨论。", "words_en": "", "present": [gone]})
        assert [one.seat.public_id for one in rows(Meeting).get().present.all()] == [gone]
        assert gone in office.get(page).context["form"].initial["present"]


def test_an_office_above_two_sides_names_for_the_one_it_chose(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    with everywhere("a test looks at everything"):
        board = found(cast, row.ref)
    second = board.sides.get(organisation=cast.jinheng)
    client, here = browse("officer"), f"/o/lanchuan-bureau/committees/{board.public_id}/"
    assert f"seat/?side={second.pk}" in client.get(here).content.decode()
    person = cast.people["mentor"].public_id
    sent = {"person": person, "kind": "vote", "deputy": "", "starts_on": "2026-01-01", "ends_on": ""}
    assert client.post(f"{here}seat/?side={second.pk}", sent).status_code == 302
    assert rows(Seat).get(person=cast.people["mentor"]).side == second
    assert (
        browse("coordinator")
        .get(f"/o/lanchuan/committees/{board.public_id}/seat/?side={second.pk}")
        .status_code
        == 200
    )


def test_a_committee_pages_and_only_who_may_end_a_decision_is_offered_it(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    with everywhere("a test looks at everything"):
        board, by = found(cast, row.ref), cast.actor("coordinator")
        for n in range(14):
            text = {"zh": f"议案{n:02}"}
            actions.prepare_motion(board, text=text, rule="simple", by=by, at=AT)
            actions.note_decision(board, text=text, owner=seat(board, cast, "hr"), due_on=TODAY, by=by, at=AT)
    here = f"/o/lanchuan/committees/{board.public_id}/"
    assert "议案00" not in words(browse("coordinator").get(here)).split("Motions")[1].split("Decisions")[0]
    assert "议案00" in words(browse("coordinator").get(f"{here}?motions=2"))
    for who, offered in (("coordinator", True), ("administrator", False)):
        assert ("/tick/" in browse(who).get(here).content.decode()) is offered
    nul = browse("coordinator").get(f"{here}decide/?meeting=a%00b")
    assert nul.status_code == 200
