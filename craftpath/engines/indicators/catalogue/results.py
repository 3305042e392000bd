"""Gates, examinations and the time that stages take."""

from __future__ import annotations

from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.types import Better, Group, Indicator, Method, Missing, Unit
from craftpath.values.text import Text

MONTHS = 60  # what took longer is counted as this

FIRST = Is("attempt", 1)
PASSED = Is("passed", 1)


def _rows(key: str, table: str, *where: Is) -> Part:
    return Part(f"{table}_{key}", table, where=where)


PASSED_AFTER = (
    *(_rows(f"after_{m:02}", "gate", PASSED, Is("months_from_start", m)) for m in range(MONTHS)),
    _rows(f"after_{MONTHS}", "gate", PASSED, Is("months_from_start", MONTHS, "least")),
)
GATES_PASSED = _rows("passed", "gate", PASSED)
MONTHS_PASSED = Part("gate_months", "gate", "months_from_start", (PASSED,))


def _rate(key: str, table: str, first: bool, name: Text, text: Text) -> Indicator:
    when = (FIRST,) if first else ()
    base = _rows("first" if first else "tried", table, *when)
    top = _rows("first_passed" if first else "passed", table, *when, PASSED)
    return Indicator(
        key,
        Group.RESULTS,
        name,
        text,
        Unit.SHARE,
        Method.QUOTIENT,
        (top,),
        (base,),
        base=(base,),
        people=(_rows("first", table, FIRST),),
        places=4,
        interval=True,
        better=Better.UP,
    )


def _mean(key: str, column: str, name: Text, text: Text) -> Indicator:
    n = _rows(f"with_{column}", "exam", Is(column, how="given"))
    return Indicator(
        key,
        Group.RESULTS,
        name,
        text,
        Unit.POINTS,
        Method.QUOTIENT,
        (Part(f"exam_{column}", "exam", column),),
        (n,),
        base=(n,),
        places=2,
        factor=(1, 100),
        missing=Missing.NOT_MEASURED,
        better=Better.UP,
    )


RESULTS = (
    _rate(
        "gate_first_try",
        "gate",
        True,
        Text(zh="过关率（首次）", en="Gates passed at first try"),
        Text(zh="首次参加阶段过关的人中通过的比例", en="Of first attempts at a gate, the share passed"),
    ),
    _rate(
        "gate_all_tries",
        "gate",
        False,
        Text(zh="过关率（全部）", en="Gates passed, all attempts"),
        Text(zh="全部阶段过关尝试中通过的比例", en="Of all attempts at a gate, the share passed"),
    ),
    _rate(
        "exam_first_try",
        "exam",
        True,
        Text(zh="考核通过率（首次）", en="Evaluations passed at first try"),
        Text(
            zh="首次参加阶段考核的人中通过的比例",
            en="Of first attempts at the evaluation of a stage, the share passed",
        ),
    ),
    _rate(
        "exam_all_tries",
        "exam",
        False,
        Text(zh="考核通过率（全部）", en="Evaluations passed, all attempts"),
        Text(
            zh="全部阶段考核尝试中通过的比例",
            en="Of all attempts at the evaluation of a stage, the share passed",
        ),
    ),
    _mean(
        "exam_total",
        "total",
        Text(zh="考核总分均值", en="Total, mean"),
        Text(zh="阶段考核总分的平均值，满分 100", en="Mean total of stage evaluations, of 100 points"),
    ),
    _mean(
        "exam_process",
        "process",
        Text(zh="过程性评价均值", en="Process evaluation, mean"),
        Text(zh="过程性评价得分的平均值，满分 100", en="Mean of process evaluation, of 100 points"),
    ),
    _mean(
        "exam_practical",
        "practical",
        Text(zh="实践活动评价均值", en="Practical activities, mean"),
        Text(zh="实践活动评价得分的平均值，满分 100", en="Mean of practical activities, of 100 points"),
    ),
    _mean(
        "exam_final",
        "final",
        Text(zh="期末考试均值", en="Final examination, mean"),
        Text(zh="期末考试得分的平均值，满分 100", en="Mean of the final examination, of 100 points"),
    ),
    Indicator(
        "months_to_gate",
        Group.TIME,
        Text(zh="过关用时（中位数）", en="Months to the gate, median"),
        Text(
            zh="从开始到通过阶段过关的整月数，取中位数；超过 60 个月的按 60 计",
            en="Whole months from the first day to passing the gate, the median; more than 60 count as 60",
        ),
        Unit.MONTHS,
        Method.MEDIAN,
        PASSED_AFTER,
        (GATES_PASSED,),
        places=1,
        missing=Missing.RUNNING,
        better=Better.DOWN,
    ),
    Indicator(
        "months_to_gate_mean",
        Group.TIME,
        Text(zh="过关用时（均值）", en="Months to the gate, mean"),
        Text(
            zh="从开始到通过阶段过关的整月数，取平均值",
            en="Whole months from the first day to passing the gate, the mean",
        ),
        Unit.MONTHS,
        Method.QUOTIENT,
        (MONTHS_PASSED,),
        (GATES_PASSED,),
        base=(GATES_PASSED,),
        places=1,
        missing=Missing.RUNNING,
        better=Better.DOWN,
    ),
)
