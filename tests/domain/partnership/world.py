"""Cooperations for other rooms: in force between an enterprise and a college without anybody signing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from craftpath.domain.partnership import actions
from craftpath.domain.partnership.models import Contribution, Cooperation, RuleBook, Side
from craftpath.domain.partnership.rules import role_of
from craftpath.kernel.organisations import Organisation
from tests.cast import AT, Cast


def binds(*sides: Organisation, until: date = date(2030, 1, 1)) -> Cooperation:
    """An agreement of these that is in force from 2026 on."""
    row = Cooperation.objects.create(
        organisation=sides[-1],
        name={"zh": "合作"},
        state="in_force",
        starts_on=date(2026, 1, 1),
        ends_on=until,
        made_at=AT,
    )
    for order, side in enumerate(sides, start=1):
        Side.objects.create(cooperation=row, organisation=side, role=role_of(side), order=order)
    return row


def agree_rules(row: Cooperation, cast: Cast) -> RuleBook:
    """A version of the valuation rule that HR proposed and the college agreed to."""
    rates = [
        {"key": "mentor", "name": {"zh": "企业师傅", "en": "Mentor"}, "for": "hours", "minor": 8000},
        {"key": "hall", "name": {"zh": "实训车间", "en": "Workshop"}, "for": "room_hours", "minor": 2500},
    ]
    book = actions.propose_rules(row, rates=rates, by=cast.actor("hr", cast.jinheng), at=AT)
    return actions.agree_rules(book, by=cast.actor("coordinator"), at=AT)


def give(row: Cooperation, cast: Cast, **instead: Any) -> Contribution:
    """Fifty thousand yuan of the enterprise."""
    values: dict[str, Any] = {
        "kind": "money", "words": "实训设备专项资金", "given_on": date(2026, 9, 1),
        "figures": {"amount": Decimal(5000000)}, "by": cast.actor("hr", cast.jinheng),
    }  # fmt: skip
    side = row.sides.select_related("cooperation").get(organisation=cast.jinheng)
    return actions.give_contribution(side, **values | instead, at=AT)
