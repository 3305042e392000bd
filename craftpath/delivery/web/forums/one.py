"""One forum: its next meeting, topics, threads by keys, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.forums import saying
from craftpath.delivery.web.forums.forms import ThreadForm, TopicForm
from craftpath.delivery.web.forums.places import found, rhythm_words, to_forum
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import actions, queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Forum

A_PAGE = 25
MEETINGS = 6
VERBS: dict[str, tuple[Callable[..., object], dict[str, Any], Callable[[], str]]] = {
    "follow": (actions.follow_forum, {}, lambda: _("You hear of this forum from now on.")),
    "unfollow": (actions.follow_forum, {"following": False}, lambda: _("You hear of this forum no more.")),
    "mute": (actions.mute_forum, {}, lambda: _("In the morning nothing is said of this forum.")),
    "unmute": (actions.mute_forum, {"muted": False}, lambda: _("What is new is said in the morning again.")),
    "read": (actions.read_forum, {}, lambda: _("Everything counts as read.")),
    "close": (actions.close_forum, {}, lambda: _("Closed: it can be read.")),
    "reopen": (actions.reopen_forum, {}, lambda: pgettext("a forum", "Open again.")),
}


@require_GET
@needs(Permission.ASK_QUESTIONS)
def forum(request: Request, organisation: str, forum: str) -> HttpResponse:
    """The page; the threads follow by keys, so the last page is as fast as the first."""
    return render(request, "forums/forum.html", page_of(request, found(forum)))


def page_of(
    request: Request, row: Forum, *, form: ThreadForm | None = None, topic: TopicForm | None = None
) -> dict[str, Any]:
    """What the page shows; a fixed number of queries however many threads there are."""
    hosts = bool(rules.may_host(request.actor, row))
    follow = queries.follow_of(row, request.user)
    after = request.GET.get("after", "")[:60]
    page = queries.page_of(row, after=after, most=A_PAGE)
    above = queries.pinned(row) if not after else []
    lines = saying.lines(request, [*above, *page.rows], follow)
    meetings = list(queries.meetings().filter(forum=row).order_by("-starts_at")[:MEETINGS])
    coming = next(
        (one for one in reversed(meetings) if one.state == "planned" and one.ends_at > request.at), None
    )
    writes = bool(rules.can_meet(row))
    return {
        "crumbs": to_forum(request, row),
        "row": row,
        "about": saying.html_of(row.about, "about"),
        "rhythm": rhythm_words(row),
        "hosts": hosts,
        "follow": follow,
        "lines": lines,
        "pinned": len(above),
        "after": page.after,
        "first": not after,
        "coming": coming,
        "coming_when": saying.when(coming) if coming else "",
        "own_line": queries.own_line(coming, request.user) if coming else None,
        "past": [
            {"row": one, "when": saying.when(one), "badge": saying.badge(one)}
            for one in meetings
            if one != coming
        ],
        "topics": queries.topics(row, request.user),
        "topic": topic or TopicForm(auto_id="topic_%s"),
        "form": (form or ThreadForm(hosts=hosts)) if writes else None,
    }


@require_POST
@needs(Permission.ASK_QUESTIONS)
def forum_do(request: Request, organisation: str, forum: str, verb: str) -> HttpResponse:
    """Follow, mute, note everything as read; the host closes it and opens it again."""
    row = found(forum)
    if verb not in VERBS:
        raise Http404
    act, more, done = VERBS[verb]
    act(row, **more, by=request.actor, at=request.at)
    messages.success(request, done())
    return redirect("forums:forum", organisation, row.public_id)
