"""How values are said: names in the reader's language, days, moments, reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.words import KIND_NAMES, ROLE_NAMES
from craftpath.kernel.roles import Role
from craftpath.values.text import Text
from craftpath.values.verdict import Verdict

register = template.Library()


@register.filter
def text(value: Any) -> str:
    """A Text, or the JSON of one, in the reader's language."""
    return Text.of(value).say(get_language() or "zh-hans")


@register.filter
def both(value: Any) -> str:
    """A Text in both languages, side by side."""
    return Text.of(value).both()


@register.filter
def listed(names: Iterable[object]) -> str:
    """Names one after the other, as the language separates them."""
    return pgettext("between the names of a list", ", ").join(str(name) for name in names)


def together(sentences: Iterable[str]) -> str:
    """Sentences one after the other, with a space between them where the language has one."""
    return reduce(
        lambda first, second: gettext("%(first)s %(second)s") % {"first": first, "second": second}, sentences
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people say it; nothing prints –."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "DATE_FORMAT")


@register.filter
def weekday(value: date) -> str:
    """A day with its weekday, for pages of one week."""
    return f"{day(value)} {date_format(value, 'D')}"


@register.filter
def weekday_letter(value: date) -> str:
    """The shortest name of a weekday: Mon, 一."""
    return date_format(value, "D").removeprefix("星期")


@register.filter
def moment(value: datetime | None) -> str:
    """A moment, relative only within a week."""
    if value is None:
        return "–"
    passed, local = timezone.now() - value, timezone.localtime(value)
    if not timedelta(0) <= passed < timedelta(days=7):
        return date_format(local, "DATETIME_FORMAT")
    if passed < timedelta(hours=1):
        return _minutes_ago(passed // timedelta(minutes=1))
    days = (timezone.localdate() - local.date()).days
    if days == 0 or passed < timedelta(hours=6):
        hours = passed // timedelta(hours=1)
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    if days == 1:
        return gettext("yesterday, %(time)s") % {"time": date_format(local, "TIME_FORMAT")}
    return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}


def _minutes_ago(minutes: int) -> str:
    if not minutes:
        return gettext("just now")
    return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}


@register.filter
def points(value: Decimal | str | None) -> str:
    """A figure without needless zeros; nothing prints –."""
    if value is None or value == "":
        return "–"
    number = Decimal(value)
    return f"{number.normalize():f}" if number == number.to_integral_value() else f"{number:f}".rstrip("0")


@register.filter
def in_points(value: Decimal) -> str:
    """What a question is worth: 1 point, 2.5 points."""
    return ngettext("%(points)s point", "%(points)s points", 1 if value == 1 else 2) % {
        "points": points(value)
    }


@register.filter
def hours(minutes: int | None) -> str:
    """Minutes as people say them: 40 h, 7 h 30 min; nothing prints –."""
    if minutes is None:
        return "–"
    whole, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not rest:
        return sign + gettext("%(hours)s h") % {"hours": whole}
    if not whole:
        return sign + gettext("%(minutes)s min") % {"minutes": rest}
    return sign + gettext("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}


@register.filter
def in_hours(minutes: int) -> str:
    """Minutes as a bare number of hours, for fields and narrow cells: 40, 1.5, 0.75."""
    return f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".")


@register.filter
def whole(value: Fraction | None) -> str:
    """A share as a whole number, halves up; nothing prints –."""
    return "–" if value is None else f"{int(value + Fraction(1, 2))}"


@register.filter
def role(value: str) -> str:
    """The name of a role."""
    return str(ROLE_NAMES[Role(value)])


@register.filter
def kind(value: str) -> str:
    """The name of a kind of organisation."""
    return str(KIND_NAMES[value])


@register.filter
def reason(verdict: Verdict) -> str:
    """Why something is refused, in words; empty for a yes."""
    return "" if verdict else sentence(verdict)


@register.filter
def lookup(table: dict[Any, Any], key: Any) -> Any:
    """`table[key]`, or nothing."""
    return table.get(key, "")
