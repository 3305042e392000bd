"""The own account: what is there, where it came from, what expires, and what was asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from craftpath.delivery.web.credits import saying
from craftpath.delivery.web.credits.places import tabs
from craftpath.delivery.web.credits.sheets import sheet_of
from craftpath.delivery.web.shell.lists import ways_out
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.credits import queries
from craftpath.domain.credits.actions import Looked, look_what_is_earned
from craftpath.domain.credits.bridges import kinds_asking
from craftpath.domain.credits.points import shown
from craftpath.kernel.people import selves

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account

A_PAGE, LAST_REQUESTS = 20, 5


@require_GET
def account(request: Request, organisation: str) -> HttpResponse:
    """Balance by area, the ledger, what expires soon, the last requests."""
    row = queries.account_of(request.user)
    asked = queries.requests().filter(account__person__in=selves(request.user.pk))
    page = Paginator(asked, LAST_REQUESTS).get_page(request.GET.get("asked"))
    context = {
        "tabs": tabs(request, "credits:account"),
        "asked": [saying.card(request, one, names=False) for one in page],
        "asked_page": page,
        "asking": [
            (text(kind.title), one.facts["have"], one.facts["want"], one.met)
            for kind, one in kinds_asking(request.user, request.organisation, request.today)
        ],
        **ledger_of(request, row, "credits"),
    }
    return render(request, "credits/account.html", context)


def ledger_of(request: Request, row: Account | None, *way: str) -> dict[str, Any]:
    """What a page shows of an account; a constant number of queries; `way` leads to its files."""
    if row is None:
        return {"account": None, "bars": [], "left": "0"}
    balance = queries.balance_of(row, request.today)
    until = request.today + timedelta(days=queries.SOON_DAYS)
    soon = list(queries.expiring(row, request.today, until)[:A_PAGE])
    page = Paginator(queries.entries_of(row), A_PAGE).get_page(request.GET.get("page"))
    return {
        "account": row,
        "bars": saying.bars(balance),
        "left": shown(sum(one.left for one in balance)),
        "earned": shown(sum(one.earned for one in balance)),
        "converted": shown(sum(one.converted for one in balance)),
        "soon": [(text(one.title), shown(one.points), one.expires_on) for one in soon],
        "soon_days": queries.SOON_DAYS,
        "page": page,
        "ways": ways_out(request, *way),
        "lines": saying.lines(request, page, {one.pk for one in queries.twice_of(row)}),
    }


@require_POST
def look(request: Request, organisation: str) -> HttpResponse:
    """Look through the own record for what was earned."""
    say_looked(request, look_what_is_earned(request.user, by=request.actor, at=request.at))
    return redirect("credits:account", organisation)


def say_looked(request: Request, looked: Looked) -> None:
    """What the look brought, and how much of the record no rule gives credits for."""
    if looked.added:
        count = len(looked.added)
        said = ngettext(
            "%(count)s credit is new: %(points)s points.",
            "%(count)s credits are new: %(points)s points.",
            count,
        )
        messages.success(
            request, said % {"count": count, "points": shown(sum(one.points for one in looked.added))}
        )
    else:
        messages.info(request, _("Nothing new: everything that is worth credits is in the account already."))
    if looked.without:
        count = len(looked.without)
        said = ngettext(
            "%(count)s thing in the record gives no credits by the rules.",
            "%(count)s things in the record give no credits by the rules.",
            count,
        )
        messages.info(request, said % {"count": count})


@require_safe
def ledger(request: Request, organisation: str, form: str) -> HttpResponse:
    """The own ledger to take away; without an account an empty one is not made for it."""
    row = queries.account_of(request.user)
    if row is None:
        messages.info(request, _("There is nothing in your account yet."))
        return redirect("credits:account", organisation)
    return sheet_of(request, row, form)
