"""A partnership with something in every table: duties, a rule, gifts, costs, a letter, and a committee at work."""

from __future__ import annotations

from datetime import date

from craftpath.domain.committees import actions as committees
from craftpath.domain.committees.models import AgendaItem, Committee, Decision, Meeting, Motion, Seat
from craftpath.domain.partnership import actions
from craftpath.domain.partnership.costing import defaults
from craftpath.domain.partnership.models import (
    BalanceLetter,
    Contribution,
    Cooperation,
    CostStatement,
    Pledge,
    RuleBook,
    SideDuty,
)
from tests.cast import AT, Cast
from tests.domain.committees.world import found, put, seat
from tests.domain.partnership.world import agree_rules, binds, give


def agree_together(cast: Cast) -> dict[str, str]:
    """The enterprise and the college give, reckon, vote and decide; once."""
    if not CostStatement._base_manager.exists():
        _make(cast)
    row = Cooperation._base_manager.get(pk=CostStatement._base_manager.earliest("pk").side.cooperation_id)
    prepared = Motion._base_manager.get(state="prepared")
    return {
        "cooperation": row.public_id,
        "duty": SideDuty._base_manager.earliest("pk").public_id,
        "pledge": Pledge._base_manager.earliest("pk").public_id,
        "contribution": Contribution._base_manager.earliest("pk").public_id,
        "book": RuleBook._base_manager.latest("pk").public_id,
        "letter": BalanceLetter._base_manager.earliest("pk").public_id,
        "committee": Committee._base_manager.earliest("pk").public_id,
        "seat": Seat._base_manager.get(person=cast.people["hr"]).public_id,
        "meeting": Meeting._base_manager.earliest("pk").public_id,
        "item": AgendaItem._base_manager.earliest("pk").public_id,
        "motion": Motion._base_manager.get(state="open").public_id,
        "prepared": prepared.public_id,
        "decision": Decision._base_manager.earliest("pk").public_id,
    }


def _make(cast: Cast) -> None:
    office, hr = cast.actor("coordinator"), cast.actor("hr", cast.jinheng)
    row = binds(cast.jinheng, cast.college)
    agree_rules(row, cast)
    enterprise = row.sides.get(organisation=cast.jinheng)
    taken = {"words": {"zh": "提供岗位", "en": "Gives places"}, "repeats": "year"}
    duty = actions.take_duty(enterprise, due_on=date(2026, 9, 1), **taken, by=hr, at=AT)
    actions.do_duty(duty, note="x", by=hr, at=AT)
    actions.pledge(enterprise, year=2026, kind="money", words="耗材", minor=100, by=hr, at=AT)
    give(row, cast, evidence=actions.Evidence(b"%PDF-1.4 x", "a.pdf"))
    actions.propose_rules(row, rates=[{"name": {"zh": "师傅"}, "for": "hours", "minor": 1}], by=hr, at=AT)
    actions.save_costs(enterprise, assumptions=defaults(), by=hr, at=AT)
    content = {"name": row.name, "number": "", "year": 2026, "sides": [], "cells": [], "sums": [], "duties": [],
               "decisions": [], "hours": [], "used": [], "joint": [], "costs": []}  # fmt: skip
    actions.issue_letter(row, year=2026, content=content, by=office, at=AT)
    board = found(cast, row.ref)
    meeting = committees.plan_meeting(board, starts_at=AT, place="一号会议室", by=office, at=AT)
    committees.add_item(
        meeting, title={"zh": "设备"}, paper=b"%PDF-1.4 x", paper_name="b.pdf", by=office, at=AT
    )
    motion = put(board, cast)
    mine = seat(board, cast, "coordinator")
    committees.cast_vote(motion, seat=mine, voice="yes", by=office, at=AT)
    committees.prepare_motion(board, text={"zh": "章程"}, rule="unanimous", by=office, at=AT)
    owner = seat(board, cast, "hr")
    committees.note_decision(
        board, text={"zh": "询价"}, owner=owner, due_on=date(2026, 10, 1), by=office, at=AT
    )
