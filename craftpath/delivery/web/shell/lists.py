"""Lists that leave the site: one registry, so that one test holds screen, text, workbook and paper of each together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.listing import FORMS, PAPER_ROWS, Head, Listing
from craftpath.delivery.web.components.shapes import figure
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.values.verdict import Refused, not_now

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Exported:
    """A list with a page and files: the names of both addresses, and how its table is called on the page."""

    key: str
    screen: str
    file: str
    caption: str


LISTS: dict[str, Exported] = {}


def exported(key: str, *, screen: str, file: str, caption: str) -> None:
    """Register a list. `file` is an address that takes what the page's takes, or some of it, and the form."""
    if LISTS.setdefault(key, Exported(key, screen, file, caption)).screen != screen:
        raise TypeError(f"two lists are called {key}")


def require_form(form: str) -> None:
    """404 for a form that no list has."""
    if form not in FORMS:
        raise Http404


@dataclass(frozen=True, slots=True)
class Told:
    """A cell that a sheet holds as a value and everybody else reads in other words."""

    value: Cell
    words: str


def listing(title: str, whose: str, heads: Iterable[Any], rows: Iterable[Sequence[Any]]) -> Listing:
    """A list of cells; days, figures and what is missing are said as on every page, the rest as `Told` says."""
    cells = [list(row) for row in rows]
    return Listing(
        title,
        whose,
        [head if isinstance(head, Head) else Head(str(head)) for head in heads],
        [
            [one.value if isinstance(one, Told) else (None if one == "" else one) for one in row]
            for row in cells
        ],
        [[_said(one) for one in row] for row in cells],
    )


def _said(cell: Cell | Told) -> str:
    match cell:
        case Told():
            return cell.words
        case date():
            return day(cell)
        case str():
            return cell or "–"
        case _:
            return str(figure(cell))


def ways_out(request: Request, key: str, *ids: str) -> dict[str, str]:
    """Where a list is had in each form, filtered and ordered as the page is."""
    query = request.GET.copy()
    for place in ("page", "before"):
        query.pop(place, None)
    asked = f"?{query.urlencode()}" if query else ""
    one = LISTS[key]
    return {
        form: reverse(one.file, args=[request.organisation.key, *ids, form]) + asked
        for form in ("xlsx", "csv", "pdf")
    }


def sent(request: Request, listing: Listing, form: str) -> HttpResponse:
    """The list as a file."""
    require_form(form)
    name = f"{slugify(f'{listing.whose} {listing.title}', allow_unicode=True)}.{form}"
    if form == "csv":
        return attachment(listing.as_csv(), name, CSV)
    if form == "xlsx":
        return attachment(listing.as_xlsx(), name, XLSX)
    if len(listing.rows) > PAPER_ROWS:
        raise Refused(not_now("exchange.list_too_long", most=PAPER_ROWS))
    return attachment(listing.as_pdf(request.at), name, PDF)
