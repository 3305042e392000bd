"""A cohort's results as one table: what the screen shows is what a workbook and a text table hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.listing import Head, Listing
from craftpath.delivery.web.components.rows import heading, number, row, rows, words
from craftpath.delivery.web.evaluation.figures import fixed
from craftpath.delivery.web.shell.templatetags.say import listed, points, text
from craftpath.domain.evaluation.queries import Row, decimals_of
from craftpath.domain.evaluation.ranks import rank_of
from craftpath.domain.programmes.definition import ComponentInfo, components, items
from craftpath.values.rounding import half_up

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
    usual: str = ""  # the unit in a sheet, where a row may have another

    @property
    def head(self) -> str:
        """The head as one text, for sheets."""
        unit = self.usual or self.unit
        return f"{self.label} ({unit})" if unit else self.label


@dataclass(frozen=True, slots=True)
class Line:
    """One apprentice: the cells, and the enrolment that the row leads to.

    `whole` says of which full points a cell's points are, where parts were left out and theirs went to the others.
    """

    enrolment: str
    cells: tuple[Cell, ...]
    decimals: int
    whole: Mapping[int, Decimal] = field(default_factory=dict)

    def said(self, place: int) -> str:
        """What the screen says in a cell."""
        cell = self.cells[place]
        if not isinstance(cell, Decimal):
            return str(cell or "–")
        shown = fixed(cell, self.decimals)
        return f"{shown} / {points(self.whole[place])}" if place in self.whole else shown


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

    def listing(self, title: str, whose: str) -> Listing:
        """The same for files: student numbers stay text, a cell is said as on the screen."""
        return Listing(
            title,
            whose,
            [Head(column.head, column.number, column.key == "number") for column in self.columns],
            [line.cells for line in self.lines],
            [[line.said(n) for n in range(len(self.columns))] for line in self.lines],
        )


def table_of(
    evaluation: Evaluation, rows: Sequence[Row], ranks: Mapping[Decimal, int] | None = None
) -> Table:
    """The table of these rows, in their order; with ranks for who sees everybody."""
    decimals = decimals_of(evaluation)
    graded = str(evaluation.scheme.definition.get("mode", "weighted")).startswith(("gateway", "all"))
    columns = (
        Column("name", _("Name")),
        Column("number", _("Number")),
        Column("grade", _("Result"))
        if graded
        else Column("total", _("Final"), _("of %(most)s") % {"most": "100"}, number=True),
        *([Column("rank", _("Rank"), number=True, sorts=False)] if ranks is not None and not graded else []),
        Column("passed", _("Pass rules")),
        Column("enterprise", _("Enterprise")),
        *_component_columns(evaluation, graded=graded),
        *(
            ()  # levels are reached, not added up
            if graded
            else (
                Column("to_date", _("To date"), _("points"), number=True),
                Column("open", _("Still open"), _("points"), number=True),
            )
        ),
        Column("missing", _("What is missing"), sorts=False),
    )
    names = {item.key: text(item.name) for item in items(evaluation.scheme.definition)}
    parts = components(evaluation.scheme.definition)
    shown = None if graded else ranks
    weights = [Decimal(1) if graded else part.weight for part in parts]
    keys = [column.key for column in columns]
    places = [keys.index(f"{part.key}.points") if _in_points(part) else None for part in parts]
    return Table(
        columns,
        tuple(
            replace(
                _line(row, parts, names, decimals, shown, graded=graded),
                whole={
                    place: most
                    for n, most in _redistributed(row, weights, decimals).items()
                    if (place := places[n]) is not None
                },
            )
            for row in rows
        ),
    )


def _in_points(part: ComponentInfo) -> bool:
    """Whether it is counted in points, and not by a grade or by a target reached."""
    return not part.grades and part.target is None


def _weights(evaluation: Evaluation, *, graded: bool) -> list[tuple[ComponentInfo, Decimal]]:
    """The parts with their points; where grades are given each requirement is an equal part."""
    parts = components(evaluation.scheme.definition)
    return [(part, Decimal(1) if graded else part.weight) for part in parts]


def _component_columns(evaluation: Evaluation, *, graded: bool) -> list[Column]:
    found = []
    weighed = _weights(evaluation, graded=graded)
    whole = sum((weight for _part, weight in weighed), Decimal(0))
    for part, weight in weighed:
        name = text(part.name)
        if part.grades:
            found.append(Column(f"{part.key}.value", name))
            continue
        if part.target is not None:
            found.append(Column(f"{part.key}.value", name, "0–100", number=True))
            continue
        found.append(Column(f"{part.key}.value", name, "0–100", number=True))
        most = {"most": points(_share(weight, whole, decimals_of(evaluation)))}
        found.append(
            Column(
                f"{part.key}.points",
                name,
                _("points of %(most)s") % most,
                number=True,
                under=True,
                usual=_("points, usually of %(most)s") % most,
            )
        )
    return found


def _share(weight: Decimal, whole: Decimal, decimals: int) -> Decimal:
    """So many of 100 points, rounded once."""
    return half_up(Fraction(weight) * 100 / Fraction(whole), decimals) if whole else Decimal(0)


def _redistributed(row: Row, weights: Sequence[Decimal], decimals: int) -> dict[int, Decimal]:
    """Part → its full points, in a row where a part counts nothing and its points went to the others."""
    left = {
        n for n, part in enumerate(row.components) if part.value is None and not (part.to_date or part.open)
    }
    whole = sum((weight for n, weight in enumerate(weights) if n not in left), Decimal(0))
    if not whole or not any(weights[n] for n in left):
        return {}
    return {
        n: _share(weight, whole, decimals) for n, weight in enumerate(weights) if weight and n not in left
    }


def _line(
    row: Row,
    parts: Sequence[ComponentInfo],
    names: dict[str, str],
    decimals: int,
    ranks: Mapping[Decimal, int] | None,
    *,
    graded: bool,
) -> Line:
    enterprise = row.enrolment.enterprise
    figures: list[Cell] = []
    for part, found in zip(parts, row.components, strict=True):
        if part.grades:
            figures.append(text(part.grades.get(found.grade, found.grade)) if found.grade else None)
        elif part.target is not None:
            figures.append(found.value)
        else:
            figures += [found.value, found.to_date]
    return Line(
        enrolment=row.enrolment.public_id,
        cells=(
            row.enrolment.person.name,
            row.enrolment.number,
            (text(row.level) if row.grade else None) if graded else row.total,
            *([] if ranks is None else [rank_of(ranks, row.total)]),
            met(row.passed, decided=row.decided),
            text(enterprise.name) if enterprise else None,
            *figures,
            *(() if graded else (row.to_date, row.open)),
            _missing(row, names),
        ),
        decimals=decimals,
    )


def _missing(row: Row, names: dict[str, str]) -> str | None:
    """What the result waits for, and what has no mark and counts zero."""
    waits = listed([names.get(key, key) for key in row.missing])
    zero = listed([names.get(key, key) for key in row.zeroed])
    if zero:
        zero = _("counts as zero: %(items)s") % {"items": zero}
    return "; ".join(said for said in (waits, zero) if said) or None


def met(passed: bool | None, *, decided: bool = False) -> str | None:
    """Whether the pass rules are met, in a word; once somebody has decided, what was decided."""
    if passed is None:
        return None
    if decided:
        return _("passed") if passed else _("not passed")
    return _("met") if passed else _("not met")
