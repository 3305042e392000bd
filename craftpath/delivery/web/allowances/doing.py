"""Buttons of a month: begin, compute anew, take back, check, send back, approve, pay, correct."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.allowances import board, places, saying
from craftpath.delivery.web.allowances.forms import BackForm, CorrectForm, PayForm
from craftpath.delivery.web.allowances.run import page
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.allowances import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Run


def made_id(request: Request) -> str:
    """The press that a form names; another one where it names none."""
    try:
        return str(uuid.UUID(request.POST.get("made_id", "")))
    except ValueError:
        return str(uuid.uuid4())


@require_POST
@needs(Permission.RUN_ALLOWANCES)
def start(request: Request, organisation: str) -> HttpResponse:
    """Begin a month; what cannot be stays on the board with its reason."""
    require(rules.may_run(request.actor, request.organisation))
    given = request.POST.get("month", "").replace("\0", "")
    try:
        month = date.fromisoformat(f"{given}-01") if len(given) == 7 else date(1, 1, 1)  # noqa: PLR2004 - 2026-11
    except ValueError:
        month = date(1, 1, 1)
    try:
        asked = actions.ask_run(
            request.organisation, month=month, made_id=made_id(request), by=request.actor, at=request.at
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        return board.page(request, sentence(refused.verdict), given[:7], 409)
    return redirect("allowances:run", organisation, asked.run.public_id)


@require_POST
@needs(Permission.RUN_ALLOWANCES, Permission.APPROVE_ALLOWANCES)
def do(request: Request, organisation: str, run: str) -> HttpResponse:
    """One of the buttons of a month."""
    row = places.found_run(run)
    if not rules.may_run(request.actor, row.organisation):
        require(request.actor.may_at(Permission.APPROVE_ALLOWANCES, row.organisation))
    deeds: dict[str, Callable[[], HttpResponse]] = {
        "compute": lambda: _compute(request, row),
        "cancel": lambda: _cancel(request, row),
        "check": lambda: _done(request, row, actions.check_run, _("Checked. Somebody else approves it.")),
        "approve": lambda: _done(
            request, row, actions.approve_run, _("Approved. Its lines never change from now on.")
        ),
        "back": lambda: _back(request, row),
        "pay": lambda: _pay(request, row),
    }
    deed = deeds.get(request.POST.get("do", ""))
    return deed() if deed else page(request, row)


def _to(request: Request, row: Run) -> HttpResponse:
    return redirect("allowances:run", request.organisation.key, row.public_id)


def _compute(request: Request, row: Run) -> HttpResponse:
    return _tried(
        request, row,
        lambda: actions.ask_run(
            row.organisation, month=row.month, made_id=made_id(request), by=request.actor, at=request.at
        ), "",
    )  # fmt: skip


def _cancel(request: Request, row: Run) -> HttpResponse:
    newest = queries.newest_calculation(row)
    if newest is None or newest.state not in ("asked", "cancelled"):
        messages.warning(request, _("It is too late to cancel: this has ended."))
        return _to(request, row)
    actions.cancel_run(newest, by=request.actor, at=request.at)
    messages.success(request, _("Taken back; nothing was changed."))
    return _to(request, row)


def _done(request: Request, row: Run, act: Callable[..., object], said: str) -> HttpResponse:
    return _tried(request, row, lambda: act(row, by=request.actor, at=request.at), said)


def _tried(request: Request, row: Run, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it; what cannot be stays on the page with its reason."""
    try:
        act()
    except Refused as refused:
        if refused.verdict.who:
            raise
        return page(request, places.found_run(row.public_id), fault=sentence(refused.verdict), status=409)
    if said:
        messages.success(request, said)
    return _to(request, row)


def _back(request: Request, row: Run) -> HttpResponse:
    form = BackForm(request.POST, auto_id="back_%s")
    return _with(request, row, "back", form, lambda given: actions.send_back(row, **given, **_who(request)),
                 _("Sent back, with your reason."))  # fmt: skip


def _pay(request: Request, row: Run) -> HttpResponse:
    form = PayForm(request.POST, auto_id="pay_%s")
    return _with(request, row, "pay", form, lambda given: actions.pay_run(row, **given, **_who(request)),
                 _("Noted. Trainers see that it was paid."))  # fmt: skip


@require_POST
@needs(Permission.RUN_ALLOWANCES)
def correct(request: Request, organisation: str, run: str) -> HttpResponse:
    """Let the next run look at this month again."""
    row = places.found_run(run)
    require(rules.may_run(request.actor, row.organisation))
    form = CorrectForm(request.POST, auto_id="correct_%s")

    def act(given: dict[str, Any]) -> None:
        name = given["apprentice"].strip()
        bond = actions.bond_named(row.organisation, name, given["teacher"]) if name else None
        actions.ask_correction(
            row.organisation, month=row.month, because=given["because"], bond=bond, **_who(request)
        )

    said = _("Noted. The next month that is computed holds the counter-lines of %(month)s.")
    return _with(request, row, "correct", form, act, said % {"month": saying.month(row.month)})


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": request.at}


def _with(
    request: Request, row: Run, name: str, form: Any, act: Callable[[dict[str, Any]], object], said: str
) -> HttpResponse:
    """Do it with what a form holds; what is refused stays in the form, opened, with the reason."""
    status = tried(request, form, said, lambda: act(form.cleaned_data))
    if not status:
        return _to(request, row)
    return page(request, places.found_run(row.public_id), name, form, status=status)
