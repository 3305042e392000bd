"""One session: its turns, who was there, objections; and the buttons of the rota."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.forms import HeldForm, ObjectForm, WhyForm
from craftpath.delivery.web.groups.places import found_session, to_group
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.groups import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from django import forms

    from craftpath.domain.groups.models import GroupSession


@require_GET
@needs(Permission.STUDY_TOGETHER)
def session(request: Request, organisation: str, session: str) -> HttpResponse:
    """What was planned, and once it has begun who was there."""
    return _page(request, found_session(session))


@require_POST
@needs(Permission.STUDY_TOGETHER)
def session_do(request: Request, organisation: str, session: str, verb: str) -> HttpResponse:
    """Tick who was there, cancel, ask to change turns."""
    row = found_session(session)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "hold":
        require(rules.may_host(request.actor, row, row.group))
        held = HeldForm(request.POST, members=rules.inside(queries.people_of(row.group)))
        done = _("Noted. Whoever sees it otherwise can say so.")
        status = tried(request, held, done, lambda: actions.hold_session(row, **held.cleaned_data, **by))
        return _to(request, row) if not status else _page(request, row, held=held, status=status)
    if verb == "cancel":
        require(rules.may_lead(request.actor, row.group, queries.people_of(row.group)))
        why = WhyForm(request.POST)
        done = _("Cancelled. The turns move on to the next session.")
        status = tried(request, why, done, lambda: actions.cancel_session(row, **why.cleaned_data, **by))
        return _to(request, row) if not status else _page(request, row, why=why, status=status)
    if verb == "swap":
        role, _dot, other = request.POST.get("with", "").partition(":")
        actions.ask_swap(row, found_session(other), role=role, **by)
        messages.success(request, _("Asked. As soon as the other one says yes, the turns are changed."))
        return redirect("groups:group", organisation, row.group.public_id)
    raise Http404


@require_POST
@needs(Permission.STUDY_TOGETHER)
def presence_do(request: Request, organisation: str, presence: str, verb: str) -> HttpResponse:
    """Say otherwise about oneself, or settle what somebody says."""
    row = get_object_or_404(queries.presence(plain_id(presence)))
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "object":
        form = ObjectForm(request.POST)
        says = "not_there" if row.there else "there"
        done = _("Noted. The host or a trainer settles it; until then it does not count.")
        status = tried(
            request, form, done, lambda: actions.object_presence(row, says=says, **form.cleaned_data, **by)
        )
        return _to(request, row.session) if not status else _page(request, row.session, status=status)
    if verb not in ("there", "away"):
        raise Http404
    actions.settle_presence(row, there=verb == "there", **by)
    messages.success(request, _("Settled."))
    return _to(request, row.session)


@require_POST
@needs(Permission.STUDY_TOGETHER)
def swap_do(request: Request, organisation: str, swap: str, verb: str) -> HttpResponse:
    """Say yes or no to a change of turns."""
    row = get_object_or_404(queries.swap(plain_id(swap)))
    if verb not in ("agree", "refuse"):
        raise Http404
    agree = verb == "agree"
    act = actions.agree_swap if agree else actions.refuse_swap
    act(row, by=request.actor, at=request.at)
    messages.success(request, _("The turns are changed.") if agree else _("The turns stay as they are."))
    return redirect("groups:group", organisation, row.mine.group.public_id)


def _to(request: Request, row: GroupSession) -> HttpResponse:
    return redirect("groups:session", request.organisation.key, row.public_id)


def _page(
    request: Request,
    row: GroupSession,
    *,
    held: forms.Form | None = None,
    why: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    group = row.group
    members = queries.people_of(group)
    if not rules.may_read(request.actor, group, members):
        raise Refused(may_not("groups.not_inside"))
    hosts = bool(rules.may_host(request.actor, row, group))
    alive = group.state == "alive"
    there = queries.there(group).rows.get(row.pk, [])
    inside = rules.inside(members)
    away = [one.person.public_id for one in there if not one.there]
    context = {
        "row": row,
        "group": group,
        "crumbs": to_group(request, group, saying.when(row.starts_at)),
        "title": saying.when(row.starts_at),
        "host": name_of(row.host) if row.host else "",
        "brings": name_of(row.brings) if row.brings else "",
        "there": [(one, name_of(one.person), one.person_id == request.user.pk) for one in there],
        "hosts": hosts,
        "held": held or HeldForm(members=inside, initial={"done": row.done, "away": away}),
        "ticks": alive and hosts and row.state != "cancelled" and row.starts_at <= request.at,
        "why": why or WhyForm(),
        "cancels": alive and row.state == "planned" and bool(rules.may_lead(request.actor, group, members)),
    }
    return render(request, "groups/session.html", context, status=status)
