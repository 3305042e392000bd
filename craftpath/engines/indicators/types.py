"""What an indicator is: one definition with its words, its integer parts and the arithmetic that finishes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from craftpath.engines.indicators.parts import Part
from craftpath.values.text import Text

FLOOR = 5
FLOOR_OF_OPINIONS = 10  # for satisfaction and wages


class Method(StrEnum):
    """How parts become a value."""

    SUM = "sum"  # top parts, added up, times factor
    QUOTIENT = "quotient"  # top by base, times factor
    DIFFERENCE = "difference"  # first top part less the others, times factor
    GROWTH = "growth"  # first top part less the others, by base, times factor
    MEDIAN = "median"  # of whole numbers that `top` counts, from 0 on
    PROJECTED = "projected"  # completion by life table
    SURVIVAL = "survival"  # of the first quarters by life table
    MEDIAN_QUARTER = "median_quarter"  # of the quarters in which `top` counts what happened


class Unit(StrEnum):
    """What a value is counted in; a share is between 0 and 1."""

    COUNT = "count"
    SHARE = "share"
    HOURS = "hours"
    MONTHS = "months"
    QUARTERS = "quarters"
    POINTS = "points"
    SCALE = "scale"  # points of a scale from 1 to 5
    LEVELS = "levels"
    CREDITS = "credits"
    MONEY = "money"  # major units of the country's currency
    RATIO = "ratio"


class Missing(StrEnum):
    """What becomes of what is missing; `MISSING_TEXTS` says it in words."""

    NOTHING = "nothing"
    RUNNING = "running"
    NOT_ANSWERED = "not_answered"
    NOT_MEASURED = "not_measured"
    CENSORED = "censored"


MISSING_TEXTS = {
    Missing.NOTHING: Text(
        zh="不会缺失：只统计已登记的事项", en="Nothing can be missing: what is recorded counts"
    ),
    Missing.RUNNING: Text(zh="仍在进行的合同不计入", en="Contracts that are still running do not count"),
    Missing.NOT_ANSWERED: Text(zh="未作答、未答复的不计入", en="What was not answered does not count"),
    Missing.NOT_MEASURED: Text(zh="没有数值的不计入", en="What has no value does not count"),
    Missing.CENSORED: Text(
        zh="仍在进行的合同计入其已经历的季度",
        en="Running contracts count in the quarters that they have seen",
    ),
}


class Why(StrEnum):
    """Why a cell has no value; `WHY_TEXTS` says it in words."""

    NO_ROWS = "no_rows"
    OPEN_END = "open_end"
    SMALL_GROUP = "small_group"


WHY_TEXTS = {
    Why.NO_ROWS: Text(zh="没有可计算的数据", en="There is nobody to count"),
    Why.OPEN_END: Text(
        zh="跟踪时间还不够长，无法推算", en="Nobody has been followed to the end of training yet"
    ),
    Why.SMALL_GROUP: Text(zh="人数过少，为保护隐私不显示", en="Too few people: not shown, to protect them"),
}


class Better(StrEnum):
    """Which way is better, if either is."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Group(StrEnum):
    """What an indicator tells about; `GROUP_TEXTS` names it."""

    ENROLMENT = "enrolment"
    COMPLETION = "completion"
    RESULTS = "results"
    TIME = "time"
    HOURS = "hours"
    MENTORS = "mentors"
    ANSWERS = "answers"
    RECORD = "record"
    SATISFACTION = "satisfaction"
    WAGES = "wages"
    MONEY = "money"
    CREDITS = "credits"
    SKILLS = "skills"
    REACH = "reach"


GROUP_TEXTS = {
    Group.ENROLMENT: Text(zh="入学", en="Enrolment"),
    Group.COMPLETION: Text(zh="完成", en="Completion"),
    Group.RESULTS: Text(zh="结果", en="Results"),
    Group.TIME: Text(zh="时长", en="Time"),
    Group.HOURS: Text(zh="学时", en="Hours"),
    Group.MENTORS: Text(zh="师傅", en="Mentors"),
    Group.ANSWERS: Text(zh="答复", en="Answers"),
    Group.RECORD: Text(zh="学徒日志", en="Record book"),
    Group.SATISFACTION: Text(zh="满意度", en="Satisfaction"),
    Group.WAGES: Text(zh="工资", en="Wages"),
    Group.MONEY: Text(zh="经费", en="Money"),
    Group.CREDITS: Text(zh="学分", en="Credits"),
    Group.SKILLS: Text(zh="核心技能", en="Core skills"),
    Group.REACH: Text(zh="服务覆盖", en="Reach"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One definition.

    `top` and `base` are its additive parts, `n` counts what the value rests on, `people` (else `n`) counts those
    whom a cell could tell of: with fewer than `floor` it is not shown. Several parts in one place are added up.
    `around` are larger crowds that `people` stand out of: where a figure has them nobody among `people` is told too,
    as long as each crowd is nobody or large enough.
    `repeats` says that the same people stand in several periods, so that over several periods only the largest
    number of one period is sure to be different people. A value is `top` (by `base`) times `factor[0]` /
    `factor[1]`, half up to `places`; `interval` says that it has bounds of 95 %.
    """

    key: str
    group: Group
    name: Text
    text: Text
    unit: Unit
    method: Method
    top: tuple[Part, ...]
    n: tuple[Part, ...]
    base: tuple[Part, ...] = ()
    people: tuple[Part, ...] = ()
    around: tuple[tuple[Part, ...], ...] = ()
    repeats: bool = True
    places: int = 0
    factor: tuple[int, int] = (1, 1)
    interval: bool = False
    missing: Missing = Missing.NOTHING
    floor: int = FLOOR
    better: Better = Better.NONE

    @property
    def table(self) -> str:
        """The table of the star that it is counted from: its source."""
        return self.n[0].table

    @property
    def counted(self) -> tuple[Part, ...]:
        """The parts, added up, that the privacy floor looks at."""
        return self.people or self.n

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part once, in a fixed order."""
        around = (part for crowd in self.around for part in crowd)
        return tuple(dict.fromkeys((*self.n, *self.counted, *around, *self.top, *self.base)))
