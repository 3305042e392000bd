"""Working calendars: official days, an organisation's own, what is not announced, and what cannot be."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from craftpath.engines.deadlines import Term, Unit, due
from craftpath.kernel.access import system
from craftpath.kernel.official_days import countries, official_days
from craftpath.kernel.workdays import (
    CalendarYear,
    Day,
    calendar_for,
    load_official_year,
    save_calendar_year,
    years_for,
)
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

pytestmark = pytest.mark.usefixtures("all_rows")
OFF = Day(date(2026, 10, 1), False, {"zh": "国庆节", "en": "National Day"})


def test_china_s_make_up_days_are_known_for_the_years_that_were_announced() -> None:
    days, announced = official_days("CN", 2026)
    worked = {row.on for row in days if row.works}
    assert announced
    assert {date(2026, 9, 20), date(2026, 10, 10)} <= worked
    assert {row.name["zh"] for row in days if row.on == date(2026, 10, 1)} == {"国庆节"}


def test_a_year_not_announced_has_its_statutory_days_and_says_so() -> None:
    days, announced = official_days("CN", 2031)
    assert not announced
    assert date(2031, 10, 1) in {row.on for row in days}
    assert not any(row.works for row in days)


def test_other_countries_announce_by_law() -> None:
    assert {"AU", "CN", "DE", "GB", "US"} <= set(countries())
    days, announced = official_days("DE", 2027)
    assert announced
    assert date(2027, 10, 3) in {row.on for row in days}


def test_the_nearest_organisation_decides_a_year_whole(cast: Cast) -> None:
    load_official_year(None, "CN", 2026, by=system(), at=AT)
    save_calendar_year(cast.jinheng, 2026, [OFF], announced=True, by=system(), at=AT)
    tomorrow = Term(1, Unit.WORKDAYS)
    before = np.array(["2026-09-30"], "datetime64[D]")
    assert due(before, tomorrow, calendar_for(cast.college, TODAY)).days[0] == np.datetime64("2026-10-08")
    assert due(before, tomorrow, calendar_for(cast.jinheng, TODAY)).days[0] == np.datetime64("2026-10-02")
    assert years_for(cast.jinheng)[2026].organisation == cast.jinheng


def test_without_a_row_there_are_weekends_and_nothing_counts_as_announced(cast: Cast) -> None:
    over = calendar_for(cast.college, TODAY)
    assert not over.works_on(date(2026, 10, 3))
    assert over.works_on(date(2026, 10, 1))
    assert due([TODAY], Term(1, Unit.WORKDAYS), over).assumed.tolist() == [True]


def test_what_lies_after_the_last_announced_year_is_assumed(cast: Cast) -> None:
    load_official_year(None, "CN", 2026, by=system(), at=AT)
    load_official_year(None, "CN", 2027, by=system(), at=AT)
    over = calendar_for(cast.college, TODAY)
    found = due([date(2026, 12, 20), date(2026, 12, 31)], Term(5, Unit.WORKDAYS), over)
    assert found.assumed.tolist() == [False, True]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (Day(date(2026, 10, 1), True, {}), "kernel.calendar_twice"),
        (Day(date(2026, 11, 30), True, {}), "kernel.calendar_works_already"),
        (Day(date(2027, 1, 1), False, {}), "kernel.calendar_outside"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused_and_the_old_one_stands(
    day: Day, reason: str, cast: Cast
) -> None:
    save_calendar_year(cast.college, 2026, [OFF], announced=True, by=cast.actor("administrator"), at=AT)
    with pytest.raises(Refused) as caught:
        save_calendar_year(
            cast.college, 2026, [OFF, day], announced=True, by=cast.actor("administrator"), at=AT
        )
    assert caught.value.verdict.reason == reason
    assert CalendarYear.objects.get(year=2026).rows == [OFF]


@pytest.mark.parametrize("weekend", [[0, 1, 2, 3, 4, 5, 6], [7], [-1]])
def test_a_week_without_a_workday_is_refused(weekend: list[int], cast: Cast) -> None:
    with pytest.raises(Refused):
        save_calendar_year(cast.college, 2026, [], announced=True, weekend=weekend, by=system(), at=AT)


def test_a_friday_and_saturday_can_be_free(cast: Cast) -> None:
    save_calendar_year(cast.college, 2026, [], announced=True, weekend=[4, 5], by=system(), at=AT)
    over = calendar_for(cast.college, TODAY)
    assert over.works_on(date(2026, 9, 20))
    assert not over.works_on(date(2026, 9, 18))


def test_an_unknown_country_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        load_official_year(cast.college, "XX", 2026, by=system(), at=AT)
    assert caught.value.verdict.reason == "kernel.calendar_country_unknown"


@pytest.mark.parametrize("who", ["coordinator", "trainer", "apprentice"])
def test_the_calendar_is_kept_by_whoever_administers(who: str, cast: Cast) -> None:
    with pytest.raises(Refused):
        save_calendar_year(cast.college, 2026, [OFF], announced=True, by=cast.actor(who), at=AT)
