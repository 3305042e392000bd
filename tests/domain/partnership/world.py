"""Cooperations for other rooms: in force between an enterprise and a college without anybody signing."""

from __future__ import annotations

from datetime import date

from craftpath.domain.partnership.models import Cooperation, Side
from craftpath.domain.partnership.rules import role_of
from craftpath.kernel.organisations import Organisation
from tests.cast import AT


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
