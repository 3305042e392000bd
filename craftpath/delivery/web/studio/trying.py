"""A class that tries a version, and what that came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.forms import EndForm, EvidenceForm, TrialForm
from craftpath.delivery.web.studio.places import found_trial, found_version, numbered, to_draft, to_version
from craftpath.delivery.web.studio.saying import figures
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.studio import actions, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.studio.models import Trial

MOST_SHEETS = 12


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, organisation: str, version: str) -> HttpResponse:
    """Choose the class."""
    row = found_version(request, version)
    require(rules.may_run(request.actor, row.draft))
    known = {one.public_id: one for one in cohorts().filter(state__in=("planned", "running"))}
    choices = [(key, f"{text(one.name)} · {text(one.organisation.name)}") for key, one in known.items()]
    form = TrialForm(
        request.POST if request.method == "POST" else None, cohorts=choices,
        initial={"starts_on": request.today},
    )  # fmt: skip
    status, made = 200, []
    if request.method == "POST":
        status = tried(request, form, _("The class tries this version."), lambda: made.append(
            actions.begin_trial(
                row, known[form.cleaned_data["cohort"]], question=form.cleaned_data["question"],
                starts_on=form.cleaned_data["starts_on"], by=request.actor, at=request.at,
            )
        ))  # fmt: skip
        if not status:
            return redirect("studio:trial", organisation, made[0].public_id)
    context = {"form": form, "row": row, "any": bool(known),
               "crumbs": to_version(request, row, here(_("Try it with a class")))}  # fmt: skip
    return render(request, "studio/try.html", context, status=status)


@require_GET
def trial(request: Request, organisation: str, trial: str) -> HttpResponse:
    """The page."""
    row = found_trial(request, trial)
    return _page(request, row, EvidenceForm(), EndForm(initial={"ends_on": request.today}))


def _page(
    request: Request, row: Trial, form: EvidenceForm, ending: EndForm, status: int = 200
) -> HttpResponse:
    sheets = list(row.sheets.order_by("-number")[:MOST_SHEETS])
    context = {
        "row": row,
        "number": numbered(row.version),
        "sheets": [{"sheet": one, "figures": figures(one.rows)} for one in sheets],
        "runs": bool(rules.may_run(request.actor, row.version.draft)),
        "form": form,
        "ending": ending,
        "crumbs": to_draft(request, row.version.draft, here(_("Trial"))),
    }
    return render(request, "studio/trial.html", context, status=status)


@require_POST
def evidence(request: Request, organisation: str, trial: str) -> HttpResponse:
    """Write down what it has come to by today."""
    row = found_trial(request, trial)
    require(rules.may_run(request.actor, row.version.draft))
    form = EvidenceForm(request.POST)
    status = tried(
        request, form, _("Written down. These figures stay as they are."),
        lambda: actions.keep_evidence(
            row, on=request.today, costs=form.costs(), by=request.actor, at=request.at
        ),
    )  # fmt: skip
    if status:
        return _page(request, row, form, EndForm(initial={"ends_on": request.today}), status)
    return redirect("studio:trial", organisation, row.public_id)


@require_POST
def end(request: Request, organisation: str, trial: str) -> HttpResponse:
    """The last day; nothing later counts."""
    row = found_trial(request, trial)
    require(rules.may_run(request.actor, row.version.draft))
    form = EndForm(request.POST)
    status = tried(
        request, form, _("The trial has ended."),
        lambda: actions.end_trial(
            row, ends_on=form.cleaned_data["ends_on"], today=request.today, by=request.actor, at=request.at
        ),
    )  # fmt: skip
    if status:
        return _page(request, row, EvidenceForm(), form, status)
    return redirect("studio:trial", organisation, row.public_id)
