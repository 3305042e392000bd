"""Words of figures: quarters, units, groups of indicators, and what stands where a figure is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from craftpath.delivery.web.components.charting import Bar, Unit
from craftpath.delivery.web.components.tabled import said
from craftpath.delivery.web.indicators.asking import TOGETHER
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight.queries import Row

if TYPE_CHECKING:
    from craftpath.engines.indicators import Indicator

_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")

DIMENSIONS = {
    "place": pgettext_lazy("of figures", "Place"),
    "stage": pgettext_lazy("of figures", "Stage"),
    "occupation": pgettext_lazy("of figures", "Occupation"),
    "enterprise": pgettext_lazy("of figures", "Enterprise"),
    "period": pgettext_lazy("of figures", "Quarter"),
}
BY = {
    "place": gettext_lazy("By place"),
    "stage": gettext_lazy("By stage"),
    "occupation": gettext_lazy("By occupation"),
    "enterprise": gettext_lazy("By enterprise"),
}
ALL = {
    "place": gettext_lazy("all places"),
    "stage": gettext_lazy("all stages"),
    "occupation": gettext_lazy("all occupations"),
    "enterprise": gettext_lazy("all enterprises"),
}


def quarter(value: str) -> str:
    """A quarter as people say it, or all of them."""
    if value == TOGETHER:
        return _("All quarters")
    found = _QUARTER.match(value)
    if found is None:
        return value
    return _("Q%(number)s %(year)s") % {"number": found[2], "year": found[1]}


def quarters(values: Iterable[str], now: str) -> list[tuple[str, str]]:
    """Quarters to choose from; the present one says that it is not over."""
    return [
        (one, _("%(quarter)s (not over yet)") % {"quarter": quarter(one)} if one == now else quarter(one))
        for one in values
    ]


def quarter_short(value: str) -> str:
    """The same for axes and narrow columns."""
    found = _QUARTER.match(value)
    return value if found is None else f"{found[1]} Q{found[2]}"


def hidden(why: str) -> str:
    """What stands where a figure is not: never how few, and never which of two cells protects the other."""
    match why:
        case "insight.too_few" | "insight.protects_others" | "insight.too_fine":
            return pgettext("instead of a figure", "few people")
        case "insight.not_recorded" | "insight.unknown_indicator":
            return pgettext("instead of a figure", "not recorded")
        case "insight.open_end":
            return pgettext("instead of a figure", "too early to say")
        case "insight.empty":
            return pgettext("instead of a figure", "nobody yet")
        case _:
            return "–"


def unit(indicator: Indicator) -> Unit:
    """How the figures of an indicator are said."""
    match indicator.unit.value:
        case "share":
            return Unit("%", "%", Decimal(0), Decimal(100))
        case "hours":
            return Unit(pgettext("unit", "hours"), _(" h"), Decimal(0))
        case "months":
            return Unit(pgettext("unit", "months"), _(" months"), Decimal(0))
        case "quarters":
            return Unit(pgettext("unit", "quarters"), _(" quarters"), Decimal(0))
        case "points":
            return Unit(pgettext("unit", "points"), _(" points"), Decimal(0))
        case "scale":
            return Unit(pgettext("unit", "of 5"), _(" of 5"), Decimal(0), Decimal(5))
        case "levels":
            return Unit(pgettext("unit", "levels"), _(" levels"))
        case "credits":
            return Unit(pgettext("unit", "credits"), _(" credits"), Decimal(0))
        case "money":
            return Unit(pgettext("unit", "yuan"), _(" yuan"))
        case "ratio":
            return Unit(pgettext("unit", "ratio"), "", Decimal(0))
        case _:
            return Unit(pgettext("unit", "number"), "", Decimal(0))


def shown(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    """A figure as it is read: shares in per cent with one place, all else as it is published."""
    if value is None or indicator.unit.value != "share":
        return value
    return (value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def bar(indicator: Indicator, row: Row | None, label: str, *, key: str = "") -> Bar:
    """A figure of the record as a row of a chart."""
    if row is None:
        return Bar(label, None, why="–", key=key)
    if row.value is None:
        return Bar(label, None, None if row.suppressed else row.n, why=hidden(row.why), key=key)
    value, low, high = (shown(indicator, one) for one in (row.value, row.low, row.high))
    return Bar(label, value, row.n, low, high, key=key)


def apart(one: Bar, whole: Bar) -> str:
    """Whether a group lies above or below the whole beyond chance: its interval leaves the figure of the whole out."""
    if one.low is None or one.high is None or whole.value is None:
        return ""
    return "above" if one.low > whole.value else "below" if one.high < whole.value else ""


def moved(now: Bar, before: Bar) -> str:
    """Whether a figure changed beyond chance: the two intervals do not meet."""
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return ""
    return "above" if now.low > before.high else "below" if now.high < before.low else ""


def tone(indicator: Indicator, way: str) -> str:
    """Whether a move or a distance is for the better."""
    better = indicator.better.value
    if better == "none" or not way:
        return "plain"
    return "good" if (better == "up") == (way == "above") else "attention"


def difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """How much a figure changed; None where one of the two is absent."""
    return None if now is None or before is None else now - before


def signed(value: Decimal | None) -> str:
    """A change with its sign."""
    if value is None:
        return "–"
    return f"+{said(value)}" if value > 0 else said(value) if value < 0 else "±0"


def whole() -> str:
    """What all groups together are called."""
    return pgettext("of figures", "All")


def name(indicator: Indicator) -> str:
    """What an indicator is called."""
    return text(indicator.name)
