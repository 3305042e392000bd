"""What is advanced on a plan, and what is due, still to be paid or to be given back on a claim: step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from craftpath.engines.allowances.faults import SubsidyFaulty
from craftpath.engines.allowances.subsidies.types import YEAR, Bound, Claim, Clawback, Plan, Scheme
from craftpath.values.faults import Fault
from craftpath.values.money import MINOR_DIGITS, Money
from craftpath.values.period import later


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sheet: heads x rate x months / 12 x share, rounded once; an advance is negative.

    Codes: advance, certified, uncertified, left, advance_paid, advance_of_finished, advance_of_unfinished. Steps of an
    advance that was paid have no rate: `rate` is 0 and `amount` is what was paid.
    """

    code: str
    heads: int
    rate: int
    months: int
    share: Fraction
    amount: Money


@dataclass(frozen=True, slots=True)
class Advance:
    """What may be paid before the training is done."""

    steps: tuple[Step, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Breach:
    """A bound of the scheme that the class does not keep; `value` None: nobody has said how much it is."""

    bound: Bound
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """`due` is the sum of the steps for people; due = advance + balance.

    A balance below zero is to be refunded by `refund_by`: None where there is no refund, or where the scheme does not
    say how long it may take; then somebody has to set the day.
    """

    steps: tuple[Step, ...]
    due: Money
    advance: Money
    balance: Money
    refund: Money
    refund_by: date | None
    breaches: tuple[Breach, ...]


def advance(scheme: Scheme, plan: Plan) -> Advance:
    """The advance on a plan: planned heads x the first year's rate x the scheme's share. SubsidyFaulty for nonsense."""
    _require([*_scheme(scheme), *_plan(scheme, plan)])
    rate = _rate(scheme, plan)
    step = _step(scheme, "advance", plan.heads, rate, min(plan.months, YEAR), Fraction(scheme.advance, 1000))
    return Advance((step,), step.amount)


def settle(scheme: Scheme, claim: Claim, *, on: date) -> Settlement:
    """The final claim, on the day from which a refund's time runs. SubsidyFaulty for nonsense."""
    _require([*_scheme(scheme), *_plan(scheme, claim.plan), *_claim(scheme, claim)])
    earned = tuple(_earned(scheme, claim))
    due = sum((step.amount for step in earned), Money(0, scheme.currency))
    paid = Money(claim.advance, scheme.currency)
    balance = due - paid
    refund = max(-balance, Money(0, scheme.currency))
    late = later(on, scheme.refund_months) if refund.minor and scheme.refund_months is not None else None
    steps = (*earned, *_advanced(scheme, claim))
    return Settlement(steps, due, paid, balance, refund, late, tuple(_breaches(scheme, claim)))


def _step(scheme: Scheme, code: str, heads: int, rate: int, months: int, share: Fraction) -> Step:
    amount = Money(heads * rate, scheme.currency).times(Fraction(months, YEAR) * share)
    return Step(code, heads, rate, months, share, amount)


def _earned(scheme: Scheme, claim: Claim) -> Iterator[Step]:
    """People with their years; who left counts by full months, and for no more than the plan lasts."""
    months, all_of_it = claim.plan.months, Fraction(1)
    yield _step(scheme, "certified", claim.certified, _rate(scheme, claim.plan), months, all_of_it)
    if claim.uncertified:
        yield _step(scheme, "uncertified", claim.uncertified, scheme.uncertified or 0, months, all_of_it)
    for stayed, heads in sorted(Counter(min(one, months) for one in claim.left).items()):
        yield _step(scheme, "left", heads, scheme.left, stayed, all_of_it)


def _advanced(scheme: Scheme, claim: Claim) -> Iterator[Step]:
    """The advance as it is set against the claim, whole or by places."""
    paid, finished = Money(-claim.advance, scheme.currency), claim.certified + claim.uncertified
    if not claim.advance:
        return
    if scheme.clawback is Clawback.NETTED:
        yield Step("advance_paid", claim.plan.heads, 0, 0, Fraction(1), paid)
        return
    unfinished = claim.plan.heads - finished
    codes = ("advance_of_finished", "advance_of_unfinished")
    parts = zip(codes, (finished, unfinished), paid.split([finished, unfinished]), strict=True)
    for code, heads, part in parts:
        if heads:
            yield Step(code, heads, 0, 0, Fraction(heads, claim.plan.heads), part)


def _breaches(scheme: Scheme, claim: Claim) -> Iterator[Breach]:
    for bound in scheme.bounds:
        if bound.level not in ("", claim.plan.level):
            continue
        found = claim.figures.get(bound.measure)
        value = None if found is None else Fraction(found)
        low = bound.least is not None and (value is None or value < bound.least)
        high = bound.most is not None and (value is None or value > bound.most)
        if low or high:
            yield Breach(bound, value)


def _rate(scheme: Scheme, plan: Plan) -> int:
    """The nearest rate: of level and kind, of the level, of the kind, of anybody."""
    rates = {(rate.level, rate.kind): rate.amount for rate in scheme.rates}
    return next(rates[near] for near in _nearest(plan) if near in rates)


def _nearest(plan: Plan) -> tuple[tuple[str, str], ...]:
    return (plan.level, plan.kind), (plan.level, ""), ("", plan.kind), ("", "")


def _require(faults: list[Fault]) -> None:
    if faults:
        raise SubsidyFaulty(faults)


def _scheme(scheme: Scheme) -> Iterator[Fault]:
    facts = {"scheme": scheme.key}
    if scheme.currency not in MINOR_DIGITS:
        yield Fault("subsidies.currency_unknown", "scheme.currency", facts)
    if not 0 <= scheme.advance <= 1000:
        yield Fault("subsidies.advance_not_share", "scheme.advance", facts)
    amounts = [scheme.left, scheme.uncertified or 0, *(rate.amount for rate in scheme.rates)]
    if any(amount < 0 for amount in amounts):
        yield Fault("subsidies.amount_negative", "scheme.rates", facts)
    if scheme.refund_months is not None and scheme.refund_months < 0:
        yield Fault("subsidies.term_negative", "scheme.refund_months", facts)
    for (level, kind), times in Counter((rate.level, rate.kind) for rate in scheme.rates).items():
        if times > 1:
            yield Fault("subsidies.rate_twice", "scheme.rates", {**facts, "level": level, "kind": kind})


def _plan(scheme: Scheme, plan: Plan) -> Iterator[Fault]:
    if plan.heads < 1 or plan.months < 1:
        yield Fault("subsidies.plan_empty", "plan", {"heads": plan.heads, "months": plan.months})
    if not {(rate.level, rate.kind) for rate in scheme.rates} & set(_nearest(plan)):
        facts = {"scheme": scheme.key, "level": plan.level, "kind": plan.kind}
        yield Fault("subsidies.rate_missing", "plan.level", facts)


def _claim(scheme: Scheme, claim: Claim) -> Iterator[Fault]:
    if min(claim.advance, claim.certified, claim.uncertified, *claim.left) < 0:
        yield Fault("subsidies.number_negative", "claim")
    heads = claim.certified + claim.uncertified + len(claim.left)
    if heads > claim.plan.heads:
        yield Fault("subsidies.more_than_planned", "claim", {"heads": heads, "planned": claim.plan.heads})
    if claim.uncertified and scheme.uncertified is None:
        yield Fault("subsidies.uncertified_not_regulated", "claim.uncertified", {"scheme": scheme.key})
