"""Does the scheme make sense? Every fault with its place, so that an editor can mark all of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from craftpath.engines.evaluation.raters import raters_faults
from craftpath.engines.evaluation.rows import MOST_COMBINATIONS, combinations_of
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.sources import source_faults
from craftpath.engines.evaluation.types import ANY_GRADE, HUNDRED, Component, Mode, Rule, RuleKind, oral_key
from craftpath.values.faults import Fault

MOST_DECIMALS = 6
HEAVIEST = 100  # of the two weights of a supplement
WITH_VALUE = (RuleKind.OVERALL_MIN, RuleKind.COMPONENT_MIN, RuleKind.COUNT_MIN, RuleKind.NONE_BELOW)


def check(scheme: Scheme) -> tuple[Fault, ...]:
    """All faults of a well-formed scheme; empty means that `evaluate` accepts it."""
    return tuple(
        Fault(f"evaluation.{fault.code}", fault.place, fault.facts)
        for part in (
            _whole(scheme),
            _components(scheme),
            _rules(scheme),
            _levels(scheme),
            _supplement(scheme),
        )
        for fault in part
    )


def _whole(scheme: Scheme) -> Iterator[Fault]:
    if not scheme.components:
        yield Fault("no_component", "component")
    elif not scheme.mode.grades:
        total = sum((component.weight for component in scheme.components), Decimal(0))
        if total != HUNDRED:
            yield Fault("weights_not_100", "component", {"total": total})
    if not 0 <= scheme.decimals <= MOST_DECIMALS:
        yield Fault("decimals_out_of_range", "decimals", {"given": scheme.decimals, "most": MOST_DECIMALS})
    yield from _twice((component.key for component in scheme.components), "component[{}].key")
    places = [
        f"component[{c}].item[{i}].key"
        for c, component in enumerate(scheme.components)
        for i in range(len(component.items))
    ]
    yield from _twice((item.key for _, item in scheme.items), "{}", places)


def _twice(keys: Iterable[str], form: str, places: list[str] | None = None) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield Fault("key_twice", form.format(places[index] if places else index), {"key": key})
        seen.add(key)


def _components(scheme: Scheme) -> Iterator[Fault]:
    for index, component in enumerate(scheme.components):
        place = f"component[{index}]"
        if component.weight < 0:
            yield Fault("weight_negative", f"{place}.weight", {"given": component.weight})
        if component.drop_lowest < 0:
            yield Fault("drop_negative", f"{place}.drop_lowest", {"given": component.drop_lowest})
        if component.grades:
            yield from _grades(scheme, component, place)
        if component.target is not None and scheme.mode is Mode.ALL_REQUIRED:
            yield from _target(component, place)
        yield from _items(component, place)


def _grades(scheme: Scheme, component: Component, place: str) -> Iterator[Fault]:
    if scheme.mode is not Mode.GATEWAY_GRADE:
        yield Fault("grades_not_in_mode", f"{place}.grades", {"mode": scheme.mode.value})
    if len(component.grades) < 2 or max(Counter(component.grades).values()) > 1:
        yield Fault("grades_not_distinct", f"{place}.grades")
    if len(component.items) != 1:
        yield Fault("grades_need_one_item", f"{place}.grades", {"items": len(component.items)})


def _target(component: Component, place: str) -> Iterator[Fault]:
    most = component.items[0].max if len(component.items) == 1 else HUNDRED
    if component.target is not None and not 0 < component.target <= most:
        yield Fault("target_out_of_range", f"{place}.target", {"given": component.target, "most": most})


def _items(component: Component, place: str) -> Iterator[Fault]:
    for index, item in enumerate(component.items):
        if item.weight < 0:
            yield Fault("weight_negative", f"{place}.item[{index}].weight", {"given": item.weight})
        if item.max <= 0:
            yield Fault("max_not_positive", f"{place}.item[{index}].max", {"given": item.max})
        if item.source is not None:
            yield from source_faults(item.source, f"{place}.item[{index}].source")
            if component.grades:
                yield Fault("source_on_grades", f"{place}.item[{index}].source")
        if item.raters is not None:
            yield from raters_faults(item.raters, f"{place}.item[{index}].raters")
            if component.grades or item.source is not None:
                yield Fault("raters_on_these", f"{place}.item[{index}].raters")
    if not any(item.weight > 0 for item in component.items):
        yield Fault("no_item_weighs", f"{place}.item", {"component": component.key})


def _rules(scheme: Scheme) -> Iterator[Fault]:
    known = {component.key for component in scheme.components}
    for index, rule in enumerate(scheme.rules):
        place = f"rule[{index}]"
        if rule.kind not in set(RuleKind):
            yield Fault("rule_unknown", f"{place}.kind", {"given": rule.kind, "allowed": ", ".join(RuleKind)})
            continue
        for key in dict.fromkeys((rule.component, *rule.components)):
            if key and key not in known:
                yield Fault("rule_component_unknown", f"{place}.component", {"given": key})
        yield from _rule(scheme, rule, place)
    tables = sum(rule.kind == RuleKind.GRADE_TABLE for rule in scheme.rules)
    if scheme.mode is Mode.GATEWAY_GRADE and tables != 1:
        yield Fault("one_grade_table", "rule", {"given": tables})


def _rule(scheme: Scheme, rule: Rule, place: str) -> Iterator[Fault]:
    if (rule.kind == RuleKind.OVERALL_MIN and scheme.mode.grades) or (
        rule.kind == RuleKind.GRADE_TABLE and scheme.mode is not Mode.GATEWAY_GRADE
    ):
        yield Fault("rule_not_in_mode", f"{place}.kind", {"kind": rule.kind, "mode": scheme.mode.value})
        return
    if rule.kind in WITH_VALUE:
        if rule.value is None:
            yield Fault("value_missing", f"{place}.value")
        elif not 0 <= rule.value <= HUNDRED:
            yield Fault("threshold_out_of_range", f"{place}.value", {"given": rule.value})
    if rule.kind == RuleKind.COMPONENT_MIN and not rule.component:
        yield Fault("value_missing", f"{place}.component")
    if rule.kind == RuleKind.COUNT_MIN:
        most = len(rule.components) or len(scheme.components)
        if rule.at_least is None or not 1 <= rule.at_least <= most:
            yield Fault("at_least_out_of_range", f"{place}.at_least", {"given": rule.at_least, "most": most})
    if rule.kind == RuleKind.GRADE_TABLE:
        yield from _table(scheme, rule, place)
    elif any(
        component.grades and component.key in rule.components + (rule.component,)
        for component in scheme.components
    ):
        yield Fault("rule_on_grades", f"{place}.component")


def _table(scheme: Scheme, rule: Rule, place: str) -> Iterator[Fault]:
    grades = {component.key: component.grades for component in scheme.components if component.grades}
    if not grades:
        yield Fault("no_graded_component", f"{place}.table")
        return
    for index, row in enumerate(rule.table):
        for key, grade in row.when:
            if grade != ANY_GRADE and grade not in grades.get(key, ()):
                yield Fault("grade_unknown", f"{place}.table[{index}]", {"component": key, "given": grade})
    combinations = combinations_of(scheme.components)
    if len(combinations) > MOST_COMBINATIONS:
        yield Fault("table_too_large", f"{place}.table", {"most": MOST_COMBINATIONS})
        return
    for grade_of in combinations:
        results = sorted({row.result for row in rule.table if row.matches(grade_of)})
        if not results:
            yield Fault("table_gap", f"{place}.table", {"grades": grade_of})
        elif len(results) > 1:
            yield Fault("table_contradicts", f"{place}.table", {"grades": grade_of, "results": results})


def _levels(scheme: Scheme) -> Iterator[Fault]:
    if not scheme.mode.grades:
        return
    if len(scheme.levels) < 2 or len(set(scheme.levels)) != len(scheme.levels):
        yield Fault("levels_not_distinct", "levels")
    if scheme.mode is Mode.ALL_REQUIRED and len(scheme.levels) > 2:
        yield Fault("levels_not_two", "levels", {"given": len(scheme.levels)})
    for index, rule in enumerate(scheme.rules):
        for line, row in enumerate(rule.table):
            if row.result not in scheme.levels:
                yield Fault("level_unknown", f"rule[{index}].table[{line}].result", {"given": row.result})


def _supplement(scheme: Scheme) -> Iterator[Fault]:
    found = scheme.supplement
    if found is None:
        return
    if scheme.mode.grades:
        yield Fault("supplement_not_in_mode", "supplement", {"mode": scheme.mode.value})
        return
    parts = {part.key: part for part in scheme.components}
    if not found.components or len(set(found.components)) != len(found.components):
        yield Fault("supplement_components", "supplement.components")
    taken = {item.key for _, item in scheme.items}
    for key in dict.fromkeys(found.components):
        if key not in parts:
            yield Fault("supplement_component_unknown", "supplement.components", {"given": key})
        elif len(parts[key].items) != 1 or parts[key].drop_lowest:
            yield Fault("supplement_needs_one_item", "supplement.components", {"component": key})
        elif oral_key(parts[key].items[0].key) in taken:
            yield Fault("key_twice", "supplement.components", {"key": oral_key(parts[key].items[0].key)})
    for name in ("existing", "oral"):
        given = getattr(found, name)
        if not 1 <= given <= HEAVIEST:
            yield Fault("supplement_weight", f"supplement.{name}", {"given": given, "most": HEAVIEST})
    if not 1 <= found.most <= max(1, len(found.components)):
        yield Fault(
            "supplement_most", "supplement.most", {"given": found.most, "most": len(found.components)}
        )
