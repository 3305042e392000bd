"""How allowances are said: amounts, months, rules in words, a line's arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.payments import decimal
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.domain.allowances.explaining import explanation
from craftpath.domain.allowances.texts import COMPONENTS, PAYERS, RUN_STATES, SCOPES
from craftpath.domain.pairing.texts import KINDS, ROLES

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Cap, Line, Rule, Run
    from craftpath.engines.allowances import monthly

TONES = {"open": "plain", "computed": "attention", "checked": "attention", "approved": "info", "paid": "good"}
_UNITS = {"CNY": "元", "EUR": "欧元", "USD": "美元", "GBP": "英镑", "AUD": "澳元"}
MINUS = "−"


def figure(minor: int, currency: str) -> str:
    """An amount without its currency: 1,234.50."""
    text = f"{abs(decimal(minor, currency)):,}"
    return f"{MINUS}{text}" if minor < 0 else text


def unit(currency: str) -> str:
    """The currency as the reader's language has it."""
    chinese = (get_language() or "zh").startswith("zh")
    return _UNITS.get(currency, currency) if chinese else currency


def money(minor: int, currency: str) -> str:
    """An amount with its currency."""
    facts = {"amount": figure(minor, currency), "unit": unit(currency)}
    return pgettext("money", "%(unit)s %(amount)s") % facts


def month(value: date) -> str:
    """Such as November 2026."""
    return date_format(value, "YEAR_MONTH_FORMAT")


def state(run: Run, computing: bool = False) -> tuple[str, str]:
    """(words, tone) of a run's badge."""
    if computing:
        return pgettext("a month of allowances", "Being computed"), "info"
    return str(RUN_STATES[run.state]), TONES[run.state]


def percent(thousandths: int) -> str:
    """600 as 60 %."""
    return share(Fraction(thousandths, 1000))


def share(value: Fraction) -> str:
    """A factor in percent, with one place where it needs one."""
    whole = value * 100
    return f"{int(whole)} %" if whole.denominator == 1 else f"{float(whole):.1f} %"


def arithmetic(row: Line) -> str:
    """Such as 200.00 × 17/30 days × 60 % = 68.00; what is only taken back has the amount alone."""
    told, currency = explanation(row), row.rule.book.currency
    if told is None:
        return figure(row.amount, currency)
    days = row.detail["days"]
    sums = " + ".join(" × ".join(steps(one, currency, days)) for one in told.products)
    said = f"{sums} = {figure(told.rounded, currency)}"
    for cap, _change in told.caps:
        facts = {"what": SCOPES[cap.scope.value], "most": figure(cap.most, currency)}
        said += _("; cap (%(what)s) %(most)s") % facts
    return said if told.amount == told.rounded else f"{said} → {figure(told.amount, currency)}"


def worked_line(line: monthly.Line) -> str:
    """The arithmetic of a line that the engine has just made."""
    from craftpath.engines.allowances.monthly import explain  # noqa: PLC0415 - NumPy, which no start needs

    told, currency = explain(line), line.rule.currency
    sums = " + ".join(" × ".join(steps(one, currency, line.month_days)) for one in told.products)
    return f"{sums} = {figure(told.rounded, currency)}"


def steps(product: monthly.Product, currency: str, days: int) -> Iterator[str]:
    """The factors of one part, in words; what changes nothing is left out."""
    for one in product.steps:
        if one.code == "amount":
            yield figure(one.value or 0, currency)
        elif one.code == "days":
            yield _("%(days)s/%(all)s days") % {"days": one.value, "all": days}
        elif one.code == "hours":
            yield _("%(hours)s h") % {"hours": _decimal(one.factor)}
        elif one.code == "share":
            yield share(one.factor)
        elif one.factor != 1 or one.code == "result":
            yield _condition(one)


def _condition(one: monthly.Step) -> str:
    facts = {"factor": share(one.factor), "value": one.value}
    if one.code == "apprentices":
        words = ngettext(
            "%(factor)s (%(value)s apprentice)", "%(factor)s (%(value)s apprentices)", one.value or 0
        )
        return words % facts
    if one.code == "result":
        return _("%(factor)s (result %(value)s)") % (
            facts | {"value": _decimal(Fraction(one.value or 0, 100))}
        )
    if one.code == "over_capacity":
        return _("%(factor)s (more apprentices than allowed)") % facts
    if one.code == "undecided":
        return _("%(factor)s (no decided result)") % facts
    return _("%(factor)s (too few confirmed hours)") % facts


def _decimal(value: Fraction) -> str:
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return text or "0"


def rule_words(rule: Rule, currency: str, stages: dict[str, str]) -> list[str]:
    """What a rule says, a phrase each: amount, who pays, for whom, and what makes it less."""
    amount = money(rule.amount, currency)
    per = _("%(amount)s for each confirmed hour") if rule.basis != "pair_month" else _("%(amount)s a month")
    said = [per % {"amount": amount}, _("paid by: %(who)s") % {"who": PAYERS[rule.payer]}]
    said.append(
        listed(KINDS[key] for key in rule.kinds if key in KINDS) if rule.kinds else _("all kinds of pairs")
    )
    if rule.roles:
        said.append(listed(ROLES[key] for key in rule.roles if key in ROLES))
    if rule.occupations:
        said.append(listed(rule.occupations))
    if rule.stages:
        said.append(listed(stages.get(key, key) for key in rule.stages))
    said += _bands(rule)
    if rule.least_hours:
        said.append(_("from %(hours)s confirmed hours a month on") % {"hours": rule.least_hours})
    if rule.least_weeks:
        said.append(_("from %(weeks)s weeks with confirmed hours on") % {"weeks": rule.least_weeks})
    if rule.basis == "pair_month":
        said.append(_("by days") if rule.by_day else _("whole, by the last day"))
    return said


def _bands(rule: Rule) -> Iterator[str]:
    for most, factor in rule.ratio:
        facts: dict[str, Any] = {"most": most, "factor": percent(factor)}
        words = (
            _("up to %(most)s apprentices: %(factor)s")
            if most is not None
            else _("more apprentices: %(factor)s")
        )
        yield words % facts
    if rule.over_capacity is not None:
        yield _("beyond the capacity: %(factor)s") % {"factor": percent(rule.over_capacity)}
    for least, factor in rule.results:
        facts = {"least": _decimal(Fraction(least, 100)), "factor": percent(factor)}
        yield _("result from %(least)s on: %(factor)s") % facts
    if rule.results:
        yield _("no decided result: %(factor)s") % {"factor": percent(rule.undecided)}


def cap_words(cap: Cap, currency: str) -> str:
    """Such as: a trainer in a month, at most 1,000.00."""
    facts = {"what": SCOPES[cap.scope], "most": money(cap.most, currency)}
    if cap.component:
        return _("%(what)s: at most %(most)s (%(component)s)") % (
            facts | {"component": COMPONENTS[cap.component]}
        )
    return _("%(what)s: at most %(most)s") % facts
