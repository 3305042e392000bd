"""Public holidays as they were announced, by country and year, from two kept libraries.

China's make-up workdays are announced for one year at a time, late in the year before; for a year not announced yet
the statutory days are given without them, and it is said that they may move.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import holidays
from chinese_calendar.constants import holidays as china_off
from chinese_calendar.constants import workdays as china_on

CHINA = "CN"
_CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """A day that differs from its weekday, with its name in the languages that are known."""

    on: date
    works: bool
    name: dict[str, str]


def countries() -> list[str]:
    """ISO 3166 codes of the countries whose holidays are known."""
    return sorted(code for code in holidays.list_supported_countries() if len(code) == 2)


def official_days(country: str, year: int) -> tuple[list[OfficialDay], bool]:
    """The days of a year, and whether all of them are announced; KeyError for a country that is not known."""
    if country not in countries():
        raise KeyError(country)
    if country == CHINA and any(day.year == year for day in china_off):
        days = [OfficialDay(day, False, _named(name)) for day, name in china_off.items() if day.year == year]
        days += [OfficialDay(day, True, _named(name)) for day, name in china_on.items() if day.year == year]
        return sorted(days, key=lambda row: row.on), True
    found = holidays.country_holidays(country, years=year, language="zh_CN" if country == CHINA else None)
    language = "zh" if country == CHINA else "en"
    days = [OfficialDay(day, False, {language: name}) for day, name in sorted(found.items())]
    return days, country != CHINA


def _named(name: str) -> dict[str, str]:
    return {"zh": _CHINESE.get(name, name), "en": name}
