"""One meeting: who comes, its agenda, who was there, what came of it; and topics for meetings to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.forums import saying
from craftpath.delivery.web.forums.forms import TakeawayForm, TopicForm
from craftpath.delivery.web.forums.one import page_of as forum_page
from craftpath.delivery.web.forums.places import (
    found,
    found_meeting,
    found_takeaway,
    found_topic,
    to_forum,
)
from craftpath.delivery.web.questions.forms import ReasonForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Meeting


@require_GET
@needs(Permission.ASK_QUESTIONS)
def meeting(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """The page; who said that they stay away stands there for the host only."""
    return render(request, "forums/meeting.html", page_of(request, found_meeting(meeting)))


def page_of(request: Request, row: Meeting, *, form: TakeawayForm | None = None) -> dict[str, Any]:
    """What the page shows; seven queries however many are invited."""
    holds = bool(rules.may_hold(request.actor, row))
    lines = queries.invited(row)
    begun = row.starts_at <= request.at
    held = row.state == "held"
    there = [one for one in lines if (one.was_there if held else one.coming == "yes")]
    return {
        "crumbs": to_forum(request, row.forum, saying.when(row)),
        "row": row,
        "when": saying.when(row),
        "badge": saying.badge(row),
        "holds": holds,
        "begun": begun,
        "mine": next((one for one in lines if one.person_id == request.user.pk), None),
        "there": [saying.name_of(one.person) for one in there],
        "open": sum(not one.coming for one in lines),
        "away": [saying.name_of(one.person) for one in lines if one.coming == "no"] if holds else [],
        "rolls": [
            {
                "row": one,
                "name": saying.name_of(one.person),
                "ticked": one.was_there if held else one.coming == "yes",
            }
            for one in lines
        ]
        if holds and begun and row.state != "cancelled"
        else [],
        "agenda_topics": [(one, saying.name_of(one.person)) for one in queries.agenda_topics(row)],
        "topics": queries.topics(row.forum, request.user) if holds and row.state == "planned" else [],
        "takeaways": queries.takeaways().filter(meeting=row),
        "form": (form or TakeawayForm(people=[one.person for one in lines])) if holds and begun else None,
        "reason": ReasonForm(auto_id=False),
    }


@require_POST
@needs(Permission.ASK_QUESTIONS)
def meeting_do(request: Request, organisation: str, meeting: str, verb: str) -> HttpResponse:
    """Say whether one comes; the host cancels it, says who was there, writes what came of it."""
    row = found_meeting(meeting)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in ("come", "stay"):
        actions.say_coming(row, coming=verb == "come", **by)
        messages.success(request, _("Noted: you come.") if verb == "come" else _("Noted: you do not come."))
        if request.POST.get("from") == "mine":
            return redirect("forums:mine", organisation)
        return _to(request, row)
    require(rules.may_hold(request.actor, row))
    if verb == "hold":
        actions.hold_meeting(row, there=request.POST.getlist("there"), **by)
        messages.success(request, _("Confirmed. It stands in the record of everybody who was there."))
        return _to(request, row)
    if verb == "cancel":
        reason = ReasonForm(request.POST)
        done = _("Cancelled. It is struck out in everybody's calendar.")
        status = tried(
            request, reason, done, lambda: actions.cancel_meeting(row, **reason.cleaned_data, **by)
        )
        for faults in reason.errors.values():
            messages.warning(request, str(faults[0]))
        if status:
            return render(request, "forums/meeting.html", page_of(request, row), status=status)
        return _to(request, row)
    if verb == "takeaway":
        return _take_away(request, row)
    raise Http404


def _to(request: Request, row: Meeting) -> HttpResponse:
    return redirect("forums:meeting", request.organisation.key, row.public_id)


def _take_away(request: Request, row: Meeting) -> HttpResponse:
    form = TakeawayForm(request.POST, people=[one.person for one in queries.invited(row)])

    def act() -> None:
        given = form.cleaned_data
        actions.add_takeaway(
            row, made_id=given["made_id"], words=given["words"], person=form.people.get(given["person"]),
            by_on=given["by_on"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("Written down."), act)
    if status:
        return render(request, "forums/meeting.html", page_of(request, row, form=form), status=status)
    return _to(request, row)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def takeaway_do(request: Request, organisation: str, takeaway: str, verb: str) -> HttpResponse:
    """Done, or not after all."""
    row = found_takeaway(takeaway)
    if verb not in ("done", "undone"):
        raise Http404
    actions.finish_takeaway(row, done=verb == "done", by=request.actor, at=request.at)
    messages.success(request, _("Noted."))
    if request.POST.get("from") == "mine":
        return redirect("forums:mine", organisation)
    return _to(request, row.meeting)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def suggest(request: Request, organisation: str, forum: str) -> HttpResponse:
    """Suggest what to talk about."""
    row = found(forum)
    form = TopicForm(request.POST, auto_id="topic_%s")
    done = pgettext("a topic", "Suggested. The host sees it when the next meeting is planned.")
    status = tried(
        request,
        form,
        done,
        lambda: actions.suggest_topic(row, **form.cleaned_data, by=request.actor, at=request.at),
    )
    if status:
        return render(request, "forums/forum.html", forum_page(request, row, topic=form), status=status)
    return redirect("forums:forum", organisation, row.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def topic_do(request: Request, organisation: str, topic: str, verb: str) -> HttpResponse:
    """Support, take back, withdraw; the host takes it onto an agenda."""
    row = found_topic(topic)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "take":
        place = found_meeting(request.POST.get("meeting", ""))
        actions.take_topic(row, meeting=place, **by)
        messages.success(request, _("It stands on the agenda."))
        return _to(request, place)
    if verb in ("support", "unsupport"):
        actions.support_topic(row, support=verb == "support", **by)
    elif verb == "withdraw":
        actions.withdraw_topic(row, **by)
    else:
        raise Http404
    messages.success(request, _("Noted."))
    return redirect("forums:forum", organisation, row.forum.public_id)
