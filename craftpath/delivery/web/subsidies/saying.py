"""How subsidies are said: amounts, the arithmetic as one line, states as badges, measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.subsidies.texts import FILE_STATES, LEVELS, MEASURES
from craftpath.values.money import MINOR_DIGITS

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePerson, SubsidyFile

TONES = {
    "filed": "info",
    "claimed": "info",
    "noticed": "info",
    "returned": "attention",
    "claim_returned": "attention",
    "refund_due": "wrong",
    "registered": "good",
    "advanced": "good",
    "completed": "good",
    "settled": "good",
}
_UNITS = {"CNY": "元"}
YEAR = 12


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of the sheet: how it is worked out, the amount, and whether that is nothing."""

    how: str
    amount: str
    zero: bool


def plain(minor: int, currency: str) -> str:
    """An amount without its currency: 112,500 or 1,234.50; a real minus."""
    digits = MINOR_DIGITS[currency]
    whole, rest = divmod(abs(minor), 10**digits)
    figure = f"{whole:,}" + (f".{rest:0{digits}}" if rest else "")
    return f"−{figure}" if minor < 0 else figure


def amount(minor: int | None, currency: str) -> str:
    """An amount with its currency: CNY 112,500, 112,500 元; nothing decided prints –."""
    if minor is None:
        return "–"
    figure = plain(minor, currency)
    if (get_language() or "zh").startswith("zh"):
        return f"{figure} {_UNITS.get(currency, currency)}"
    return f"{currency} {figure}"


def currency(file: SubsidyFile) -> str:
    """The currency of a file's scheme."""
    return str(file.scheme.definition["currency"])


def title(file: SubsidyFile) -> str:
    """The class, and the level that it aims at."""
    return f"{text(file.name)} · {LEVELS[file.level]}"


def badge(file: SubsidyFile) -> tuple[str, str]:
    """(words, tone) of the state."""
    return str(FILE_STATES[file.state]), TONES.get(file.state, "plain")


def scheme_name(row: Any) -> str:
    """Region and version."""
    return _("%(name)s, version %(version)s") % {"name": text(row.name), "version": row.version}


def years(months: int) -> str:
    """2 years, or 18/12 years where they are not whole."""
    if months % YEAR == 0:
        count = months // YEAR
        return ngettext("%(count)s year", "%(count)s years", count) % {"count": count}
    return _("%(months)s/12 years") % {"months": months}


def _people(code: str, heads: int) -> str:
    said = {
        "advance": ngettext("%(count)s planned", "%(count)s planned", heads),
        "certified": ngettext("%(count)s finished", "%(count)s finished", heads),
        "uncertified": ngettext(
            "%(count)s finished without a certificate", "%(count)s finished without a certificate", heads
        ),
        "left": ngettext("%(count)s left", "%(count)s left", heads),
    }
    return said[code] % {"count": heads}


def _paid(code: str, heads: int) -> str:
    said = {
        "advance_paid": _("advance paid"),
        "advance_of_finished": _("advance of %(count)s finished") % {"count": heads},
        "advance_of_unfinished": _("advance of %(count)s not finished, taken back") % {"count": heads},
    }
    return said[code]


def _share(share: Fraction) -> str:
    percent = share * 100
    return f"{percent.numerator} %" if percent.denominator == 1 else f"{float(percent):.1f} %"


def how(step: Mapping[str, Any], unit: str) -> str:
    """33 finished × 5,000 × 2 years; of an advance its share too."""
    if step["code"].startswith("advance_"):
        return _paid(step["code"], step["heads"])
    parts = [_people(step["code"], step["heads"]), plain(step["rate"], unit), years(step["months"])]
    share = Fraction(step["share"])
    return " × ".join([*parts, *([_share(share)] if share != 1 else [])])


def lines(steps: Sequence[Mapping[str, Any]], unit: str) -> list[MoneyLine]:
    """Every line, as it was frozen or as it would be."""
    return [MoneyLine(how(one, unit), plain(one["amount"], unit), not one["amount"]) for one in steps]


def sentence(steps: Sequence[Mapping[str, Any]], unit: str) -> str:
    """33 finished × 5,000 × 2 years − advance paid 112,500 = 217,500: all lines that are not nothing, and their sum."""
    said = ""
    for one in (one for one in steps if one["amount"]):
        minus = one["amount"] < 0
        words = how(one, unit)
        if one["code"].startswith("advance_"):
            words = f"{words} {plain(abs(one['amount']), unit)}"
        said += (" − " if minus else " + " if said else "") + words
    total = sum(one["amount"] for one in steps)
    return f"{said or '0'} = {plain(total, unit)}"


def measure(row: Mapping[str, Any]) -> str:
    """People in a class: at least 10, at most 40."""
    return f"{MEASURES.get(row['measure'], row['measure'])}: {bound(row)}"


def bound(row: Mapping[str, Any]) -> str:
    """At least 12, at most 36."""
    parts = []
    if row.get("least") is not None:
        parts.append(_("at least %(least)s") % {"least": row["least"]})
    if row.get("most") is not None:
        parts.append(_("at most %(most)s") % {"most": row["most"]})
    return ", ".join(parts)


def person(row: FilePerson) -> str:
    """Number and name."""
    return f"{row.enrolment.number} {row.person.name}"


def options(named: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Labels as choices."""
    return [(key, str(name)) for key, name in named.items()]


def some(names: Iterable[str], most: int = 3) -> str:
    """The first few names, and how many more."""
    names = list(names)
    shown = " · ".join(names[:most])
    more = len(names) - most
    return shown if more <= 0 else _("%(names)s and %(count)s more") % {"names": shown, "count": more}
