"""Issuing: choose a kind, look who is due and who is not and why, tick, go on to the batch."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.forms import BatchForm
from craftpath.delivery.web.certificates.places import tabs, the_kind, way
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.certificates import actions, holding, queries, rules
from craftpath.domain.certificates.texts import PURPOSES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.certificates.actions import Look
    from craftpath.domain.certificates.issuing import Wanted
    from craftpath.domain.certificates.models import Kind

A_PAGE = 50


@require_GET
@needs(Permission.ISSUE_CERTIFICATES)
def choose(request: Request, organisation: str) -> HttpResponse:
    """The kinds in use, and the batches of late."""
    rows = queries.kinds_of(request.organisation).filter(state="active")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    batches = Paginator(queries.batches_of(request.organisation), 10).get_page(request.GET.get("batches"))
    context = {
        "page": page,
        "kinds": [(row, text(row.title), PURPOSES[row.purpose]) for row in page],
        "batches": [(row, text(row.kind.title), saying.batch_badge(row)) for row in batches],
        "batches_page": batches,
        "tabs": tabs(request, "certificates:issue"),
    }
    return render(request, "certificates/issue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ISSUE_CERTIFICATES)
def due(request: Request, organisation: str, kind: str) -> HttpResponse:
    """Who is due for a kind and who is not; whoever is ticked goes into a batch."""
    row = the_kind(kind)
    require(rules.may_issue(request.actor, row.organisation))
    require(rules.can_issue(row, request.today, request.today))
    posted = request.POST if request.method == "POST" else None
    form = BatchForm(posted, initial={"on": request.today, "made_id": uuid.uuid4()})
    found = actions.overview(row, on=request.today, by=request.actor)
    chosen = set(request.POST.getlist("who"))
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            with refusals_in(form):
                wanted = _wanted(found or [], chosen, everybody=form.cleaned_data["everybody"])
                batch = actions.plan_batch(
                    row, wanted, on=form.cleaned_data["on"], made_id=form.cleaned_data["made_id"],
                    by=request.actor, at=request.at,
                )  # fmt: skip
                return redirect("certificates:batch", organisation, batch.public_id)
            status = 409
    context = _page(request, row, found) | {"form": form, "chosen": chosen if posted is not None else None}
    return render(request, "certificates/due.html", context, status=status)


def _wanted(found: list[Look], chosen: set[str], *, everybody: bool) -> list[Wanted]:
    """Whoever is ticked, due or not any more: the batch says of each what came of it."""
    return [
        (one.person, one.ground, one.lines)
        for one in found
        if (one.verdict if everybody else _name(one) in chosen)
    ]


def _name(one: Look) -> str:
    return f"{one.person.public_id}:{one.ground}"


def _page(request: Request, row: Kind, found: list[Look] | None) -> dict[str, object]:
    names = saying.Names()
    ready, waiting, held = saying.sorted_out(found or [])
    page = Paginator(ready, A_PAGE).get_page(request.GET.get("page"))
    others = Paginator(waiting, A_PAGE).get_page(request.GET.get("others"))
    title = text(row.title)
    return {
        "row": row,
        "title": title,
        "crumbs": way(
            request, step(request, pgettext("certificates", "Issue"), "certificates:issue"), here(title)
        ),
        "ground": saying.ground(row, names),
        "asks": [saying.requirement(one, names) for one in row.requirements],
        "above": found is None,
        "page": page,
        "ready": [(_name(one), one.person, _told(one)) for one in page],
        "all_ready": len(ready),
        "others_page": others,
        "others": [
            (one.person, sentence(one.verdict), [saying.finding(each, names) for each in _missing(one)])
            for one in others
        ],
        "held": held,
    }


def _missing(one: Look) -> list[holding.Finding]:
    missing = one.verdict.reason == "certificates.requirement_missing"
    return holding.missing(one.findings) if missing else []


def _told(one: Look) -> str:
    """What one's paper says besides."""
    comma = pgettext("between the names of a list", ", ")
    return comma.join(f"{text(line['label'])} {text(line['value'])}" for line in one.lines)
