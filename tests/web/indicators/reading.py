"""Reads pages as people do: tables with their cells, and what a chart was given."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

Rows = list[list[str]]


class _Tables(HTMLParser):
    """Every table of a page: its caption and its rows, the head first."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Rows]] = []
        self._caption, self._rows, self._words = "", [], None  # type: ignore[var-annotated]
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self._caption, self._rows = "", []
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th", "caption"}:
            self._words = []
        if tag == "span" and (self._quiet or "visually-hidden" in dict(attrs).get("class", "")):
            self._quiet += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._quiet:
            self._quiet -= 1
        if tag in {"td", "th", "caption"} and self._words is not None:
            said = " ".join("".join(self._words).split())
            if tag == "caption":
                self._caption = said
            else:
                self._rows[-1].append(said)
            self._words = None
        elif tag == "table":
            self.found.append((self._caption, self._rows))

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._quiet:
            self._words.append(data)


def tables(html: str) -> list[tuple[str, Rows]]:
    """Captions and rows of all tables of a page."""
    parser = _Tables()
    parser.feed(html)
    return parser.found


def given(html: str, chart: str) -> dict[str, Any]:
    """What a chart of the page is drawn from."""
    found = re.search(rf'<script id="{chart}" type="application/json">(.*?)</script>', html, re.S)
    assert found is not None, chart
    return dict(json.loads(found[1]))


def file(content: bytes) -> Rows:
    """The rows of a file; it begins with the mark by which Excel knows UTF-8."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_filed(cell: str) -> str:
    """A cell of a page as the file has it."""
    if cell == "–":
        return ""
    plain = cell.replace("−", "-")
    return plain.replace(",", "") if re.fullmatch(r"-?[\d,]+(\.\d+)?", plain) else plain
