"""Are the rules rules and the columns columns? Every fault with its place; nothing is worked out here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from craftpath.engines.allowances.monthly.coding import Coded, Flags, Month, numbers
from craftpath.engines.allowances.monthly.matching import meetings
from craftpath.engines.allowances.monthly.types import NONE, WHOLE, Cap, Earlier, Hours, Pairs, Rule
from craftpath.values.faults import Fault
from craftpath.values.money import MINOR_DIGITS

MOST_AMOUNT = 10**8
"""No rule pays a million yuan a month; whole numbers of 64 bits hold what comes of less."""
MOST_MINUTES = 31 * 24 * 60
_SAME = ("trainer", "apprentice", "enterprise", "college")


def check(
    month: date,
    rules: Sequence[Rule],
    pairs: Pairs,
    hours: Hours | None = None,
    caps: Sequence[Cap] = (),
    earlier: Earlier | None = None,
) -> tuple[Fault, ...]:
    """Every fault, rules first; none means that the run of the month may begin."""
    hours, earlier = hours or Hours(), earlier or Earlier()
    faults = [*_rules(rules), *_caps(caps)]
    uneven = [*_uneven(pairs, "pairs"), *_uneven(hours, "hours"), *_uneven(earlier, "earlier")]
    if uneven:
        return (*faults, *uneven)
    return (*faults, *_pairs(pairs), *_hours(Month.of(month), pairs, hours))


def _rules(rules: Sequence[Rule]) -> Iterator[Fault]:
    for (key, version), times in Counter((rule.key, rule.version) for rule in rules).items():
        if times > 1:
            yield Fault("allowances.rule_twice", "rules", {"rule": key, "version": version})
    for at, rule in enumerate(rules):
        for code, field in _rule(rule):
            yield Fault(f"allowances.{code}", f"rules[{at}].{field}", {"rule": rule.key})
    for one, other in meetings(rules):
        facts = {"rule": rules[one].key, "version": rules[one].version}
        facts |= {"other": rules[other].key, "other_version": rules[other].version}
        yield Fault("allowances.rules_meet", f"rules[{other}]", facts)
    for key in sorted({rule.key for rule in rules}):
        if len({(rule.currency, rule.component) for rule in rules if rule.key == key}) > 1:
            yield Fault("allowances.versions_differ", "rules", {"rule": key})


def _rule(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.currency not in MINOR_DIGITS:
        yield "currency_unknown", "currency"
    if not 0 <= rule.amount <= MOST_AMOUNT:
        yield "amount_out_of_range", "amount"
    if not rule.valid.days:
        yield "never_valid", "valid"
    if rule.least_minutes < 0:
        yield "number_negative", "least_minutes"
    if rule.least_weeks < 0:
        yield "number_negative", "least_weeks"
    factors = [rule.undecided, rule.over_capacity or 0]
    factors += [band.factor for band in rule.ratio] + [band.factor for band in rule.results]
    if not all(0 <= factor <= WHOLE for factor in factors):
        yield "factor_not_share", "factors"
    if not _rising([band.most for band in rule.ratio]):
        yield "bands_not_rising", "ratio"
    if not _rising([band.least for band in rule.results]):
        yield "bands_not_rising", "results"


def _rising(bounds: Sequence[int | None]) -> bool:
    """Only the last bound may be open."""
    if None in bounds[:-1]:
        return False
    known = [bound for bound in bounds if bound is not None]
    return all(low < high for low, high in zip([NONE, *known], known, strict=False))


def _caps(caps: Sequence[Cap]) -> Iterator[Fault]:
    for key, times in Counter(cap.key for cap in caps).items():
        if times > 1:
            yield Fault("allowances.cap_twice", "caps", {"cap": key})
    for at, cap in enumerate(caps):
        if cap.currency not in MINOR_DIGITS:
            yield Fault("allowances.currency_unknown", f"caps[{at}].currency", {"cap": cap.key})
        if cap.most < 0:
            yield Fault("allowances.number_negative", f"caps[{at}].most", {"cap": cap.key})


def _uneven(columns: Any, place: str) -> Iterator[Fault]:
    lengths = {name: len(getattr(columns, name)) for name in columns.__dataclass_fields__}
    if len(set(lengths.values())) > 1:
        yield Fault("allowances.columns_uneven", place, lengths)


def _pairs(pairs: Pairs) -> Iterator[Fault]:
    pair = Coded.of(pairs.pair)
    start, end = (np.asarray(days, "datetime64[D]") for days in (pairs.start, pairs.end))
    share = numbers(pairs.share)
    wrong = {
        "pair_without_name": pair.among(("",)),
        "start_missing": np.isnat(start),
        "end_before_start": end < start,
        "share_not_share": (share < 0) | (share > WHOLE),
        "capacity_negative": numbers(pairs.capacity) < NONE,
        "result_not_percent": (numbers(pairs.result) < NONE) | (numbers(pairs.result) > 100_00),
    }
    yield from _wrong(wrong, "pairs", pairs.pair)
    for name in _SAME:
        yield from _two(pair, Coded.of(getattr(pairs, name)), name)
    yield from _days_twice(pair, start, end)


def _wrong(wrong: Mapping[str, Flags], place: str, pair: Sequence[str]) -> Iterator[Fault]:
    for code, rows in wrong.items():
        for at in np.flatnonzero(rows).tolist():
            yield Fault(f"allowances.{code}", f"{place}[{at}]", {"pair": pair[at]})


def _two(pair: Coded, other: Coded, name: str) -> Iterator[Fault]:
    """A pair is one trainer with one apprentice, of one enterprise and one college."""
    order = np.argsort(pair.codes, kind="stable")
    mine, theirs = pair.codes[order], other.codes[order]
    for at in dict.fromkeys(mine[1:][(np.diff(mine) == 0) & (np.diff(theirs) != 0)].tolist()):
        yield Fault("allowances.pair_has_two", "pairs", {"pair": pair.words[at], "what": name})


def _days_twice(pair: Coded, start: Any, end: Any) -> Iterator[Fault]:
    known = np.flatnonzero(~np.isnat(start) & (end != start))
    order = known[np.lexsort((start[known], pair.codes[known]))]
    one, other = order[:-1], order[1:]
    late = np.isnat(end[one]) | (end[one] > start[other])
    for at in np.flatnonzero((pair.codes[one] == pair.codes[other]) & late):
        facts = {"pair": pair.words[pair.codes[one[at]]], "day": start[other[at]].astype(date)}
        yield Fault("allowances.pair_days_twice", f"pairs[{other[at]}]", facts)


def _hours(month: Month, pairs: Pairs, hours: Hours) -> Iterator[Fault]:
    known, minutes = set(pairs.pair), numbers(hours.minutes)
    stranger = np.fromiter((name not in known for name in hours.pair), bool, len(hours.pair))
    days = np.asarray(hours.day, "datetime64[D]")
    first, end = (np.datetime64(day, "D") for day in (month.period.start, month.period.end))
    wrong = {
        "pair_unknown": stranger,
        "minutes_out_of_range": (minutes < 0) | (minutes > MOST_MINUTES),
        "day_outside_month": ~((days >= first) & (days < end)),
    }
    yield from _wrong(wrong, "hours", hours.pair)
