"""Lists that leave the site: one registry, so that one test holds screen, text, workbook and paper of each together."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from craftpath.delivery.exchange.listing import FORMS, PAPER_ROWS, Listing
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.requests import Request
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
    """Register a list. `file` is an address that takes what the page's takes, and the form."""
    if LISTS.setdefault(key, Exported(key, screen, file, caption)).screen != screen:
        raise TypeError(f"two lists are called {key}")


def require_form(form: str) -> None:
    """404 for a form that no list has."""
    if form not in FORMS:
        raise Http404


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
