"""Pausing, going on, leaving early with what follows, and going on in another cohort."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.agreements.places import home, open_cohorts, trail, writable
from craftpath.delivery.web.agreements.smaller import LeavingForm, PauseForm, TransferForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.agreements import actions, queries, rules
from craftpath.domain.apprenticeships.queries import next_number
from craftpath.kernel.roles import Permission
from craftpath.values.paper import money
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def pause(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Let it rest for a while."""
    found = writable(request, agreement)
    require(rules.can_pause(found))
    form = PauseForm(request.POST or None, initial={"on": max(request.today, found.starts_on)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.pause_apprenticeship(found, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("Paused. What was agreed stays."))
            return redirect(*home(request, found))
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
    return _page(request, "agreements/pause.html", found, form, _("Pause"))


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def resume(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Go on today."""
    found = writable(request, agreement)
    actions.resume_apprenticeship(found, on=request.today, by=request.actor, at=request.at)
    messages.success(request, _("The apprenticeship goes on."))
    return redirect(*home(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def leave(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """First what would follow, then, confirmed, the end."""
    found = writable(request, agreement)
    require(rules.can_terminate(found, announced=_announced(found)))
    today = min(max(request.today, found.starts_on), found.ends_on)
    start = {"told_on": request.today, "last_day": today + timedelta(days=30)}
    form = LeavingForm(request.POST or None, initial=start)
    follows = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if request.POST.get("do") == "end":
            try:
                actions.terminate_agreement(found, **given, by=request.actor, at=request.at)
                messages.success(request, _recorded(given["last_day"], request.today))
                return redirect(*home(request, found))
            except Refused as refused:
                form.add_error(None, sentence(refused.verdict))
        else:
            dates = {name: given[name] for name in ("initiator", "told_on", "last_day")}
            follows = actions.what_follows(found, **dates)
    owed = (
        money(follows.owed, follows.currency).say(get_language() or "zh") if follows and follows.owed else ""
    )
    return _page(request, "agreements/leave.html", found, form, _("End early"), follows=follows, owed=owed)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def transfer(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Go on in another cohort; a draft with the same terms begins there."""
    found = writable(request, agreement)
    require(rules.can_terminate(found, announced=_announced(found)))
    others = [row for row in open_cohorts() if row.pk != found.enrolment.cohort_id]
    form = TransferForm(request.POST or None, cohorts=others, initial={"last_day": request.today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        cohort = form.cohorts[given["cohort"]]
        with refusals_in(form):
            made = actions.transfer_agreement(
                found,
                cohort=cohort,
                number=given["number"] or next_number(cohort),
                last_day=given["last_day"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("The new draft has the same terms. Look through it and send it."))
            return redirect("agreements:edit", organisation, made.public_id)
    return _page(request, "agreements/transfer.html", found, form, _("Transfer"), others=others)


def _announced(found: Agreement) -> bool:
    return bool(queries.leavings([found]))


def _recorded(last_day: date, today: date) -> str:
    if last_day < today:
        return _("Recorded. What was learned and earned stays in the record.")
    said = _("Recorded. It runs until %(day)s is over; until then this can be taken back.")
    return said % {"day": day(last_day)}


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def stay(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Take an early ending back before its day, with the reason."""
    found = writable(request, agreement)
    reason = request.POST.get("reason", "").replace("\0", "")[:1000]
    actions.take_back_leaving(found, reason=reason, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. The agreement runs on as it was signed."))
    return redirect(*home(request, found))


def _page(request: Request, template: str, found: Any, form: Any, title: str, **more: Any) -> HttpResponse:
    shown = {
        "agreement": found,
        "person": found.enrolment.person,
        "form": form,
        "crumbs": trail(request, found, here(title)),
        **more,
    }
    return render(request, template, shown, status=422 if form.errors else 200)
