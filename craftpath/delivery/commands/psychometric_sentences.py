"""What `craftpath items` and `craftpath agreement` say of their files."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences

COLUMNS: Sentences = {
    "column_missing": ("the header row has no such column", "表头中没有这一列"),
    "column_twice": ("the header row names this column twice", "表头中此列重复"),
    "name_empty": ("the name in column {column} is empty", "第 {column} 列的名称为空"),
    "name_unprintable": (
        "the name in column {column} holds a character that cannot be printed",
        "第 {column} 列的名称含有不可见字符",
    ),
    "no_items": ("there is no column of an item", "没有任何题目列"),
    "no_raters": ("there is no column of a rater", "没有任何评分者列"),
    "no_rows": ("there is no row below the header", "表头下面没有数据行"),
    "cells_unequal": (
        "the row has {given} cells, the header {width}",
        "该行有 {given} 个单元格，表头有 {width} 个",
    ),
    "twice": ("{given} already stands on line {before}", "{given} 已在第 {before} 行出现"),
    "not_a_number": ("{given} is not a number in plain digits", "{given} 不是用半角数字写成的数"),
    "negative": ("{given} is below 0", "{given} 小于 0"),
    "no_answer": (
        "{given} is no answer; leave the cell empty where there is none",
        "{given} 不是有效内容；没有时请留空",
    ),
    "pattern_empty": ("is empty", "不能为空"),
    "pattern_length": (
        "{given} has {length} characters, the first pattern {width}",
        "{given} 有 {length} 个字符，第一个作答模式有 {width} 个",
    ),
    "pattern_mark": (
        "{given} is neither a digit nor a dot",
        "{given} 既不是数字也不是点",
    ),
    "count_not_whole": (
        "{given} is not a whole number of 0 or more, of at most {digits} digits",
        "{given} 不是不超过 {digits} 位的非负整数",
    ),
    "item_unknown": ("{given} is not an item of {file}", "{given} 不是 {file} 中的题目"),
    "item_without_key": ("{given} has no key", "题目 {given} 没有标准答案"),
    "key_empty": ("is empty", "不能为空"),
    "max_not_positive": ("{given} is not above 0", "{given} 必须大于 0"),
}
