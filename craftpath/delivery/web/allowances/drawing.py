"""Months as bars: totals in the currency's unit, on the frame that reports are drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.exchange.payments import decimal
from craftpath.delivery.web.allowances import saying
from craftpath.delivery.web.itemreport.plots import Plot, axis

GAP = 0.18  # of the width of a month, left and right of its bar
NARROW = 8  # months from which on only every second one is named
HEIGHT = 180


def bars(
    months: Sequence[tuple[date, int]], currency: str, label: str, now: date | None = None
) -> Plot | None:
    """A bar a month, the oldest left; `now` is drawn in another colour. None for fewer than two."""
    if len(months) < 2:  # noqa: PLR2004 - one bar says nothing
        return None
    values = [float(decimal(amount, currency)) for _month, amount in months]
    every = 2 if len(months) > NARROW else 1
    names = tuple(_name(month) if n % every == 0 else "" for n, (month, _amount) in enumerate(months))
    ticks = tuple(n + 0.5 for n in range(len(months)))
    across = replace(axis(0, len(months), about=1), low=0, high=len(months), ticks=ticks, names=names)
    plot = Plot(
        label,
        across,
        axis(min(0, *values), max(0, *values) or 1, about=4, places=0),
        "",
        saying.unit(currency),
        head=[pgettext("of allowances", "Month"), _("Sum (%(unit)s)") % {"unit": saying.unit(currency)}],
        rows=[[saying.month(month), saying.figure(amount, currency)] for month, amount in months],
        height=HEIGHT,
    )
    for n, ((month, amount), value) in enumerate(zip(months, values, strict=True)):
        words = f"{saying.month(month)}: {saying.money(amount, currency)}"
        plot.bar(n + GAP, n + 1 - GAP, value, "bar" if now in (None, month) else "bar-before", words)
    return plot


def _name(month: date) -> str:
    return date_format(month, pgettext("a month below a bar, as a date format", "M"))
