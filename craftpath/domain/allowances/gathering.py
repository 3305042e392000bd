"""Gathering a month's inputs, set-based: pairs by day, deputies, stages, capacities, confirmed hours, results.

The number of queries does not depend on the number of pairs. What no rule asks for is not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Sum

from craftpath.domain.allowances.inputs import (
    EARLIER_COLUMNS,
    HOUR_COLUMNS,
    NOT_A_DAY,
    PAIR_COLUMNS,
    Inputs,
    cap_row,
    named,
    rule_row,
)
from craftpath.domain.allowances.models import SETTLED, Line, RuleBook
from craftpath.domain.appraisals.queries import published_band
from craftpath.domain.apprenticeships.courses import cohort_facts, stage_turns
from craftpath.domain.evaluation.decided import decided_totals
from craftpath.domain.logbook.queries import confirmed_minutes
from craftpath.domain.pairing.queries import Taught, bonds_under, capacities_at, meeting, taught_in
from craftpath.domain.pairing.spans import gaps
from craftpath.kernel.organisations import Organisation
from craftpath.values.period import FOREVER, Period, month_of

NONE = -1
WHOLE_RESULT = 100_00


@dataclass(frozen=True, slots=True)
class Book:
    """A rule book with the days on which it holds."""

    row: RuleBook
    valid: Period


def books_of(organisation: Organisation) -> list[Book]:
    """The adopted books of an organisation, each valid until the next one is, the oldest first."""
    rows = RuleBook._base_manager.filter(organisation=organisation, state__in=["in_force", "replaced"])
    rows = rows.prefetch_related("rules", "caps").order_by("valid_from")
    found = list(rows)
    ends = [*(row.valid_from for row in found[1:]), FOREVER]
    return [Book(row, Period(row.valid_from, end)) for row, end in zip(found, ends, strict=False)]


def gathered(organisation: Organisation, month: date) -> Inputs:
    """The inputs of one organisation's month as the database has them now."""
    span = month_of(month)
    books = [book for book in books_of(organisation) if book.valid.overlaps(span)]
    rules = [
        rule_row(rule, book.row.number, book.row.currency, book.valid)
        for book in books
        for rule in sorted(book.row.rules.all(), key=lambda rule: rule.key)
    ]
    caps = [cap_row(cap, book.row.currency) for book in books[-1:] for cap in book.row.caps.all()]
    caps.sort(key=lambda row: str(row["key"]))
    taught = taught_in(organisation, span)
    of_teachers = bool(books) and books[-1].row.results_from == "appraisal"
    facts = _facts(organisation, span, taught, rules, of_teachers)
    stretches = _columns(
        PAIR_COLUMNS, (row for one in _cut(taught, span, facts.turns) for row in facts.rows(*one))
    )
    hours = _hours(organisation, span, stretches, taught) if _asks_hours(rules) else {}
    earlier = _earlier(organisation, span) if any(cap["scope"] == "pair_total" for cap in caps) else {}
    return Inputs(
        span.start.isoformat(),
        rules,
        caps,
        stretches,
        hours or {name: [] for name in HOUR_COLUMNS},
        earlier or {name: [] for name in EARLIER_COLUMNS},
    )


def _asks_hours(rules: Iterable[Mapping[str, Any]]) -> bool:
    return any(
        rule["basis"] != "pair_month" or rule["least_minutes"] or rule["least_weeks"] for rule in rules
    )


def _columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known beside the bonds, by id."""

    turns: Mapping[int, Sequence[tuple[Period, str]]]
    cohorts: Mapping[int, tuple[str, str, str]]
    keys: Mapping[int, str]
    said: Mapping[tuple[int, int], int]
    usual: Mapping[int, int]
    results: Mapping[int, int]
    of_teachers: bool
    """whether results are those of who teaches, by person id, and not of who learns, by enrolment id"""

    def rows(self, one: Taught, share: int, days: Period, stage: str) -> Iterator[tuple[Any, ...]]:
        """The row of one stretch of days in which nothing changes."""
        occupation, programme, college = self.cohorts.get(one.cohort or 0, ("", "", ""))
        capacity = self.said.get((one.place, one.teacher), self.usual.get(one.place, NONE))
        result = self.results.get(one.teacher if self.of_teachers else one.enrolment or 0, NONE)
        end = NOT_A_DAY if days.end == FOREVER else days.end.isoformat()
        yield (
            named(one.bond), named(one.teacher), named(one.learner), days.start.isoformat(), end, share, one.kind,
            one.role, occupation, programme, stage, self.keys[one.enterprise or one.place], college, capacity, result,
            result != NONE,
        )  # fmt: skip


def _facts(
    organisation: Organisation,
    span: Period,
    taught: Sequence[Taught],
    rules: Sequence[Mapping[str, Any]],
    of_teachers: bool,
) -> _Facts:
    people = bonds_under(organisation).filter(meeting(span), enrolment__isnull=False).order_by()
    enrolments = people.values("enrolment_id")
    turns: dict[int, list[tuple[Period, str]]] = defaultdict(list)
    for who, stage, opened, passed in stage_turns(enrolments, span.start, span.end):
        turns[who].append((Period(opened, max(opened, passed or FOREVER)), stage))
    results: Mapping[int, int] = {}
    if any(rule["results"] for rule in rules):
        if of_teachers:
            found = published_band({one.teacher for one in taught}, span.end - timedelta(days=1))
            results = {pk: one.result * 100 for pk, one in found.items()}
        else:
            results = {pk: _hundredths(total) for pk, total in decided_totals(enrolments, span.end).items()}
    said, usual = dict[tuple[int, int], int](), dict[int, int]()
    if any(rule["over_capacity"] is not None for rule in rules):
        said, usual = capacities_at({one.place for one in taught})
    return _Facts(
        turns,
        cohort_facts({one.cohort for one in taught if one.cohort}),
        dict(Organisation.objects.values_list("pk", "key")),
        said,
        usual,
        results,
        of_teachers,
    )


def _hundredths(total: Decimal) -> int:
    return min(max(int((total * 100).quantize(Decimal(1), ROUND_HALF_UP)), 0), WHOLE_RESULT)


def _cut(
    taught: Sequence[Taught], span: Period, turns: Mapping[int, Sequence[tuple[Period, str]]]
) -> Iterator[tuple[Taught, int, Period, str]]:
    """(bond, share, days, stage): a deputy has the days and the share of whom the deputy stands in for."""
    shares = {one.bond: one.share for one in taught}
    away: dict[int, list[Period]] = defaultdict(list)
    for one in taught:
        if one.instead_of is not None:
            away[one.instead_of].append(one.days)
    for one in taught:
        own = one.days.intersection(span)
        if own is None:
            continue
        share = one.share if one.instead_of is None else shares.get(one.instead_of, 0)
        for days in gaps(away.get(one.bond, []), own):
            for part, stage in _staged(days, turns.get(one.enrolment or 0, ())):
                yield one, share, part, stage


def _staged(days: Period, turns: Sequence[tuple[Period, str]]) -> Iterator[tuple[Period, str]]:
    """Days cut where the stage changes; of two stages of one day the later counts."""
    marks = {days.start, days.end}
    for held, _ in turns:
        marks |= {mark for mark in (held.start, held.end) if days.start < mark < days.end}
    ordered = sorted(marks)
    for start, end in zip(ordered, ordered[1:], strict=False):
        stage = next((key for held, key in reversed(turns) if start in held), "")
        yield Period(start, end), stage


def _hours(
    organisation: Organisation, span: Period, stretches: Mapping[str, Sequence[Any]], taught: Sequence[Taught]
) -> dict[str, list[Any]]:
    """An apprentice's confirmed minutes, for each pair of the apprentice on the days on which it holds."""
    people = bonds_under(organisation).filter(meeting(span), enrolment__isnull=False).order_by()
    minutes: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for who, day, count in confirmed_minutes(people.values("enrolment_id"), span.start, span.end):
        minutes[who].append((day.isoformat(), count))
    of = {named(one.bond): one.enrolment for one in taught if one.enrolment}
    rows = (
        (pair, day, count, False)
        for pair, start, end in zip(stretches["pair"], stretches["start"], stretches["end"], strict=True)
        for day, count in minutes.get(of.get(pair) or 0, ())
        if start <= day and (end == NOT_A_DAY or day < end)
    )
    return _columns(HOUR_COLUMNS, rows)


def _earlier(organisation: Organisation, span: Period) -> dict[str, list[Any]]:
    """What each pair was paid for earlier months, by component."""
    rows = Line._base_manager.filter(
        run__organisation=organisation, run__state__in=SETTLED, about__lt=span.start
    )
    summed = (
        rows.order_by().values("bond_id", "rule__component", "run__currency").annotate(sum_=Sum("amount"))
    )
    ordered = summed.order_by("bond_id", "rule__component", "run__currency")
    told = ordered.values_list("bond_id", "rule__component", "run__currency", "sum_")
    return _columns(EARLIER_COLUMNS, ((named(pk), part, money, sum_) for pk, part, money, sum_ in told))
