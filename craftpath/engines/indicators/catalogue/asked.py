"""How quickly people are answered, and how satisfied they are."""

from __future__ import annotations

from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.types import (
    FLOOR_OF_OPINIONS,
    Better,
    Group,
    Indicator,
    Method,
    Missing,
    Unit,
)
from craftpath.values.text import Text

ANSWERED = Is("answered", 1)
KINDS = {
    "question": Text(zh="提问", en="Questions"),
    "request": Text(zh="申请", en="Requests"),
    "complaint": Text(zh="投诉", en="Complaints"),
}
AUDIENCES = {
    "apprentice": Text(zh="学徒", en="apprentices"),
    "mentor": Text(zh="师傅", en="mentors"),
    "enterprise": Text(zh="企业", en="enterprises"),
}


def _hours(kind: str, name: Text) -> Indicator:
    where = (Is("kind", kind), ANSWERED)
    n = Part(f"answer_{kind}_answered", "answer", where=where)
    return Indicator(
        f"{kind}_hours",
        Group.ANSWERS,
        Text(zh=f"{name.zh}答复用时", en=f"{name.en}: hours until the answer"),
        Text(
            zh=f"已答复的{name.zh}从提出到答复的平均小时数",
            en=f"{name.en} that were answered: hours until the answer, the mean",
        ),
        Unit.HOURS,
        Method.QUOTIENT,
        (Part(f"answer_{kind}_hours", "answer", "hours", where),),
        (n,),
        base=(n,),
        places=1,
        missing=Missing.NOT_ANSWERED,
        better=Better.DOWN,
    )


def _answered(kind: str, name: Text) -> Indicator:
    n = Part(f"answer_{kind}", "answer", where=(Is("kind", kind),))
    return Indicator(
        f"{kind}_answered",
        Group.ANSWERS,
        Text(zh=f"{name.zh}答复率", en=f"{name.en} answered"),
        Text(zh=f"全部{name.zh}中已答复的比例", en=f"{name.en}: the share that was answered"),
        Unit.SHARE,
        Method.QUOTIENT,
        (Part(f"answer_{kind}_answered", "answer", where=(Is("kind", kind), ANSWERED)),),
        (n,),
        base=(n,),
        places=4,
        interval=True,
        better=Better.UP,
    )


def _mean(audience: str, name: Text) -> Indicator:
    n = _opinions(audience, "n")
    return Indicator(
        f"satisfaction_{audience}",
        Group.SATISFACTION,
        Text(zh=f"{name.zh}满意度", en=f"Satisfaction of {name.en}"),
        Text(
            zh=f"{name.zh}满意度题目的平均分，1 至 5 分",
            en=f"Mean answer of {name.en} on a scale from 1 to 5",
        ),
        Unit.SCALE,
        Method.QUOTIENT,
        (_opinions(audience, "sum"),),
        (n,),
        base=(n,),
        places=2,
        missing=Missing.NOT_ANSWERED,
        floor=FLOOR_OF_OPINIONS,
        better=Better.UP,
    )


def _top_two(audience: str, name: Text) -> Indicator:
    n = _opinions(audience, "n")
    return Indicator(
        f"satisfied_{audience}",
        Group.SATISFACTION,
        Text(zh=f"满意的{name.zh}比例", en=f"Satisfied {name.en}"),
        Text(
            zh=f"{name.zh}的回答中选 4 分或 5 分的比例",
            en=f"Of the answers of {name.en}, the share of 4 and 5 on a scale from 1 to 5",
        ),
        Unit.SHARE,
        Method.QUOTIENT,
        (_opinions(audience, "top_two"),),
        (n,),
        base=(n,),
        places=4,
        interval=True,
        missing=Missing.NOT_ANSWERED,
        floor=FLOOR_OF_OPINIONS,
        better=Better.UP,
    )


def _opinions(audience: str, column: str) -> Part:
    return Part(f"satisfaction_{audience}_{column}", "satisfaction", column, (Is("audience", audience),))


ASKED = tuple(
    made(word, name)
    for makers, words in (((_answered, _hours), KINDS), ((_mean, _top_two), AUDIENCES))
    for word, name in words.items()
    for made in makers
)
