"""The shortest way to a diploma: every diploma that is open side by side, and one with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.credits import routes
from craftpath.delivery.web.credits.places import below, tabs, the_account, the_diploma
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.credits import planning, queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account, Diploma

COMPARED, CHOICES = 30, 200


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """The own way to each diploma."""
    context = _compared(request, queries.account_of(request.user), "")
    return render(request, "credits/ways.html", {"tabs": tabs(request, "credits:ways"), **context})


@require_GET
def mine_to(request: Request, organisation: str, diploma: str) -> HttpResponse:
    """The own way to one diploma, with its reasons."""
    goal = the_diploma(diploma)
    context = _one(request, queries.account_of(request.user), goal)
    crumbs = below(request, "credits:ways", pgettext("to a diploma", "The shortest way"), context["title"])
    return render(request, "credits/way.html", {"crumbs": crumbs, "own": True, **context})


@require_GET
@needs(Permission.SEE_CREDITS)
def theirs(request: Request, organisation: str, account: str) -> HttpResponse:
    """Somebody's way to each diploma, for whoever advises them."""
    row = the_account(account)
    title = _("The shortest way: %(name)s") % {"name": row.person.name}
    crumbs = below(request, "credits:accounts", pgettext("of credits", "Accounts"), title)
    context = _compared(request, row, row.public_id)
    return render(request, "credits/ways.html", {"crumbs": crumbs, "title": title, **context})


@require_GET
@needs(Permission.SEE_CREDITS)
def theirs_to(request: Request, organisation: str, account: str, diploma: str) -> HttpResponse:
    """Somebody's way to one diploma."""
    row, goal = the_account(account), the_diploma(diploma)
    context = _one(request, row, goal)
    title = f"{row.person.name} · {context['title']}"
    crumbs = below(request, "credits:accounts", pgettext("of credits", "Accounts"), title)
    return render(request, "credits/way.html", {"crumbs": crumbs, "own": False, **context, "title": title})


def _compared(request: Request, account: Account | None, whose: str) -> dict[str, Any]:
    """The diplomas that were chosen, else all; the nearest first, or the one that is reached soonest."""
    opened = list(queries.diplomas().filter(state="open")[:CHOICES])
    place = plain_id(request.GET.get("place", ""))
    chosen = {plain_id(one) for one in request.GET.getlist("diploma")} & {row.public_id for row in opened}
    shown = [
        row
        for row in opened
        if (not place or row.organisation.public_id == place) and (not chosen or row.public_id in chosen)
    ]
    some = [row.pk for row in shown[:COMPARED]]
    whole = list(queries.whole(queries.diplomas().filter(pk__in=some)))
    held = planning.holding_of(account, whole, request.today)
    found = planning.ways(whole, held, request.today)
    order = "soonest" if request.GET.get("order") == "soonest" else "nearest"
    return {
        "rows": [routes.line(request, way, whose) for way in routes.sorted_by(order, found)],
        "order": order,
        "orders": [
            ("nearest", pgettext("order of diplomas", "fewest points away")),
            ("soonest", pgettext("order of diplomas", "fewest weeks")),
        ],
        "place": place,
        "places": sorted({(row.organisation.public_id, text(row.organisation.name)) for row in opened}),
        "choices": [(row.public_id, routes.title(row), row.public_id in chosen) for row in opened],
        "chosen": bool(chosen),
        "left_out": len(shown) - len(some),
        "account": account,
        "today": request.today,
    }


def _one(request: Request, account: Account | None, goal: Diploma) -> dict[str, Any]:
    held = planning.holding_of(account, [goal], request.today)
    (way,) = planning.ways([goal], held, request.today)
    return {
        "goal": goal,
        "title": text(goal.title),
        "way": routes.line(request, way, ""),
        "sentence": routes.sentence_of(way),
        "steps": routes.steps(way),
        "areas": routes.areas(way),
        "used": routes.used(way),
        "unused": routes.unused(way),
        "proven": way.proven,
        "open": goal.state == "open",
        "today": request.today,
    }
