"""From parts to values: exact, half up, and nothing where there is nobody."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import numpy as np
import pytest

from craftpath.engines.indicators import CATALOGUE, Indicator, Why, by_key, finish
from craftpath.engines.indicators.finishing import quotient


def one(key: str, **parts: int) -> tuple[int, Decimal | None, str]:
    indicator = by_key(key)
    columns = {part.key: np.array([parts.get(part.key, 0)]) for part in indicator.parts}
    assert set(parts) <= set(columns)
    found = finish(indicator, columns)
    return int(found.n[0]), found.values()[0], found.reasons()[0]


def test_shares_round_half_up_once() -> None:
    """1 of 16 is 0.0625, 3 of 32 is 0.09375: the last digit of a half goes up."""
    share = {"apprenticeship_completed": 3, "apprenticeship_left": 29}
    assert one("individual_completion", **share) == (32, Decimal("0.0938"), "")
    assert one("individual_completion", apprenticeship_completed=1, apprenticeship_left=15)[1] == Decimal(
        "0.0625"
    )
    assert one("contract_completion", apprenticeship_completed=2, apprenticeship_transferred=1)[1] == Decimal(
        "0.6667"
    )


def test_sums_and_differences_keep_their_sign() -> None:
    assert one("hours_on_planned", hours_on_planned=99, hours_on_rows=1)[1] == Decimal("1.7")
    assert one("net_cost", money_cost=100, money_benefit=250, money_cost_rows=1, money_benefit_rows=1)[
        1
    ] == Decimal("-1.50")
    assert one("growth", skill_all_before=300, skill_all_after=299, skill_all_n=2)[1] == Decimal("0.00")
    assert one("growth", skill_all_before=303, skill_all_after=300, skill_all_n=2)[1] == Decimal("-0.01")


def test_a_quotient_over_nobody_is_nothing_and_says_why() -> None:
    for indicator in CATALOGUE:
        found = finish(indicator, {part.key: np.array([0]) for part in indicator.parts})
        if found.known[0]:
            assert found.values() == [Decimal(0).scaleb(-indicator.places)]
            assert not indicator.base
        else:
            assert found.values() == [None]
            assert found.reasons() == [Why.NO_ROWS.value]


def test_medians_by_hand() -> None:
    """8, 8, 9, 24 → 8.5; a number beyond the last is counted as the last."""
    months = {"gate_after_08": 2, "gate_after_09": 1, "gate_after_24": 1, "gate_passed": 4}
    assert one("months_to_gate", **months) == (4, Decimal("8.5"), "")
    assert one("months_to_gate", gate_after_60=1, gate_passed=1)[1] == Decimal("60.0")
    assert one("quarters_to_completion", risk_completed_08=2, risk_completed_09=1)[1] == Decimal("8.0")


def test_projection_by_hand_and_where_the_end_is_open() -> None:
    table = {"risk_at_01": 10, "risk_left_01": 1, "risk_at_02": 8, "risk_left_02": 2, "risk_at_03": 6}
    assert one("projected_completion", **table, risk_completed_03=6) == (10, Decimal("0.6750"), "")
    assert one("projected_completion", **table) == (10, None, "open_end")


def test_bounds_hold_the_value_and_stay_inside() -> None:
    chance = np.random.default_rng(1)
    n = chance.integers(1, 500, 200)
    completed = chance.binomial(n, 0.9)
    columns = {part.key: np.zeros(200, np.int64) for part in by_key("individual_completion").parts}
    columns["apprenticeship_completed"], columns["apprenticeship_left"] = completed, n - completed
    found = finish(by_key("individual_completion"), columns)
    for value, bounds in zip(found.values(), found.bounds(), strict=True):
        assert value is not None
        assert bounds is not None
        assert 0 <= bounds[0] <= value <= bounds[1] <= 1


@pytest.mark.parametrize("indicator", CATALOGUE, ids=lambda indicator: indicator.key)
def test_the_columns_are_what_exact_fractions_say(indicator: Indicator) -> None:
    """An oracle with `Fraction`, over parts from tiny to far beyond what doubles hold."""
    chance = np.random.default_rng(5)
    size = 60
    reach = chance.choice([3, 50, 10**6, 10**12], size)
    if indicator.method in ("median", "median_quarter", "projected", "survival"):
        reach = np.minimum(reach, 50)
    columns = {part.key: chance.integers(0, reach + 1) for part in indicator.parts}
    found = finish(indicator, columns)
    values = found.values()
    for place in range(size):
        told = {part.key: int(columns[part.key][place]) for part in indicator.parts}
        expected = oracle(indicator, told)
        assert values[place] == expected, told


def oracle(indicator: Indicator, told: dict[str, int]) -> Decimal | None:
    top = [told[part.key] for part in indicator.top]
    base = sum(told[part.key] for part in indicator.base)
    n = sum(told[part.key] for part in indicator.n)
    factor = Fraction(*indicator.factor)
    if indicator.method == "sum":
        exact = sum(top) * factor
        return half_up(exact, indicator.places) if n or not exact else None
    if indicator.method == "difference":
        exact = (top[0] - sum(top[1:])) * factor
        return half_up(exact, indicator.places) if n or not exact else None
    if indicator.method in ("quotient", "growth"):
        if not n or not base:
            return None
        above = sum(top) if indicator.method == "quotient" else top[0] - sum(top[1:])
        return half_up(Fraction(above, base) * factor, indicator.places)
    if indicator.method in ("median", "median_quarter"):
        first = 0 if indicator.method == "median" else 1
        every = [first + value for value, times in enumerate(top) for _ in range(times)]
        if not every or not n:
            return None
        middle = Fraction(every[(len(every) - 1) // 2] + every[len(every) // 2], 2)
        return half_up(middle, indicator.places)
    quarters = len(top) // 3
    survival, stays, completing = Fraction(1), Fraction(1), Fraction(0)
    seen = 0
    kept = None
    for at, done, gone in zip(*(top[k * quarters : (k + 1) * quarters] for k in range(3)), strict=True):
        if not at:
            break
        seen += 1
        completing += survival * Fraction(done, at)
        survival *= 1 - Fraction(done + gone, at)
        stays *= 1 - Fraction(gone, at)
        if seen == 4:
            kept = stays
    if not n or not seen:
        return None
    if indicator.method == "projected":
        return half_up(completing, indicator.places) if survival <= Fraction(1, 20) else None
    if kept is None and survival <= 0:
        kept = stays
    return None if kept is None else half_up(kept, indicator.places)


def half_up(value: Fraction, places: int) -> Decimal:
    whole = (value * 10**places + Fraction(1, 2)).__floor__()
    return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_FLOOR)


def test_quotients_of_large_numbers_do_not_overflow() -> None:
    top, base = np.array([2**62 - 1]), np.array([3])
    assert quotient(top, base, 10**4).tolist() == [((2**62 - 1) * 10**4 * 2 + 3) // 6]
