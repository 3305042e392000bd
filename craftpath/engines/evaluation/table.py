"""Reading the plain values of a scheme's table (from TOML or JSON) without ever trusting a binary float."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from craftpath.values.faults import Fault

NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,2})?")
PLACES = 12  # decimal places that a weight, a maximum or a threshold may have
LARGEST = Decimal(10) ** 12
WHOLE_LARGEST = 10**6


class Reader:
    """Takes typed values out of nested mappings and notes each fault with its place instead of stopping."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def note(self, code: str, place: str, **facts: Any) -> None:
        """Remember a fault."""
        self.faults.append(Fault(f"evaluation.{code}", place, facts))

    def text(self, table: Mapping[str, Any], name: str, place: str, default: str | None = None) -> str:
        """A non-empty string without control characters; without a default it must be there."""
        value = table.get(name, default)
        if value is None:
            self.note("value_missing", place + name)
        elif not isinstance(value, str):
            self.note("not_text", place + name, given=str(value)[:80])
        elif (not value and default != "") or not value.isprintable():
            self.note("text_empty" if not value else "text_unprintable", place + name)
        else:
            return value
        return ""

    def texts(self, table: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
        """A list of strings; absent means empty."""
        values = table.get(name, ())
        if isinstance(values, (list, tuple)) and all(isinstance(value, str) for value in values):
            return tuple(values)
        self.note("not_a_list", place + name)
        return ()

    def number(
        self, table: Mapping[str, Any], name: str, place: str, default: Decimal | None = None
    ) -> Decimal | None:
        """An exact number from int, Decimal or decimal text; None where it is absent or faulty."""
        value = table.get(name)
        if value is None:
            return default
        if isinstance(value, float):
            self.note("binary_float", place + name, given=repr(value))
            return None
        if isinstance(value, str) and NUMBER.fullmatch(value):
            value = Decimal(value)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self.note("not_a_number", place + name, given=str(value)[:80])
            return None
        return self._in_range(value, place + name)

    def _in_range(self, value: int | Decimal, place: str) -> Decimal | None:
        exact = Decimal(value)
        if not exact.is_finite() or exact.copy_abs() > LARGEST:
            self.note("number_out_of_range", place, given=str(exact)[:80])
            return None
        exponent = exact.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -PLACES:
            self.note("too_many_places", place, given=str(exact)[:80], places=PLACES)
            return None
        return exact

    def whole(self, table: Mapping[str, Any], name: str, place: str, default: int) -> int:
        """A whole number; `"2"` and `Decimal(2)` are read too, `2.5` is a fault."""
        value = self.number(table, name, place, Decimal(default))
        if value is None:
            return default
        if value != value.to_integral_value() or abs(value) > WHOLE_LARGEST:
            self.note("not_whole", place + name, given=str(value))
            return default
        return int(value)

    def tables(self, table: Mapping[str, Any], name: str, place: str) -> tuple[Mapping[str, Any], ...]:
        """A list of tables; absent means empty."""
        values = table.get(name, ())
        if isinstance(values, (list, tuple)) and all(isinstance(value, Mapping) for value in values):
            return tuple(values)
        self.note("not_tables", place + name)
        return ()
