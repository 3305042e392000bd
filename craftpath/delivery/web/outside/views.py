"""Which statements of programs count for which skills: all mappings, a new one with its preview, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.web.outside.columns import tabs
from craftpath.delivery.web.outside.forms import MappingForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.activity.queries import used_by
from craftpath.domain.outside import actions
from craftpath.domain.outside.queries import LOOKED_AT, Preview, mappings, preview, programs
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.outside.matching import Match
    from craftpath.domain.outside.models import Mapping

SHOWN = 25
"""Statements of a preview that are shown."""


@require_safe
@needs(Permission.MANAGE_COHORTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All mappings of the organisation and below it, the ones in force first."""
    rows = list(mappings())
    named = skills_by_key(row.skill for row in rows)
    lines = [
        {
            "row": row,
            "skill": text(named[row.skill].name) if row.skill in named else row.skill,
            "state": _("switched off") if row.stopped_at else _("in force"),
            "tone": "plain" if row.stopped_at else "good",
        }
        for row in rows
    ]
    context = {"lines": lines, "programs": programs(request.organisation), "tabs": tabs(request, "list")}
    return render(request, "outside/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_COHORTS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Describe it, look at what it would do with what has come so far, and only then let it count."""
    some = programs(request.organisation)
    form = MappingForm(some, request.POST or None)
    found: Preview | None = None
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            draft = actions.drafted(request.organisation, **form.asked())
            if request.POST.get("do") == "make":
                made = actions.make_mapping(draft, by=request.actor, at=request.at)
                messages.success(
                    request, _("It counts from now on; what has come before is read within a minute.")
                )
                return redirect("outside:mapping", organisation, made.public_id)
            found = preview(draft)
    program = form.program or (some[0] if some else None)
    context = {
        "form": form,
        "programs": some,
        "program": program,
        "used": used_by(request.organisation, program.pk) if program else [],
        "crumbs": [step(request, _("Outside evidence"), "outside:list"), here(_("New mapping"))],
    }
    wrong = form.is_bound and found is None
    return render(request, "outside/new.html", context | _told(found), status=422 if wrong else 200)


@require_safe
@needs(Permission.MANAGE_COHORTS)
def one(request: Request, organisation: str, mapping: str) -> HttpResponse:
    """What it says, how much counts by it, and what it finds among the newest statements."""
    row = _found(mapping)
    named = skills_by_key([row.skill])
    context = {
        "row": row,
        "skill": text(named[row.skill].name) if row.skill in named else row.skill,
        "least": None if row.least is None else row.least // 100,
        "changes": bool(request.actor.may_at(Permission.MANAGE_COHORTS, row.organisation)),
        "crumbs": [step(request, _("Outside evidence"), "outside:list"), here(row.name)],
    }
    return render(request, "outside/mapping.html", context | _told(preview(row)))


@require_POST
def change(request: Request, organisation: str, mapping: str, verb: str) -> HttpResponse:
    """Switch it off, or read everything once more."""
    row = _found(mapping)
    if verb == "stop":
        actions.stop_mapping(row, by=request.actor, at=request.at)
        messages.success(request, _("Switched off. What has counted so far stays."))
    elif verb == "again":
        actions.read_again(row, by=request.actor, at=request.at)
        messages.success(
            request, _("Everything is read once more within a minute; what counts already counts once.")
        )
    else:
        raise Http404
    return redirect("outside:mapping", organisation, row.public_id)


def _found(mapping: str) -> Mapping:
    return get_object_or_404(mappings(), public_id=plain_id(mapping))


def _told(found: Preview | None) -> dict[str, Any]:
    if found is None:
        return {"preview": None}
    return {
        "preview": found,
        "most": LOOKED_AT,
        "lines": [_line(match) for match in found.found[:SHOWN]],
        "not_shown": max(0, len(found.found) - SHOWN),
    }


def _line(match: Match) -> dict[str, Any]:
    if match.enrolment is None:
        word, tone = _("no apprentice here just now"), "attention"
    elif not match.enough:
        word, tone = _("not enough"), "plain"
    else:
        word, tone = _("counts"), "good"
    score = "–" if match.score is None else f"{match.score / 100:.0f} %"
    return {"match": match, "about": text(match.about), "score": score, "word": word, "tone": tone}
