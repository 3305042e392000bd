"""One's own certificates, whoever issued them: in force, soon at an end, over; each to fetch, to show and to print."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from craftpath.delivery.exchange.certified import Certified
from craftpath.delivery.exchange.certified_page import TONES, today_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.verify.addressing import site_of
from craftpath.domain.certificates.queries import certificates_of, standing
from craftpath.domain.certificates.texts import STANDINGS

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate

A_PAGE = 20
SOON = timedelta(days=90)


@require_safe
def certificates(request: Request) -> HttpResponse:
    """All of them, the newest first; a constant number of queries."""
    rows = certificates_of(request.user).defer("credential", "token")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "cards": [_card(row, request) for row in page]}
    return render(request, "verify/mine.html", context)


def _card(row: Certificate, request: Request) -> dict[str, Any]:
    today = today_of(row, request.at)
    state = standing(row, today)
    left = (row.valid_until - today).days if row.valid_until and state == "valid" else None
    said = Certified.of(row, site_of(request))
    return {
        "row": row,
        "said": said,
        "state": STANDINGS[state],
        "tone": TONES[state],
        "soon": _left(left) if left is not None and left <= SOON.days else "",
        "because": (row.because or row.key.because) if state in ("revoked", "replaced") else "",
    }


def _left(days: int) -> str:
    words = ngettext("%(days)s day left", "%(days)s days left", days)
    return words % {"days": days}
