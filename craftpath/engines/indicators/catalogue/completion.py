"""Enrolment, completion three ways, and early leaving."""

from __future__ import annotations

from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.types import Better, Group, Indicator, Method, Missing, Unit
from craftpath.values.text import Text

QUARTERS = 24  # what lies beyond is in no life table


def _contracts(key: str, *where: Is) -> Part:
    return Part(f"apprenticeship_{key}", "apprenticeship", where=where)


BEGUN = _contracts("begun")
RUNNING = _contracts("running", Is("outcome", "running"))
COMPLETED = _contracts("completed", Is("outcome", "completed"))
LEFT = _contracts("left", Is("outcome", "left"))
TRANSFERRED = _contracts("transferred", Is("outcome", "transferred"))
REASONED = _contracts("left_reasoned", Is("outcome", "left"), Is("reason", how="given"))


def _in(key: str, quarter: int, *where: Is) -> Part:
    return Part(f"risk_{key}_{quarter:02}", "risk", where=(Is("quarter_no", quarter), *where))


AT_RISK = tuple(_in("at", quarter) for quarter in range(1, QUARTERS + 1))
COMPLETED_IN = tuple(_in("completed", quarter, Is("completed", 1)) for quarter in range(1, QUARTERS + 1))
LEFT_IN = tuple(_in("left", quarter, Is("left", 1)) for quarter in range(1, QUARTERS + 1))
CURVE = (*AT_RISK, *COMPLETED_IN, *LEFT_IN)


FOLLOWED = (COMPLETED, LEFT)
"""Whose outcome is known: all figures about outcomes are shown together or not at all, since they add up."""
AROUND = ((*FOLLOWED, TRANSFERRED), (BEGUN,))
"""Where nobody's outcome is known that is told: of a class in its first year everybody is still there."""


def _count(key: str, part: Part, name: Text, text: Text) -> Indicator:
    people = (part,) if part is BEGUN else FOLLOWED
    return Indicator(
        key,
        Group.ENROLMENT,
        name,
        text,
        Unit.COUNT,
        Method.SUM,
        (part,),
        (part,),
        people=people,
        around=() if part is BEGUN else AROUND,
        repeats=False,
    )


def _share(
    key: str, top: Part, base: tuple[Part, ...], better: Better, name: Text, text: Text, missing: Missing
) -> Indicator:
    return Indicator(
        key,
        Group.COMPLETION,
        name,
        text,
        Unit.SHARE,
        Method.QUOTIENT,
        (top,),
        base,
        base=base,
        people=base if base == (LEFT,) else FOLLOWED,
        repeats=False,
        places=4,
        interval=True,
        missing=missing,
        better=better,
    )


def _curve(key: str, method: Method, unit: Unit, better: Better, name: Text, text: Text) -> Indicator:
    places = 1 if unit is Unit.QUARTERS else 4
    n = COMPLETED_IN if method is Method.MEDIAN_QUARTER else AT_RISK[:1]
    top = COMPLETED_IN if method is Method.MEDIAN_QUARTER else CURVE
    return Indicator(
        key,
        Group.TIME if unit is Unit.QUARTERS else Group.COMPLETION,
        name,
        text,
        unit,
        method,
        top,
        n,
        repeats=False,
        places=places,
        interval=unit is Unit.SHARE,
        missing=Missing.CENSORED if unit is Unit.SHARE else Missing.RUNNING,
        better=better,
    )


COMPLETION = (
    _count(
        "enrolled",
        BEGUN,
        Text(zh="入学人数", en="Apprenticeships begun"),
        Text(
            zh="已开始的学徒合同数，按开始的季度统计",
            en="Contracts that began, by the quarter in which they did",
        ),
    ),
    _count(
        "running",
        RUNNING,
        Text(zh="在读人数", en="Apprenticeships running"),
        Text(
            zh="仍在进行的学徒合同数，按开始的季度统计",
            en="Contracts that are still running, by the quarter in which they began",
        ),
    ),
    _count(
        "completed",
        COMPLETED,
        Text(zh="完成人数", en="Apprenticeships completed"),
        Text(
            zh="已完成的学徒合同数，按开始的季度统计",
            en="Contracts that were completed, by the quarter in which they began",
        ),
    ),
    _count(
        "left",
        LEFT,
        Text(zh="提前离开人数", en="Apprenticeships left early"),
        Text(
            zh="提前终止且未转往他处的学徒合同数，按开始的季度统计",
            en="Contracts that ended early and went on nowhere, by the quarter in which they began",
        ),
    ),
    _count(
        "transferred",
        TRANSFERRED,
        Text(zh="转出人数", en="Apprenticeships transferred"),
        Text(
            zh="转为另一份合同继续的学徒合同数，按开始的季度统计",
            en="Contracts that went on in another one, by the quarter in which they began",
        ),
    ),
    _share(
        "contract_completion",
        COMPLETED,
        (COMPLETED, LEFT, TRANSFERRED),
        Better.UP,
        Text(zh="合同完成率", en="Contract completion"),
        Text(
            zh="已结束的合同中完成的比例；转出的合同算作未完成",
            en="Of the contracts that have ended, the share completed; one that was transferred is not completed",
        ),
        Missing.RUNNING,
    ),
    _share(
        "individual_completion",
        COMPLETED,
        (COMPLETED, LEFT),
        Better.UP,
        Text(zh="个人完成率", en="Individual completion"),
        Text(
            zh="已结束学徒期的人中完成的比例；更换企业后继续的人只按最后一份合同计一次",
            en="Of the people whose training has ended, the share who completed; whoever changes the employer and "
            "goes on counts once, by the last contract",
        ),
        Missing.RUNNING,
    ),
    _share(
        "early_leaving",
        LEFT,
        (COMPLETED, LEFT, TRANSFERRED),
        Better.DOWN,
        Text(zh="提前离开率", en="Early leaving"),
        Text(zh="已结束的合同中提前离开的比例", en="Of the contracts that have ended, the share left early"),
        Missing.RUNNING,
    ),
    _share(
        "transfer_share",
        TRANSFERRED,
        (COMPLETED, LEFT, TRANSFERRED),
        Better.NONE,
        Text(zh="转出率", en="Transfers"),
        Text(
            zh="已结束的合同中转为另一份合同继续的比例",
            en="Of the contracts that have ended, the share that went on in another one",
        ),
        Missing.RUNNING,
    ),
    _share(
        "leaving_explained",
        REASONED,
        (LEFT,),
        Better.UP,
        Text(zh="离开原因登记率", en="Leaving with a reason"),
        Text(
            zh="提前离开的合同中登记了原因的比例", en="Of the contracts left early, the share with a reason"
        ),
        Missing.NOTHING,
    ),
    _curve(
        "projected_completion",
        Method.PROJECTED,
        Unit.SHARE,
        Better.UP,
        Text(zh="预计完成率", en="Projected completion"),
        Text(
            zh="按生命表推算：各季度“此前仍在读的比例 × 本季度完成的比例”之和，含仍在进行的合同",
            en="By life table, running contracts included: over all quarters, the share still there before it times "
            "the share that completes in it, added up",
        ),
    ),
    _curve(
        "first_year_survival",
        Method.SURVIVAL,
        Unit.SHARE,
        Better.UP,
        Text(zh="首年留存率", en="Still there after a year"),
        Text(
            zh="按生命表推算，开始四个季度后没有提前离开的比例",
            en="By life table, the share not left early in the first four quarters",
        ),
    ),
    _curve(
        "quarters_to_completion",
        Method.MEDIAN_QUARTER,
        Unit.QUARTERS,
        Better.NONE,
        Text(zh="完成所用季度（中位数）", en="Quarters to completion, median"),
        Text(
            zh="已完成的合同从开始到完成所用的季度数，取中位数",
            en="Quarters from beginning to completion of those who completed, the median",
        ),
    ),
)
