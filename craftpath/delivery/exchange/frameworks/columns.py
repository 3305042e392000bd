"""The columns of a framework as a spreadsheet: heads in both languages, each ending in a word that never changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from craftpath.delivery.exchange.spelling import plain
from craftpath.domain.standards.content import Level

SHEETS = {
    "framework": "框架 Framework",
    "levels": "等级 Levels",
    "skills": "技能 Skills",
    "crosswalk": "对照 Crosswalk",
}
SKILL_COLUMNS = {
    "key": "键 key",
    "parent": "上级 parent",
    "kind": "类别 kind",
    "code": "编号 code",
    "name_zh": "名称（中文） name_zh",
    "name_en": "名称（英文） name_en",
    "meaning_zh": "释义（中文） meaning_zh",
    "meaning_en": "释义（英文） meaning_en",
    "indicators_zh": "车间表现（中文，每行一条） indicators_zh",
    "indicators_en": "车间表现（英文，每行一条） indicators_en",
    "hints_zh": "提示词（中文） hints_zh",
    "hints_en": "提示词（英文） hints_en",
}
EXCHANGE_COLUMNS = {
    "identifier": "标识 identifier",
    "uri": "网址 uri",
    "stamp": "修改时间 stamp",
    "carried": "随带 carried",
}
LEVEL_COLUMNS = {
    "key": "键 key",
    "name_zh": "名称（中文） name_zh",
    "name_en": "名称（英文） name_en",
    "meaning_zh": "含义（中文） meaning_zh",
    "meaning_en": "含义（英文） meaning_en",
}
PAIR_COLUMNS = {
    "one": "技能 one",
    "match": "关系 match",
    "other": "另一框架的技能 other",
    "strength": "程度 strength",
    "identifier": "标识 identifier",
    "stamp": "修改时间 stamp",
    "carried": "随带 carried",
}
ABOUT_ROWS = {
    "name_zh": "名称（中文） name_zh",
    "name_en": "名称（英文） name_en",
    "about_zh": "说明（中文） about_zh",
    "about_en": "说明（英文） about_en",
    "publisher": "发布者 publisher",
    "year": "年份 year",
    "source": "来源 source",
    "licence": "许可 licence",
    "address": "网址 address",
    "wording": "措辞 wording",
    "levels_by": "等级出自 levels_by",
    "key": "键 key",
    "version": "版本 version",
    "prefix": "前缀 prefix",
    **EXCHANGE_COLUMNS,
}
_LEVEL = re.compile(r"level:([A-Za-z0-9_-]{1,60}):(zh|en)")


def level_heads(levels: Sequence[Level]) -> list[str]:
    """Heads of the columns that say what a skill looks like at each level."""
    return [
        f"{one.name.get(language, '')}（{label}） level:{one.key}:{language}"
        for one in levels
        for language, label in (("zh", "中文"), ("en", "英文"))
    ]


def column_of(head: str, columns: dict[str, str]) -> str:
    """The column that a head means: by its last word, or by its words in one language; "" if it means none.

    A level comes as `level:key:language`.
    """
    words = head.split()
    last = words[-1] if words else ""
    if _LEVEL.fullmatch(last):
        return last
    if last in columns:
        return last
    given = plain(head)
    for name, whole in columns.items():
        if given and given in (plain(whole), plain(whole.rsplit(" ", 1)[0]), plain(name)):
            return name
    return ""


def level_of(column: str) -> tuple[str, str] | None:
    """(key of a level, language) of such a column."""
    found = _LEVEL.fullmatch(column)
    return (found[1], found[2]) if found else None


KIND_WORDS = {"domain": ("domain", "领域", "技能领域"), "skill": ("skill", "技能", "")}
MATCH_WORDS = {
    "exact": ("exact", "=", "相同", "一致"),
    "broader": ("broader", "⊃", "更宽"),
    "narrower": ("narrower", "⊂", "更窄"),
    "related": ("related", "≈", "相关"),
}


def meant(given: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The word that is meant, in either language; "" if none is."""
    low = given.strip().lower()
    return next((key for key, some in words.items() if low in some), "")
