"""A list as one value: what the screen, the text table, the workbook and the paper of it are all made of.

Sheets hold figures and days, so that an office can go on computing; screen and paper say the same cells in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.printout_pages import printout_page
from craftpath.delivery.exchange.printouts.wording import source
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.values.printout import Column, Group, Printout, Table
from craftpath.values.text import Text

FORMS = ("csv", "xlsx", "pdf")
PAPER_ROWS = 2_000
"""Rows that are printed while somebody waits; a sheet takes all of them."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, and whether figures stand in it, or texts that look like figures.

    What is `beyond` the page stands in files only: a sheet goes into more detail than a screen has room for.
    """

    name: str
    figures: bool = False
    text: bool = False
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one query: as sheets hold them, and as they are said; both in the same order."""

    title: str
    whose: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    said: Sequence[Sequence[str]]
    beside: Sequence[OutSheet] = ()
    """Further sheets of a workbook: sums of the same rows that the page has too."""

    def as_csv(self) -> bytes:
        """As text."""
        return write_csv([tuple(head.name for head in self.heads), *(tuple(row) for row in self.rows)])

    def as_xlsx(self) -> bytes:
        """As a workbook whose first sheet is the list."""
        texts = frozenset(n for n, head in enumerate(self.heads) if head.text)
        header = [head.name for head in self.heads]
        rows = [tuple(row) for row in self.rows]
        return write_xlsx([OutSheet(self.title, header, rows, text_columns=texts), *self.beside])

    def as_pdf(self, at: datetime) -> bytes:
        """On paper, in the reader's language."""
        language = "zh" if (get_language() or "zh").startswith("zh") else "en"
        columns = tuple(Column(Text.of(head.name), figures=head.figures) for head in self.heads)
        table = Table(Text(), columns, (Group(tuple(tuple(row) for row in self.said)),))
        paper = Printout(
            title=Text.of(self.title),
            whose=self.whose,
            about=(),
            blocks=(table,),
            on=timezone.localtime(at).date(),
            source=source(at),
            wide=True,
        )
        return print_page(printout_page(paper, language))
