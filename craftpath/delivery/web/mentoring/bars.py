"""Minutes of meetings by month as bars: plain numbers in, attributes of a drawing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats

HEIGHT = 96  # of the drawing, in pixels
MONTHS = 12  # that are drawn: the last year at most
LEAST = 60  # minutes that the scale reaches at least


@dataclass(frozen=True, slots=True)
class Bar:
    """A month: where it stands (percent of the width), how high (pixels), its words, minutes and meetings."""

    x: str
    width: str
    y: str
    height: str
    centre: str
    month: str
    name: str
    minutes: int
    meetings: int


@dataclass(frozen=True, slots=True)
class Bars:
    """All months with the lines that help to read them, as (y, minutes)."""

    bars: Sequence[Bar]
    lines: Sequence[tuple[str, int]]
    height: int = HEIGHT


def bars(by_month: Mapping[date, tuple[int, int]], first: date, today: date) -> Bars:
    """The months from the first of the pair, twelve at most, to today's; months without a meeting are empty."""
    months = _months(max(first.replace(day=1), _back(today, MONTHS - 1)), today.replace(day=1))
    most = _round(max([LEAST, *(by_month.get(month, (0, 0))[0] for month in months)]))
    step = 100 / len(months)
    drawn = []
    for n, month in enumerate(months):
        minutes, count = by_month.get(month, (0, 0))
        height = minutes * HEIGHT / most
        drawn.append(
            Bar(
                f"{n * step + step * 0.18:.2f}", f"{step * 0.64:.2f}", f"{HEIGHT - height:.1f}", f"{height:.1f}",
                f"{(n + 0.5) * step:.2f}", str(month.month), formats.date_format(month, "YEAR_MONTH_FORMAT"),
                minutes, count,
            )
        )  # fmt: skip
    return Bars(drawn, [(f"{HEIGHT - most / 2 * HEIGHT / most:.1f}", most // 2), ("0.5", most)])


def _months(first: date, last: date) -> list[date]:
    found = [min(first, last)]
    while found[-1] < last:
        found.append(_back(found[-1], -1))
    return found


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _round(most: int) -> int:
    """A whole number of hours, even, so that half of it is whole too."""
    return -(-most // 120) * 120 if most > LEAST else LEAST
