"""All ventures of one's organisation, those of one agreement, and their products over the years."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.partnership.places import frame
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.ventures import saying
from craftpath.delivery.web.ventures.places import name_of, the_cooperation
from craftpath.domain.partnership.queries import cooperations
from craftpath.domain.ventures import queries, rules
from craftpath.domain.ventures.texts import STATES
from craftpath.kernel.roles import Permission

A_PAGE = 20
MOST_AGREEMENTS = 50


@require_GET
@needs(Permission.SEE_VENTURES)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of them, the newest first; what came out below."""
    show = request.GET.get("show", "")
    rows = queries.ventures()
    rows = rows.filter(state=show) if show in STATES else rows
    page = Paginator(queries.counted(rows), A_PAGE).get_page(request.GET.get("page"))
    runs = Permission.RUN_VENTURES in request.actor.permissions
    agreements = cooperations().filter(state="in_force")[:MOST_AGREEMENTS] if runs else []
    context = {
        "page": page,
        "cards": saying.cards(request, page),
        "show": show,
        "shows": list(STATES.items()),
        "agreements": [(row.public_id, name_of(row)) for row in agreements],
        "runs": runs,
    }
    return render(request, "ventures/list.html", context)


@require_GET
@needs(Permission.SEE_VENTURES)
def products(request: Request, organisation: str) -> HttpResponse:
    """What came out of joint work, by year."""
    rows = queries.products(queries.counted(queries.ventures()))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    years: dict[int, list[saying.Card]] = {}
    for card in saying.cards(request, page):
        ended = card.row.ended_on or card.row.ends_on
        years.setdefault(ended.year, []).append(card)
    title = pgettext("of joint work", "Products over the years")
    crumbs = [step(request, pgettext("in the rail", "Joint work"), "ventures:list"), here(title)]
    context = {"page": page, "years": list(years.items()), "title": title, "crumbs": crumbs}
    return render(request, "ventures/products.html", context)


@require_GET
@needs(Permission.SEE_VENTURES)
def operate(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """What the sides of one agreement run together, and what came out."""
    found = the_cooperation(cooperation)
    rows = queries.counted(queries.under(found))
    going = Paginator(rows.filter(state__in=queries.OPEN), A_PAGE).get_page(request.GET.get("going"))
    over = rows.exclude(state__in=queries.OPEN)
    page = Paginator(over, A_PAGE).get_page(request.GET.get("page"))
    basis = queries.basis_of(found)
    context = frame(request, found, "ventures:operate") | {
        "going": saying.cards(request, going),
        "going_page": going,
        "over": saying.cards(request, page),
        "page": page,
        "plans": basis.in_force and bool(rules.may_plan(request.actor, basis)),
    }
    return render(request, "ventures/operate.html", context)
