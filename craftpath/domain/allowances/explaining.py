"""One line's arithmetic, worked out anew from what is stored with it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.allowances.inputs import engine_rule, rule_row
from craftpath.domain.allowances.models import Line
from craftpath.values.period import Period

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly


def explanation(row: Line) -> monthly.Explanation | None:
    """Steps of each part, whose products come to the amount; None for a counter-line that only takes back.

    The line is read with its rule, the rule's book and the payer.
    """
    if not row.detail.get("parts"):
        return None
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    return monthly.explain(as_engine(row))


def as_engine(row: Line) -> monthly.Line:
    """The line as the engine made it."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - as above

    book = row.rule.book
    rule = engine_rule(rule_row(row.rule, book.number, book.currency, Period(book.valid_from)))
    return monthly.Line(
        pair=str(row.bond_id),
        apprentice=str(row.learner_id),
        payee=str(row.payee_id),
        payer=rule.payer,
        payer_id=str(row.payer_id or ""),
        rule=rule,
        month=row.about,
        month_days=row.detail["days"],
        parts=tuple(_part(row, part) for part in row.detail["parts"]),
        rounded=row.rounded,
        cuts=tuple(
            monthly.Cut(monthly.Cap(scope, monthly.Scope(scope), most, book.currency), before, after)
            for scope, most, before, after in row.detail["cuts"]
        ),
        amount=row.amount,
    )


def _part(row: Line, told: list[int]) -> monthly.Part:
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - as above

    day, days, minutes, share, apprentices, over, ratio, found, result, reached = told
    return monthly.Part(
        start=row.about + timedelta(days=day),
        days=days,
        minutes=minutes,
        share=Fraction(share, 1000),
        apprentices=None if apprentices < 0 else apprentices,
        over_capacity=bool(over),
        ratio=Fraction(ratio, 1000),
        found=None if found < 0 else found,
        result=Fraction(result, 1000),
        reached=bool(reached),
    )
