"""Reads the tables of a page back, as somebody who looks at it would."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse

from craftpath.delivery.exchange.reading import read_book


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[list[str]]]] = []
        self.links: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
            self.links.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append([""])
            self._inside = True
        elif tag == "span" and given.get("class") == "result-under":
            self.tables[-1][-1][-1].append("")
        elif tag == "a" and self._inside:
            self.links[-1].append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, text: str) -> None:
        if self._inside:
            self.tables[-1][-1][-1][-1] += text


def cells(response: HttpResponse, place: int = -1) -> list[list[str]]:
    """The rows of one table of the page, its head first; a figure under another is a cell of its own."""
    page = _Tables()
    page.feed(response.content.decode())
    return [[" ".join(text.split()) for cell in row for text in cell] for row in page.tables[place]]


def links(response: HttpResponse, place: int = -1) -> list[str]:
    """The addresses in one table of the page."""
    page = _Tables()
    page.feed(response.content.decode())
    return page.links[place]


def sheet(response: HttpResponse, name: str) -> list[list[str]]:
    """The rows of a downloaded sheet as text, its head first."""
    rows = read_book(response.content, name).sheets[0].rows
    return [["" if cell is None else str(cell) for cell in row] for row in rows]
