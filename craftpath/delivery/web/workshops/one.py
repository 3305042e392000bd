"""One workshop: what everybody sees who may come, and for whoever runs it how far it is and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.printouts.workshops import agenda_paper
from craftpath.delivery.web.papers.sending import look_of, sent
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.forms import WorkshopForm
from craftpath.delivery.web.workshops.places import found, list_tabs, page_of, run_by, to_workshop
from craftpath.domain.surveys.queries import run_at
from craftpath.domain.workshops import actions, queries, rules
from craftpath.domain.workshops.states import WORKSHOP
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Workshop

MOVES = ("publish", "close", "reopen", "finish")
ACTS = {
    "publish": (actions.publish_workshop, lambda: _("Registration is open.")),
    "close": (actions.close_workshop, lambda: _("Registration is closed.")),
    "reopen": (actions.reopen_workshop, lambda: _("Registration is open again.")),
    "finish": (actions.finish_workshop, lambda: _("It was held. Certificates and the report are next.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_WORKSHOPS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin one: the words first, days and sites on the next page."""
    form = WorkshopForm(
        request.POST if request.method == "POST" else None, zone=request.organisation.time_zone
    )
    status, made = 200, []
    if request.method == "POST":
        status = tried(
            request, form, _("Kept as a draft. Now its days, sites and agenda."),
            lambda: made.append(
                actions.plan_workshop(request.organisation, form.words, by=request.actor, at=request.at)
            ),
        )  # fmt: skip
        if not status:
            return redirect("workshops:agenda", organisation, made[0].public_id)
    context = {"form": form, "tabs": list_tabs(request, "")}
    return render(request, "workshops/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Say it otherwise."""
    row = run_by(request, workshop)
    form, status = WorkshopForm(request.POST if request.method == "POST" else None, row=row), 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept."),
            lambda: actions.change_workshop(row, form.words, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("workshops:workshop", organisation, row.public_id)
    title = _("Change the workshop")
    context = {"form": form, "title": title, "crumbs": to_workshop(request, row, title)}
    return render(request, "workshops/change.html", context, status=status)


@require_GET
def workshop(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Aims, days, agenda, and the way in."""
    row = found(workshop)
    runs = bool(rules.may_run(request.actor, row))
    own = queries.own_registration(row, request.user)
    address = request.build_absolute_uri(reverse("workshop:page", args=[row.public_id]))
    context: dict[str, Any] = {
        **page_of(request, row, "workshop", ""),
        "runs": runs,
        "state": saying.state(row),
        "when": saying.span(row.first, row.last),  # type: ignore[attr-defined]
        "holders": saying.holders(row),
        "sites": queries.sites_of(row),
        "agenda": saying.agenda(row),
        "own": own,
        "own_url": saying.link_of(request, own) if own else "",
        "can_register": rules.can_register(row, request.today),
        "address": address,
    }
    if runs:
        context |= _for_office(request, row) | {"code": qr(address)}
    else:
        context["tabs"] = []
    return render(request, "workshops/workshop.html", context)


def _for_office(request: Request, row: Workshop) -> dict[str, Any]:
    found = queries.registrations(row).order_by()
    counts = {state: found.filter(state=state).count() for state in ("placed", "waiting")}
    surveys = run_at(request.organisation).exclude(state__in=("draft", "discarded"))[:50]
    return {
        "counts": counts,
        "moves": [move for move in MOVES if WORKSHOP.can(row.state, move)],
        "can_publish": rules.can_publish(row),
        "can_cancel": WORKSHOP.can(row.state, "cancel"),
        "surveys": [(one.pk, text(one.title)) for one in surveys],
    }


@require_POST
def move(request: Request, organisation: str, workshop: str, verb: str) -> HttpResponse:
    """Publish, close, open again, finish; cancel with a reason; the survey for those who came."""
    row = run_by(request, workshop)
    if verb in ACTS:
        act, done = ACTS[verb]
        act(row, by=request.actor, at=request.at)
        messages.success(request, done())
    elif verb == "cancel":
        actions.cancel_workshop(
            row, because=plain_words(request, "because")[:200], by=request.actor, at=request.at
        )
        messages.success(request, _("Cancelled. Whoever registered reads why."))
    elif verb == "survey":
        _survey(request, row)
    else:
        raise Http404
    return redirect("workshops:workshop", organisation, row.public_id)


def _survey(request: Request, row: Workshop) -> None:
    wanted = request.POST.get("survey", "")
    known = {str(one.pk): one.pk for one in run_at(request.organisation)[:200]}
    actions.set_survey(row, known.get(wanted), by=request.actor, at=request.at)
    messages.success(request, _("Those who came find the survey on their page."))


@require_GET
def paper(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """The agenda as PDF or sheet."""
    row = found(workshop)
    return sent(agenda_paper(row, request.today), look_of(request.GET), name=text(row.title))
