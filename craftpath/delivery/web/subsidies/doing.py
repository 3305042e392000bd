"""Buttons of one file: what the claimant's office does, and what the authority's officers decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.subsidies.file import CLAIMANT_VERBS, OFFICE_VERBS, page_of
from craftpath.delivery.web.subsidies.forms import DayForm, DemandForm, ReasonForm
from craftpath.delivery.web.subsidies.places import found
from craftpath.domain.subsidies import actions, rules
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import SubsidyFile

_ACTS: Mapping[str, Callable[..., object]] = {
    "file": actions.file_plan,
    "claim": actions.claim_subsidy,
    "withdraw": actions.withdraw_file,
    "register": actions.register_file,
    "return": actions.return_file,
    "advance": actions.advance_money,
    "notice": actions.notice_claim,
    "settle": actions.settle_claim,
    "pay": actions.pay_balance,
    "demand": actions.demand_refund,
    "refund": actions.refund_money,
}
_FORMS: Mapping[str, type[Form]] = {
    "withdraw": ReasonForm,
    "return": ReasonForm,
    "advance": DayForm,
    "notice": DayForm,
    "settle": DayForm,
    "pay": DayForm,
    "refund": DayForm,
    "demand": DemandForm,
}
_SAID = {
    "file": _("Filed. The authority checks it."),
    "claim": _("Claimed. Nobody can claim these years again."),
    "withdraw": _("Withdrawn; its years are free again."),
    "register": _("Registered. Its people are fixed now."),
    "return": _("Returned. The enterprise reads why."),
    "advance": _("Noted: the advance is paid."),
    "notice": _("The public notice has begun."),
    "settle": _("Settled. Every line is kept as it is now."),
    "pay": _("Noted: the balance is paid. The file is closed."),
    "demand": _("Demanded. The enterprise sees the day."),
    "refund": _("Noted: the refund has come. The file is closed."),
}


@require_POST
def do(request: Request, organisation: str, file: str, verb: str) -> HttpResponse:
    """File, claim, withdraw: for the claimant's office."""
    row = found(file)
    if verb not in CLAIMANT_VERBS:
        raise Http404
    require(rules.may_file(request.actor, row))
    return _attempt(request, row, verb)


@require_POST
def decide(request: Request, organisation: str, file: str, verb: str) -> HttpResponse:
    """Register, return, advance, notice, settle, pay, demand, refund: for the authority, and not by who filed."""
    row = found(file)
    if verb not in OFFICE_VERBS:
        raise Http404
    require(rules.may_decide(request.actor, row))
    return _attempt(request, row, verb)


def _attempt(request: Request, row: SubsidyFile, verb: str) -> HttpResponse:
    """Do it and say so; what cannot be stays in its form, opened, with the reason."""
    made = _FORMS.get(verb, Form)(request.POST, auto_id=f"{verb}_%s")
    status = 422
    if made.is_valid():
        given: dict[str, Any] = made.cleaned_data
        try:
            _ACTS[verb](row, **given, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            made.add_error(None, sentence(refused.verdict))
            status = 409
        else:
            messages.success(request, str(_SAID[verb]))
            return redirect("subsidies:file", request.organisation.key, row.public_id)
    page = page_of(request, found(row.public_id), wrong=verb, form=made)
    return render(request, "subsidies/file.html", page, status=status)
