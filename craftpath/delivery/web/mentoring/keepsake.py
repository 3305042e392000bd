"""The page that a pair keeps, on the screen and as a sheet of A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.keepsake import Keepsake, keepsake, keepsake_pdf
from craftpath.delivery.web.mentoring.places import found, head
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import queries

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Graduation
    from craftpath.domain.pairing.models import Pair


@require_GET
def page(request: Request, organisation: str, pair: str) -> HttpResponse:
    """As it was on the day of graduation, both languages together."""
    row, kept = _kept(request, pair)
    photo = _photo(row, kept)
    context = head(request, row, "mentoring:graduation") | {"page": _said(kept), "photo": photo}
    return render(request, "mentoring/page.html", context)


@require_GET
def pdf(request: Request, organisation: str, pair: str) -> HttpResponse:
    """The sheet to frame; printed again it has the same bytes."""
    _row, kept = _kept(request, pair)
    said = _said(kept)
    picture = kept.picture.bytes() if kept.picture else b""
    name = f"{said.title.zh}-{'-'.join(filter(None, said.names))}.pdf"
    return attachment(keepsake_pdf(said, picture), name, "application/pdf")


def _kept(request: Request, pair: str) -> tuple[Pair, Graduation]:
    row = found(request, pair)
    kept = queries.graduations_of([row]).get(row.pk)
    if kept is None:
        raise Http404
    return row, kept


def _said(kept: Graduation) -> Keepsake:
    return keepsake(kept.figures, on=kept.on, number=kept.public_id)


def _photo(row: Pair, kept: Graduation) -> str:
    """The public id under which the picture of the page is shown."""
    product = queries.product_of(row)
    files = list(product.files.all()) if product else []
    return next((one.public_id for one in files if one.kept_id == kept.picture_id), "")
