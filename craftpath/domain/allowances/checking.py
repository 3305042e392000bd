"""A rule as somebody writes it, and what is wrong with it: alone, in its book, beside the version before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.examples import nobody
from craftpath.domain.allowances.gathering import Book, books_of
from craftpath.domain.allowances.inputs import cap_row, engine_cap, engine_rule, rule_row
from craftpath.domain.allowances.models import COMPONENTS, MOST_AMOUNT, Cap, Rule, RuleBook
from craftpath.domain.allowances.running import of_fault
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly

RULE_FIELDS = (
    "name", "component", "payer", "basis", "amount", "priority", "kinds", "roles", "occupations", "stages", "ratio",
    "over_capacity", "results", "undecided", "least_hours", "least_weeks", "by_day",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as it is written: amounts in minor units, factors in thousandths, results in hundredths of a percent."""

    name: str
    amount: int
    component: str = "teaching"
    payer: str = "enterprise"
    basis: str = "pair_month"
    priority: int = 0
    kinds: Sequence[str] = ()
    roles: Sequence[str] = ()
    occupations: Sequence[str] = ()
    stages: Sequence[str] = ()
    ratio: Sequence[tuple[int | None, int]] = ()
    over_capacity: int | None = None
    results: Sequence[tuple[int, int]] = ()
    undecided: int = 0
    least_hours: int = 0
    least_weeks: int = 0
    by_day: bool = True
    key: str = ""

    def columns(self) -> dict[str, Any]:
        """As the table has them."""
        listed = ("kinds", "roles", "occupations", "stages")
        found = {name: getattr(self, name) for name in RULE_FIELDS}
        found |= {name: sorted(set(found[name])) for name in listed}
        return found | {name: [list(band) for band in found[name]] for name in ("ratio", "results")}


def shape_of(new: NewRule) -> Verdict:
    """What the columns can hold; what the engine says of it comes after."""
    if not new.name.strip():
        return not_now("allowances.rule_without_name")
    if not 0 <= new.amount <= MOST_AMOUNT:
        return not_now("allowances.amount_out_of_range", rule=new.name)
    known = new.component in COMPONENTS and new.payer in rules.PAYERS and new.basis in rules.BASES
    if not known:
        return not_now("allowances.rule_unknown")
    if min(new.undecided, new.least_hours, new.least_weeks, new.over_capacity or 0) < 0:
        return not_now("allowances.number_negative", rule=new.name)
    if max(new.undecided, new.over_capacity or 0) > rules.WHOLE:
        return not_now("allowances.factor_not_share", rule=new.name)
    return not_now("allowances.too_many_bands") if max(len(new.ratio), len(new.results)) > 6 else Verdict()  # noqa: PLR2004


def fault_of(book: RuleBook) -> Verdict:
    """The first thing that the engine finds wrong with a draft, beside the version before it."""
    faults = check_rows(*rows_of(book, [row for row in books_of(book.organisation) if row.row.pk != book.pk]))
    if not faults:
        return Verdict()
    verdict = of_fault(faults[0])
    names = dict(Rule.objects.filter(book__organisation=book.organisation).values_list("key", "name"))
    said = {
        name: names.get(str(value), value)
        for name, value in verdict.facts.items()
        if name in ("rule", "other")
    }
    return not_now(verdict.reason, **(dict(verdict.facts) | said))


def rows_of(book: RuleBook, others: Sequence[Book]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rules of a draft and of the version before it, each with its days; and the draft's caps."""
    valid = Period(book.valid_from)
    found = [
        rule_row(rule, book.number, book.currency, valid)
        for rule in Rule.objects.filter(book=book).order_by("key")
    ]
    for one in others[-1:]:
        if one.valid.start < book.valid_from:
            ends = Period(one.valid.start, book.valid_from)
            found += [rule_row(rule, one.row.number, one.row.currency, ends) for rule in one.row.rules.all()]
    return found, [cap_row(cap, book.currency) for cap in Cap.objects.filter(book=book).order_by("pk")]


def check_rows(
    rows: Sequence[Mapping[str, Any]], caps: Sequence[Mapping[str, Any]]
) -> tuple[monthly.Fault, ...]:
    """What the engine finds wrong with rules and caps alone."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    day = date(2026, 11, 1)  # any month: without pairs it plays no part
    return monthly.check(
        day, [engine_rule(row) for row in rows], nobody(), caps=[engine_cap(cap) for cap in caps]
    )


def row_of_new(new: NewRule, currency: str, valid: Period) -> dict[str, Any]:
    """A rule that is still being written, as a row of the inputs; refused as `write_rule` would refuse it alone."""
    require(shape_of(new))
    row = rule_row(Rule(key=new.key or "new", **new.columns()), 1, currency, valid)
    faults = check_rows([row], [])
    if faults:
        facts = dict(faults[0].facts) | {"rule": new.name}
        raise Refused(not_now(faults[0].code, **facts))
    return row
