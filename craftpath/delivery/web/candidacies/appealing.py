"""Appealing against the marking of the own paper: which questions, why, five lines on a phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.candidacies import saying
from craftpath.delivery.web.candidacies.own import own_one
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.exams import actions, candidacies
from craftpath.domain.exams.appealing import ANSWER_DAYS, can_appeal, last_day
from craftpath.values.verdict import Refused

MOST_WORDS = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The form; what is refused keeps every tick and word."""
    row = own_one(request, sitting)
    standing = getattr(row, "appeal", None)
    if standing is not None and request.method != "POST":
        return redirect("candidacies:one", organisation, sitting)
    words = request.POST.get("words", "").replace("\0", "").replace("\r\n", "\n")
    chosen = [
        int(one)
        for one in request.POST.getlist("question")[:200]
        if one.isascii() and one.isdecimal() and len(one) < 5
    ]
    verdict, fault, status = can_appeal(row, request.at), "", 200
    if request.method == "POST":
        try:
            actions.lodge_appeal(row, chosen, words=words, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
        else:
            messages.success(request, _("Your appeal is on its way. You are told when it goes on."))
            return redirect("candidacies:one", organisation, sitting)
    open_one = verdict or None
    context = {
        "one": row,
        "sitting": row.sitting,
        "verdict": verdict,
        "fault": fault if open_one or standing else "",
        "words": words,
        "chosen": chosen,
        "questions": saying.questions(row, candidacies.remarks_of(row), set()) if open_one else [],
        "last_day": day(last_day(row.outcome, row.sitting.appeal_days)) if open_one else "",
        "days": ANSWER_DAYS,
        "most": MOST_WORDS,
        "crumbs": [
            step(request, _("My examinations"), "candidacies:list"),
            step(request, row.sitting.paper.title, "candidacies:one", sitting),
            here(
                _(
                    "Appeal",
                )
            ),
        ],
    }
    return render(request, "candidacies/appeal.html", context, status=status)


@require_POST
def withdraw(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Take the own appeal back."""
    row = own_one(request, sitting)
    standing = getattr(row, "appeal", None)
    if standing is not None:
        try:
            actions.withdraw_appeal(standing, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            messages.warning(request, sentence(refused.verdict))
        else:
            messages.success(request, _("Withdrawn. The points stay as they are."))
    return redirect("candidacies:one", organisation, sitting)
