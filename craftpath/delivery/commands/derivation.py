"""One person's derivation in words and figures, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from craftpath.delivery.commands.speech import Bare, Sentences, say
from craftpath.engines.evaluation import (
    Component,
    ComponentShare,
    Explanation,
    ItemShare,
    Mode,
    Role,
    RuleKind,
    RuleShare,
    Scheme,
    Status,
)
from craftpath.values.rounding import half_up

WORDS: Sentences = {
    "complete": (
        "{person}: total {total} of 100 (exactly {exact})",
        "{person}：总成绩 {total}，满分 100（精确值 {exact}）",
    ),
    "graded": ("{person}: grade {grade}", "{person}：等级 {grade}"),
    "ungraded": ("{person}: no grade", "{person}：未定等级"),
    "incomplete": (
        "{person}: incomplete; {to_date} points so far (exactly {exact}), {open} points still open",
        "{person}：成绩未齐；目前 {to_date} 分（精确值 {exact}），尚有 {open} 分待定",
    ),
    "passed": ("passed", "合格"),
    "not_passed": ("not passed", "不合格"),
    "component": (
        "{key}: value {value} of 100; weight {weight}, so {points} of {effective} points",
        "{key}：得分 {value}，满分 100；权重 {weight}，计 {points} 分，满 {effective} 分",
    ),
    "component_open": (
        "{key}: {points} of {effective} points so far; {count} open, {open} points still open",
        "{key}：目前 {points} 分，满 {effective} 分；{count} 项待定，尚有 {open} 分",
    ),
    "component_left": (
        "{key}: nothing counts here; its weight of {weight} is shared among the others",
        "{key}：没有计入的项目；其权重 {weight} 按比例分给其他部分",
    ),
    "component_grade": ("{key}: grade {grade}", "{key}：等级 {grade}"),
    "component_value": ("{key}: value {value} of 100", "{key}：得分 {value}，满分 100"),
    "component_target": ("{key}: {value}, required {target}", "{key}：{value}，要求 {target}"),
    "component_average": (
        "{key}: value {value} of 100, required {target}",
        "{key}：得分 {value}，满分 100，要求 {target}",
    ),
    "component_grade_open": ("{key}: no grade yet", "{key}：尚无等级"),
    "grade": ("{key}: grade {score}", "{key}：等级 {score}"),
    "grade_zero": ("{key}: {status}, counts as grade {lowest}", "{key}：{status}，按等级 {lowest} 计"),
    "grade_open": ("{key}: {status}, still open", "{key}：{status}，待定"),
    "counted_over": (
        "{key}: {score} of {max}, counts as {max}, weight {weight}: {points} points",
        "{key}：{score}，满额 {max}，按 {max} 计，权重 {weight}：{points} 分",
    ),
    "counted": (
        "{key}: {score} of {max}, weight {weight}: {points} points",
        "{key}：{score}，满分 {max}，权重 {weight}：{points} 分",
    ),
    "zero": ("{key}: {status}, counts zero", "{key}：{status}，按零分计"),
    "dropped": (
        "{key}: {score} of {max}, dropped as one of the lowest",
        "{key}：{score}，满分 {max}，属最低分，不计入",
    ),
    "dropped_zero": ("{key}: {status}, dropped as one of the lowest", "{key}：{status}，属最低分，不计入"),
    "left": ("{key}: {status}, does not count", "{key}：{status}，不计入"),
    "weightless": ("{key}: has no weight, does not count", "{key}：没有权重，不计入"),
    "open": ("{key}: {status}, {open} points still open", "{key}：{status}，尚有 {open} 分待定"),
    "rule": ("{rule} {figures}: {met}", "{rule}{figures}：{met}"),
    "rule_bare": ("{rule} {met}", "{rule}{met}"),
    "between": (", ", "、"),
    "then": ("; ", "；"),
    "rule_figure": ("{key} {figure}, needed {threshold}", "{key} {figure}，要求 {threshold}"),
    "rule_open": ("{key} is still open", "{key} 待定"),
    "rule_left": ("{key} does not count", "{key} 不计入"),
    "total": ("total", "总成绩"),
    "met": ("met", "达到"),
    "not_met": ("not met", "未达到"),
    "undecided": ("not decided yet", "尚未确定"),
    "note": (
        "Each figure is rounded half up from its exact value; rounded figures need not add up.",
        "各数均由精确值四舍五入，舍入后的各项之和可能与总数略有出入。",
    ),
}
# What a pass rule asks for, in the very sentences of the pages (tests/commands/test_evaluate_sentences.py).
RULES: Sentences = {
    "overall_min": ("The total is at least {value}.", "总成绩不低于 {value}。"),
    "component_min": (
        "{component} reaches at least {value} of 100.",
        "{component}不低于 {value}（满分 100）。",
    ),
    "count_min": (
        "At least {at_least} of these reach {value} of 100: {components}.",
        "以下至少 {at_least} 项达到 {value}（满分 100）：{components}。",
    ),
    "none_below": (
        "None of these lies below {value} of 100: {components}.",
        "以下各项都不低于 {value}（满分 100）：{components}。",
    ),
    "all_complete": ("These are complete: {components}.", "以下各项都已完成：{components}。"),
}
STATUSES: Sentences = {
    "SCORED": ("scored", "有成绩"),
    "ABSENT": ("absent", "缺考"),
    "DEFERRED": ("deferred", "缓考"),
    "EXEMPT": ("exempt", "免修"),
    "MISSING": ("missing", "无成绩"),
}


def derivation(scheme: Scheme, told: Explanation) -> str:
    """All lines, each ending in a newline: the result, every component with its items, every rule."""
    lines = [_head(scheme, told)]
    for component in told.components:
        lines.append("  " + _component(scheme, component))
        found = _found(scheme, component.key)
        lines += ["    " + _item(scheme, found, item) for item in component.items]
    # all_required adds a rule of its own behind those of the scheme; it has no value.
    values = [rule.value for rule in scheme.rules if rule.kind != RuleKind.GRADE_TABLE]
    for rule, value in zip_longest(told.rules, values):
        lines.append("  " + _rule(scheme, told, rule, value))
    if not scheme.mode.grades:
        lines.append(say(WORDS, "note"))
    return "".join(f"{line}\n" for line in lines)


def _head(scheme: Scheme, told: Explanation) -> str:
    person = Bare(told.person)
    if not told.complete:
        return say(
            WORDS,
            "incomplete",
            person=person,
            to_date=told.to_date_rounded,
            exact=_fraction(told.to_date),
            open=told.open_rounded,
        )
    if told.total is not None:
        text = say(WORDS, "complete", person=person, total=told.total_rounded, exact=_fraction(told.total))
    elif told.grade is not None:
        text = say(WORDS, "graded", person=person, grade=Bare(told.grade))
    else:
        text = say(WORDS, "ungraded", person=person)
    return f"{text} · {say(WORDS, 'passed' if told.passed else 'not_passed')}"


def _fraction(value: Fraction) -> Bare:
    """A finite decimal where it is short, else the fraction."""
    for places in range(13):
        if (value * 10**places).denominator == 1:
            return Bare(f"{half_up(value, places):f}")
    return Bare(str(value))


def _component(scheme: Scheme, part: ComponentShare) -> str:
    key, places = Bare(part.key), scheme.decimals
    if part.grade is not None:
        return say(WORDS, "component_grade", key=key, grade=Bare(part.grade))
    if _found(scheme, part.key).grades and not part.left:
        return say(WORDS, "component_grade_open", key=key)
    if part.left:
        return say(WORDS, "component_left", key=key, weight=part.weight)
    if any(item.role is Role.OPEN for item in part.items):
        return say(
            WORDS,
            "component_open",
            key=key,
            points=half_up(part.points, places),
            effective=half_up(part.effective, places),
            count=sum(item.role is Role.OPEN for item in part.items),
            open=half_up(part.open, places),
        )
    if scheme.mode is Mode.ALL_REQUIRED and part.value is not None:
        value, target = _against_target(scheme, part)
        code = "component_target" if len(part.items) == 1 else "component_average"
        return say(WORDS, code, key=key, value=value, target=target)
    if scheme.mode.grades:
        return say(WORDS, "component_value", key=key, value=part.rounded)
    return say(
        WORDS,
        "component",
        key=key,
        value=part.rounded,
        weight=part.weight,
        points=half_up(part.points, places),
        effective=half_up(part.effective, places),
    )


def _found(scheme: Scheme, key: str) -> Component:
    return next(component for component in scheme.components if component.key == key)


def _against_target(scheme: Scheme, part: ComponentShare) -> tuple[Decimal | Bare, Bare]:
    """What was reached and what is asked, in the unit of the target, with places enough to tell them apart."""
    component = _found(scheme, part.key)
    only = part.items[0] if len(part.items) == 1 else None
    whole = Fraction(100 if only is None else only.max)
    target = whole if component.target is None else Fraction(component.target)
    if only is not None:  # absent counts zero
        return Decimal(0) if only.score is None else only.score, _fraction(target)
    return _beside((part.value or Fraction(0)) * whole / 100, target, scheme.decimals), _fraction(target)


def _beside(value: Fraction, threshold: Fraction, places: int) -> Decimal | Bare:
    """The value rounded to no fewer places than show on which side of the threshold it lies."""
    for more in range(places, 13):
        shown = half_up(value, more)
        if (Fraction(shown) >= threshold) == (value >= threshold):
            return shown
    return _fraction(value)


def _item(scheme: Scheme, component: Component, item: ItemShare) -> str:
    status = Bare(say(STATUSES, item.status.name))
    code = item.role.value
    if component.grades:
        code = {"counted": "grade", "zero": "grade_zero", "open": "grade_open"}.get(code, code)
    elif item.role is Role.COUNTED and item.score is not None and item.score > item.max:
        code = "counted_over"
    if item.role is Role.DROPPED and item.status is not Status.SCORED:
        code = "dropped_zero"
    if item.role is Role.LEFT and item.weight == 0:
        code = "weightless"
    score = Bare(item.grade) if item.grade is not None else item.score
    places = scheme.decimals + 2  # an item is a small part: two places more than the totals show
    return say(
        WORDS,
        code,
        key=Bare(item.key),
        score=score,
        max=item.max,
        weight=item.weight,
        status=status,
        lowest=Bare(component.grades[0]) if component.grades else "",
        points=half_up(item.points, places),
        open=half_up(item.open, places),
    )


def _rule(scheme: Scheme, told: Explanation, rule: RuleShare, value: Decimal | None) -> str:
    met = {None: "undecided", True: "met", False: "not_met"}[rule.met]
    figures = Bare(say(WORDS, "then").join(_rule_figures(scheme, told, rule)))
    code = "rule" if figures else "rule_bare"
    return say(
        WORDS,
        code,
        rule=Bare(_rule_sentence(scheme, rule, value)),
        figures=figures,
        met=Bare(say(WORDS, met)),
    )


def _rule_sentence(scheme: Scheme, rule: RuleShare, value: Decimal | None) -> str:
    """What the rule asks for; a rule without figures looks at grades only and asks for nothing more."""
    keys = [key for key, _, _ in rule.figures] or [component.key for component in scheme.components]
    return say(
        RULES,
        rule.kind,
        value=_fraction(Fraction(value or 0)),
        at_least=rule.reach,
        component=Bare(keys[0]),
        components=Bare(say(WORDS, "between").join(keys)),
    )


def _rule_figures(scheme: Scheme, told: Explanation, rule: RuleShare) -> Iterator[str]:
    parts = {part.key: part for part in told.components}
    exact = scheme.rules_use == "exact" or rule.kind == RuleKind.ALL_COMPLETE
    for key, value, threshold in rule.figures:
        name = Bare(key or say(WORDS, "total"))
        if value is None:
            yield say(WORDS, "rule_open" if not parts[key].left else "rule_left", key=name)
            continue
        if rule.kind == RuleKind.ALL_COMPLETE and scheme.mode is not Mode.ALL_REQUIRED:
            continue  # complete is all that is asked, whatever the figure
        figure: Decimal | Bare
        if scheme.mode is Mode.ALL_REQUIRED and rule.kind == RuleKind.ALL_COMPLETE:
            figure, least = _against_target(scheme, parts[key])
        else:
            figure, least = half_up(value, scheme.decimals), _fraction(threshold)
            if exact:
                figure = _fraction(value)
        yield say(WORDS, "rule_figure", key=name, figure=figure, threshold=least)
