"""The assumptions of an enterprise's costs and benefits: what is asked, the house's defaults, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.engines.enterprise_costs import Assumptions, Year
from craftpath.values.text import Text

SOURCES = ("house", "own", "record")
"""Where a figure comes from: the house's default, the enterprise's own figure, the record of the platform."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One assumption: its name, its unit (`money`, `percent`, `hours`, `people`), and the house's default.

    Money is in minor units. `yearly` is asked for each year of the apprenticeship, with a default for each.
    """

    key: str
    name: Text
    unit: str
    default: tuple[str, ...]

    @property
    def yearly(self) -> bool:
        """Whether each year has its own."""
        return len(self.default) > 1


WHOLE = (
    Asked("apprentices", Text("学徒人数", "Apprentices"), "people", ("0",)),
    Asked(
        "on_top",
        Text("工资以外的人工成本（社保、公积金、餐补等）", "On top of pay (insurance, housing fund, meals)"),
        "percent",
        ("35",),
    ),
    Asked(
        "trainer_wage_hour", Text("带教师傅每小时人工成本", "An hour of whoever trains"), "money", ("6000",)
    ),
    Asked(
        "allowance_year",
        Text("每名学徒每年带教津贴", "Allowances of those who train, a year"),
        "money",
        ("0",),
    ),
    Asked(
        "skilled_wage_hour", Text("熟练工每小时人工成本", "An hour of a skilled worker"), "money", ("5000",)
    ),
    Asked(
        "unskilled_wage_hour",
        Text("普工每小时人工成本", "An hour of an unskilled worker"),
        "money",
        ("2800",),
    ),
    Asked(
        "material_year",
        Text("每名学徒每年材料、设备和场地", "Material, machines, premises a year"),
        "money",
        ("300000",),
    ),
    Asked("recruitment", Text("招收一名学徒的费用", "Finding one apprentice"), "money", ("80000",)),
    Asked("administration_year", Text("每名学徒每年管理费用", "Administration a year"), "money", ("120000",)),
    Asked(
        "fees_year", Text("每名学徒每年培训费、考试费", "Fees and examinations a year"), "money", ("200000",)
    ),
    Asked("subsidy_year", Text("每名学徒每年补贴", "Subsidies a year"), "money", ("0",)),
    Asked(
        "hiring",
        Text("从外部招聘并带熟一名技工的费用", "Hiring a skilled worker from outside, and showing the work"),
        "money",
        ("1500000",),
    ),
    Asked("stay", Text("出师后留任比例", "Stay after the apprenticeship"), "percent", ("75",)),
    Asked(
        "turnover_hired",
        Text("外聘技工年离职率", "Leave in a year, of those hired outside"),
        "percent",
        ("25",),
    ),
    Asked(
        "turnover_trained",
        Text("自培技工年离职率", "Leave in a year, of those trained here"),
        "percent",
        ("12",),
    ),
)
YEARLY = (
    Asked("wage_month", Text("学徒月工资", "Pay a month"), "money", ("300000", "360000", "420000")),
    Asked(
        "trainer_hours",
        Text("每名学徒占用师傅时数", "Hours of whoever trains, per apprentice"),
        "hours",
        ("220", "150", "90"),
    ),
    Asked("work_hours", Text("在岗时数", "Hours at the workplace"), "hours", ("1200", "1400", "1600")),
    Asked(
        "skilled_share",
        Text("其中从事熟练工作的比例", "Of these in work of skilled workers"),
        "percent",
        ("20", "45", "70"),
    ),
    Asked(
        "productivity",
        Text("熟练工作中的相对生产率", "How much of it, beside a skilled worker"),
        "percent",
        ("40", "65", "85"),
    ),
    Asked(
        "unskilled_share",
        Text("其中从事普通工作的比例", "Of these in other work"),
        "percent",
        ("30", "20", "10"),
    ),
)
ASKED = WHOLE + YEARLY
YEARS = 3
_ASKED_SINCE = ("allowance_year",)
"""What versions that were saved earlier do not know; they count nothing for it."""


def defaults() -> dict[str, dict[str, Any]]:
    """Every assumption as the house says it: the form that a saved version has."""
    return {one.key: {"value": list(one.default), "source": "house"} for one in ASKED}


def completed(saved: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """A saved version with what is asked for only since then."""
    usual = defaults()
    return {key: usual[key] for key in _ASKED_SINCE} | dict(saved)


def assumptions_of(saved: Mapping[str, Mapping[str, Any]]) -> Assumptions:
    """What the engine takes, from the form that is saved; ArithmeticError or KeyError for what is none."""

    saved = completed(saved)

    def one(key: str, year: int = 0) -> Decimal:
        return Decimal(saved[key]["value"][year])

    years = tuple(
        Year(
            int(one("wage_month", n)), one("trainer_hours", n), one("work_hours", n), one("skilled_share", n),
            one("productivity", n), one("unskilled_share", n),
        )
        for n in range(len(saved["wage_month"]["value"]))
    )  # fmt: skip
    money = {asked.key: int(one(asked.key)) for asked in WHOLE if asked.unit in ("money", "people")}
    shares = {asked.key: one(asked.key) for asked in WHOLE if asked.unit == "percent"}
    return Assumptions(years=years, **money, **shares)  # type: ignore[arg-type]
