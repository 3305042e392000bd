"""The list of analyses, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.needs.forms import AnalysisForm, Choices
from craftpath.delivery.web.needs.places import TONES, reads_figures, to_list
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.needs import actions, queries, rules
from craftpath.domain.needs.states import ANALYSIS, PUBLIC
from craftpath.domain.needs.texts import GROUPS, STATES
from craftpath.domain.surveys.grouping import own_groups
from craftpath.domain.surveys.queries import run_at
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey

A_PAGE = 25
MOST_OFFERED = 60


@require_GET
def listed(request: Request, organisation: str) -> HttpResponse:
    """All of them for whoever runs surveys, published ones for others; and what one was asked about oneself."""
    runs = Permission.RUN_SURVEYS in request.actor.permissions
    if reads_figures(request.actor):
        states = ANALYSIS.states if runs else PUBLIC
        rows = queries.found_by(request.user, request.organisation, states)
    else:
        rows = queries.published_for(request.user)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, STATES[row.state], TONES.get(row.state, "plain")) for row in page.object_list],
        "runs": runs,
        "office": reads_figures(request.actor),
        "several": any(row.organisation_id != request.organisation.pk for row in page.object_list),
    }
    return render(request, "needs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_SURVEYS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Choose closed surveys and group columns; what is refused keeps everything that was ticked."""
    surveys = {row.public_id: row for row in _offered(request)}
    asked = [one for one in request.GET.getlist("survey") if one in surveys]
    form = AnalysisForm(
        request.POST or None,
        surveys=[(key, _label(row)) for key, row in surveys.items()],
        groups=_columns(list(surveys.values())),
        initial={"surveys": asked or list(surveys)[:1], "groups": ["occupation", "stage", "site"]},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = None
        with refusals_in(form):
            made = actions.make_analysis(
                request.organisation,
                [surveys[key] for key in said["surveys"]],
                groups=said["groups"],
                crosshair=said["crosshair"],
                title=Text(zh=said["title_zh"], en=said["title_en"]),
                by=request.actor,
                at=request.at,
            )
        if made is not None:
            if made.state == "computed":
                messages.success(request, _("Worked out. Look at it, then publish it."))
            return redirect("needs:analysis", organisation, made.public_id)
    status = 200 if request.method != "POST" else 409 if form.is_valid() else 422
    context = {"form": form, "none": not surveys, "crumbs": to_list(request, here(_("New analysis")))}
    return render(request, "needs/new.html", context, status=status)


def _offered(request: Request) -> list[Survey]:
    """Surveys that are over and ask about skills, the newest first."""
    rows = run_at(request.organisation).filter(state__in=rules.READ)[:MOST_OFFERED]
    return [row for row in rows if any(one.kind == "need" for one in row.asked_for)]


def _label(row: Survey) -> str:
    facts = {"title": text(row.title), "wave": row.wave, "organisation": text(row.organisation.name),
             "day": day(row.closes_on)}  # fmt: skip
    return _("%(title)s, wave %(wave)s · %(organisation)s · closed %(day)s") % facts


def _columns(surveys: list[Survey]) -> Choices:
    """Group columns that any of the surveys keeps: ours first, then choices of their own."""
    kept = {name for survey in surveys for name in survey.groups}
    own = {one.key: text(one.title) for survey in surveys for one in survey.asked_for}
    return [(name, str(label)) for name, label in GROUPS.items() if name in kept] + [
        (key, own[key]) for key in own_groups(surveys)
    ]
