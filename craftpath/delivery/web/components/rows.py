"""Rows of long tables, written without a template: a thousand cells would cost a template some ten milliseconds.

Every text is escaped here, once; what these functions return is HTML and goes nowhere but into one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def rows(lines: Iterable[str]) -> SafeString:
    """The body of a table."""
    return mark_safe("\n".join(lines))  # noqa: S308 - made of the escaped pieces below


def row(head: str, cells: Iterable[str]) -> str:
    """One row from its pieces."""
    return f"<tr>{head}{''.join(cells)}</tr>"


def heading(text: str, url: str = "", note: str = "") -> str:
    """The cell that names the row, leading somewhere if there is an address."""
    said = f'<a href="{escape(url)}">{escape(text)}</a>' if url else escape(text)
    under = f'<br><span class="small muted">{escape(note)}</span>' if note else ""
    return f'<th scope="row">{said}{under}</th>'


def words(text: str, *, url: str = "", look: str = "", wide: int = 1) -> str:
    """A cell of words, `wide` columns wide."""
    said = f'<a href="{escape(url)}">{escape(text)}</a>' if url else escape(text)
    columns = f' colspan="{wide}"' if wide > 1 else ""
    return f'<td class="{escape(look)}"{columns}>{said}</td>' if look else f"<td{columns}>{said}</td>"


def cell(pieces: Iterable[str], look: str = "") -> str:
    """A cell of components and other pieces that are HTML already."""
    return f'<td class="{escape(look)}">{"".join(pieces)}</td>' if look else f"<td>{''.join(pieces)}</td>"


def number(text: str, *, under: str = "", url: str = "", look: str = "", note: str = "") -> str:
    """A cell with a figure, perhaps a second one under it, perhaps a remark behind it."""
    said = f'<a href="{escape(url)}">{escape(text)}</a>' if url else escape(text)
    second = f'<span class="result-under">{escape(under)}</span>' if under else ""
    behind = f' <span class="small muted">{escape(note)}</span>' if note else ""
    return f'<td class="number{" " + escape(look) if look else ""}">{said}{second}{behind}</td>'
