"""Contests: raised on the own page, listed and answered by the office, taken back while they wait."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.appraisals import saying
from craftpath.delivery.web.appraisals.one import CONTEST_TONES, opened, page_of, period
from craftpath.delivery.web.appraisals.places import found, found_contest, tabs, to_rounds
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.appraisals import actions, queries, rules
from craftpath.domain.appraisals.texts import CONTEST_STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

A_PAGE = 50


@require_GET
@needs(Permission.APPRAISE_TRAINERS)
def contests(request: Request, organisation: str) -> HttpResponse:
    """What waits first; the same queries for five and fifty."""
    page = Paginator(queries.contests(), A_PAGE).get_page(request.GET.get("page"))
    names = saying.names_of(one.line.partition(".")[0] for one in page.object_list if one.line)
    rows = [
        {
            "contest": one,
            "person": one.appraisal.person,
            "period": period(one.appraisal.round),
            "matter": saying.matter(one.part, one.line, names),
            "state": CONTEST_STATES[one.state],
            "tone": CONTEST_TONES[one.state],
            "late": one.state == "open" and one.due_on < request.today,
        }
        for one in page.object_list
    ]
    context = {"rows": rows, "page": page, "tabs": tabs(request, "appraisals:contests")}
    return render(request, "appraisals/contests.html", context)


@require_POST
def contest(request: Request, organisation: str, appraisal: str) -> HttpResponse:
    """Contest the own appraisal; what cannot be stays in its form with the reason."""
    row = found(appraisal)
    require(rules.may_contest(request.actor, row))
    what, words = (request.POST.get(name, "").replace("\0", "") for name in ("what", "words"))
    part, _dot, line = what.partition(".")
    try:
        actions.contest_appraisal(row, part=part, line=line, words=words, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = page_of(request, row) | {
            "fault": sentence(refused.verdict),
            "typed": {"what": what, "words": words[: 2 * rules.LONGEST]},
        }
        context["crumbs"] = to_rounds(request, here(context["period"]))
        return render(request, "appraisals/appraisal.html", context, status=409)
    messages.success(request, _("Contested. Somebody who had no hand in it answers; you read it here."))
    return redirect("appraisals:appraisal", organisation, row.public_id)


@require_POST
def withdraw(request: Request, organisation: str, contest: str) -> HttpResponse:
    """Take the own one back."""
    row = found_contest(contest)
    require(rules.may_contest(request.actor, row.appraisal))
    actions.withdraw_contest(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("appraisals:appraisal", organisation, row.appraisal.public_id)


@require_POST
@needs(Permission.APPRAISE_TRAINERS)
def answer(request: Request, organisation: str, contest: str) -> HttpResponse:
    """Uphold or reject it, in words; what cannot be stays in its form with the reason."""
    row = found_contest(contest)
    require(rules.may_answer(request.actor, row))
    words = request.POST.get("answer", "").replace("\0", "")
    given: dict[str, Any] = {"answer": words, "by": request.actor, "at": request.at}
    remedy = request.POST.get("remedy", "")
    try:
        if remedy == "stands":
            actions.reject_contest(row, **given)
        else:
            actions.uphold_contest(row, remedy=remedy, **given)
    except Refused as refused:
        if refused.verdict.who:
            raise
        wrong = {"wrong": row.pk, "fault": sentence(refused.verdict), "answered": words[: 2 * rules.LONGEST]}
        return opened(request, found(row.appraisal.public_id), status=409, remedy=remedy, **wrong)
    messages.success(request, _("Answered. The trainer reads it on the own page."))
    return redirect("appraisals:contests", organisation)
