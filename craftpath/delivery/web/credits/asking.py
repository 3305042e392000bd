"""Asking an institution: what the table of today gives is seen before it is sent; or prior learning with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.credits import goals, saying
from craftpath.delivery.web.credits.forms import AskForm, PriorForm
from craftpath.delivery.web.credits.places import below, the_diploma
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.credits import actions, queries
from craftpath.domain.credits.points import shown

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Diploma
    from craftpath.domain.credits.models import Request as CreditRequest

A_PAGE = 20
MOST_CREDITS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, organisation: str) -> HttpResponse:
    """Choose a diploma, then credits; what the table gives is seen before anything is sent."""
    given = request.POST if request.method == "POST" else request.GET
    if not given.get("diploma"):
        return _choose(request)
    goal = the_diploma(given["diploma"])
    row = queries.account_of(request.user)
    credits = list(queries.credits_of(row, request.today)[:MOST_CREDITS]) if row is not None else []
    posted = request.POST if request.method == "POST" else None
    form = AskForm(posted, credits=[one.pk for one in credits])
    chosen = None
    status = 200
    if posted is not None:
        wanted = {int(one) for one in posted.getlist("credits") if one.isascii() and one.isdecimal()}
        chosen = {one.pk for one in credits} & wanted
    if posted is not None and posted.get("step") != "see":
        made: list[CreditRequest] = []

        def act() -> None:
            if row is not None:
                made.append(
                    actions.ask_for_conversion(
                        row, goal, form.cleaned_data["credits"], made_id=form.cleaned_data["made_id"],
                        words=form.cleaned_data["words"], on=request.today, by=request.actor, at=request.at,
                    )
                )  # fmt: skip

        status = tried(request, form, _("Sent. You find here what becomes of it."), act)
        if not status:
            return redirect("credits:request", organisation, made[0].public_id)
    return render(request, "credits/ask.html", _preview(request, goal, credits, chosen, form), status=status)


def _preview(
    request: Request, goal: Diploma, credits: list[Any], chosen: set[int] | None, form: AskForm
) -> dict[str, Any]:
    """What the table of today gives for all that can be used, or for what was chosen of it."""
    account = credits[0].account if credits else None
    some = [one for one in credits if chosen is None or one.pk in chosen]
    found = queries.proposals(goal, account, some, request.today) if account is not None else []
    rows = saying.offered(found, goal, chosen)
    rows += [saying.unchosen(one) for one in credits if chosen is not None and one.pk not in chosen]
    title = text(goal.title)
    return {
        "title": _("Ask for conversion"),
        "crumbs": below(request, "credits:account", _("My credits"), _("Ask for conversion")),
        "goal": goal,
        "name": title,
        "rows": rows,
        "gives": shown(sum(one.amount for one in found)),
        "count": sum(bool(one.amount) for one in found),
        "total": shown(goal.total),
        "share": saying.percent(goal.share) if goal.share is not None else "",
        "form": form,
        "open": goal.state == "open",
        "seen": chosen is not None,
    }


def _choose(request: Request) -> HttpResponse:
    rows = queries.diplomas().filter(state="open")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Ask for conversion"),
        "crumbs": below(request, "credits:account", _("My credits"), _("Ask for conversion")),
        "page": page,
        "goals": [goals.goal(request, one, asks=True) for one in page],
    }
    return render(request, "credits/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prior(request: Request, organisation: str) -> HttpResponse:
    """Ask for prior learning to be recognised."""
    places = queries.institutions(request.organisation)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PriorForm(*posted, places=places, areas=list(queries.areas()))
    made: list[CreditRequest] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            actions.ask_for_recognition(
                form.places[given["organisation"]],
                [actions.Learned(*one) for one in form.learned],
                [(one.read(), one.name) for one in given["files"]],
                made_id=given["made_id"], words=given["words"], on=request.today, by=request.actor, at=request.at,
            )
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Sent. You find here what becomes of it."), act)
        if not status:
            return redirect("credits:request", organisation, made[0].public_id)
    title = _("Prior learning")
    context = {
        "form": form,
        "title": title,
        "crumbs": below(request, "credits:account", _("My credits"), title),
        "ready": bool(form.areas and form.places),
    }
    return render(request, "credits/prior.html", context, status=status)
