"""A definition in one form, whatever way it was written: two that mean the same are equal here.

The table of grades is written out, figures lose needless zeros, what the kind of scheme does not use is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from craftpath.domain.programmes.definition import ComponentInfo, components, table_rows
from craftpath.domain.programmes.details import assumed, contest_terms, level_names
from craftpath.engines.evaluation import Mode, RuleKind, grid, source_row

Definition = Mapping[str, Any]
ORDER = (RuleKind.OVERALL_MIN, RuleKind.COMPONENT_MIN)
ON_SEVERAL = (RuleKind.COUNT_MIN, RuleKind.NONE_BELOW, RuleKind.ALL_COMPLETE)


def canonical(definition: Definition) -> dict[str, Any]:
    """The definition that `definition` means; it must hold."""
    mode = Mode(definition.get("mode") or "weighted")
    infos = components(definition)
    return {
        "mode": mode.value,
        "decimals": int(definition.get("decimals", 1)),
        "rules_use": definition.get("rules_use") or "rounded",
        "levels": {key: name.as_json() for key, name in level_names(definition).items()},
        "component": [_component(info, mode) for info in infos],
        "rule": rules_of(definition, infos),
        "supplement": _supplement(definition, infos, mode),
        "contest": (contest_terms(definition).within_days, contest_terms(definition).answer_days),
        "assumed": sorted(assumed(definition)),
    }


def figure(value: Any) -> str:
    """A figure without needless zeros: 30.0 is 30."""
    number = Decimal(str(value))
    return f"{number.normalize():f}" if number else "0"


def _component(info: ComponentInfo, mode: Mode) -> dict[str, Any]:
    asks = mode is Mode.ALL_REQUIRED and info.target is not None
    return {
        "key": info.key,
        "name": info.name.as_json(),
        "weight": "" if mode.grades else figure(info.weight),
        "missing": info.missing,
        "drop_lowest": 0 if info.grades else info.drop_lowest,
        "grades": {key: name.as_json() for key, name in info.grades.items()},
        "target": figure(info.target) if asks else "",
        "unit": info.unit if asks else "",
        "item": [
            {
                "key": item.key,
                "name": item.name.as_json(),
                "weight": figure(item.weight),
                "max": figure(item.max),
                "area": item.area,
                "source": source_row(item.source) if item.source else {},
            }
            for item in info.items
        ],
    }


def rules_of(definition: Definition, infos: tuple[ComponentInfo, ...]) -> list[dict[str, Any]]:
    """The pass rules with only the fields that they use: the total first, single parts, the others, the table."""
    place = {info.key: n for n, info in enumerate(infos)}
    found = [_rule(rule, infos, place) for rule in definition.get("rule", ())]
    tables = [rule for rule in found if rule["kind"] == RuleKind.GRADE_TABLE]
    single = [rule for rule in found if rule["kind"] in ORDER]
    single.sort(key=lambda rule: (ORDER.index(rule["kind"]), place.get(rule.get("component", ""), 0)))
    return [*single, *(rule for rule in found if rule not in single and rule not in tables), *tables]


def _rule(
    rule: Mapping[str, Any], infos: tuple[ComponentInfo, ...], place: Mapping[str, int]
) -> dict[str, Any]:
    kind = str(rule["kind"])
    said: dict[str, Any] = {"kind": kind}
    if kind == RuleKind.GRADE_TABLE:
        methods = [(info.key, tuple(info.grades)) for info in infos if info.grades]
        return said | {"table": grid(methods, table_rows(rule))}
    if kind != RuleKind.ALL_COMPLETE:
        said["value"] = figure(rule["value"])
    if kind == RuleKind.COMPONENT_MIN:
        said["component"] = rule["component"]
    if kind in ON_SEVERAL:
        named = set(rule.get("components") or ())
        said["components"] = sorted(named, key=lambda key: place.get(key, 0))
    if kind == RuleKind.COUNT_MIN:
        said["at_least"] = int(rule["at_least"])
    return said


def _supplement(definition: Definition, infos: tuple[ComponentInfo, ...], mode: Mode) -> dict[str, Any]:
    given = definition.get("supplement") or {}
    if mode.grades or not given:
        return {}
    return {
        "components": [info.key for info in infos if info.key in given["components"]],
        "existing": int(given.get("existing", 2)),
        "oral": int(given.get("oral", 1)),
        "most": int(given.get("most", 1)),
    }
