"""One person's derivation in words and figures, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from craftpath.delivery.commands.speech import Bare, Sentences, say
from craftpath.engines.evaluation import (
    ComponentShare,
    Explanation,
    ItemShare,
    Role,
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
    "component_target": ("{key}: {value} % of the full mark", "{key}：达到满额的 {value} %"),
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
    "rule": ("rule {kind}: {figures}: {met}", "规则 {kind}：{figures}：{met}"),
    "rule_of": (
        "rule {kind}, at least {reach} of: {figures}: {met}",
        "规则 {kind}，至少达到 {reach} 项：{figures}：{met}",
    ),
    "rule_figure": ("{key} {figure}, needed {threshold}", "{key} {figure}，要求 {threshold}"),
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
        lines += ["    " + _item(scheme, item) for item in component.items]
    lines += ["  " + _rule(scheme, rule) for rule in told.rules]
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
    if scheme.mode.grades:
        return say(WORDS, "component_target", key=key, value=part.rounded)
    return say(
        WORDS,
        "component",
        key=key,
        value=part.rounded,
        weight=part.weight,
        points=half_up(part.points, places),
        effective=half_up(part.effective, places),
    )


def _item(scheme: Scheme, item: ItemShare) -> str:
    status = Bare(say(STATUSES, item.status.name))
    code = item.role.value
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
        points=half_up(item.points, places),
        open=half_up(item.open, places),
    )


def _rule(scheme: Scheme, rule: RuleShare) -> str:
    met = {None: "undecided", True: "met", False: "not_met"}[rule.met]
    return say(
        WORDS,
        "rule" if rule.reach == len(rule.figures) else "rule_of",
        kind=Bare(rule.kind),
        reach=rule.reach,
        figures=Bare(", ".join(_rule_figures(scheme, rule))),
        met=Bare(say(WORDS, met)),
    )


def _rule_figures(scheme: Scheme, rule: RuleShare) -> Iterator[str]:
    for key, value, threshold in rule.figures:
        name = Bare(key or say(WORDS, "total"))
        if value is None:
            yield say(WORDS, "rule_left", key=name)
        else:
            shown = _fraction(value) if scheme.rules_use == "exact" else half_up(value, scheme.decimals)
            yield say(WORDS, "rule_figure", key=name, figure=shown, threshold=_fraction(threshold))
