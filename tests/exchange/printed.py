"""Printouts read back: the text of a PDF, the cells of a workbook."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import openpyxl

from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.printout_books import printout_book
from craftpath.delivery.exchange.printout_pages import printout_page
from craftpath.values.printout import Printout


def letters(text: str) -> str:
    """Without any space: where a line breaks is the printer's matter."""
    return re.sub(r"\s+", "", text)


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    import pypdf

    return [letters(page.extract_text()) for page in pypdf.PdfReader(BytesIO(content)).pages]


def on_paper(found: Printout, language: str = "zh") -> list[str]:
    """The pages of a printout as text."""
    return pages(print_page(printout_page(found, language)))


def book(found: Printout, language: str = "zh") -> Any:
    """Its workbook, opened."""
    return openpyxl.load_workbook(BytesIO(printout_book(found, language)))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The cells of a sheet."""
    return list(sheet.iter_rows(values_only=True))
