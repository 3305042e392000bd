"""What a city hands over to a lake, and the figures of roll-ups that came back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.insight.rollups import Looked, look
from craftpath.delivery.exchange.insight.texts import FAULTS
from craftpath.delivery.web.handover.forms import AskForm, CountyForm, RollupForm
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.insight import actions, queries, rules
from craftpath.domain.insight.texts import STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Verdict, require

A_PAGE = 20
ZIP = "application/zip"


@require_GET
@needs(Permission.HAND_FIGURES_OVER)
def board(request: Request, organisation: str) -> HttpResponse:
    """What was handed over, and what was taken in."""
    return _board(request)


@require_POST
@needs(Permission.HAND_FIGURES_OVER)
def ask(request: Request, organisation: str) -> HttpResponse:
    """Hand over: a worker writes it."""
    form = AskForm(request.POST)

    def act() -> None:
        actions.ask_handover(request.organisation, **form.cleaned_data, by=request.actor, at=request.at)

    status = tried(request, form, _("It is being made. This page shows it once it is there."), act)
    return (
        _board(request, ask_form=form, status=status) if status else redirect("handover:board", organisation)
    )


@require_POST
@needs(Permission.HAND_FIGURES_OVER)
def county(request: Request, organisation: str) -> HttpResponse:
    """Say where the organisation lies."""
    form = CountyForm(request.POST)

    def act() -> None:
        code = form.cleaned_data["code"].strip()
        actions.set_county(request.organisation, code, form.name(), by=request.actor, at=request.at)

    status = tried(request, form, pgettext("a county", "Saved. The figures are sorted anew."), act)
    return (
        _board(request, county_form=form, status=status)
        if status
        else redirect("handover:board", organisation)
    )


@require_POST
@needs(Permission.HAND_FIGURES_OVER)
def take(request: Request, organisation: str) -> HttpResponse:
    """Take a roll-up in, or say line by line why not."""
    form = RollupForm(request.POST, request.FILES)
    looked = Looked()

    def act() -> None:
        nonlocal looked
        report = form.cleaned_data["report"]
        looked = look(
            form.cleaned_data["figures"].read(),
            report.read() if report else None,
            source=form.cleaned_data["source"],
            at=request.at,
        )
        if looked.said is None:
            form.add_error(None, _("Nothing was taken in: the file has faults."))
        else:
            actions.take_rollup(request.organisation, looked.said, by=request.actor, at=request.at)

    status = tried(request, form, _("Taken in. The national view shows it."), act)
    if not status:
        return redirect("handover:board", organisation)
    faults = [(one, str(FAULTS[one.code]) % {"given": one.given}) for one in looked.faults]
    return _board(request, rollup_form=form, faults=faults, more=looked.more, status=status)


@require_http_methods(["GET", "HEAD"])
def one(request: Request, organisation: str, handover: str) -> HttpResponse:
    """One hand-over: who, when, to whom, for what, and the digest by which the receiver knows it."""
    row = get_object_or_404(queries.handovers(), public_id=plain_id(handover))
    require(rules.may_hand_over(request.actor, row.organisation))
    context = {
        "row": row,
        "state": STATES[row.state],
        "reason": sentence(Verdict(row.reason)) if row.reason else "",
        "crumbs": [step(request, _("Hand-overs"), "handover:board"), here(row.receiver)],
    }
    return render(request, "handover/one.html", context)


@require_POST
def fetch(request: Request, organisation: str, handover: str) -> FileResponse:
    """The archive; that it left the house is recorded, so it is a press and no address."""
    row = get_object_or_404(queries.handovers(), public_id=plain_id(handover))
    kept = actions.fetch_handover(row, by=request.actor, at=request.at).kept
    if kept is None:
        raise Http404
    return streamed(kept.opened(), kept.size, kept.name, ZIP)


def _board(request: Request, *, status: int = 0, **shown: object) -> HttpResponse:
    rows = queries.handovers()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    where = queries.county_of(request.organisation)
    known = {"code": where.code, **where.name} if where is not None else {}
    context = {
        "page": page,
        "rows": [(row, STATES[row.state]) for row in page],
        "rollups": queries.rollups(of=request.organisation),
        "county": where,
        "ask_form": AskForm(),
        "county_form": CountyForm(initial=known),
        "rollup_form": RollupForm(),
    }
    return render(request, "handover/board.html", context | shown, status=status or 200)
