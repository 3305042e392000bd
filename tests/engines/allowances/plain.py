"""The same month by hand: every pair, every rule, every day, with fractions. Slow, and plainly what the words say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from craftpath.engines.allowances.monthly import NONE, Basis, Cap, Payer, Rule, Scope
from craftpath.values.period import month_of
from tests.engines.allowances.rows import Entry, Stretch

Key = tuple[str, str, int]


def days_of(month: date) -> list[date]:
    period = month_of(month)
    return [period.start + timedelta(n) for n in range(period.days)]


def on(stretch: Stretch, day: date) -> bool:
    return stretch.start <= day and (stretch.end is None or day < stretch.end)


def meets(rule: Rule, one: Stretch, day: date, last: dict[str, date]) -> bool:
    words = (
        (rule.kinds, one.kind),
        (rule.roles, one.role),
        (rule.occupations, one.occupation),
        (rule.programmes, one.programme),
        (rule.stages, one.stage),
    )
    return (
        day in rule.valid
        and all(not wanted or word in wanted for wanted, word in words)
        and (rule.by_day or day == last[one.pair])
    )


def ratio_of(rule: Rule, one: Stretch, day: date, stretches: Sequence[Stretch]) -> Fraction:
    if not rule.ratio and rule.over_capacity is None:
        return Fraction(1)
    n = len(
        {
            other.apprentice
            for other in stretches
            if other.trainer == one.trainer
            and on(other, day)
            and (not rule.kinds or other.kind in rule.kinds)
            and (not rule.roles or other.role in rule.roles)
        }
    )
    if rule.over_capacity is not None and one.capacity != NONE and n > one.capacity:
        return Fraction(rule.over_capacity, 1000)
    if not rule.ratio:
        return Fraction(1)
    for band in rule.ratio:
        if band.most is None or n <= band.most:
            return Fraction(band.factor, 1000)
    return Fraction(0)


def result_of(rule: Rule, one: Stretch) -> Fraction:
    if not rule.results:
        return Fraction(1)
    if not one.decided or one.result == NONE:
        return Fraction(rule.undecided, 1000)
    reached = [band.factor for band in rule.results if band.least <= one.result]
    return Fraction(reached[-1] if reached else 0, 1000)


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def shared(exact: Sequence[Fraction], whole: int) -> list[int]:
    floors = [value.numerator // value.denominator for value in exact]
    order = sorted(range(len(exact)), key=lambda at: (-(exact[at] - floors[at]), at))
    for at in order[: whole - sum(floors)]:
        floors[at] += 1
    return floors


def worked_out(
    month: date,
    rules: Sequence[Rule],
    stretches: Sequence[Stretch],
    entries: Sequence[Entry] = (),
    caps: Sequence[Cap] = (),
    before: dict[tuple[str, str], int] | None = None,
) -> dict[Key, int]:
    """(pair, rule, version) → amount, for every line that the run would have. `before`: (pair, component) → paid."""
    days = days_of(month)
    exact: dict[Key, Fraction] = defaultdict(Fraction)
    last: dict[str, date] = {}
    for one in stretches:
        for day in days:
            if on(one, day):
                last[one.pair] = max(last.get(one.pair, day), day)
    own = {(one.pair, day): one for one in stretches for day in days if on(one, day)}
    did: dict[str, int] = defaultdict(int)
    weeks: dict[str, set[object]] = defaultdict(set)
    for entry in entries:
        if (entry.pair, entry.day) in own and not entry.session and entry.minutes:
            did[entry.pair] += entry.minutes
            weeks[entry.pair].add(entry.day.isocalendar()[:2])
    trainer = {one.pair: one for one in stretches}
    for (pair, day), one in own.items():
        for rule in rules:
            rivals = [other for other in rules if other.component == rule.component]
            if not meets(rule, one, day, last):
                continue
            if any(other.priority > rule.priority and meets(other, one, day, last) for other in rivals):
                continue
            if rule.payer is not Payer.SUBSIDY and not getattr(one, rule.payer.value):
                continue
            enough = did[pair] >= rule.least_minutes and len(weeks[pair]) >= rule.least_weeks
            factor = (
                Fraction(one.share, 1000)
                * ratio_of(rule, one, day, stretches)
                * result_of(rule, one)
                * enough
            )
            if rule.basis is Basis.PAIR_MONTH:
                part = Fraction(1, len(days)) if rule.by_day else Fraction(1)
            else:
                session = rule.basis is Basis.SESSION_HOUR
                part = Fraction(
                    sum(
                        entry.minutes
                        for entry in entries
                        if (entry.pair, entry.day, entry.session) == (pair, day, session)
                    ),
                    60,
                )
            exact[pair, rule.key, rule.version] += rule.amount * factor * part
    groups: dict[object, list[Key]] = defaultdict(list)
    by_key = {(rule.key, rule.version): rule for rule in rules}
    for key in sorted(exact):
        groups[key[1], by_key[key[1:]].basis, trainer[key[0]].apprentice].append(key)
    found: dict[Key, int] = {}
    for keys in groups.values():
        parts = shared([exact[key] for key in keys], half_up(sum((exact[key] for key in keys), Fraction(0))))
        found |= dict(zip(keys, parts, strict=True))
    for cap in sorted(caps, key=lambda cap: (list(Scope).index(cap.scope), cap.key)):
        held: dict[str, list[Key]] = defaultdict(list)
        for key in sorted(found):
            rule = by_key[key[1:]]
            if rule.currency == cap.currency and (not cap.components or rule.component in cap.components):
                whose = {Scope.TRAINER_MONTH: trainer[key[0]].trainer, Scope.RUN: ""}.get(cap.scope, key[0])
                held[whose].append(key)
        for whose, keys in held.items():
            most = cap.most
            if cap.scope is Scope.PAIR_TOTAL:
                paid = [
                    amount
                    for (pair, component), amount in (before or {}).items()
                    if pair == whose and (not cap.components or component in cap.components)
                ]
                most = max(most - sum(paid), 0)
            total = sum(found[key] for key in keys)
            if total > most:
                cut = shared([Fraction(found[key] * most, total) for key in keys], most)
                found |= dict(zip(keys, cut, strict=True))
    return found
