"""What the cells of an office's own layout may ask for: placeholders, by all the names that they go by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from craftpath.delivery.exchange.spelling import likeness, plain
from craftpath.domain.programmes.definition import ComponentInfo
from craftpath.values.text import Text

BRACED = re.compile(r"[{｛]([^{}｛｝\r\n]{1,80})[}｝]")
"""A placeholder as it is written: {name}, ｛姓名｝, { Name }."""
_ALIKE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that may be asked for. `row`: it differs from person to person."""

    key: str
    label: Text
    meaning: Text
    row: bool
    names: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return tuple(name for name in (self.label.zh, self.label.en, self.key, *self.names) if name)


def _asked(key: str, label: tuple[str, str], meaning: tuple[str, str], names: str, *, row: bool) -> Asked:
    also = tuple(name for name in names.split("|") if name)
    return Asked(key, Text(*label), Text(*meaning), row, also)


def _one(key: str, zh: str, en: str, meaning: tuple[str, str], names: str = "") -> Asked:
    return _asked(key, (zh, en), meaning, names, row=False)


def _each(key: str, zh: str, en: str, meaning: tuple[str, str], names: str = "") -> Asked:
    return _asked(key, (zh, en), meaning, names, row=True)


ONCE: tuple[Asked, ...] = (
    _one("college", "学院", "College", ("班级所属学院的名称", "the college that the cohort belongs to"),
         "学校|技师学院|school"),
    _one("campus", "班级所在单位", "Organisation", ("班级所在的校区或单位",
         "the campus or organisation that runs the cohort"), "校区|单位|campus"),
    _one("cohort", "班级", "Cohort", ("班级名称", "the name of the cohort"), "班|class"),
    _one("occupation", "职业", "Occupation", ("班级所学职业（工种）", "the occupation aimed at"), "工种|专业|trade"),
    _one("programme", "培养方案", "Programme", ("培养方案名称", "the programme that the cohort follows"), "program"),
    _one("stage", "阶段", "Stage", ("本次评价的阶段", "the stage that is judged"), "培养阶段"),
    _one("scheme", "评价方案", "Scheme", ("评价方案名称", "the evaluation scheme"), "方案|evaluation scheme"),
    _one("version", "方案版本", "Version", ("评价方案的版本号", "the version of the scheme"), "版本|scheme version"),
    _one("starts_on", "开班日期", "Cohort began on", ("班级开始日期", "the cohort's first day"), "开学日期"),
    _one("ends_on", "结业日期", "Cohort ends on", ("班级计划结束日期", "the cohort's planned last day"), "毕业日期"),
    _one("today", "今天", "Today", ("下载当天的日期", "the day on which the layout is filled"),
         "日期|填表日期|制表日期|date"),
    _one("filled_by", "填表人", "Filled by", ("下载人姓名", "who fills the layout"), "制表人|经办人"),
    _one("people", "人数", "Number of people", ("表中人数", "how many people are in the sheet"),
         "总人数|学徒人数|count"),
    _one("complete_count", "成绩已齐人数", "Number complete",
         ("成绩已经齐全的人数", "how many have all marks in"), "已齐人数"),
    _one("open_count", "未齐人数", "Number open", ("成绩尚未齐全的人数", "how many still wait for marks"), "未定人数"),
    _one("passed_count", "合格人数", "Number passed",
         ("达到要求或已认定通过的人数", "how many meet the pass rules"), "通过人数|达到要求人数"),
    _one("failed_count", "不合格人数", "Number not passed",
         ("成绩已齐但未达到要求的人数", "how many are complete and do not meet them"), "未通过人数"),
    _one("decided_count", "已认定人数", "Number decided", ("结果已认定的人数", "how many results are decided")),
    _one("average", "平均分", "Average", ("总成绩的平均分，与页面一致",
         "the mean of the final results, as on the page"), "平均成绩|平均|mean"),
    _one("highest", "最高分", "Highest", ("最高的总成绩", "the highest final result"), "max"),
    _one("lowest", "最低分", "Lowest", ("最低的总成绩", "the lowest final result"), "min"),
)  # fmt: skip

EACH: tuple[Asked, ...] = (
    _each("line", "序号", "No.", ("第几行，从 1 开始", "counts the rows from 1"), "行号|row"),
    _each("number", "学号", "Student number", ("学号，保留前面的零", "the student number, with its zeros"),
          "编号|student no|student id"),
    _each("name", "姓名", "Name", ("学徒姓名", "the apprentice's name"), "学徒|学徒姓名|apprentice"),
    _each("name_latin", "英文姓名", "Name in English", ("姓名的拉丁字母写法", "the name in Latin letters"),
          "英文名|拼音|english name|name en"),
    _each("enterprise", "企业", "Enterprise", ("所在企业", "where the apprentice works"), "企业名称|公司|company"),
    _each("mentor", "师傅", "Mentor", ("今天的师傅；多人用顿号分开", "the mentors of today"), "企业师傅|导师"),
    _each("to_date", "目前得分", "To date", ("目前已得的分（满分 100）",
          "points of 100 earned so far"), "points so far"),
    _each("open", "未定分", "Still open", ("还可能得到的分", "points of 100 that can still be added"), "open points"),
    _each("total", "总成绩", "Final", ("总成绩，按方案舍入；未齐时空白",
          "the final result, rounded as the scheme rounds; blank while something is open"),
          "总评|总分|总评成绩|final result|total score"),
    _each("grade", "等级", "Grade", ("按等级评定的方案的结果", "the result of schemes that give grades"), "level"),
    _each("passed", "是否合格", "Passed", ("达到要求、通过与否；未齐时空白",
          "met or not met; once decided, passed or not passed; blank while open"), "结论|结果|评定结果|pass rules"),
    _each("missing", "缺少什么", "What is missing", ("还缺哪些成绩", "which marks are still to come"), "缺项"),
    _each("decided_on", "认定日期", "Decided on", ("结果认定的日期", "the day on which the result was decided"),
          "decision date"),
    _each("rank", "名次", "Rank", ("按总成绩的名次，并列同名次；看不到全班时空白",
          "by the final result, equal ones share a rank; blank for who does not see the whole cohort"),
          "排名|班级名次"),
)  # fmt: skip


class Names:
    """What a layout may ask for under one scheme, and how it is found by what somebody wrote."""

    def __init__(self, parts: Sequence[ComponentInfo] = ()) -> None:
        self.parts, self.items = _parts(parts), _items(parts)
        self.once: tuple[Asked, ...] = ONCE
        self.each: tuple[Asked, ...] = (*EACH, *self.parts, *self.items)
        self._found: dict[str, Asked] = {}
        for one in (*self.once, *self.each):
            for spelling in one.spellings:
                self._found.setdefault(plain(spelling), one)

    def alone(self) -> Names:
        """The same names for a form about one person: nothing is repeated, everything stands once."""
        found = object.__new__(Names)
        found.parts, found.items = self.parts, self.items
        found.once = tuple(replace(one, row=False) for one in (*self.once, *self.each))
        found.each = ()
        own = {one.key: one for one in found.once}
        found._found = {spelling: own[one.key] for spelling, one in self._found.items()}
        return found

    def find(self, written: str) -> Asked | None:
        """What is meant by the words between the braces; None if nobody knows."""
        return self._found.get(plain(written))

    def near(self, written: str) -> str:
        """The known name that looks most like it; empty if none does."""
        wanted = plain(written)
        alike = max(((likeness(wanted, known), known) for known in self._found), default=(0, ""))
        if alike[0] < _ALIKE:
            return ""
        one = self._found[alike[1]]
        return next(name for name in one.spellings if plain(name) == alike[1])

    def call(self, one: Asked, language: str) -> str:
        """How to write it: the name in this language, or another one where that name means something else."""
        first = one.label.say(language)
        return next((n for n in (first, *one.spellings, *one.names) if self.find(n) is one), one.key)


def _parts(parts: Sequence[ComponentInfo]) -> tuple[Asked, ...]:
    """Of each component its value from 0 to 100, and the points of 100 that it brings."""
    again = _twice(name for part in parts for name in (part.name.zh, part.name.en))
    found = []
    for part in parts:
        name = _apart(part.name, part.key, again)
        found += [
            Asked(
                f"{part.key}.value",
                name,
                Text(zh="该项目成绩，0–100", en="the component's value, 0–100"),
                row=True,
                names=(part.key, f"component {part.key}", f"{name.zh}成绩"),
            ),
            Asked(
                f"{part.key}.points",
                Text(zh=f"{name.zh or name.en}得分", en=f"{name.en or name.zh} points"),
                Text(
                    zh=f"该项目折算得分，满分 {part.weight:f}",
                    en=f"the points that it brings, of {part.weight:f}",
                ),
                row=True,
                names=(f"{part.key} points", f"{name.zh}折算分"),
            ),
        ]
    return tuple(found)


def _items(parts: Sequence[ComponentInfo]) -> tuple[Asked, ...]:
    """Of each item the mark as it was given."""
    items = [item for part in parts for item in part.items]
    again = _twice(name for item in items for name in (item.name.zh, item.name.en))
    return tuple(
        Asked(
            f"item:{item.key}",
            _apart(item.name, item.key, again),
            Text(
                zh=f"该条目的成绩，0–{item.max:f}；缺考、缓考、免修写成文字",
                en=f"the mark, 0–{item.max:f}; absent, deferred and exempt in words",
            ),
            row=True,
            names=(item.key, f"item {item.key}", f"条目{item.name.zh or item.key}"),
        )
        for item in items
    )


def _twice(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(map(plain, names)).items() if times > 1 and name}


def _apart(name: Text, key: str, again: set[str]) -> Text:
    """The name; where another has the same one, the key with it."""
    zh, en = (f"{said} {key}" if said and plain(said) in again else said for said in (name.zh, name.en))
    return Text(zh=zh, en=en)
