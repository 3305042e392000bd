"""Components and rules as rows of a table, in both directions; the round trip is exact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import product
from typing import Any, TypeVar

from craftpath.engines.evaluation.raters import raters_row, read_raters
from craftpath.engines.evaluation.sources import read_source, source_row
from craftpath.engines.evaluation.table import Reader
from craftpath.engines.evaluation.types import (
    HUNDRED,
    ONE,
    Component,
    GradeRow,
    Item,
    Missing,
    Mode,
    Rule,
    RuleKind,
    Supplement,
)

Choice = TypeVar("Choice", bound=StrEnum)
ZERO = Decimal(0)
MOST_COMBINATIONS = 20_000


def read_choice(reader: Reader, table: Mapping[str, Any], name: str, place: str, default: Choice) -> Choice:
    """One of an enumeration's values; absent means the default."""
    given = reader.text(table, name, place, default.value)
    allowed = type(default)
    try:
        return allowed(given)
    except ValueError:
        if given:
            reader.note("not_one_of", place + name, given=given, allowed=", ".join(allowed))
        return default


def read_component(reader: Reader, row: Mapping[str, Any], place: str, mode: Mode) -> Component:
    """One component; without items it is one item of its own key, see `own_item`."""
    key = reader.text(row, "key", place)
    target = reader.number(row, "target", place)
    items = tuple(
        _item(reader, item, f"{place}item[{index}].")
        for index, item in enumerate(reader.tables(row, "item", place))
    )
    if row.get("weight") is None and not mode.grades:
        reader.note("value_missing", place + "weight")
    return Component(
        key=key,
        weight=_or(reader.number(row, "weight", place), ZERO),
        items=items or (own_item(key, target, mode),),
        missing=read_choice(reader, row, "missing", place, Missing.INCOMPLETE),
        drop_lowest=reader.whole(row, "drop_lowest", place, 0),
        grades=reader.texts(row, "grades", place),
        target=target,
    )


def own_item(key: str, target: Decimal | None, mode: Mode) -> Item:
    """What a component without items is marked as: one item out of 100.

    Where `all_required` asks for more than 100 (8000 hours), the target is the full mark, and a score above it is
    accepted and counts as the target.
    """
    if mode is Mode.ALL_REQUIRED and target is not None and target > HUNDRED:
        return Item(key, ONE, target, open_ended=True)
    return Item(key, ONE, HUNDRED)


def _item(reader: Reader, row: Mapping[str, Any], place: str) -> Item:
    return Item(
        key=reader.text(row, "key", place),
        weight=_or(reader.number(row, "weight", place), ONE),
        max=_or(reader.number(row, "max", place), HUNDRED),
        source=read_source(reader, row, place),
        raters=read_raters(reader, row, place),
    )


def _or(value: Decimal | None, default: Decimal) -> Decimal:
    return default if value is None else value


def read_rule(reader: Reader, row: Mapping[str, Any], place: str) -> Rule:
    """One pass rule; unknown kinds are kept so that the check names them."""
    return Rule(
        kind=reader.text(row, "kind", place),
        value=reader.number(row, "value", place),
        component=reader.text(row, "component", place, ""),
        components=reader.texts(row, "components", place),
        at_least=reader.whole(row, "at_least", place, 0) if row.get("at_least") is not None else None,
        table=tuple(
            _grade_row(reader, line, f"{place}table[{index}].")
            for index, line in enumerate(reader.tables(row, "table", place))
        ),
    )


def _grade_row(reader: Reader, line: Mapping[str, Any], place: str) -> GradeRow:
    when = tuple((key, reader.text(line, key, place)) for key in line if key != "result")
    return GradeRow(when=when, result=reader.text(line, "result", place))


def read_supplement(reader: Reader, table: Mapping[str, Any]) -> Supplement | None:
    """Where an oral mark may be added; absent or empty means nowhere."""
    row = table.get("supplement")
    if not row:
        return None
    if not isinstance(row, Mapping):
        reader.note("not_tables", "supplement")
        return None
    place = "supplement."
    return Supplement(
        components=reader.texts(row, "components", place),
        existing=reader.whole(row, "existing", place, 2),
        oral=reader.whole(row, "oral", place, 1),
        most=reader.whole(row, "most", place, 1),
    )


def supplement_row(supplement: Supplement) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "components": list(supplement.components),
        "existing": supplement.existing,
        "oral": supplement.oral,
        "most": supplement.most,
    }


def implied_levels(mode: Mode, components: tuple[Component, ...], rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """The levels where a scheme names none: the result of all-lowest grades first, then the table's order."""
    if mode is Mode.ALL_REQUIRED:
        return ("not_met", "met")
    tables = [rule.table for rule in rules if rule.kind == RuleKind.GRADE_TABLE]
    if mode is not Mode.GATEWAY_GRADE or not tables:
        return ()
    lowest = {component.key: component.grades[0] for component in components if component.grades}
    first = [row.result for row in tables[0] if row.matches(lowest)][:1]
    return tuple(dict.fromkeys(first + [row.result for row in tables[0]]))


def combinations_of(components: tuple[Component, ...]) -> list[dict[str, str]]:
    """Every combination of the graded components' grades, cut off at `MOST_COMBINATIONS` + 1."""
    graded = [component for component in components if component.grades]
    keys = [component.key for component in graded]
    every = product(*(component.grades for component in graded))
    return [
        dict(zip(keys, grades, strict=True))
        for grades, _ in zip(every, range(MOST_COMBINATIONS + 1), strict=False)
    ]


def component_row(component: Component) -> dict[str, Any]:
    """The component as plain values; figures as decimal text."""
    row: dict[str, Any] = {
        "key": component.key,
        "weight": str(component.weight),
        "missing": component.missing.value,
        "drop_lowest": component.drop_lowest,
    }
    if not any(item.open_ended for item in component.items):  # such a one is the component itself
        row["item"] = [_item_row(item) for item in component.items]
    if component.grades:
        row["grades"] = list(component.grades)
    if component.target is not None:
        row["target"] = str(component.target)
    return row


def _item_row(item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {"key": item.key, "weight": str(item.weight), "max": str(item.max)}
    if item.source is not None:
        row["source"] = source_row(item.source)
    if item.raters is not None:
        row["raters"] = raters_row(item.raters)
    return row


def rule_row(rule: Rule) -> dict[str, Any]:
    """The rule as plain values; fields that it does not use are left out."""
    row: dict[str, Any] = {"kind": str(rule.kind)}
    if rule.value is not None:
        row["value"] = str(rule.value)
    if rule.component:
        row["component"] = rule.component
    if rule.components:
        row["components"] = list(rule.components)
    if rule.at_least is not None:
        row["at_least"] = rule.at_least
    if rule.table:
        row["table"] = [{**dict(line.when), "result": line.result} for line in rule.table]
    return row
