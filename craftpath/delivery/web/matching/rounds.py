"""The rounds of an office, those that run first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.matching import saying
from craftpath.delivery.web.matching.places import LOOKS_AFTER
from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.matching import queries
from craftpath.domain.pairing.texts import KINDS

A_PAGE = 30


@require_GET
@needs(LOOKS_AFTER)
def rounds(request: Request, organisation: str) -> HttpResponse:
    """Each with its people, its days, and how it stands."""
    within = queries.rounds().filter(organisation__path__startswith=request.organisation.path)
    page = Paginator(within, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_line(request, row) for row in page.object_list],
        "page": page,
        "tabs": tabs(request, "matching:rounds"),
    }
    return render(request, "matching/rounds.html", context)


def _line(request: Request, row: Any) -> dict[str, Any]:
    badge = saying.state(row)
    facts = {
        "kind": KINDS[row.kind],
        "learners": row.learning,
        "teachers": row.teaching,
        "days": saying.span(row),
    }
    return {
        "name": row.name,
        "note": _("%(kind)s · %(learners)s who learn, %(teachers)s who teach · %(days)s") % facts,
        "badge": badge[0],
        "tone": badge[1],
        "url": reverse("matching:round", args=[request.organisation.key, row.public_id]),
    }
