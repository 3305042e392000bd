"""Buttons of one request: say something, agree, begin, finish, judge, decline, withdraw; give the contact a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.history.things import thing_at
from craftpath.delivery.web.links.handing import show_handed
from craftpath.delivery.web.offers.forms import AgreeForm, FinishForm, ReasonForm, SayForm, StarsForm
from craftpath.delivery.web.offers.one import page_of, recipients
from craftpath.delivery.web.offers.places import READERS, found
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.offers import actions, queries, rules
from craftpath.kernel.links import Purpose, make_link
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.offers.models import DeskRequest


def _back(request: Request, row: DeskRequest) -> HttpResponse:
    return redirect("offers:request", request.organisation.key, row.public_id)


def _attempt(
    request: Request, row: DeskRequest, name: str, form: Any, done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and say so; what cannot be stays in its form, opened, with the reason."""
    status = tried(request, form, done, act)
    if not status:
        return _back(request, row)
    return render(request, "offers/request.html", page_of(request, row, wrong=name, form=form), status=status)


@require_POST
@needs(*READERS)
def say(request: Request, organisation: str, request_id: str) -> HttpResponse:
    """Say something to the other side."""
    row = found(request_id)
    others = {one.key: one for one in queries.talking(queries.thread(row))}
    form = SayForm(request.POST, request.FILES, to=recipients(list(others.values())))

    def act() -> None:
        content, name = form.content()
        said = actions.Said(form.cleaned_data["words"], content, name, others.get(form.cleaned_data["to"]))
        actions.send_message(row, said, made_id=form.cleaned_data["made_id"], by=request.actor, at=request.at)

    return _attempt(request, row, "say", form, _("Sent."), act)


@require_POST
@needs(*READERS)
def move(request: Request, organisation: str, request_id: str, verb: str) -> HttpResponse:
    """One step further."""
    row = found(request_id)
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    plain: dict[str, Callable[..., object]] = {
        "start": actions.start_request,
        "expire": actions.expire_request,
    }
    if verb in plain:
        plain[verb](row, **who)
        messages.success(request, pgettext("what was written", "Kept."))
        return _back(request, row)
    if verb not in _FORMS:
        raise Http404
    return _FORMS[verb](request, row, who)


def _agree(request: Request, row: DeskRequest, who: dict[str, Any]) -> HttpResponse:
    others = {one.key: one for one in queries.talking(queries.thread(row))}
    form = AgreeForm(request.POST, partners=[(key, text(one.name)) for key, one in others.items()])
    return _attempt(
        request, row, "agree", form, _("Agreed. Say what came of it when it is done."),
        lambda: actions.agree_on(row, others[form.cleaned_data["partner"]], **who),
    )  # fmt: skip


def _reasoned(verb: str, act: Callable[..., object], said: Any) -> Callable[..., HttpResponse]:
    def answer(request: Request, row: DeskRequest, who: dict[str, Any]) -> HttpResponse:
        form = ReasonForm(request.POST, key=verb)
        return _attempt(
            request, row, verb, form, str(said()),
            lambda: act(row, because=form.cleaned_data["because"], **who),
        )  # fmt: skip

    return answer


def _finish(request: Request, row: DeskRequest, who: dict[str, Any]) -> HttpResponse:
    form = FinishForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        outcome = thing_at(request, given["address"]) if given["address"] else None
        actions.finish_request(row, words=given["words"], trained=given["trained"], outcome=outcome, **who)

    done = _("Done. Whoever asked will be asked whether it was good.")
    return _attempt(request, row, "finish", form, done, act)


def _judge(request: Request, row: DeskRequest, who: dict[str, Any]) -> HttpResponse:
    form = StarsForm(request.POST)
    return _attempt(
        request, row, "judge", form, _("Thank you. The desk reads it."),
        lambda: actions.judge_outcome(
            row, stars=form.cleaned_data["stars"], words=form.cleaned_data["words"], **who
        ),
    )  # fmt: skip


_FORMS: dict[str, Callable[..., HttpResponse]] = {
    "agree": _agree,
    "decline": _reasoned("decline", actions.decline_request, lambda: _("Declined; whoever asked reads why.")),
    "withdraw": _reasoned("withdraw", actions.withdraw_request, lambda: _("Withdrawn.")),
    "finish": _finish,
    "judge": _judge,
}


@require_POST
@needs(*READERS)
def give_link(request: Request, organisation: str, request_id: str) -> HttpResponse:
    """A link and a code for the contact, who then answers without an account; an earlier one ends."""
    row = found(request_id)
    require(rules.may_lead(request.actor, row))
    handed = make_link(
        row.ref,
        purpose=Purpose.REPLY,
        name=row.contact_name or text(row.organisation.name),
        organisation=request.organisation,
        by=request.actor,
        at=request.at,
    )
    back = reverse("offers:request", args=[organisation, row.public_id])
    known = row.contact_way if "@" in row.contact_way else ""
    return show_handed(request, handed, door="reply:thread", back=back, known=known)
