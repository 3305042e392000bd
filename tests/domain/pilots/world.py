"""A pilot of the city with the college and two enterprises, on its first round, for the tests of pilots."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.pilots import actions
from craftpath.domain.pilots.models import CountryCase, Cycle, Pilot, PilotRound, RoundStep
from craftpath.kernel.access import Actor, system
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

DAY = timedelta(days=1)
NAME = uuid.UUID(int=7)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def officer(cast: Cast) -> Actor:
    return cast.actor("officer", cast.city)


def preset() -> Cycle:
    actions.load_cycles(by=system(), at=AT)
    return Cycle.objects.get(organisation=None)


def case(key: str = "singapore") -> CountryCase:
    actions.load_cases(by=system(), at=AT)
    return CountryCase.objects.get(organisation=None, key=key)


def started(cast: Cast, **more: Any) -> Pilot:
    values: dict[str, Any] = {
        "organisation": cast.city, "made_id": NAME, "kind": "city", "name": {"zh": "澜川试点", "en": "Lanchuan pilot"},
        "goals": "每项优先技能都教、都评。", "starts_on": TODAY, "ends_on": None,
        "members": [cast.college, cast.jinheng, cast.qinghe], "by": officer(cast), "at": AT,
    }  # fmt: skip
    return actions.start_pilot(**values | more)


def begun(cast: Cast, pilot: Pilot | None = None, number: int = 1, **more: Any) -> PilotRound:
    office = {"by": more.get("by") or officer(cast), "at": more.get("at") or AT}
    return actions.open_round(pilot or started(cast), number, cycle=more.get("cycle") or preset(), **office)


def step_of(row: PilotRound, key: str = "define") -> RoundStep:
    return RoundStep.objects.select_related("round__pilot__organisation", "round__cycle").get(
        round=row, key=key
    )


def give(cast: Cast, step: RoundStep, **more: Any) -> Any:
    values: dict[str, Any] = {"made_id": uuid.uuid4(), "by": officer(cast), "at": AT}
    if not more.keys() & {"words", "thing", "content"}:
        values["words"] = "已完成。"
    return actions.give_deliverable(step, **values | more)


def waive(cast: Cast, step: RoundStep, because: str = "样本已由去年的调查代替。") -> RoundStep:
    return actions.waive_step(step, because=because, by=officer(cast), at=AT)


def all_waived(cast: Cast, row: PilotRound) -> PilotRound:
    """Close every step for a reason, so that the round closes."""
    for one in RoundStep.objects.filter(round=row, state="open").order_by("order"):
        waive(cast, one)
    row.refresh_from_db()
    return row


def change(cast: Cast, row: PilotRound, what: str = "增加沟通训练", **more: Any) -> Any:
    values: dict[str, Any] = {
        "made_id": uuid.uuid4(), "what": what, "why": "师傅评分显示沟通最弱。", "into": "embed", "by": officer(cast),
        "at": AT,
    }  # fmt: skip
    return actions.propose_change(row, **values | more)


def accepted(cast: Cast, row: PilotRound, what: str = "增加沟通训练", **more: Any) -> Any:
    found = change(cast, row, what, **more)
    return actions.accept_change(
        found, owner=cast.people["coordinator"], due_on=TODAY + 30 * DAY, by=officer(cast), at=AT
    )
