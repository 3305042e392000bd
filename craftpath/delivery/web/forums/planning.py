"""Planning a meeting, a row of them by the rhythm, and changing one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.forums import saying
from craftpath.delivery.web.forums.forms import MeetingForm, SeriesForm
from craftpath.delivery.web.forums.places import found, found_meeting, to_forum
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Forum, Meeting


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def plan(request: Request, organisation: str, forum: str) -> HttpResponse:
    """The next dates as the rhythm has them, or one with an agenda of its own."""
    row = found(forum)
    require(rules.may_host(request.actor, row))
    moments = queries.next_moments(row, queries.last_of(row), request.at, 3)
    start: dict[str, Any] = {"minutes": row.minutes, "place": row.place, "link": row.link}
    start["starts_at"] = moments[0] if moments else None
    many = "count" in request.POST
    series = SeriesForm(request.POST if many else None, auto_id="series_%s")
    form = MeetingForm(request.POST if request.method == "POST" and not many else None, initial=start)
    status = 200
    if request.method == "POST":
        status, made = _series(request, row, series) if many else _one(request, row, form)
        if not status and len(made) == 1:
            return redirect("forums:meeting", organisation, made[0].public_id)
        if not status:
            return redirect("forums:forum", organisation, row.public_id)
    length = timedelta(minutes=row.minutes)
    title = _("Plan a meeting")
    context = {
        "form": form,
        "series": series if moments else None,
        "row": row,
        "title": title,
        "crumbs": to_forum(request, row, title),
        "proposed": [saying.span(one, one + length) for one in moments],
    }
    return render(request, "forums/plan.html", context, status=status)


def _series(request: Request, row: Forum, form: SeriesForm) -> tuple[int, list[Meeting]]:
    if not form.is_valid():
        return 422, []
    made: list[Meeting] = []
    with refusals_in(form):
        made = actions.plan_series(row, **form.cleaned_data, by=request.actor, at=request.at)
    if form.errors:
        return 409, []
    said = ngettext("%(count)s meeting is planned.", "%(count)s meetings are planned.", len(made))
    messages.success(request, said % {"count": len(made)})
    return 0, made


def _one(request: Request, row: Forum, form: MeetingForm) -> tuple[int, list[Meeting]]:
    made: list[Meeting] = []

    def act() -> None:
        made.append(actions.plan_meeting(row, **form.cleaned_data, by=request.actor, at=request.at))

    done = _("Planned. Everybody who is invited is asked whether they come.")
    return tried(request, form, done, act), made


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def change(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """Another time, place or agenda."""
    row = found_meeting(meeting)
    require(rules.may_hold(request.actor, row))
    start = {name: getattr(row, name) for name in ("starts_at", "minutes", "place", "link")}
    start["agenda"] = "\n".join(row.agenda)
    form = MeetingForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":

        def act() -> None:
            given = {key: value for key, value in form.cleaned_data.items() if key != "made_id"}
            actions.change_meeting(row, **given, by=request.actor, at=request.at)

        status = tried(request, form, _("Changed. Calendars follow."), act)
        if not status:
            return redirect("forums:meeting", organisation, row.public_id)
    title = pgettext("a meeting", "Change the meeting")
    context = {"form": form, "row": row.forum, "title": title, "crumbs": to_forum(request, row.forum, title)}
    return render(request, "forums/plan.html", context, status=status)
