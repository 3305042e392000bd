"""Whom requests wait for, and who is told of an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.domain.credits import actions
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from tests.cast import AT, TODAY, Cast
from tests.domain.credits.world import (
    Reached,
    account,
    asked,
    credits,
    decided,
    diploma,
    earning,
    posted,
    reached,
)

__all__ = ["reached"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def open_on(days: int = 0) -> dict[str, list[tuple[int, date]]]:
    """code → (who, due day) of what is open so many days later, without what is of nobody."""
    clock = Clock(Asked(at=AT + timedelta(days=days), today=TODAY + timedelta(days=days)))
    found: dict[str, list[tuple[int, date]]] = {}
    for code in ("credits.check", "credits.decide", "credits.answered"):
        for some in open_duties(KINDS[code], clock, None):
            rows = zip((int(one) for one in some.who), some.due.tolist(), strict=True)
            found.setdefault(code, []).extend(rows)
    return {code: rows for code, rows in found.items() if rows}


def test_the_office_is_asked_until_it_is_posted_and_the_learner_is_told_for_a_week(
    cast: Cast, reached: Reached
) -> None:
    earning(cast)
    reached.add(cast.people["apprentice"], "fitter")
    row = asked(cast, diploma(cast), credits(account(cast)))
    assert set(open_on()) == {"credits.check"}
    [(_nobody, due)] = open_on()["credits.check"]
    assert due > TODAY + timedelta(days=5)  # workdays
    actions.check_request(row, by=cast.actor("trainer"), at=AT)
    [(_nobody, later)] = open_on()["credits.decide"]
    assert later > due
    row.refresh_from_db()
    row = decided(cast, row, 400)
    mine = cast.people["apprentice"].pk
    assert set(open_on()) == {"credits.decide", "credits.answered"}
    assert open_on()["credits.answered"] == [(mine, TODAY)]
    posted(cast, row)
    assert open_on() == {"credits.answered": [(mine, TODAY)]}
    assert open_on(8) == {}


def test_a_refusal_is_told_and_a_withdrawal_is_not(cast: Cast, reached: Reached) -> None:
    earning(cast)
    reached.add(cast.people["apprentice"], "fitter")
    goal, some = diploma(cast), credits(account(cast))
    first = asked(cast, goal, some)
    actions.withdraw_request(first, by=cast.actor("apprentice", cast.college), at=AT)
    assert open_on() == {}
    decided(cast, asked(cast, goal, some), 0)
    assert set(open_on()) == {"credits.answered"}
