"""Buttons of a study: open and close rounds, propose, adopt, withdraw; ask more judges, excuse one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.standards.forms import AdoptForm, InviteForm, OpenForm
from craftpath.delivery.web.standards.places import found, found_judge
from craftpath.delivery.web.standards.study import page
from craftpath.domain.exams import actions
from craftpath.kernel.roles import Permission


@require_POST
@needs(Permission.IMPORT_MARKS)
def open_round(request: Request, organisation: str, study: str) -> HttpResponse:
    """The next round, until a day, with or without what a closed sitting showed."""
    row = found(study)
    form = OpenForm(request.POST, study=row, today=request.today)
    if not form.is_valid():
        return page(request, row, opening=form, status=422)
    with refusals_in(form):
        made = actions.open_round(
            row, due_on=form.cleaned_data["due_on"], sitting=form.chosen, by=request.actor, at=request.at
        )
        messages.success(
            request, _("Round %(number)s is open; judges find it on their desks.") % {"number": made.number}
        )
        return redirect("standards:study", organisation, study)
    return page(request, row, opening=form, status=409)


@require_POST
@needs(Permission.IMPORT_MARKS)
def move(request: Request, organisation: str, study: str) -> HttpResponse:
    """Close the round, propose, or withdraw."""
    row = found(study)
    do, by, at = request.POST.get("do"), request.actor, request.at
    if do == "close":
        done = actions.close_round(row, by=by, at=at)
        said = _("Round %(number)s is closed; nothing of it changes any more.") % {"number": done.number}
        messages.success(request, said)
    elif do == "propose":
        actions.propose_cut(row, by=by, at=at)
        messages.success(request, _("Proposed. Record here what the body decides."))
    elif do == "withdraw":
        actions.withdraw_study(row, because=_word(request, "because"), by=by, at=at)
        messages.success(request, _("Withdrawn; the reason is kept."))
    return redirect("standards:study", organisation, study)


@require_POST
@needs(Permission.IMPORT_MARKS)
def invite(request: Request, organisation: str, study: str) -> HttpResponse:
    """Ask those who are ticked."""
    row = found(study)
    form = InviteForm(request.POST, request=request, study=row)
    if not form.is_valid():
        messages.warning(request, _("Tick whom you want to ask."))
        return redirect("standards:study", organisation, study)
    count = actions.invite_judges(row, form.chosen, by=request.actor, at=request.at)
    said = ngettext("%(count)s more judge is asked.", "%(count)s more judges are asked.", count)
    messages.success(request, said % {"count": count})
    return redirect("standards:study", organisation, study)


@require_POST
@needs(Permission.IMPORT_MARKS)
def adopt(request: Request, organisation: str, study: str) -> HttpResponse:
    """Record the decision of a body; once."""
    row = found(study)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return page(request, row, adopting=form, status=422)
    with refusals_in(form):
        actions.adopt_cut(row, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Adopted. The paper and its sittings show the cut score from now on."))
        return redirect("standards:study", organisation, study)
    return page(request, row, adopting=form, status=409)


@require_POST
@needs(Permission.IMPORT_MARKS)
def excuse(request: Request, organisation: str, judge: str) -> HttpResponse:
    """Do without somebody who cannot judge."""
    row = found_judge(judge)
    actions.excuse_judge(row, because=_word(request, "because"), by=request.actor, at=request.at)
    messages.success(request, _("Excused; the reason is kept."))
    return redirect("standards:study", organisation, row.study.public_id)


def _word(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")
