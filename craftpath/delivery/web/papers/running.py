"""Print runs: how far the worker is, what came of it, and the files to fetch, for whoever asked and nobody else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.papers.sending import LANGUAGES, PDF
from craftpath.delivery.web.papers.subjects import About, Room, about, names_of, printed_about
from craftpath.delivery.web.papers.texts import FORMS, PAPERS, PHASES, STATES, TONES
from craftpath.delivery.web.papers.trail import to_cohort_print
from craftpath.delivery.web.sheets.texts import time_left
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.kernel.printruns import PrintRun, cancel_print, require_there, runs
from craftpath.kernel.progress import progress_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict

ROWS = 30
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the list."""

    run: PrintRun
    paper: Any
    form: Any
    about: str
    state: Any
    tone: str


MAY = (Permission.SEE_RESULTS, Permission.RUN_WORKSHOPS, Permission.ISSUE_CERTIFICATES)
"""Who asks for papers of many people: a run shows what its asker may see, and is nobody else's."""


def _found(request: Request, public_id: str) -> tuple[PrintRun, About]:
    """A run of one's own, about what one still sees, at the organisation where it was asked for; or 404."""
    row = get_object_or_404(runs(), public_id=plain_id(public_id), asked_in=request.organisation)
    return row, about(request, row.subject, str(PAPERS[row.wanted["paper"]]))


def _cohort_names(ids: Collection[str]) -> dict[str, str]:
    return {one.public_id: text(one.name) for one in cohorts().filter(public_id__in=ids)}


def _about_cohort(request: Request, public_id: str, last: str) -> About | None:
    row = cohorts().filter(public_id=public_id).first()
    if row is None or not request.actor.may(Permission.SEE_RESULTS):
        return None
    again = reverse("papers:cohort", args=[request.organisation.key, public_id])
    return About(text(row.name), again, to_cohort_print(request, row, here(last)))


printed_about("apprenticeships", Room(_cohort_names, _about_cohort))


@require_GET
@needs(*MAY)
def run_list(request: Request, organisation: str) -> HttpResponse:
    """What one has asked for here, the newest first."""
    own = runs().filter(asked_in=request.organisation)
    page = Paginator(own, ROWS).get_page(request.GET.get("page"))
    return render(request, "papers/runs.html", {"page": page, "lines": _lines(list(page.object_list))})


def _lines(rows: Sequence[PrintRun]) -> list[RunLine]:
    known = names_of({row.subject for row in rows})
    return [
        RunLine(
            row,
            PAPERS[row.wanted["paper"]],
            FORMS[row.wanted["form"]],
            known.get(row.subject, "–"),
            STATES[row.state],
            TONES[row.state],
        )
        for row in rows
    ]


@require_GET
@needs(*MAY)
def run(request: Request, organisation: str, run: str) -> HttpResponse:
    """How far it is; once it is through, what came of it. Asked by htmx, only the part that changes."""
    row, subject = _found(request, run)
    if row.state != "asked" and request.htmx:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    found = progress_of(row.public_id) if row.state == "asked" else None
    context = {
        "run": row,
        "about": subject,
        "paper": PAPERS[row.wanted["paper"]],
        "form": FORMS[row.wanted["form"]],
        "said_in": LANGUAGES[row.wanted["language"]],
        "state": STATES[row.state],
        "phase": PHASES[found.phase if found and found.phase in PHASES else ""],
        "percent": round(100 * found.share) if found else 0,
        "papers": found if found and found.phase == "printing" else None,
        "time_left": time_left(found.left) if found else "",
        "reason": _why(row.reason, row.facts) if row.reason else "",
        "left": [(one["number"], one["name"], _why(one["reason"], one["facts"])) for one in row.left],
        "crumbs": subject.crumbs,
    }
    part = "#progress" if request.htmx else ""
    return render(request, f"papers/run.html{part}", context)


def _why(reason: str, facts: dict[str, Any]) -> str:
    return sentence(Verdict(reason, facts))


@require_POST
@needs(*MAY)
def cancel(request: Request, organisation: str, run: str) -> HttpResponse:
    """Take the wish back; what is done already stays."""
    row, _subject = _found(request, run)
    try:
        cancel_print(row, by=request.actor, at=request.at)
    except Refused:
        messages.warning(request, _("It is too late to cancel: this run has ended."))
    else:
        messages.success(request, _("Cancelled; nothing is kept."))
    return redirect("papers:run", organisation, row.public_id)


@require_GET
@needs(*MAY)
def archive(request: Request, organisation: str, run: str) -> FileResponse:
    """Every paper as a file of its own, in one archive."""
    row = require_there(_found(request, run)[0])
    return _sent(row.archive, ZIP)


@require_GET
@needs(*MAY)
def together(request: Request, organisation: str, run: str) -> FileResponse:
    """All sheets one after the other, to print; each paper counts its own pages."""
    row = require_there(_found(request, run)[0])
    return _sent(row.together, PDF)


def _sent(file: Any, content_type: str) -> FileResponse:
    if file is None:
        raise Http404
    return streamed(file.opened(), file.size, file.name, content_type)
