"""Words over what answers say: set and lifted by who helps, objected to by the apprentice, answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusal_of
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.study.mine import skill_page
from craftpath.delivery.web.study.places import found, found_skill
from craftpath.domain.study import actions, queries
from craftpath.kernel.roles import Permission


def _day(typed: str) -> date:
    """The day that was chosen; what is none lies outside of what may be chosen."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return date.min


@require_POST
@needs(Permission.SEE_RESULTS)
def override(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """Set what holds, with a sentence and a last day."""
    row, which = found(enrolment), found_skill(skill)
    kind, words = request.POST.get("kind", ""), plain_words(request)
    fault = refusal_of(
        lambda: actions.set_override(
            row, which.key, kind, words=words, until=_day(request.POST.get("until", "")),
            by=request.actor, at=request.at,
        )
    )  # fmt: skip
    if fault:
        typed = {"kind": kind, "words": words, "until": request.POST.get("until", "")}
        return skill_page(request, row, which, status=409, override_fault=fault, typed=typed)
    messages.success(request, _("Kept. The apprentice sees it, with your name and your words."))
    return redirect("study:skill", organisation, enrolment, skill)


@require_POST
@needs(Permission.SEE_RESULTS)
def lift(request: Request, organisation: str, override: str) -> HttpResponse:
    """What was said holds no more."""
    row = get_object_or_404(queries.overrides(), public_id=plain_id(override))
    actions.lift_override(row, by=request.actor, at=request.at)
    messages.success(request, _("Lifted. What the answers say counts again."))
    return redirect("study:skill", organisation, row.enrolment.public_id, row.skill)


@require_POST
@needs(Permission.SEE_RESULTS)
def object_to(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """That is wrong: to what somebody set, or to what the answers say."""
    row, which, words = found(enrolment), found_skill(skill), plain_words(request)
    named = plain_id(request.POST.get("override", ""))
    about = get_object_or_404(queries.overrides(), public_id=named) if named else None
    fault = refusal_of(
        lambda: actions.object_to_study(
            row, which.key, override=about, words=words, by=request.actor, at=request.at
        )
    )
    if fault:
        faulty = about.public_id if about else "answers"
        return skill_page(request, row, which, status=409, fault=fault, faulty=faulty, said=words)
    messages.success(request, _("Sent. Your mentor or trainer answers it."))
    return redirect("study:skill", organisation, enrolment, skill)


@require_POST
@needs(Permission.SEE_RESULTS)
def answer(request: Request, organisation: str, objection: str, verb: str) -> HttpResponse:
    """Agree, reject, or take back."""
    row = get_object_or_404(queries.objections(), public_id=plain_id(objection))
    who, words = {"by": request.actor, "at": request.at}, plain_words(request, "answer")
    acts: dict[str, Callable[[], object]] = {
        "agree": lambda: actions.agree_objection(row, answer=words, **who),  # type: ignore[arg-type]
        "reject": lambda: actions.reject_objection(row, answer=words, **who),  # type: ignore[arg-type]
        "withdraw": lambda: actions.withdraw_objection(row, **who),  # type: ignore[arg-type]
    }
    if verb not in acts:
        raise Http404
    fault = refusal_of(acts[verb])
    if fault:
        which = found_skill(row.skill)
        return skill_page(
            request, row.enrolment, which, status=409, fault=fault, faulty=row.public_id, said=words
        )
    messages.success(request, _("Taken back.") if verb == "withdraw" else _("Answered."))
    return redirect("study:skill", organisation, row.enrolment.public_id, row.skill)
