"""Answering as somebody with an account: the form, which works without a network, and what is said afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.surveys import posing, saying
from craftpath.delivery.web.surveys.places import title_of, to_surveys
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.surveys import actions, queries, rules
from craftpath.domain.surveys.reading import checked
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Asked


def asked_here(request: Request, public_id: str) -> Asked:
    """One's own place in a survey; 404 for whoever is not asked in it."""
    survey = get_object_or_404(queries.surveys(), public_id=plain_id(public_id))
    found = queries.asked_in(survey, request.user)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@kept_offline
def answer(request: Request, organisation: str, survey: str) -> HttpResponse:
    """The form; what is missing is told at its question, and nothing that was typed is lost."""
    asked = asked_here(request, survey)
    there = redirect("surveys:mine", organisation)
    can = rules.can_take_answers(asked.survey, request.today)
    if asked.answered or not can:
        words = _("You have answered this survey already; your first answer stands.")
        messages.info(request, words if asked.answered else sentence(can))
        return there
    if request.method != "POST":
        return render(request, "surveys/answer.html", _page(request, asked, None))
    given = posing.given_from(asked.survey.asked_for, request.POST.getlist)
    found = checked(asked.survey.asked_for, asked.survey.points, asked.role, given)
    if found.faults:
        return render(request, "surveys/answer.html", _page(request, asked, found.faults), status=422)
    try:
        taken = actions.answer_survey(asked, given, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = _page(request, asked, {}) | {"said": sentence(refused.verdict)}
        return render(request, "surveys/answer.html", context, status=409)
    messages.success(request, thanks(taken=taken))
    return there


def thanks(*, taken: bool) -> str:
    """What is said after an answer."""
    if taken:
        return _("Thank you. Your answer is in.")
    return _("You had answered this survey already; your first answer stands.")


def _page(request: Request, asked: Asked, faults: object) -> dict[str, object]:
    get = request.POST.getlist if request.method == "POST" else None
    survey = asked.survey
    return {
        "survey": survey,
        "title": title_of(survey),
        "crumbs": to_surveys(request),
        "steps": posing.steps(survey, asked.role, get, faults or {}),  # type: ignore[arg-type]
        "kept": saying.what_is_kept(survey, asked.groups),
        "step_words": posing.step_words(),
        "faults": bool(faults),
        "next": reverse("surveys:mine", args=[request.organisation.key]),
    }
