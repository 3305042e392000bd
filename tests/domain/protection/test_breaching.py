"""Breaches of personal data: reported at once, found out, told, and closed only then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.protection import actions
from craftpath.domain.protection.models import Breach
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.protection.world import known, reported

pytestmark = pytest.mark.usefixtures("all_rows")
TOLD: dict[str, Any] = {
    "authority_at": AT, "authority_words": "网信办，受理号 12", "people_at": AT, "people_words": "逐一电话",
}  # fmt: skip


def test_nobody_finds_anything_tomorrow(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        reported(cast, found_at=AT + timedelta(days=1))
    assert caught.value.verdict.reason == "protection.in_the_future"
    assert not Breach._base_manager.exists()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, "protection.say_whether_the_authority"),
        ({"authority_words": "无须报告：已加密"}, "protection.say_whether_the_people"),
        (TOLD | {"measures": ""}, "protection.say_what_was_done"),
    ],
)
def test_it_is_closed_once_whoever_has_to_know_does(cast: Cast, other: dict[str, Any], why: str) -> None:
    by = cast.actor("administrator")
    row = actions.assess_breach(reported(cast), known(**other), by=by, at=AT)
    with pytest.raises(Refused) as caught:
        actions.close_breach(row, by=by, at=AT)
    assert caught.value.verdict.reason == why
    row = actions.assess_breach(row, known(**TOLD), by=by, at=AT)
    for _ in range(2):
        row = actions.close_breach(row, by=by, at=AT)
    assert (row.state, row.closed_at, row.people) == ("closed", AT, 23)
    with pytest.raises(Refused):
        actions.assess_breach(row, known(), by=by, at=AT)


def test_nobody_is_told_before_it_was_found(cast: Cast) -> None:
    row = reported(cast)
    early = known(authority_at=row.found_at - timedelta(hours=1), authority_words="网信办")
    with pytest.raises(Refused) as caught:
        actions.assess_breach(row, early, by=cast.actor("administrator"), at=AT)
    assert caught.value.verdict.reason == "protection.told_before_found"


def test_it_is_a_duty_until_it_stands_there_who_was_told(cast: Cast) -> None:
    row = reported(cast)
    kind = next(one for one in KINDS.values() if one.code == "protection.breach")

    def waits() -> int:
        return sum(len(some) for some in open_duties(kind, Clock(Asked(AT, TODAY))))

    assert waits() == 1
    actions.assess_breach(
        row, known(authority_words="无须报告：已加密"), by=cast.actor("administrator"), at=AT
    )
    assert waits() == 0


def test_only_the_office_looks_after_it(cast: Cast) -> None:
    row = reported(cast)
    with pytest.raises(Refused):
        actions.assess_breach(row, known(), by=cast.actor("coordinator"), at=AT)
