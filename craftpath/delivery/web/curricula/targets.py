"""The hours of the stages of a draft: how the programme's hours are shared among them, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.places import (
    found_version,
    own_words,
    revision_of,
    to_version,
    version_url,
)
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import set_targets
from craftpath.domain.curricula.hours import Cell, programme_minutes
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require


@dataclass(frozen=True, slots=True)
class Field:
    """Hours of a stage and kind as they are typed."""

    name: str
    label: str
    typed: str
    now: str
    wrong: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def targets(request: Request, organisation: str, version: str) -> HttpResponse:
    """A row for each kind of hours, a field for each stage; empty asks for nothing there."""
    row = found_version(version)
    require(rules.may_design(request.actor, row.curriculum.organisation))
    content = queries.content_of(row)
    now = {
        (stage.key, bucket.key): _now(content, (stage.key, bucket.key))
        for bucket in content.buckets
        for stage in content.stages
    }
    own = own_words(request.POST)
    typed = {cell: own.get("/".join(cell), known) for cell, known in now.items()}
    said, status = "", 200
    if request.method == "POST":
        said, status = _keep(request, row, typed)
        if not status:
            return redirect(version_url(request, row))
    rows: list[Any] = []
    for bucket in content.buckets:
        whole = programme_minutes(bucket, content.stages)
        fields = [
            Field("/".join(cell), text(stage.name), typed[cell], now[cell], _wrong(typed[cell]))
            for stage in content.stages
            for cell in [(stage.key, bucket.key)]
        ]
        rows.append((text(bucket.name), fields, "" if whole is None else hours(whole)))
    context = {
        "version": row,
        "rows": rows,
        "stages": [text(stage.name) for stage in content.stages],
        "said": said,
        "back": version_url(request, row),
        "crumbs": to_version(request, row, here(_("Hours of the stages"))),
    }
    return render(request, "curricula/targets.html", context, status=status)


def _now(content: queries.Content, cell: Cell) -> str:
    minutes = content.targets.get(cell)
    return "" if minutes is None else saying.typed_hours(minutes)


def _wrong(typed: str) -> str:
    bad = typed.strip() and saying.minutes_of(typed) is None
    return _("Write hours as 40, 7.5 or 7:30.") if bad else ""


def _keep(request: Request, row: Any, typed: dict[Cell, str]) -> tuple[str, int]:
    """Why it was refused with its status; 0 once it is kept."""
    if any(_wrong(one) for one in typed.values()):
        return _("Write hours as 40, 7.5 or 7:30."), 422
    wanted = {cell: saying.minutes_of(one) for cell, one in typed.items() if one.strip()}
    try:
        set_targets(
            row, {cell: minutes for cell, minutes in wanted.items() if minutes is not None},
            revision=revision_of(request.POST), by=request.actor, at=request.at,
        )  # fmt: skip
    except Refused as refused:
        if refused.verdict.who:
            raise
        return sentence(refused.verdict), 409
    messages.success(request, _("The hours of the stages are kept."))
    return "", 0
