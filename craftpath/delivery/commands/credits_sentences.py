"""What `craftpath credits` says of its files."""

from __future__ import annotations

from craftpath.delivery.commands.planning_sentences import PLANNING
from craftpath.delivery.commands.speech import Sentences

SHARED = (
    "part_missing",
    "field_missing",
    "not_a_list",
    "not_an_object",
    "id_not_text",
    "id_empty",
    "id_unwritable",
    "not_a_number",
    "negative",
    "too_large",
    "seconds_wrong",
)
CREDITS: Sentences = {
    **{code: PLANNING[code] for code in SHARED},
    "twice": ("{id} already stands on line {before}", "{id} 已在第 {before} 行出现"),
    "not_a_day": ("{given} is not a day such as 2026-09-01", "{given} 不是 2026-09-01 这样的日期"),
    "expires_before_earned": (
        "expires on {expires}, before it was earned on {earned}",
        "{expires} 到期，早于取得日期 {earned}",
    ),
    "rate_above_one": (
        "{given} is above 1: more would be converted than was earned",
        "{given} 大于 1：转换所得会多于已取得的学分",
    ),
    "ends_before_it_begins": (
        "ends on {last}, before it begins on {first}",
        "{last} 结束，早于开始日期 {first}",
    ),
    "most_below_least": ("{most} is below the minimum of {least}", "{most} 低于最少要求 {least}"),
    "too_fine": (
        "{given} is finer than {places} decimals or a millionth",
        "{given} 过细：最多 {places} 位小数，分母不超过一百万",
    ),
    "units_too_many": (
        "the numbers of these files are too different to be added up exactly: use fewer decimals",
        "这些文件中的数字相差过于悬殊，无法精确相加：请减少小数位数",
    ),
}
