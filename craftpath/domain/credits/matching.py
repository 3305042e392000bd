"""Which rule is in force for what on a day: the most exact one of those that fit. Over rows read before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.certificates.levels import same

if TYPE_CHECKING:
    from craftpath.domain.credits.models import ConversionRule, EarningRule, Entry
    from craftpath.domain.credits.sources import Outcome


def in_force(rows: Iterable[Any], on: date) -> list[Any]:
    """Those that hold on a day."""
    return [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]


def earning_rule(rules: Iterable[EarningRule], outcome: Outcome) -> EarningRule | None:
    """What an outcome is worth on the day on which it was reached: the nearest organisation's most exact row."""
    path = outcome.institution.path if outcome.institution is not None else ""
    fitting = [
        rule
        for rule in in_force(rules, outcome.on)
        if rule.outcome == outcome.kind
        and (rule.organisation is None or path.startswith(rule.organisation.path))
        and _fits(rule, outcome)
    ]
    return max(
        fitting,
        key=lambda rule: (
            len(rule.organisation.path) if rule.organisation else 0,
            *_exactness(rule),
            rule.valid_from,
            -rule.pk,
        ),
        default=None,
    )


def conversion_rule(rules: Iterable[ConversionRule], credit: Entry, on: date) -> ConversionRule | None:
    """The row of a table that takes a credit on a day: the most exact one."""
    fitting = [
        rule
        for rule in in_force(rules, on)
        if rule.outcome in ("", credit.outcome) and rule.area in ("", credit.area.key) and _fits(rule, credit)
    ]
    return max(
        fitting,
        key=lambda rule: (*_exactness(rule), bool(rule.outcome), bool(rule.area), rule.valid_from, -rule.pk),
        default=None,
    )


def _fits(rule: Any, one: Any) -> bool:
    """What the rule leaves blank holds for all; a level counts in its own scheme, or where both are said to be one."""
    return _level_fits(rule, one) and rule.subject in ("", one.subject)


def _level_fits(rule: Any, one: Any) -> bool:
    if rule.scheme in ("", one.scheme) and rule.level in ("", one.level):
        return True
    return any(
        (rule.scheme, rule.level) == (level.scheme, level.key) for level in same(one.scheme, one.level)
    )


def _exactness(rule: Any) -> tuple[bool, bool, bool]:
    return bool(rule.subject), bool(rule.level), bool(rule.scheme)
