"""Typing the code of a slip, and who holds which paper on this device."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import actions
from craftpath.domain.exams.actions import Held
from craftpath.domain.exams.taking import candidates
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate

HELD = "exam"
WHY = "a candidate answers with a code"
NOBODY = Actor(organisation=None)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request) -> HttpResponse:
    """The code, once; later entries take the paper over to this device.

    Wrong codes are counted, right ones are not: a whole hall may enter behind one address.
    """
    fault, status = "", 200
    if request.method == "POST":
        if not ratelimit.consume(request, action="exam", dry_run=True):
            return ratelimit.respond_429(request)
        try:
            with everywhere(WHY):
                held = actions.enter(request.POST.get("code", "")[:40], by=NOBODY, at=request.at)
        except Refused as refused:
            if refused.verdict.reason == "exams.code_unknown":
                ratelimit.consume(request, action="exam")
            fault, status = sentence(refused.verdict), 409
        else:
            request.session[HELD] = [held.candidate, held.grip]
            return redirect("hall:paper")
    return render(request, "hall/enter.html", {"fault": fault}, status=status)


def held_by(request: Request) -> Held | None:
    """Whose paper this device answers."""
    kept = request.session.get(HELD)
    return Held(str(kept[0]), int(kept[1])) if isinstance(kept, list) and len(kept) == 2 else None


def with_paper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for a device that holds a paper; every other one is asked for the code."""

    @login_not_required
    @never_cache
    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        held = held_by(request)
        with everywhere(WHY):
            row: Candidate | None = (
                candidates().filter(public_id=held.candidate).first() if held is not None else None
            )
            if row is None or held is None:
                if request.headers.get("X-Save"):
                    return JsonResponse({"code": "exams.code_unknown"}, status=409)
                return redirect("hall:enter")
            return view(request, held, row, *args, **kwargs)

    return answered
