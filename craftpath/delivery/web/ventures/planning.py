"""Planning a venture, changing it, ending it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.ventures.forms import FinishForm, PlanForm, StopForm
from craftpath.delivery.web.ventures.one import page_of
from craftpath.delivery.web.ventures.places import name_of, the_cooperation, the_venture, to_venture
from craftpath.domain.ventures import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.ventures.models import Venture


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_VENTURES)
def new(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Plan something under an agreement."""
    found = the_cooperation(cooperation)
    basis = queries.basis_of(found)
    require(rules.may_plan(request.actor, basis))
    posted = request.POST if request.method == "POST" else None
    form = PlanForm(posted, sides=basis.sides, row=None)
    made: list[Venture] = []

    def act() -> None:
        made.append(
            actions.plan_venture(
                found, form.plan, organisation=request.organisation, roles=form.roles, by=request.actor, at=request.at
            )
        )  # fmt: skip

    status = 200
    if posted is not None:
        status = tried(request, form, _("Planned. Name who is in charge, then start it."), act)
        if not status:
            return redirect("ventures:venture", organisation, made[0].public_id)
    title = _("Plan joint work")
    crumbs = [step(request, name_of(found), "ventures:operate", found.public_id), here(title)]
    context = {"form": form, "title": title, "crumbs": crumbs, "last": basis.last}
    return render(request, "ventures/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_VENTURES)
def change(request: Request, organisation: str, venture: str) -> HttpResponse:
    """Change its words, its days, what the sides do."""
    row = the_venture(venture)
    require(rules.may_run(request.actor, row))
    posted = request.POST if request.method == "POST" else None
    form = PlanForm(posted, sides=[side.organisation for side in row.sides.all()], row=row)

    def act() -> None:
        actions.change_venture(row, form.plan, roles=form.roles, by=request.actor, at=request.at)

    status = 200
    if posted is not None:
        status = tried(request, form, pgettext("a form", "Kept."), act)
        if not status:
            return redirect("ventures:venture", organisation, row.public_id)
    title = pgettext("of joint work", "Change it")
    last = queries.basis_of(row.cooperation).last
    context = {"form": form, "title": title, "crumbs": to_venture(request, row, title), "last": last}
    return render(request, "ventures/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_VENTURES)
def finish(request: Request, organisation: str, venture: str) -> HttpResponse:
    """Say what came out, and show it."""
    row = the_venture(venture)
    require(rules.may_run(request.actor, row))
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FinishForm(*posted, today=request.today)

    def act() -> None:
        given = form.cleaned_data
        actions.finish_venture(
            row, product=form.name(), words=given["words"], picture=form.picture, on=given["on"], by=request.actor,
            at=request.at,
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Finished. What came out stands among the products."), act)
        if not status:
            return redirect("ventures:venture", organisation, row.public_id)
    title = _("Finish with a product")
    context = {"form": form, "title": title, "crumbs": to_venture(request, row, title)}
    return render(request, "ventures/finish.html", context, status=status)


_PLAIN: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "start": (actions.start_venture, lambda: pgettext("joint work", "It runs.")),
    "resume": (actions.resume_venture, lambda: _("It goes on.")),
}


@require_POST
@needs(Permission.RUN_VENTURES)
def move(request: Request, organisation: str, venture: str, verb: str) -> HttpResponse:
    """Start, stop, take up again."""
    row = the_venture(venture)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in _PLAIN:
        act, done = _PLAIN[verb]
        act(row, **by)
        messages.success(request, done())
    elif verb == "stop":
        require(rules.may_run(request.actor, row))
        form = StopForm(request.POST)
        status = tried(
            request, form, pgettext("joint work", "Stopped."),
            lambda: actions.stop_venture(row, because=form.cleaned_data["because"], on=request.today, **by),
        )  # fmt: skip
        if status:
            page = page_of(request, row, stop=form)
            return render(request, "ventures/venture.html", page, status=status)
    else:
        raise Http404
    return redirect("ventures:venture", organisation, row.public_id)
