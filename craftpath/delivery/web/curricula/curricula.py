"""All curricula with their versions; one curriculum with its history; a curriculum or a version begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.forms import StartForm
from craftpath.delivery.web.curricula.places import (
    OFFICE,
    found_curriculum,
    found_version,
    numbered,
    tabs,
    to_curricula,
    version_url,
    written,
)
from craftpath.delivery.web.curricula.trace import chart_url
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import draft_version, follow_chart, start_curriculum
from craftpath.domain.curricula.serving import followed
from craftpath.domain.occupations.queries import adopted, charts
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import Curriculum, CurriculumVersion

LONGEST_WHY = 2000


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version as a line of a list."""

    row: CurriculumVersion
    name: str
    state: tuple[str, str]
    url: str


@require_GET
@needs(*OFFICE)
def curricula(request: Request, organisation: str) -> HttpResponse:
    """Each curriculum with its versions; five queries however many."""
    rows = list(queries.curricula())
    versions = queries.versions_by_curriculum(row.pk for row in rows)
    context = {
        "rows": [(row, [line(request, one) for one in versions.get(row.pk, ())]) for row in rows],
        "may": bool(rules.may_design(request.actor, request.organisation)),
        "tabs": tabs(request, "curricula:list"),
    }
    return render(request, "curricula/list.html", context)


def line(request: Request, version: CurriculumVersion) -> VersionLine:
    """How a version stands in a list."""
    return VersionLine(version, numbered(version), saying.state(version), version_url(request, version))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def new(request: Request, organisation: str) -> HttpResponse:
    """A form: the programme to grow from, the occupation, a name and a key."""
    posted = request.POST if request.method == "POST" else None
    form = StartForm(request, posted)
    status = 200 if posted is None else 422
    if posted is not None and form.is_valid():
        status = 409
        with refusals_in(form):
            made = start_curriculum(request.organisation, **form.wanted(), by=request.actor, at=request.at)
            messages.success(request, _("The curriculum is begun: its first version is a draft."))
            first = queries.versions().filter(curriculum=made).last()
            return redirect(version_url(request, first) if first else "/")
    context = {"form": form, "crumbs": to_curricula(request, here(_("New curriculum")))}
    return render(request, "curricula/new.html", context, status=status)


@require_GET
@needs(*OFFICE)
def curriculum(request: Request, organisation: str, curriculum: str) -> HttpResponse:
    """One curriculum: each version with who made, approved and activated it, and why."""
    row = found_curriculum(curriculum)
    versions = queries.versions_by_curriculum([row.pk]).get(row.pk, [])
    newest = versions[0] if versions else None
    context: dict[str, Any] = {
        "curriculum": row,
        "lines": [line(request, one) for one in versions],
        "newest": newest,
        "may": bool(rules.may_design(request.actor, row.organisation)),
        "most": LONGEST_WHY,
        **_chart(request, row),
        "crumbs": to_curricula(request, here(text(row.name))),
    }
    return render(request, "curricula/curriculum.html", context)


def _chart(request: Request, row: Curriculum) -> dict[str, Any]:
    """The chart that a curriculum follows, and those that it could follow, for whoever designs it."""
    chart = followed(row)
    may = bool(rules.may_design(request.actor, row.organisation))
    return {
        "chart": chart,
        "chart_url": chart_url(request, chart),
        "charts": [(one.public_id, text(one.occupation.name), text(one.organisation.name), one.version)
                   for one in adopted(row.organisation)] if may else [],
    }  # fmt: skip


@require_POST
@needs(Permission.DESIGN_CURRICULA)
def follow(request: Request, organisation: str, curriculum: str) -> HttpResponse:
    """Say which chart a curriculum follows; none where nothing is chosen."""
    row = found_curriculum(curriculum)
    wanted = plain_id(request.POST.get("chart", "")[:40])
    chart = get_object_or_404(charts(), public_id=wanted) if request.POST.get("chart") else None
    follow_chart(row, chart, by=request.actor, at=request.at)
    messages.success(request, _("The curriculum follows this chart.") if chart else _("It follows no chart."))
    return redirect("curricula:curriculum", organisation, row.public_id)


@require_POST
@needs(Permission.DESIGN_CURRICULA)
def draft(request: Request, organisation: str, version: str) -> HttpResponse:
    """Begin the next version as a copy."""
    source = found_version(version)
    why = written(request.POST, "why")
    made = draft_version(source, why=why.strip(), by=request.actor, at=request.at)
    messages.success(request, _("A new draft is begun."))
    return redirect(version_url(request, made))
