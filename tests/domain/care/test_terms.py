"""Notifications as rows: which bind, and by when; on calendars with holidays, hours, and what is not known yet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from craftpath.domain.care.states import OPEN
from craftpath.domain.care.terms import HOURS, duties, read_duties, steps
from craftpath.engines.deadlines import DayRow, calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEYS = {duty.key: duty for duty in duties()}
HOLIDAYS = [DayRow(date(2026, 10, day), False) for day in (1, 2, 5, 6, 7)]
DAYS = calendar(date(2026, 1, 1), date(2027, 12, 31), HOLIDAYS, announced_until=date(2026, 12, 31))


def bound(country: str, severity: str, hurt: str = "apprentice", absence: int | None = None) -> set[str]:
    return {
        duty.key
        for duty in duties()
        if duty.binds(country=country, severity=severity, hurt=hurt, absence_days=absence)
    }


@pytest.mark.parametrize(
    ("country", "severity", "absence", "keys"),
    [
        ("CN", "first_aid", None, set()),
        ("CN", "near_miss", None, set()),
        ("CN", "lost_time", None, {"cn_injury_application"}),
        ("CN", "serious", 30, {"cn_injury_application", "cn_accident_report"}),
        ("DE", "lost_time", 3, set()),
        ("DE", "lost_time", 4, {"de_accident_report"}),
        ("DE", "lost_time", None, {"de_accident_report"}),
        ("DE", "fatal", 0, {"de_accident_report", "de_fatal_at_once"}),
        ("GB", "lost_time", 7, set()),
        ("GB", "lost_time", 8, {"gb_over_seven_days"}),
        ("GB", "serious", None, {"gb_at_once", "gb_report"}),
        ("US", "fatal", None, {"us_fatality", "us_log"}),
        ("US", "serious", None, {"us_severe", "us_log"}),
        ("AU", "serious", None, {"au_at_once"}),
        ("", "fatal", None, set()),
    ],
)
def test_what_binds_follows_from_country_severity_and_absence(
    country: str, severity: str, absence: int | None, keys: set[str]
) -> None:
    assert bound(country, severity, absence=absence) == keys


def test_where_nobody_was_hurt_only_the_accident_itself_is_told() -> None:
    assert bound("CN", "serious", hurt="nobody") == {"cn_accident_report"}
    assert bound("DE", "lost_time", hurt="nobody") == set()


@pytest.mark.parametrize(
    ("key", "due"),
    [
        # thirty days after Tuesday 1 September are 1 October, a holiday: the next workday is Thursday 8 October
        ("cn_injury_application", datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)),
        # an hour after it became known
        ("cn_accident_report", datetime(2026, 9, 3, 1, 0, tzinfo=UTC)),
        # three days after Thursday 3 September are a Sunday
        ("de_accident_report", datetime(2026, 9, 7, 15, 59, 59, tzinfo=UTC)),
        # fifteen days stay where they fall: Wednesday 16 September
        ("gb_over_seven_days", datetime(2026, 9, 16, 15, 59, 59, tzinfo=UTC)),
        ("us_fatality", datetime(2026, 9, 3, 8, 0, tzinfo=UTC)),
        ("us_severe", datetime(2026, 9, 4, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_deadline_runs_from_its_anchor(key: str, due: datetime) -> None:
    occurred, known = datetime(2026, 9, 1, 2, 0, tzinfo=UTC), datetime(2026, 9, 3, 0, 0, tzinfo=UTC)
    found, assumed = KEYS[key].due_at(occurred, known, SHANGHAI, DAYS)
    assert (found.astimezone(UTC), assumed) == (due, False)


def test_a_due_day_in_a_year_that_is_not_announced_may_move() -> None:
    late = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)
    assert KEYS["cn_injury_application"].due_at(late, late, SHANGHAI, DAYS)[1]
    assert not KEYS["us_fatality"].due_at(late, late, SHANGHAI, DAYS)[1]


def test_every_open_state_of_a_complaint_has_its_term() -> None:
    assert set(steps()) == set(OPEN)


def test_every_row_says_who_is_told_from_where_and_how_sure() -> None:
    for duty in duties():
        assert all(text.zh and text.en for text in (duty.name, duty.to, duty.source))
        assert (duty.term is None) == (duty.hours > 0)


ROW = """
[[row]]
key = "x"
country = "CN"
severities = ["fatal"]
anchor = "{anchor}"
count = 1
unit = "{unit}"
conf = "{conf}"
name = {{ zh = "甲", en = "A" }}
to = {{ zh = "甲", en = "A" }}
source = {{ zh = "甲", en = "A" }}
"""


@pytest.mark.parametrize(
    "text",
    [
        ROW.format(anchor="told", unit=HOURS, conf="M"),
        ROW.format(anchor="known", unit="fortnights", conf="M"),
        ROW.format(anchor="known", unit=HOURS, conf="?"),
        2 * ROW.format(anchor="known", unit=HOURS, conf="M"),
    ],
)
def test_a_file_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_duties(text)
