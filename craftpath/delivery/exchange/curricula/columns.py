"""The sheets of units and their columns, by the names that a reader of Chinese or of English sees."""

from __future__ import annotations

from collections.abc import Mapping

from craftpath.delivery.exchange.spelling import plain
from craftpath.values.text import Text

UNITS, OUTCOMES, ASSESSMENTS = "units", "outcomes", "assessments"
SHEETS = {
    UNITS: Text("单元", "Units"),
    OUTCOMES: Text("学习成果", "Outcomes"),
    ASSESSMENTS: Text("考核", "Assessments"),
}
COLUMNS: dict[str, dict[str, Text]] = {
    UNITS: {
        "key": Text("编号", "Key"),
        "zh": Text("中文名称", "Name in Chinese"),
        "en": Text("英文名称", "Name in English"),
        "hours": Text("学时", "Hours"),
        "bucket": Text("学时类别", "Counts as"),
        "stages": Text("适用阶段", "Suits the stages"),
        "area": Text("学习领域", "Learning area"),
        "skills": Text("核心技能", "Core skills"),
        "needs": Text("先修单元", "Comes after"),
        "trainer": Text("授课人", "Taught by"),
        "room": Text("场地设备", "Room or equipment"),
        "hazardous": Text("危险作业", "Hazardous"),
        "resources": Text("教学资源", "Resources"),
        "stage": Text("所在阶段", "Stage"),
        "order": Text("顺序", "Order"),
    },
    OUTCOMES: {
        "unit": Text("单元编号", "Unit"),
        "key": Text("编号", "Key"),
        "zh": Text("中文", "In Chinese"),
        "en": Text("英文", "In English"),
        "area": Text("学习领域", "Learning area"),
        "skills": Text("核心技能", "Core skills"),
        "tasks": Text("对应任务", "Serves the tasks"),
        "seen": Text("考核方式", "Shown by"),
    },
    ASSESSMENTS: {
        "key": Text("编号", "Key"),
        "zh": Text("中文名称", "Name in Chinese"),
        "en": Text("英文名称", "Name in English"),
        "component": Text("评价部分", "Part of the evaluation"),
        "item": Text("评价项目", "Item"),
        "words": Text("依据", "By what"),
    },
}
ONLY_OF_VERSIONS = {UNITS: ("stage", "order"), OUTCOMES: ("seen",)}
"""Columns that a library has no use for: they are left out of its sheets, and passed over when read."""
NEEDED = {UNITS: ("key", "hours", "bucket"), OUTCOMES: ("unit",), ASSESSMENTS: ("key",)}
YES = {"是", "yes", "y", "true", "1", "√", "x"}
NO = {"", "否", "no", "n", "false", "0"}


def columns_by_name(kind: str) -> Mapping[str, str]:
    """A head as it may be spelled → the column's key."""
    found: dict[str, str] = {}
    for key, name in COLUMNS[kind].items():
        found |= {plain(name.zh): key, plain(name.en): key, key: key}
    return found


def kind_of(sheet: str) -> str:
    """Which of the sheets a name means; "" for another."""
    names = {plain(word): kind for kind, name in SHEETS.items() for word in (name.zh, name.en, kind)}
    return names.get(plain(sheet), "")
