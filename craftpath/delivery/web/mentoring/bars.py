"""Minutes of meetings by month as bars, with their figures as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.itemreport.plots import Axis, Plot

HEIGHT = 110  # of the drawing, in points
MONTHS = 12  # that are drawn: the last year at most
LEAST = 60  # minutes that the scale reaches at least
GAP = 0.18  # of a month's width that stays free on either side of its bar


def bars(by_month: Mapping[date, tuple[int, int]], first: date, today: date, n: int) -> Plot:
    """The months from the first of the pair, twelve at most, to today's; months without a meeting are empty.

    `by_month` is first day of a month → (minutes, meetings), `n` how many meetings there are at all.
    """
    months = _months(max(first.replace(day=1), back(today, MONTHS - 1)), today.replace(day=1))
    told = [by_month.get(month, (0, 0)) for month in months]
    most = scale(max(minutes for minutes, _count in told))
    plot = Plot(
        label=_("Minutes together, by month"),
        x=Axis(
            0,
            len(months),
            tuple(n + 0.5 for n in range(len(months))),
            names=tuple(str(m.month) for m in months),
        ),
        y=Axis(0, most, (0, most / 2, most)),
        x_name="",
        y_name="",
        n=n,
        height=HEIGHT,
    )
    for place, (month, (minutes, count)) in enumerate(zip(months, told, strict=True)):
        name = formats.date_format(month, "YEAR_MONTH_FORMAT")
        if minutes:
            plot.bar(place + GAP, place + 1 - GAP, minutes, "bar", f"{name}: {minutes}")
        plot.rows.append([name, minutes, count])
    plot.head = [_("Month"), pgettext("a meeting", "Minutes"), _("Meetings")]
    return plot


def scale(most: int) -> int:
    """Up to where the minutes are drawn: whole hours, an even number of them beyond the first."""
    return -(-most // (2 * LEAST)) * 2 * LEAST if most > LEAST else LEAST


def back(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _months(first: date, last: date) -> list[date]:
    found = [min(first, last)]
    while found[-1] < last:
        found.append(back(found[-1], -1))
    return found
