"""Wages, money and credits."""

from __future__ import annotations

from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.types import (
    FLOOR_OF_OPINIONS,
    Better,
    Group,
    Indicator,
    Method,
    Unit,
)
from craftpath.values.text import Text

WAGES = Part("wage_rows", "wage")
WAGE_SUM = Part("wage_amount", "wage", "amount_minor")
STEPS = (1, 2, 3)


def _step(step: int) -> Indicator:
    where = (Is("step", step),)
    n = Part(f"wage_step_{step}_rows", "wage", where=where)
    return Indicator(
        f"wage_step_{step}",
        Group.WAGES,
        Text(zh=f"第 {step} 档工资", en=f"Wage of step {step}"),
        Text(
            zh=f"处于约定工资第 {step} 档的学徒的平均月工资",
            en=f"A month's wage at step {step} of the agreed wage, the mean",
        ),
        Unit.MONEY,
        Method.QUOTIENT,
        (Part(f"wage_step_{step}", "wage", "amount_minor", where),),
        (n,),
        base=(n,),
        places=2,
        factor=(1, 100),
        floor=FLOOR_OF_OPINIONS,
        better=Better.UP,
    )


def _kind(kind: str) -> tuple[Part, Part]:
    where = (Is("kind", kind),)
    return (
        Part(f"money_{kind}", "money", "amount_minor", where),
        Part(f"money_{kind}_rows", "money", where=where),
    )


def _sum(key: str, amount: Part, rows: Part, name: Text, text: Text) -> Indicator:
    return Indicator(
        key, Group.MONEY, name, text, Unit.MONEY, Method.SUM, (amount,), (rows,), places=2, factor=(1, 100)
    )


COST, COST_ROWS = _kind("cost")
BENEFIT, BENEFIT_ROWS = _kind("benefit")
CLAIMED, CLAIMED_ROWS = _kind("subsidy_claimed")
RECEIVED, RECEIVED_ROWS = _kind("subsidy_received")
RETURNED, RETURNED_ROWS = _kind("subsidy_returned")
GIVEN, GIVEN_ROWS = _kind("contribution")
PARTNERS = {
    "enterprise": Text(zh="企业", en="enterprises"),
    "college": Text(zh="院校", en="colleges"),
    "government": Text(zh="政府", en="government"),
    "association": Text(zh="行业组织", en="associations"),
}


def _given(partner: str, name: Text) -> Indicator:
    where = (Is("kind", "contribution"), Is("partner_kind", partner))
    return _sum(
        f"contribution_{partner}",
        Part(f"money_contribution_{partner}", "money", "amount_minor", where),
        Part(f"money_contribution_{partner}_rows", "money", where=where),
        Text(zh=f"{name.zh}投入", en=f"Contributions of {name.en}"),
        Text(zh=f"{name.zh}投入的折算金额", en=f"What {name.en} put in, valued in money"),
    )


ACCOUNTS = Part("credit_rows", "credit")
CREDITS_EARNED = Part("credit_earned", "credit", "earned")
CREDITS_CONVERTED = Part("credit_converted", "credit", "converted")


def _credits(key: str, part: Part, name: Text, text: Text) -> Indicator:
    return Indicator(
        key,
        Group.CREDITS,
        name,
        text,
        Unit.CREDITS,
        Method.SUM,
        (part,),
        (ACCOUNTS,),
        places=2,
        factor=(1, 100),
    )


EARNED = (
    Indicator(
        "wage_mean",
        Group.WAGES,
        Text(zh="平均月工资", en="Monthly wage, mean"),
        Text(zh="学徒月工资的平均值", en="A month's wage of an apprentice, the mean"),
        Unit.MONEY,
        Method.QUOTIENT,
        (WAGE_SUM,),
        (WAGES,),
        base=(WAGES,),
        places=2,
        factor=(1, 100),
        floor=FLOOR_OF_OPINIONS,
        better=Better.UP,
    ),
    *map(_step, STEPS),
    Indicator(
        "wage_floor_met",
        Group.WAGES,
        Text(zh="工资达标率", en="Wages at or above the floor"),
        Text(zh="不低于规定下限的工资比例", en="The share of wages that are not below their floor"),
        Unit.SHARE,
        Method.QUOTIENT,
        (Part("wage_floor_met", "wage", where=(Is("amount_minor", "floor_minor", "least_column"),)),),
        (WAGES,),
        base=(WAGES,),
        places=4,
        interval=True,
        floor=FLOOR_OF_OPINIONS,
        better=Better.UP,
    ),
    Indicator(
        "wage_to_floor",
        Group.WAGES,
        Text(zh="工资与下限之比", en="Wage by its floor"),
        Text(zh="工资总额除以下限总额", en="All wages by all their floors"),
        Unit.RATIO,
        Method.QUOTIENT,
        (WAGE_SUM,),
        (WAGES,),
        base=(Part("wage_floor", "wage", "floor_minor"),),
        places=3,
        floor=FLOOR_OF_OPINIONS,
        better=Better.UP,
    ),
    _sum(
        "cost",
        COST,
        COST_ROWS,
        Text(zh="培养成本", en="Cost of training"),
        Text(zh="登记的培养成本合计", en="Booked cost of training, added up"),
    ),
    _sum(
        "benefit",
        BENEFIT,
        BENEFIT_ROWS,
        Text(zh="生产性收益", en="Benefit of productive work"),
        Text(zh="登记的学徒生产性收益合计", en="Booked benefit of apprentices' work, added up"),
    ),
    Indicator(
        "net_cost",
        Group.MONEY,
        Text(zh="净成本", en="Net cost"),
        Text(zh="培养成本减去生产性收益", en="Cost of training less benefit of productive work"),
        Unit.MONEY,
        Method.DIFFERENCE,
        (COST, BENEFIT),
        (COST_ROWS, BENEFIT_ROWS),
        people=(COST_ROWS,),
        places=2,
        factor=(1, 100),
    ),
    Indicator(
        "benefit_to_cost",
        Group.MONEY,
        Text(zh="收益成本比", en="Benefit by cost"),
        Text(zh="生产性收益除以培养成本", en="Benefit of productive work by cost of training"),
        Unit.RATIO,
        Method.QUOTIENT,
        (BENEFIT,),
        (COST_ROWS, BENEFIT_ROWS),
        base=(COST,),
        people=(COST_ROWS,),
        places=3,
        better=Better.UP,
    ),
    _sum(
        "subsidy_claimed",
        CLAIMED,
        CLAIMED_ROWS,
        Text(zh="申报补贴", en="Subsidies claimed"),
        Text(zh="申报的补贴合计", en="Subsidies that were claimed, added up"),
    ),
    _sum(
        "subsidy_received",
        RECEIVED,
        RECEIVED_ROWS,
        Text(zh="到账补贴", en="Subsidies received"),
        Text(zh="到账的补贴合计", en="Subsidies that were received, added up"),
    ),
    _sum(
        "subsidy_returned",
        RETURNED,
        RETURNED_ROWS,
        Text(zh="退回补贴", en="Subsidies returned"),
        Text(zh="退回的补贴合计", en="Subsidies that were returned, added up"),
    ),
    Indicator(
        "subsidy_paid_share",
        Group.MONEY,
        Text(zh="补贴到账率", en="Subsidies received of those claimed"),
        Text(zh="到账补贴占申报补贴的比例", en="Subsidies received by subsidies claimed"),
        Unit.SHARE,
        Method.QUOTIENT,
        (RECEIVED,),
        (CLAIMED_ROWS,),
        base=(CLAIMED,),
        places=4,
        better=Better.UP,
    ),
    _sum(
        "contribution",
        GIVEN,
        GIVEN_ROWS,
        Text(zh="各方投入", en="Contributions of partners"),
        Text(zh="各合作方投入的折算金额合计", en="What all partners put in, valued in money"),
    ),
    *(_given(partner, name) for partner, name in PARTNERS.items()),
    _credits(
        "credits_earned",
        CREDITS_EARNED,
        Text(zh="取得学分", en="Credits earned"),
        Text(zh="本地取得的学分合计", en="Credits that were earned here, added up"),
    ),
    _credits(
        "credits_converted",
        CREDITS_CONVERTED,
        Text(zh="转换学分", en="Credits converted"),
        Text(zh="由外部成果转换的学分合计", en="Credits taken in for what was reached elsewhere, added up"),
    ),
    Indicator(
        "credits_converted_share",
        Group.CREDITS,
        Text(zh="转换学分占比", en="Share of credits converted"),
        Text(zh="全部学分中由外部成果转换的比例", en="Of all credits, the share taken in from elsewhere"),
        Unit.SHARE,
        Method.QUOTIENT,
        (CREDITS_CONVERTED,),
        (ACCOUNTS,),
        base=(CREDITS_EARNED, CREDITS_CONVERTED),
        places=4,
    ),
)
