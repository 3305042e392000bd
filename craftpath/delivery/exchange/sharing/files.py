"""A table of shared data as a file, with its basis: a first sheet and properties, or lines at the head."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.exchange.sharing.basis import provenance, say
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.values.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from craftpath.delivery.exchange.book import Cell as Plain
    from craftpath.delivery.exchange.sharing.data_class import Cell, Column
    from craftpath.delivery.exchange.sharing.table import Shown
    from craftpath.domain.sharing.queries import Standing


def shared_file(standing: Standing, table: Shown, form: str, *, who: str, at: datetime) -> bytes:
    """The whole table as `xlsx` or `csv`."""
    told = provenance(standing, table, who=who, at=at)
    header = [say(one.title) for one in table.columns]
    rows = [plain_row(table.columns, row) for row in table.rows]
    if form == "csv":
        return write_csv([*told, (), header, *rows])
    title = f"{say(standing.rule.title)} · {standing.rule.label}"
    return write_xlsx(
        [
            OutSheet(pgettext("a sheet", "Basis"), (_("What"), pgettext("a column", "Value")), told),
            OutSheet(say(standing.rule.title), header, rows),
        ],
        title=title,
        description="\n".join(f"{label}: {what}" for label, what in told),
    )


def plain_row(columns: Sequence[Column], row: Sequence[Cell]) -> tuple[Plain, ...]:
    """Cells as a sheet takes them, in the open language."""
    return tuple(_plain(column, cell) for column, cell in zip(columns, row, strict=True))


def _plain(column: Column, cell: Cell) -> Plain:
    if isinstance(cell, Text):
        return say(cell)
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if column.kind == "hours" and cell is not None:
        return (Decimal(str(cell)) / 60).quantize(Decimal("0.01"))
    return cell
