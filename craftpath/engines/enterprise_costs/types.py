"""Assumptions in, costs and benefits out; money in minor units, per apprentice unless it says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

COSTS = ("pay", "trainers", "allowances", "material", "recruitment", "administration", "fees")
BENEFITS = ("skilled_work", "unskilled_work", "subsidies")


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the apprenticeship, of one apprentice.

    `work_hours` are those at the workplace; of these `skilled_share` goes into work of skilled workers, done at
    `productivity` of what such a worker does, and `unskilled_share` into work that anybody does. All three in percent.
    """

    wage_month: int
    trainer_hours: Decimal
    work_hours: Decimal
    skilled_share: Decimal
    productivity: Decimal
    unskilled_share: Decimal


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything that the result rests on.

    `on_top` is what the enterprise pays beside the wage (insurance, housing fund, meals) in percent of it. `stay` is
    how many of a hundred apprentices stay afterwards; `turnover_hired` and `turnover_trained` are how many of a hundred
    leave in a year, of those hired outside and of those trained here. `hiring` is what it costs to find one skilled
    worker and to show the work, `recruitment` what it costs to find one apprentice. `allowance_year` is paid to those
    who train beside the pay that `trainer_wage_hour` counts.
    """

    apprentices: int
    years: tuple[Year, ...]
    on_top: Decimal
    trainer_wage_hour: int
    allowance_year: int
    skilled_wage_hour: int
    unskilled_wage_hour: int
    material_year: int
    recruitment: int
    administration_year: int
    fees_year: int
    subsidy_year: int
    hiring: int
    stay: Decimal
    turnover_hired: Decimal
    turnover_trained: Decimal


@dataclass(frozen=True, slots=True)
class YearResult:
    """One year of one apprentice; `net` is what the costs are above the benefits."""

    costs: dict[str, int]
    benefits: dict[str, int]

    @property
    def cost(self) -> int:
        """All costs."""
        return sum(self.costs.values())

    @property
    def benefit(self) -> int:
        """All benefits."""
        return sum(self.benefits.values())

    @property
    def net(self) -> int:
        """Below zero the year brings more than it costs."""
        return self.cost - self.benefit


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The whole apprenticeship of one apprentice, and what comes after it.

    `saved_hiring` comes once, at its end; `saved_month` in every month afterwards. `break_even` is the month after the
    end in which everything is paid back: 0 at the end itself or before, None where that never happens.
    """

    apprentices: int
    years: tuple[YearResult, ...]
    saved_hiring: int
    saved_month: Decimal
    break_even: int | None

    @property
    def net(self) -> int:
        """What one apprentice costs above what the work brings, over all years."""
        return sum(year.net for year in self.years)

    @property
    def net_year(self) -> int:
        """The same for one year on average."""
        return round(self.net / len(self.years))

    @property
    def net_all(self) -> int:
        """Of all apprentices."""
        return self.net * self.apprentices
