"""The kept file as evidence: to download whole, or looked at around one cell."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.book import Book, Sheet
from craftpath.delivery.exchange.trial import Reading, book_of, place, target_of
from craftpath.delivery.web.sheets.excerpt import around
from craftpath.delivery.web.sheets.targets import find_evidence
from craftpath.delivery.web.sheets.trail import crumbs
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.roles import Permission

_LOOKERS = (Permission.IMPORT_ROSTER, Permission.IMPORT_MARKS, Permission.SEE_RESULTS)


@require_GET
@needs(*_LOOKERS)
def file(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """The file, byte for byte."""
    row = find_evidence(request, sheet)
    content = row.file.bytes()
    return attachment(content, *_kept(row.file.name, content))


@require_GET
@needs(*_LOOKERS)
def cell(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """The rows around one cell (`?sheet=…&cell=C7`), as they came in."""
    row = find_evidence(request, sheet)
    found = _sheet(book_of(row), request.GET.get("sheet", ""))
    try:
        number, column = place(request.GET.get("cell", ""))
    except ValueError:
        raise Http404 from None
    if number > found.height or column >= found.width:
        raise Http404
    reading = Reading.from_json(row.reading)
    header = reading.header_row if reading.sheet == found.name else 1
    context = {
        "sheet": row,
        "sheet_name": found.name,
        "cell": request.GET["cell"],
        "excerpt": around(found, number, column, header),
        "target": target_of(row),
        "crumbs": crumbs(request, row.file.name),
    }
    return render(request, "sheets/cell.html", context)


def _kept(name: str, content: bytes) -> tuple[str, str]:
    """(name, content type) of a kept sheet: only .xlsx and .csv leave the house, a csv in whatever encoding it came."""
    ending, kind = (".xlsx", XLSX) if content.startswith(b"PK") else (".csv", "text/csv")
    return (name if name.lower().endswith(ending) else name + ending), kind


def _sheet(book: Book, name: str) -> Sheet:
    """The sheet of this name (marks keep its first 120 characters); the only one if none is given."""
    if not name and len(book.sheets) == 1:
        return book.sheets[0]
    found = [
        one for one in book.sheets if one.name == name or (len(name) == 120 and one.name.startswith(name))
    ]
    if not found:
        raise Http404
    return found[0]
