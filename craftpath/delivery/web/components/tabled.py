"""The table behind a chart. The chart, the page and the CSV are made of it, so that they say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.delivery.exchange.listing import Head, Listing
from craftpath.delivery.exchange.writing import write_csv

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for each column and rows of cells; figures stand as they are published, units in the heads."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def said(self) -> dict[str, Any]:
        """As the table under a chart is read."""
        return {"head": list(self.head), "rows": [[said(cell) for cell in row] for row in self.rows]}

    @property
    def csv(self) -> bytes:
        """The same rows as a file: figures without separators of thousands."""
        return write_csv([self.head, *self.rows])


def listing_of(found: Table, title: str, whose: str) -> Listing:
    """The table as a list that leaves the site, said as it is under its chart."""
    figures = [any(isinstance(row[n], int | Decimal) for row in found.rows) for n in range(len(found.head))]
    return Listing(
        title,
        whose,
        [Head(name, figures=figures[n]) for n, name in enumerate(found.head)],
        [[None if cell == "" else cell for cell in row] for row in found.rows],
        [[said(cell) for cell in row] for row in found.rows],
    )


def table(head: Sequence[object], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table of these; lazy words are said now, in the reader's language."""
    return Table(tuple(str(one) for one in head), tuple(tuple(row) for row in rows))


def said(cell: Cell) -> str:
    """A cell as people read it: counts with separators, an absent figure as a dash."""
    match cell:
        case None | "":
            return "–"
        case int():
            return f"{cell:,}".replace("-", "−")
        case Decimal():
            return f"{cell:,f}".replace("-", "−")
        case _:
            return cell
