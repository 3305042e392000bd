"""A cohort's results as one table: what the screen shows is what a workbook and a text table hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.delivery.web.components.rows import heading, number, row, rows, words
from craftpath.delivery.web.evaluation.figures import fixed
from craftpath.delivery.web.shell.templatetags.say import listed, points, text
from craftpath.domain.evaluation.queries import Row, decimals_of
from craftpath.domain.evaluation.ranks import rank_of
from craftpath.domain.programmes.definition import components, items

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

Cell = Decimal | int | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `key` is also what it is sorted by. One that stands `under` shares the screen's column before it."""

    key: str
    label: str
    unit: str = ""
    number: bool = False
    sorts: bool = True
    under: bool = False

    @property
    def head(self) -> str:
        """The head as one text, for sheets."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Line:
    """One apprentice: the cells, and the enrolment that the row leads to."""

    enrolment: str
    cells: tuple[Cell, ...]
    decimals: int

    def said(self, place: int) -> str:
        """What the screen says in a cell."""
        cell = self.cells[place]
        return fixed(cell, self.decimals) if isinstance(cell, Decimal) else str(cell or "–")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and lines."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def heads(self) -> list[tuple[Column, str]]:
        """(column, both units) of each column of the screen."""
        below = [*self.columns[1:], None]
        return [
            (column, f"{column.unit} · {after.unit}" if after and after.under else column.unit)
            for column, after in zip(self.columns, below, strict=True)
            if not column.under
        ]

    def body(self, address: Callable[[str], str]) -> SafeString:
        """The lines as rows of an HTML table; `address` gives where a line leads to.

        Written here and not in a template, where each of a thousand cells would cost a hundred times as much.
        """
        under = {n for n, column in enumerate(self.columns) if column.under}
        places = [(n, column, n + 1 in under) for n, column in enumerate(self.columns) if n not in under]
        return rows(
            row(
                heading(line.said(0), address(line.enrolment)),
                (self._cell(line, *place) for place in places[1:]),
            )
            for line in self.lines
        )

    @staticmethod
    def _cell(line: Line, place: int, column: Column, with_under: bool) -> str:
        if column.number:
            return number(line.said(place), under=line.said(place + 1) if with_under else "")
        return words(line.said(place), look="" if column.sorts else "result-words")

    def as_xlsx(self, name: str) -> bytes:
        """A workbook of one sheet; student numbers stay text."""
        sheet = OutSheet(
            name=name,
            header=[column.head for column in self.columns],
            rows=[line.cells for line in self.lines],
            text_columns=frozenset({1}),
        )
        return write_xlsx([sheet])

    def as_csv(self) -> bytes:
        """The same as text."""
        head = tuple(column.head for column in self.columns)
        return write_csv([head, *(line.cells for line in self.lines)])


def table_of(
    evaluation: Evaluation, rows: Sequence[Row], ranks: Mapping[Decimal, int] | None = None
) -> Table:
    """The table of these rows, in their order; with ranks for who sees everybody."""
    decimals = decimals_of(evaluation)
    graded = str(evaluation.scheme.definition.get("mode", "weighted")).startswith(("gateway", "all"))
    columns = (
        Column("name", _("Name")),
        Column("number", _("Number")),
        Column("enterprise", _("Enterprise")),
        *_component_columns(evaluation),
        Column("to_date", _("To date"), _("points"), number=True),
        Column("open", _("Still open"), _("points"), number=True),
        Column("grade", _("Result"))
        if graded
        else Column("total", _("Final"), _("of %(most)s") % {"most": "100"}, number=True),
        *([Column("rank", _("Rank"), number=True, sorts=False)] if ranks is not None and not graded else []),
        Column("passed", _("Pass rules")),
        Column("missing", _("What is missing"), sorts=False),
    )
    names = {item.key: text(item.name) for item in items(evaluation.scheme.definition)}
    shown = None if graded else ranks
    return Table(columns, tuple(_line(row, names, decimals, shown, graded=graded) for row in rows))


def _component_columns(evaluation: Evaluation) -> list[Column]:
    found = []
    for part in components(evaluation.scheme.definition):
        name = text(part.name)
        found.append(Column(f"{part.key}.value", name, "0–100", number=True))
        weight = _("points of %(most)s") % {"most": points(part.weight)}
        found.append(Column(f"{part.key}.points", name, weight, number=True, under=True))
    return found


def _line(
    row: Row, names: dict[str, str], decimals: int, ranks: Mapping[Decimal, int] | None, *, graded: bool
) -> Line:
    enterprise = row.enrolment.enterprise
    figures = [figure for part in row.components for figure in (part.value, part.to_date)]
    return Line(
        enrolment=row.enrolment.public_id,
        cells=(
            row.enrolment.person.name,
            row.enrolment.number,
            text(enterprise.name) if enterprise else None,
            *figures,
            row.to_date,
            row.open,
            (row.grade or None) if graded else row.total,
            *([] if ranks is None else [rank_of(ranks, row.total)]),
            met(row.passed, decided=row.decided),
            listed([names.get(key, key) for key in row.missing]) or None,
        ),
        decimals=decimals,
    )


def met(passed: bool | None, *, decided: bool = False) -> str | None:
    """Whether the pass rules are met, in a word; once somebody has decided, what was decided."""
    if passed is None:
        return None
    if decided:
        return _("passed") if passed else _("not passed")
    return _("met") if passed else _("not met")
