"""What people press: record help, look at what came of it, set a sign right, answer a correction."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.support.forms import AnswerForm, HelpForm
from craftpath.delivery.web.support.listing import corrections_context
from craftpath.delivery.web.support.one import page_of
from craftpath.delivery.web.support.places import found, seen
from craftpath.domain.support import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require


@require_POST
@needs(Permission.SEE_SIGNS)
def record(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """Write down what was done; from the list with one tap, from the page with words."""
    row = found(request, enrolment)
    form = HelpForm(request.POST, today=request.today)
    if request.POST.get("quick") == "contact":
        form = HelpForm(
            {
                "made_id": request.POST.get("made_id", ""),
                "kind": "contact",
                "look_on": request.today + rules.USUAL_AHEAD,
            },
            today=request.today,
        )
    status = tried(
        request, form, _("Noted. You are reminded to look again."),
        lambda: actions.act_on(
            row, kind=form.cleaned_data["kind"], words=form.cleaned_data["words"],
            look_on=form.cleaned_data["look_on"], made_id=form.cleaned_data["made_id"],
            by=request.actor, at=request.at,
        ),
    )  # fmt: skip
    if status:
        return render(request, "support/one.html", page_of(request, row, form), status=status)
    if request.POST.get("quick"):
        return redirect("support:list", organisation)
    return redirect("support:one", organisation, row.public_id)


@require_POST
@needs(Permission.SEE_SIGNS)
def act(request: Request, organisation: str, act: str, verb: str) -> HttpResponse:
    """Say what came of it, or take it back."""
    row = queries.act(plain_id(act))
    if row is None:
        raise Http404
    seen(request, row.enrolment)
    if verb == "look":
        outcome = request.POST.get("outcome", "")
        actions.look_at_act(row, outcome=outcome, by=request.actor, at=request.at)
        messages.success(request, _("Noted."))
    elif verb == "take-back":
        actions.take_back_act(row, by=request.actor, at=request.at)
        messages.success(request, pgettext("a note", "Taken back."))
    else:
        raise Http404
    return redirect("support:one", organisation, row.enrolment.public_id)


@require_POST
@needs(Permission.RUN_SUPPORT)
def correct(request: Request, organisation: str, sign: str) -> HttpResponse:
    """What it rests on is not so."""
    row = queries.sign(plain_id(sign))
    if row is None:
        raise Http404
    seen(request, row.enrolment)
    actions.correct_sign(row, by=request.actor, at=request.at)
    messages.success(request, _("Set right. It is not said any more."))
    return redirect("support:one", organisation, row.enrolment.public_id)


_ANSWERS = {"uphold": actions.uphold_correction, "reject": actions.reject_correction}


@require_POST
@needs(Permission.RUN_SUPPORT)
def answer(request: Request, organisation: str, correction: str, verb: str) -> HttpResponse:
    """Set it right, or let it stand, with an answer in words."""
    row = queries.correction(plain_id(correction))
    if row is None or verb not in _ANSWERS:
        raise Http404
    seen(request, row.sign.enrolment)
    require(rules.may_answer(request.actor, row.sign.enrolment))
    form = AnswerForm(request.POST, auto_id=f"a{row.pk}_%s")
    status = tried(
        request, form, _("Answered. The apprentice reads it."),
        lambda: _ANSWERS[verb](row, answer=form.cleaned_data["answer"], by=request.actor, at=request.at),
    )  # fmt: skip
    if status:
        context = corrections_context(request, {row.public_id: form})
        return render(request, "support/corrections.html", context, status=status)
    return redirect("support:corrections", organisation)
