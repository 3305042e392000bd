"""What `craftpath pair` says of its file."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences

PAIRING: Sentences = {
    "part_missing": ("the file has no such part", "文件中没有这一部分"),
    "field_missing": ("is missing", "缺少此项"),
    "not_a_list": ("is not a list in square brackets", "不是用方括号写成的列表"),
    "not_an_object": ("is not an object in braces", "不是用花括号写成的对象"),
    "not_a_pair": ("is not a pair of two ids in square brackets", "不是用方括号写成的两个编号"),
    "id_not_text": ("{given} is not an id in quotes", "{given} 不是用引号写成的编号"),
    "id_empty": ("is empty", "不能为空"),
    "id_unwritable": ("holds half a character", "含有不完整的字符"),
    "not_whole": ("{given} is not a whole number", "{given} 不是整数"),
    "number_too_large": ("{given} does not fit into 64 bits", "{given} 超出 64 位整数的范围"),
    "trainer_twice": ("{id} already stands on line {before}", "{id} 已在第 {before} 行出现"),
    "apprentice_twice": ("{id} already stands on line {before}", "{id} 已在第 {before} 行出现"),
    "person_twice": ("{id} already stands on line {before}", "{id} 已在第 {before} 行出现"),
    "capacity_negative": ("{given} is below 0", "{given} 小于 0"),
    "need_negative": ("{given} is below 0", "{given} 小于 0"),
    "need_too_large": ("{given} is above {most}", "{given} 大于 {most}"),
    "trainer_unknown": ("{given} is none of the trainers", "{given} 不在师傅名单中"),
    "apprentice_unknown": ("{given} is none of the apprentices", "{given} 不在学徒名单中"),
    "person_unknown": ("{given} is none of the people", "{given} 不在人员名单中"),
    "with_oneself": ("nobody can be paired with himself", "不能与自己结对"),
    "edge_twice": ("this pair already stands on line {before}", "这一对已在第 {before} 行出现"),
    "score_not_whole": ("{given} is not a whole number", "{given} 不是整数"),
    "scores_too_large": (
        "{given} is too large to be added up for so many people: at most {most}",
        "{given} 过大，人数这么多时无法相加：最大 {most}",
    ),
    "pin_twice": ("this pair is already pinned on line {before}", "这一对已在第 {before} 行固定"),
    "pin_forbidden": ("this pair is pinned and forbidden", "这一对既被固定又被禁止"),
    "pin_without_edge": (
        "this pair is pinned and is not among the edges",
        "这一对被固定，但不在可选的结对中",
    ),
    "pins_over_capacity": (
        "{pins} pins, and the trainer's capacity is {most}",
        "固定了 {pins} 对，而该师傅最多带 {most} 人",
    ),
    "pins_over_need": (
        "{pins} pins, and the apprentice's need is {most}",
        "固定了 {pins} 对，而该学徒只需要 {most} 位师傅",
    ),
}
