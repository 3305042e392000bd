"""The arithmetic: exact until each line is rounded once to a minor unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from craftpath.engines.enterprise_costs.types import Assumptions, Reckoning, Year, YearResult

LONGEST = 600  # months after which nobody waits for the money any more


def reckon(given: Assumptions) -> Reckoning | None:
    """Costs and benefits; None where there is no apprentice or no year. ValueError for a figure that cannot be."""
    _check(given)
    if not given.apprentices or not given.years:
        return None
    years = tuple(_year(given, year, first=number == 0) for number, year in enumerate(given.years))
    stay = Fraction(given.stay) / 100
    saved_hiring = _round(stay * given.hiring)
    calmer = Fraction(given.turnover_hired - given.turnover_trained) / 100
    saved_month = stay * max(calmer, Fraction(0)) * given.hiring / 12
    left = sum(year.net for year in years) - saved_hiring
    return Reckoning(
        given.apprentices, years, saved_hiring, _decimal(saved_month), _break_even(left, saved_month)
    )


def _year(given: Assumptions, year: Year, *, first: bool) -> YearResult:
    pay = Fraction(12 * year.wage_month) * (100 + Fraction(given.on_top)) / 100
    hours = Fraction(year.work_hours)
    skilled = hours * Fraction(year.skilled_share) / 100 * Fraction(year.productivity) / 100
    unskilled = hours * Fraction(year.unskilled_share) / 100
    costs = {
        "pay": _round(pay),
        "trainers": _round(Fraction(year.trainer_hours) * given.trainer_wage_hour),
        "allowances": given.allowance_year,
        "material": given.material_year,
        "recruitment": given.recruitment if first else 0,
        "administration": given.administration_year,
        "fees": given.fees_year,
    }
    benefits = {
        "skilled_work": _round(skilled * given.skilled_wage_hour),
        "unskilled_work": _round(unskilled * given.unskilled_wage_hour),
        "subsidies": given.subsidy_year,
    }
    return YearResult(costs, benefits)


def _break_even(left: int, saved_month: Fraction) -> int | None:
    if left <= 0:
        return 0
    if not saved_month:
        return None
    months = -(-Fraction(left) // saved_month)
    return int(months) if months <= LONGEST else None


def _check(given: Assumptions) -> None:
    shares = [given.stay, given.turnover_hired, given.turnover_trained]
    shares += [share for year in given.years for share in (year.skilled_share, year.unskilled_share)]
    if any(not 0 <= share <= 100 for share in shares):
        raise ValueError("a share is 0 to 100 percent")
    if any(year.skilled_share + year.unskilled_share > 100 for year in given.years):
        raise ValueError("nobody works more than all of the time")
    money = (
        given.trainer_wage_hour, given.allowance_year, given.skilled_wage_hour, given.unskilled_wage_hour,
        given.material_year, given.recruitment, given.administration_year, given.fees_year,
        given.subsidy_year, given.hiring, given.apprentices, *(year.wage_month for year in given.years),
    )  # fmt: skip
    figures = [given.on_top]
    figures += [
        one for year in given.years for one in (year.trainer_hours, year.work_hours, year.productivity)
    ]
    if any(one < 0 for one in money) or any(one < 0 for one in figures):
        raise ValueError("no figure is below zero")


def _round(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(_round(exact * 100)) / 100
