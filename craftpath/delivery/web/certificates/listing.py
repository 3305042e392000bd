"""All certificates that the reader sees: those of the office, or the own ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.places import issues, tabs
from craftpath.delivery.web.shell.lists import Told, exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.lists import listing as list_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.certificates import queries
from craftpath.domain.certificates.texts import STANDINGS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.certificates.models import Certificate

A_PAGE = 25
SOON = timedelta(days=90)
LONGEST_WORD = 60


@require_GET
def listing(request: Request, organisation: str) -> HttpResponse:
    """Filtered by kind, by how they stand, by what runs out soon; searched by number or name."""
    rows, context = _wanted(request)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "rows": saying.rows(page, request.today),
        "ways": ways_out(request, "certificates"),
        "issues": issues(request),
        "tabs": tabs(request, "certificates:list"),
        "under_way": queries.batches().filter(state__in=("planned", "issuing"))[:5]
        if issues(request)
        else [],
    }
    return render(request, "certificates/list.html", context)


@require_GET
def as_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The page as a file, all that fits."""
    require_form(form)
    rows, asked = _wanted(request)
    heads = [
        pgettext("a certificate", "Certificate"), Head(pgettext("of a certificate", "Number"), text=True),
        *([pgettext("of a certificate", "Holder")] if asked["all_of_them"] else []),
        pgettext("of a certificate", "Issued on"), pgettext("of a certificate", "Valid until"), _("State"),
    ]  # fmt: skip
    cells = [
        (
            one.title, one.number, *([one.holder] if asked["all_of_them"] else []), one.row.issued_on,
            one.row.valid_until or Told(None, pgettext("of a certificate", "no end")), one.badge[0],
        )
        for one in saying.rows(rows, request.today)
    ]  # fmt: skip
    made = list_of(pgettext("in the rail", "Certificates"), text(request.organisation.name), heads, cells)
    return sent(request, made, form)


exported("certificates", screen="certificates:list", file="certificates:as_file", caption="Certificates")


def _wanted(request: Request) -> tuple[QuerySet[Certificate], dict[str, Any]]:
    """What is asked for, and how the page says so."""
    rows = _seen(request)
    all_of_them = Permission.SEE_CERTIFICATES in request.actor.permissions
    kind, show = request.GET.get("kind", ""), request.GET.get("show", "")
    word = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST_WORD]
    offered = _kinds(rows) if all_of_them else []
    if kind in {key for key, _name in offered}:
        rows = rows.filter(kind__key=kind)
    if show in STANDINGS:
        rows = rows.filter(queries.in_standing(show, request.today))
    elif show == "soon":
        ends = Q(valid_until__range=(request.today, request.today + SOON))
        rows = rows.filter(queries.in_standing("valid", request.today) & ends)
    if word:
        rows = rows.filter(Q(number__icontains=word) | Q(person__name__icontains=word))
    return rows, {
        "kinds": offered,
        "kind": kind,
        "shows": list(STANDINGS.items()),
        "show": show,
        "q": word,
        "filtered": bool(kind or show or word),
        "all_of_them": all_of_them,
    }


def _seen(request: Request) -> QuerySet[Certificate]:
    rows = queries.certificates().defer("credential", "token")
    if Permission.SEE_CERTIFICATES in request.actor.permissions:
        return rows
    return rows.filter(person=request.user)


def _kinds(rows: QuerySet[Certificate]) -> list[tuple[str, str]]:
    """Lines of kinds of which there is a certificate, by the name of their newest version; one query."""
    found: dict[str, str] = {}
    told = rows.order_by("kind__version").values("kind__key", "kind__title").annotate(count=Count("pk"))
    for one in told:
        found[one["kind__key"]] = text(one["kind__title"])
    return sorted(found.items(), key=lambda one: one[1])
