"""Formulas of a layout after its repeated row has grown: what stands below has moved, sums over it sum over all.

References are found by openpyxl's tokenizer, so text in quotes, functions and names are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

_REFERENCE = re.compile(
    r"((?:'(?:[^']|'')+'|[^'!]+)!)?(\$?[A-Za-z]{0,3})(\$?)(\d{1,7})(?::(\$?[A-Za-z]{0,3})(\$?)(\d{1,7}))?"
)
_OVER_ALL = frozenset(
    ("SUM", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF",
     "AVERAGEIFS", "MIN", "MAX", "MEDIAN", "MODE", "STDEV", "STDEV.S", "STDEV.P", "STDEVP", "VAR", "VAR.S", "VAR.P",
     "VARP", "SUBTOTAL", "AGGREGATE", "LARGE", "SMALL", "QUARTILE", "PERCENTILE", "SUMPRODUCT")
)  # fmt: skip
"""Functions that look at a whole column: one cell of the repeated row among their arguments stands for all of them."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The repeated row of a sheet, and how many rows more it takes."""

    row: int
    more: int

    def first(self, row: int) -> int:
        """Where an area that begins at this row begins now."""
        return row + self.more if row > self.row else row

    def last(self, row: int) -> int:
        """Where an area that ends at this row ends now."""
        return row + self.more if row >= self.row else row


def moved(formula: str, sheet: str, growths: Mapping[str, Growth], line: int | None = None) -> str:
    """The formula (with its =) as it reads now; `line` is the person's place if it stands in the repeated row.

    `growths` by sheet name in lower case. What the tokenizer cannot read stays as it is.
    """
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError):
        return formula
    said, inside = [], []
    for token in tokens:
        if token.subtype == Token.OPEN:
            inside.append(token.value.rstrip("(").upper().removeprefix("_XLFN."))
        elif token.subtype == Token.CLOSE and inside:
            inside.pop()
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            over_all = any(name in _OVER_ALL for name in inside[-1:])
            said.append(_reference(token.value, sheet, growths, line, over_all))
        else:
            said.append(token.value)
    return f"={''.join(said)}"


def _reference(
    written: str, sheet: str, growths: Mapping[str, Growth], line: int | None, over_all: bool
) -> str:
    found = _REFERENCE.fullmatch(written)
    if found is None:
        return written
    place, left, fixed, row, right, fixed_too, last = found.groups()
    target = place[:-1].strip("'").replace("''", "'") if place else sheet
    growth = growths.get(target.casefold())
    if growth is None or not growth.more or (right is None and not left):
        return written
    own = line if target.casefold() == sheet.casefold() else None
    first, place = int(row), place or ""
    if right is None:
        if own is None and over_all and first == growth.row:
            return f"{place}{left}{fixed}{first}:{left}{fixed}{first + growth.more}"
        return f"{place}{left}{fixed}{_start(first, growth, own, fixed)}"
    start, end = _start(first, growth, own, fixed), int(last)
    if own is not None and end == growth.row and not fixed_too:
        end += own
    else:
        end = growth.last(end)
    return f"{place}{left}{fixed}{start}:{right}{fixed_too}{end}"


def _start(row: int, growth: Growth, own: int | None, fixed: str) -> int:
    """In the repeated row itself a relative reference to it follows the person; `$` holds it at the first one."""
    if own is not None and row == growth.row and not fixed:
        return row + own
    return growth.first(row)
