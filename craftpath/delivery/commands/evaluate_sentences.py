"""What `craftpath evaluate` says of schemes and scores. Codes of the engine lose their `evaluation.`."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences

SCHEMES: Sentences = {
    "value_missing": ("is required", "必填"),
    "not_text": ("{given} is not a text in quotes", "{given} 不是带引号的文本"),
    "text_empty": ("is empty", "不能为空"),
    "text_unprintable": ("holds a character that cannot be printed", "含有不可见字符"),
    "not_a_list": ("is not a list of texts", "不是文本列表"),
    "not_tables": ("is not a list of tables", "不是表的列表"),
    "binary_float": (
        "{given} is a binary float; give an exact decimal",
        "{given} 是二进制浮点数，请给出精确的十进制数",
    ),
    "not_a_number": ("{given} is not a number", "{given} 不是数字"),
    "number_out_of_range": ("{given} is out of range", "{given} 超出范围"),
    "too_many_places": (
        "{given} has more than {places} decimal places",
        "{given} 的小数位超过 {places} 位",
    ),
    "not_whole": ("{given} is not a whole number", "{given} 不是整数"),
    "not_one_of": ("{given} is not one of {allowed}", "{given} 不在可选值 {allowed} 之中"),
    "no_component": ("the scheme has no component", "评价方案没有任何组成部分"),
    "weights_not_100": (
        "the weights of the components add up to {total}, not to 100",
        "各部分权重合计为 {total}，应为 100",
    ),
    "decimals_out_of_range": ("{given} is not between 0 and {most}", "{given} 不在 0 到 {most} 之间"),
    "key_twice": ("{key} is used twice", "{key} 重复使用"),
    "key_reserved": (
        "{key} is the name of another column of the results",
        "{key} 与结果表的其他列同名",
    ),
    "weight_negative": ("{given} is negative", "{given} 为负数"),
    "drop_negative": ("{given} is negative", "{given} 为负数"),
    "max_not_positive": ("{given} is not above 0", "{given} 必须大于 0"),
    "no_item_weighs": (
        "no item of {component} has a weight above 0",
        "{component} 中没有权重大于 0 的项目",
    ),
    "grades_not_in_mode": ("mode {mode} has no grades", "评价方式 {mode} 不使用等级"),
    "grades_not_distinct": (
        "at least two grades, each once, are needed",
        "至少需要两个等级，且不能重复",
    ),
    "grades_need_one_item": (
        "a graded component has exactly one item, not {items}",
        "按等级评定的部分只能有一个项目，现有 {items} 个",
    ),
    "target_out_of_range": (
        "{given} is not above 0 and at most {most}",
        "{given} 应大于 0 且不超过 {most}",
    ),
    "rule_unknown": ("{given} is not one of {allowed}", "{given} 不在可选值 {allowed} 之中"),
    "rule_component_unknown": ("the scheme has no component {given}", "评价方案中没有 {given} 这一部分"),
    "rule_not_in_mode": (
        "rule {kind} does not fit mode {mode}",
        "规则 {kind} 不适用于评价方式 {mode}",
    ),
    "rule_on_grades": (
        "the rule compares figures, but a component that it names has grades",
        "该规则比较分数，但所指部分按等级评定",
    ),
    "threshold_out_of_range": ("{given} is not between 0 and 100", "{given} 不在 0 到 100 之间"),
    "at_least_out_of_range": ("{given} is not between 1 and {most}", "{given} 不在 1 到 {most} 之间"),
    "supplement_not_in_mode": (
        "mode {mode} adds up no points, so it has no oral supplement",
        "评价方式 {mode} 不计总分，不能设口试补充",
    ),
    "supplement_components": (
        "at least one component, each once, is needed",
        "至少需要一个部分，且不能重复",
    ),
    "supplement_component_unknown": (
        "the scheme has no component {given}",
        "评价方案中没有 {given} 这一部分",
    ),
    "supplement_needs_one_item": (
        "{component} has several items or drops marks",
        "{component} 有多个项目或去掉最低分",
    ),
    "supplement_weight": ("{given} is not between 1 and {most}", "{given} 不在 1 到 {most} 之间"),
    "supplement_most": ("{given} is not between 1 and {most}", "{given} 不在 1 到 {most} 之间"),
    "one_grade_table": (
        "the mode needs exactly one grade_table, not {given}",
        "该评价方式需要且只需要一个 grade_table，现有 {given} 个",
    ),
    "no_graded_component": ("no component has grades", "没有按等级评定的部分"),
    "grade_unknown": ("{component} has no grade {given}", "{component} 没有 {given} 这一等级"),
    "table_too_large": (
        "there are more than {most} combinations of grades",
        "等级组合超过 {most} 种",
    ),
    "table_gap": ("no line covers {grades}", "没有一行涵盖 {grades}"),
    "table_contradicts": ("{grades} leads to {results}", "{grades} 得出不同结果：{results}"),
    "levels_not_distinct": (
        "at least two levels, each once, are needed",
        "至少需要两个结果等级，且不能重复",
    ),
    "levels_not_two": ("exactly two levels are needed, not {given}", "需要两个结果等级，现有 {given} 个"),
    "level_unknown": ("{given} is not one of the levels", "{given} 不是结果等级之一"),
    "raters_on_these": (
        "raters give points: not a grade in words, and not what is worked out",
        "评分人给的是分数：不能用于按等级评定或自动计算的项目",
    ),
    "raters_out_of_range": (
        "{given} is not a whole number between 1 and {most}",
        "{given} 不是 1 到 {most} 之间的整数",
    ),
    "source_on_grades": (
        "a part that is graded in words is graded by a person, not by a source",
        "按等级评定的部分由人评定，不能取自来源",
    ),
}

SCORES: Sentences = {
    "column_missing": ("the header row has no such column", "表头中没有这一列"),
    "column_twice": ("the header row names this column twice", "表头中此列重复"),
    "cells_too_many": (
        "the row has {given} cells, the header {most}",
        "该行有 {given} 个单元格，表头只有 {most} 个",
    ),
    "person_empty": ("is empty", "不能为空"),
    "person_unprintable": ("holds a character that cannot be printed", "含有不可见字符"),
    "item_unknown": ("{given} is not an item of the scheme", "评价方案中没有 {given} 这一项目"),
    "status_unknown": ("{given} is not one of {allowed}", "{given} 不在可选值 {allowed} 之中"),
    "score_absent": ("is empty, but the status is scored", "为空，但状态为 scored"),
    "not_a_number": (
        "{given} is not a number in plain digits",
        "{given} 不是用半角数字写成的数",
    ),
    "score_negative": ("{given} is below 0", "{given} 小于 0"),
    "score_over_max": ("{given} is above the maximum {max}", "{given} 超过满分 {max}"),
    "grade_unknown": ("{given} is not one of {allowed}", "{given} 不在可选值 {allowed} 之中"),
    "twice": (
        "{person} already has a score for {item} on line {before}",
        "{person} 的 {item} 已在第 {before} 行给出",
    ),
    "person_unknown": ("{given} is not in the file", "文件中没有 {given}"),
}
