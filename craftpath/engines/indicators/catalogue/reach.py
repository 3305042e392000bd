"""Growth of core skills, village points and workshops."""

from __future__ import annotations

from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.types import Better, Group, Indicator, Method, Missing, Unit
from craftpath.values.text import Text

DOMAINS = {
    "": Text(zh="核心技能", en="Core skills"),
    "social_emotional": Text(zh="社会与情感技能", en="Social and emotional skills"),
    "cognitive_metacognitive": Text(zh="认知与元认知技能", en="Cognitive and metacognitive skills"),
    "basic_digital": Text(zh="基础数字技能", en="Basic digital skills"),
    "basic_green": Text(zh="基础绿色技能", en="Basic green skills"),
}


def _growth(domain: str, name: Text) -> Indicator:
    where = (Is("domain", domain),) if domain else ()
    before, after, n = (
        Part(f"skill_{domain or 'all'}_{column}", "skill", column, where)
        for column in ("before", "after", "n")
    )
    return Indicator(
        f"growth_{domain}" if domain else "growth",
        Group.SKILLS,
        Text(zh=f"{name.zh}增长", en=f"{name.en}: growth"),
        Text(
            zh=f"{name.zh}两次测评之间的平均等级变化",
            en=f"{name.en}: levels after less levels before, the mean of those who were measured both times",
        ),
        Unit.LEVELS,
        Method.GROWTH,
        (after, before),
        (n,),
        base=(n,),
        places=2,
        factor=(1, 100),
        missing=Missing.NOT_MEASURED,
        better=Better.UP,
    )


POINTS = Part("village_rows", "village")
VISITORS = Part("village_people", "village", "people")
VISITS = Part("village_visits", "village", "visits")
HOURS_OPEN = Part("village_hours", "village", "hours_open")
HELD = Part("workshop_rows", "workshop")
INVITED = Part("workshop_invited", "workshop", "invited")
CAME = Part("workshop_came", "workshop", "came")
ANSWERS = Part("workshop_answers", "workshop", "answers")


def _counted(
    key: str, part: Part, n: Part, people: Part, name: Text, text: Text, unit: Unit = Unit.COUNT
) -> Indicator:
    return Indicator(key, Group.REACH, name, text, unit, Method.SUM, (part,), (n,), people=(people,))


def _quotient(
    key: str, top: Part, base: Part, people: Part, name: Text, text: Text, share: bool
) -> Indicator:
    return Indicator(
        key,
        Group.REACH,
        name,
        text,
        Unit.SHARE if share else Unit.RATIO,
        Method.QUOTIENT,
        (top,),
        (base,),
        base=(base,),
        people=(people,),
        places=4 if share else 1,
        better=Better.UP,
    )


REACH = (
    *(_growth(domain, name) for domain, name in DOMAINS.items()),
    _counted(
        "village_people",
        VISITORS,
        VISITORS,
        VISITORS,
        Text(zh="村点服务人数", en="People reached by village points"),
        Text(
            zh="每季度至少到过一次村点的人数，按季度相加",
            en="People who came to a village point at least once in a quarter, quarters added up",
        ),
    ),
    _counted(
        "village_visits",
        VISITS,
        VISITS,
        VISITORS,
        Text(zh="村点服务人次", en="Visits to village points"),
        Text(zh="到村点的人次", en="Visits to village points"),
    ),
    _counted(
        "village_hours",
        HOURS_OPEN,
        POINTS,
        VISITORS,
        Text(zh="村点开放小时", en="Hours that village points were open"),
        Text(zh="村点开放的小时数合计", en="Hours that village points were open, added up"),
        Unit.HOURS,
    ),
    _quotient(
        "village_people_per_point",
        VISITORS,
        POINTS,
        VISITORS,
        Text(zh="每个村点服务人数", en="People reached by a village point"),
        Text(
            zh="每个村点每季度服务的平均人数", en="People who came to a village point in a quarter, the mean"
        ),
        False,
    ),
    _counted(
        "workshops",
        HELD,
        HELD,
        CAME,
        Text(zh="研讨会场次", en="Workshops"),
        Text(zh="已举办的研讨会场次", en="Workshops that were held"),
    ),
    _counted(
        "workshop_people",
        CAME,
        CAME,
        CAME,
        Text(zh="研讨会参加人次", en="People at workshops"),
        Text(zh="参加研讨会的人次", en="People who came to workshops, workshops added up"),
    ),
    _quotient(
        "workshop_attendance",
        CAME,
        INVITED,
        CAME,
        Text(zh="研讨会到会率", en="Attendance of workshops"),
        Text(zh="受邀人次中到会的比例", en="Of those invited to workshops, the share who came"),
        True,
    ),
    _quotient(
        "workshop_answers",
        ANSWERS,
        CAME,
        CAME,
        Text(zh="研讨会问卷回收率", en="Answers after workshops"),
        Text(
            zh="到会人次中填写问卷的比例",
            en="Of those who came to workshops, the share who answered afterwards",
        ),
        True,
    ),
)
