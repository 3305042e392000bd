"""Buttons of a sitting: open, close, cancel, slips with codes, a seat, publish the marks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.sittings.places import found, found_candidate, when
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.exams import actions, queries
from craftpath.domain.judging.actions import publish_sitting
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused


@require_POST
@needs(Permission.IMPORT_MARKS)
def move(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Give the word, end it, or call it off."""
    row = found(sitting)
    do, by, at = request.POST.get("do"), request.actor, request.at
    if do == "open":
        actions.open_sitting(row, by=by, at=at)
        messages.success(request, _("Open. Candidates may begin with their codes."))
    elif do == "close":
        actions.close_sitting(row, by=by, at=at)
        messages.success(request, _("Closed. What was not handed in was taken as it was saved."))
    elif do == "cancel":
        because = request.POST.get("because", "").replace("\0", "")
        actions.cancel_sitting(row, because=because, by=by, at=at)
        messages.success(request, _("Cancelled."))
    return redirect("sittings:sitting", organisation, sitting)


@require_POST
@needs(Permission.IMPORT_MARKS)
@never_cache
def codes(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """New codes on slips: shown this once and kept nowhere."""
    row = found(sitting)
    given = actions.give_codes(row, by=request.actor, at=request.at)
    slips = [
        {"candidate": one, "code": given[one.pk]} for one in queries.candidates_of(row) if one.pk in given
    ]
    address = request.build_absolute_uri(reverse("hall:enter"))
    context = {"sitting": row, "slips": slips, "address": address, "when": when(row)}
    return render(request, "sittings/slips.html", context)


@require_POST
@needs(Permission.IMPORT_MARKS)
def seat(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """Where somebody sits, extra time, large print."""
    row = found_candidate(candidate)
    extra = request.POST.get("extra_minutes", "0")
    try:
        actions.seat_candidate(
            row,
            seat=request.POST.get("seat", "").replace("\0", ""),
            extra_minutes=int(extra) if extra.isascii() and extra.isdecimal() and len(extra) < 4 else -1,
            large_print=bool(request.POST.get("large_print")),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        messages.success(request, _("Kept."))
    return redirect("sittings:sitting", organisation, row.sitting.public_id)


@require_POST
@needs(Permission.IMPORT_MARKS)
def on_paper(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """A device fails: somebody goes on on a sheet; or comes back to a device."""
    row = found_candidate(candidate)
    to_paper = request.POST.get("do") != "back"
    actions.put_on_paper(row, to_paper, by=request.actor, at=request.at)
    if to_paper:
        said = _("%(name)s goes on on paper. Print the answer sheet and hand it over with a booklet.")
    else:
        said = _("%(name)s goes on on a device, with the code that was given.")
    messages.success(request, said % {"name": row.enrolment.person.name})
    return redirect("sittings:sitting", organisation, row.sitting.public_id)


@require_POST
@needs(Permission.IMPORT_MARKS)
def publish(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Record the marks in an item of the scheme, as they were seen."""
    row = found(sitting)
    chosen, _dot, item = request.POST.get("place", "").partition(".")
    evaluation = evaluations().filter(public_id=plain_id(chosen), cohort=row.cohort_id).first()
    if evaluation is None:
        messages.warning(request, _("Choose the item for which the marks are."))
        return redirect("sittings:sitting", organisation, sitting)
    try:
        done = publish_sitting(
            row,
            evaluation,
            item.replace("\0", ""),
            seen=request.POST.get("seen", "")[:32],
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        said = ngettext(
            "%(count)s mark stands in the results now.",
            "%(count)s marks stand in the results now.",
            done.done,
        )
        messages.success(request, said % {"count": done.done})
    return redirect("sittings:sitting", organisation, sitting)
