"""The scheme: a whole evaluation as one immutable value, read from a table and written back exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from craftpath.engines.evaluation.faults import SchemeFaulty
from craftpath.engines.evaluation.rows import (
    component_row,
    implied_levels,
    read_choice,
    read_component,
    read_rule,
    read_supplement,
    rule_row,
    supplement_row,
)
from craftpath.engines.evaluation.table import Reader
from craftpath.engines.evaluation.types import Component, Item, Mode, Rule, Supplement


@dataclass(frozen=True, slots=True)
class Scheme:
    """Components, how they are joined, how figures are rounded, and what is needed to pass.

    `decimals` are the places of every printed figure; `rules_use` says whether pass rules see those or the
    exact ones. `levels`, lowest first, are the results of the grade modes. `supplement` says where an oral mark
    may be added; its marks are judged only in the scheme that `supplement.with_orals` makes of this one.
    """

    key: str
    components: tuple[Component, ...]
    mode: Mode = Mode.WEIGHTED
    decimals: int = 1
    rules_use: Literal["rounded", "exact"] = "rounded"
    rules: tuple[Rule, ...] = ()
    levels: tuple[str, ...] = ()
    supplement: Supplement | None = None

    @property
    def items(self) -> tuple[tuple[Component, Item], ...]:
        """Every item with its component, in scheme order: the columns of `Marks`."""
        return tuple((component, item) for component in self.components for item in component.items)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Read what TOML (with `parse_float=Decimal`) or JSON gives; other keys are ignored.

        Raises `SchemeFaulty` with all faults of form. Whether the scheme makes sense is `check`'s question.
        """
        reader = Reader()
        mode = read_choice(reader, table, "mode", "", Mode.WEIGHTED)
        components = tuple(
            read_component(reader, row, f"component[{index}].", mode)
            for index, row in enumerate(reader.tables(table, "component", ""))
        )
        rules = tuple(
            read_rule(reader, row, f"rule[{index}].")
            for index, row in enumerate(reader.tables(table, "rule", ""))
        )
        rules_use = reader.text(table, "rules_use", "", "rounded")
        if rules_use not in ("rounded", "exact", ""):
            reader.note("not_one_of", "rules_use", given=rules_use, allowed="rounded, exact")
        scale = table.get("scale")
        named = scale if "levels" not in table and isinstance(scale, Mapping) else table
        levels = reader.texts(named, "levels", "")
        scheme = cls(
            key=reader.text(table, "key", ""),
            components=components,
            mode=mode,
            decimals=reader.whole(table, "decimals", "", 1),
            rules_use="exact" if rules_use == "exact" else "rounded",
            rules=rules,
            levels=levels or implied_levels(mode, components, rules),
            supplement=read_supplement(reader, table),
        )
        if reader.faults:
            raise SchemeFaulty(reader.faults)
        return scheme

    def as_table(self) -> dict[str, Any]:
        """The same as plain lists, dicts, ints and strings; `from_table` of it gives an equal scheme."""
        supplement = {} if self.supplement is None else {"supplement": supplement_row(self.supplement)}
        return {
            "key": self.key,
            "mode": self.mode.value,
            "decimals": self.decimals,
            "rules_use": self.rules_use,
            "levels": list(self.levels),
            "component": [component_row(component) for component in self.components],
            "rule": [rule_row(rule) for rule in self.rules],
            **supplement,
        }
