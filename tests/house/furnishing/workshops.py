"""A workshop with something in every table: two days, two who come, a question, a poll, a case, a certificate."""

from __future__ import annotations

from datetime import time, timedelta

from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.models import (
    Case,
    Certificate,
    Day,
    Item,
    LiveQuestion,
    Material,
    Poll,
    Registration,
    Site,
    Speaker,
    Workshop,
)
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.workshops.world import MORNING, NOBODY, comer, opened

TOLD = actions.Told("案例", "情况", "做法", "成效 12 %", "启示", "企业", consent=True)


def hold_a_workshop(cast: Cast) -> dict[str, str]:
    """One that is open and one that was held, once."""
    if not Workshop._base_manager.exists():
        _make(cast)
    row, held = Workshop._base_manager.order_by("pk")[:2]
    mine, guest, office = Registration._base_manager.filter(workshop=row).order_by("pk")[:3]
    sent, returned, shelved = Case._base_manager.order_by("pk")[:3]
    return {
        "workshop": row.public_id,
        "held": held.public_id,
        "registration": guest.public_id,
        "mine": mine.public_id,
        "token": queries.token_of(office),
        "day": Day._base_manager.filter(workshop=row).earliest("on").public_id,
        "site": Site._base_manager.filter(workshop=row).latest("pk").public_id,
        "speaker": Speaker._base_manager.filter(workshop=row).latest("pk").public_id,
        "item": Item._base_manager.filter(workshop=row).earliest("pk").public_id,
        "material": Material._base_manager.get().public_id,
        "question": LiveQuestion._base_manager.earliest("pk").public_id,
        "poll": Poll._base_manager.earliest("pk").public_id,
        "case": sent.public_id,
        "returned": returned.public_id,
        "shelved": shelved.public_id,
        "certificate": Certificate._base_manager.get().public_id,
    }


def _make(cast: Cast) -> None:
    by, mine = cast.actor("coordinator"), cast.actor("apprentice")
    row = opened(cast, seats=20)
    actions.save_site(row, name=Text("分会场", "Second site"), address="", room="", seats=5, by=by, at=AT)
    actions.invite_organisations(row, [cast.jinheng], by=by, at=AT)
    actions.add_organiser(row, cast.city, by=by, at=AT)
    speakers = [actions.add_speaker(row, name=name, by=by, at=AT) for name in ("李明", "王芳")]
    first = Day._base_manager.filter(workshop=row).earliest("on")
    line = actions.Line(first, time(9), time(10), "talk", Text("报告", "Talk"), speakers=speakers[:1])
    item = actions.save_item(row, line, by=by, at=AT)
    actions.add_material(item, title="讲义", content=b"%PDF-1.4 x", name="a.pdf", by=by, at=AT)
    own = actions.register(row, comer(row, 1), person=mine.person, by=mine, at=AT)
    guest = actions.register(row, comer(row, 2), by=NOBODY, at=AT)
    office = actions.register(row, comer(row, 3), person=by.person, by=by, at=AT)
    asked = actions.ask_live(own, "如何评价？", named=True, by=mine, at=AT)
    actions.support_question(asked, guest, by=NOBODY, at=AT)
    options = [Text("是", "Yes"), Text("否", "No")]
    poll = actions.draft_poll(
        row, kind="single", title=Text("满意吗？", "Good?"), options=options, by=by, at=AT
    )
    actions.vote(actions.open_poll(poll, by=by, at=AT), own, ["1"], by=mine, at=AT)
    actions.send_case(office, TOLD, files=[("a.pdf", b"%PDF-1.4 x")], by=by, at=AT)
    again = actions.send_case(office, TOLD, by=by, at=AT)
    actions.return_case(again, remark="请补充", by=by, at=AT)
    good = actions.send_case(office, TOLD, files=[("a.pdf", b"%PDF-1.4 x")], by=by, at=AT)
    actions.publish_case(actions.accept_case(good, by=by, at=AT), by=by, at=AT)
    _held(cast)


def _held(cast: Cast) -> None:
    by = cast.actor("coordinator")
    row = opened(cast, seats=20, title="第一期研讨会")
    guest = actions.register(row, comer(row, 1), by=NOBODY, at=AT)
    for day in queries.days_of(row):
        actions.check_in(guest, day, by=by, at=day.starts_at())
    after = MORNING + timedelta(days=2)
    actions.finish_workshop(row, by=by, at=after)
    actions.issue_certificates(row, by=by, at=after)
