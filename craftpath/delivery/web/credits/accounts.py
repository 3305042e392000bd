"""Accounts of the people whom an office looks after."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from craftpath.delivery.web.credits.forms import ReasonForm
from craftpath.delivery.web.credits.own import ledger_of, say_looked
from craftpath.delivery.web.credits.places import below, tabs, the_account
from craftpath.delivery.web.credits.sheets import sheet_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.credits import actions, queries
from craftpath.domain.credits.points import shown
from craftpath.kernel.roles import Permission

A_PAGE = 25


@require_GET
@needs(Permission.SEE_CREDITS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """By name, each with what is left today."""
    find = request.GET.get("find", "").replace("\0", "").strip()[:60]
    rows = queries.accounts_of_people()
    if find:
        rows = rows.filter(Q(person__name__icontains=find) | Q(person__name_latin__icontains=find))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    left = queries.left_in(list(page), request.today)
    context = {
        "tabs": tabs(request, "credits:accounts"),
        "page": page,
        "rows": [(row, shown(left.get(row.pk, 0))) for row in page],
        "find": find,
    }
    return render(request, "credits/accounts.html", context)


@require_GET
@needs(Permission.SEE_CREDITS)
def one(request: Request, organisation: str, account: str) -> HttpResponse:
    """One account with its ledger."""
    return render(request, "credits/one.html", _page(request, account))


def _page(request: Request, account: str) -> dict[str, object]:
    row = the_account(account)
    title = row.person.name or "–"
    return {
        "title": title,
        "crumbs": below(request, "credits:accounts", pgettext("of credits", "Accounts"), title),
        "looks": Permission.CHECK_CREDITS in request.actor.permissions,
        "takes_back": Permission.DECIDE_CREDITS in request.actor.permissions,
        "back": ReasonForm(),
        **ledger_of(request, row, "credits_of", row.public_id),
    }


@require_POST
@needs(Permission.CHECK_CREDITS)
def look(request: Request, organisation: str, account: str) -> HttpResponse:
    """Look through somebody's record for what was earned."""
    row = the_account(account)
    say_looked(request, actions.look_what_is_earned(row.person, by=request.actor, at=request.at))
    return redirect("credits:one", organisation, row.public_id)


@require_safe
@needs(Permission.SEE_CREDITS)
def ledger(request: Request, organisation: str, account: str, form: str) -> HttpResponse:
    """Somebody's ledger to take away."""
    return sheet_of(request, the_account(account), form)


@require_POST
@needs(Permission.DECIDE_CREDITS)
def back(request: Request, organisation: str, entry: str) -> HttpResponse:
    """Take a credit back that should not be there."""
    row = get_object_or_404(queries.entries(), public_id=plain_id(entry), kind="earned")
    form = ReasonForm(request.POST)

    def act() -> None:
        because = form.cleaned_data["because"]
        actions.take_back_earned(row, because=because, on=request.today, by=request.actor, at=request.at)

    status = tried(request, form, _("Taken back by a line of its own."), act)
    if status:
        page = _page(request, row.account.public_id) | {"back": form, "wrong": row.public_id}
        return render(request, "credits/one.html", page, status=status)
    return redirect("credits:one", organisation, row.account.public_id)
