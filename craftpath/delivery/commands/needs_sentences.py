"""What `craftpath needs` says of its file, beside what is said of every table."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences

NEEDS: Sentences = {
    "column_missing": (
        "the header row has no such column; it has {columns}",
        "表头中没有这一列；表头有 {columns}",
    ),
    "column_taken": (
        "this column holds what is analysed and cannot be a group",
        "此列是分析的内容，不能用来分组",
    ),
    "name_empty": ("is empty", "不能为空"),
    "name_unprintable": ("{given} holds a character that cannot be printed", "{given} 含有不可见字符"),
    "pair_twice": (
        "respondent {respondent} already answered item {item} on line {before}",
        "填答者 {respondent} 已在第 {before} 行填答过条目 {item}",
    ),
    "group_differs": (
        "respondent {respondent} has {given} here and {other} on line {before}",
        "填答者 {respondent} 此处为 {given}，而第 {before} 行为 {other}",
    ),
    "not_a_number": ("{given} is not a number in plain digits", "{given} 不是用半角数字写成的数"),
    "negative": (
        "{given} is below 0; leave the cell empty where there is no answer",
        "{given} 小于 0；没有填答时请留空",
    ),
    "number_too_large": (
        "{given} is above {most}, which no scale reaches",
        "{given} 大于 {most}，超出任何量表",
    ),
    "values_many": (
        "the column has more than {most} different values and cannot be a group",
        "此列有超过 {most} 种不同的值，不能用来分组",
    ),
    "cells_unequal": (
        "the row has {given} cells, the header {width}",
        "该行有 {given} 个单元格，表头有 {width} 个",
    ),
    "no_rows": ("there is no row below the header", "表头下面没有数据行"),
    "column_twice": ("the header row names this column twice", "表头中此列重复"),
}
