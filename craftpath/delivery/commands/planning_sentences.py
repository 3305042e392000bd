"""What `craftpath plan` says of its file."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences

PLANNING: Sentences = {
    "part_missing": ("the file has no such part", "文件中没有这一部分"),
    "field_missing": ("is missing", "缺少此项"),
    "field_asked_for": ("is missing, and {by} asks for it", "缺少此项，而 {by} 要用到它"),
    "not_a_list": ("is not a list in square brackets", "不是用方括号写成的列表"),
    "not_an_object": ("is not an object in braces", "不是用花括号写成的对象"),
    "id_not_text": ("{given} is not an id in quotes", "{given} 不是用引号写成的编号"),
    "id_empty": ("is empty", "不能为空"),
    "id_unwritable": ("holds half a character", "含有不完整的字符"),
    "not_whole": ("{given} is not a whole number", "{given} 不是整数"),
    "number_too_large": ("{given} does not fit into 64 bits", "{given} 超出 64 位整数的范围"),
    "not_a_number": ("{given} is not a number", "{given} 不是数字"),
    "unit_twice": ("{id} already stands on line {before}", "{id} 已在第 {before} 行出现"),
    "unit_unknown": ("{id} is none of the units", "{id} 不在单元清单中"),
    "negative": ("{given} is below 0", "{given} 小于 0"),
    "too_large": ("{given} is above {most}", "{given} 大于 {most}"),
    "strength_outside": ("{given} is not between 0 and 1", "{given} 不在 0 与 1 之间"),
    "ring": (
        "prerequisites bite their tail, each needed before the next: {path}",
        "先修关系首尾相接，前一个须先于后一个：{path}",
    ),
    "area_unreachable": (
        "{least} hours at least, and all units of {area} together have {there}",
        "要求至少 {least} 学时，而 {area} 的全部单元合计只有 {there} 学时",
    ),
    "pin_forbidden": ("{id} is pinned and forbidden", "{id} 既被固定又被禁止"),
    "pin_before_later": (
        "{id} cannot stand anywhere: what it needs before it comes in a later stage ({units})",
        "{id} 无处可排：它的先修单元在更晚的阶段（{units}）",
    ),
    "quarrel": (
        "cannot be kept together with {others}. One way that works: {way}",
        "无法与 {others} 同时满足。一种可行的办法：{way}",
    ),
    "quarrel_alone": (
        "cannot be kept with these units and prerequisites. One way that works: {way}",
        "凭现有单元及其先修关系无法满足。一种可行的办法：{way}",
    ),
    "way_value": ("{place} {value}", "{place} 改为 {value}"),
    "way_given_up": ("without {place}", "去掉 {place}"),
    "way_unknown": ("not found in the time", "限定时间内未找到"),
    "time_ran_out": (
        "no plan was found in {seconds} seconds, nor that there is none: give --seconds more",
        "{seconds} 秒内未找到方案，也未证明无解：请加大 --seconds",
    ),
    "seconds_wrong": ("{given} seconds are no time to search", "{given} 秒不能作为求解时限"),
}
