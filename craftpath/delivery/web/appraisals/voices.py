"""Three questions about whoever teaches one: answered by thumbs, counted without a name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.appraisals import actions, queries
from craftpath.domain.appraisals.definition import FEWEST_VOICES
from craftpath.domain.appraisals.texts import QUESTIONS, STEPS
from craftpath.values.verdict import Refused


@require_GET
def voices(request: Request, organisation: str) -> HttpResponse:
    """Whom one is asked about."""
    return render(request, "appraisals/voices.html", _page(request))


@require_POST
def give(request: Request, organisation: str, asked: str) -> HttpResponse:
    """Count one's steps; what is not whole is said, with what was chosen."""
    rows = queries.voices_of(request.user, request.today)
    row = get_object_or_404(rows, public_id=plain_id(asked))
    steps = {key: _step(request.POST.get(key, "")) for key in QUESTIONS}
    try:
        actions.give_voice(row, steps=steps, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        more = {"wrong": row.pk, "fault": sentence(refused.verdict), "typed": steps}
        return render(request, "appraisals/voices.html", _page(request) | more, status=409)
    messages.success(request, _("Counted, without your name. Nobody can see what you chose."))
    return redirect("appraisals:voices", organisation)


def _step(given: str) -> int:
    return int(given) if len(given) == 1 and given.isascii() and given.isdecimal() else 0


def _page(request: Request) -> dict[str, Any]:
    rows = list(queries.voices_of(request.user, request.today))
    return {
        "rows": [row for row in rows if not row.answered],
        "done": [row for row in rows if row.answered],
        "until": rows[0].round.voices_until if rows else None,
        "questions": list(QUESTIONS.items()),
        "steps": list(STEPS.items()),
        "fewest": FEWEST_VOICES,
        "typed": {},
    }
