"""What the office and a writer press about something that was reported or hidden; each room brings its own actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from craftpath.delivery.web.questions.forms import ReasonForm, ReportForm
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import require

Decides = Mapping[str, tuple[Callable[..., Any], Callable[[], str]]]
"""verb → what the office does with a hiding, and what it is told afterwards."""


def press(
    request: Request, post: Any, verb: str, actions: Any, rules: Any, organisation: Organisation
) -> tuple[forms.Form | None, int]:
    """A post: its writer withdraws it, somebody reports it, the office hides it. The form and the status of `tried`."""
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "withdraw":
        actions.withdraw_post(post, **by)
        messages.success(request, _("Withdrawn. What others wrote stays."))
        return None, 0
    if verb == "report":
        require(rules.may_ask(request.actor))
        report = ReportForm(request.POST)
        done = _("Reported. The office looks at it; nobody else learns that it was you.")
        return report, tried(
            request, report, done, lambda: actions.report_post(post, **report.cleaned_data, **by)
        )
    if verb == "hide":
        require(rules.may_tend(request.actor, organisation))
        reason = ReasonForm(request.POST)
        done = _("Hidden. Its writer hears why and may appeal.")
        return reason, tried(
            request, reason, done, lambda: actions.hide_post(post, **reason.cleaned_data, **by)
        )
    raise Http404


def warn(request: Request, form: forms.Form | None) -> None:
    """Say what could not be done, above the page."""
    for faults in form.errors.values() if form is not None else ():
        messages.warning(request, str(faults[0]))


def rule(request: Request, row: Any, verb: str, actions: Any) -> None:
    """A report: hide what was reported, for a reason, or find nothing in it."""
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "dismiss":
        actions.dismiss_report(row, **by)
        messages.success(request, _("Nothing found; it stays."))
    elif verb == "uphold":
        actions.uphold_report(row, because=request.POST.get("because", ""), **by)
        messages.success(request, _("Hidden. Its writer hears why and may appeal."))
    else:
        raise Http404


def answer(request: Request, row: Any, verb: str, actions: Any, decides: Decides) -> bool:
    """A hiding: its writer appeals or has read why, the office keeps or lifts it; says whether it was the office."""
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in decides:
        act, done = decides[verb]
        act(row, **by)
        messages.success(request, done())
        return True
    if verb == "appeal":
        actions.appeal_hiding(row, words=request.POST.get("because", ""), **by)
        messages.success(request, _("The office looks at it again; you hear what becomes of it."))
    elif verb == "hear":
        actions.hear_hiding(row, **by)
    else:
        raise Http404
    return False
