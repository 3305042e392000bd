"""Five minutes for every core skill on the scale: the own view, or a mentor's."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.growth.places import found, stage_asked, trail
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import path_of
from craftpath.domain.growth import actions, queries, rules
from craftpath.domain.growth.texts import LEVELS
from craftpath.domain.standards.queries import core_skills
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import Stage


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_RESULTS)
def check(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The form; what was said last stands in it. A press twice keeps it once."""
    row = found(enrolment)
    kind = rules.view_kind(request.actor, row)
    if not kind:
        raise Refused(may_not("growth.not_your_apprentice"))
    require(rules.can_speak(row))
    asked = request.POST.get("stage", "") or request.GET.get("stage", "")
    step = stage_asked(path_of(row), asked)
    if request.method == "POST" and step is not None:
        typed = _typed(request)
        try:
            actions.view_skills(
                row, step.stage, typed["levels"], words=typed["words"], made_id=typed["made_id"],
                by=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.who:
                raise
            return _page(request, row, kind, step.stage, typed, sentence(refused.verdict), 409)
        messages.success(request, _done(kind))
        return redirect("growth:one", organisation, enrolment)
    before = queries.own_view(row.pk, step.stage.pk, request.user) if step else None
    typed = {"levels": before.levels if before else {}, "words": before.words if before else ""}
    return _page(request, row, kind, step.stage if step else None, typed)


def _done(kind: str) -> str:
    if kind == "self":
        return _("Kept. Your own view stands beside the proofs and changes no level.")
    return _("Kept. Your view counts as one proof for each skill that you rated.")


def _typed(request: Request) -> dict[str, Any]:
    """Levels by skill as they were ticked; what is no figure is passed on, to be refused with its reason."""
    levels: dict[str, Any] = {}
    for name in request.POST:
        value = request.POST.get(name, "")
        if name.startswith("skill-") and value not in ("", "0"):
            levels[name.removeprefix("skill-")[:60]] = {str(one): one for one in LEVELS}.get(
                value, value[:10]
            )
    try:
        made_id = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        made_id = uuid.uuid4()
    return {
        "levels": levels,
        "words": request.POST.get("words", "").replace("\0", ""),
        "made_id": made_id,
    }


def _page(
    request: Request,
    row: Enrolment,
    kind: str,
    stage: Stage | None,
    typed: dict[str, Any],
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    domains: dict[str, list[tuple[Any, Any]]] = {}
    for skill in core_skills():
        domains.setdefault(text(skill.domain_name), []).append((skill, typed["levels"].get(skill.key, 0)))
    context = {
        "enrolment": row,
        "kind": kind,
        "stage": stage,
        "domains": list(domains.items()),
        "scale": list(LEVELS.items()),
        "words": typed["words"],
        "made_id": typed.get("made_id") or uuid.uuid4(),
        "most": rules.LONGEST_WORDS,
        "fault": fault,
        "crumbs": trail(request, row, _("Self-check") if kind == "self" else _("Rate the skills")),
    }
    return render(request, "growth/check.html", context, status=status)
