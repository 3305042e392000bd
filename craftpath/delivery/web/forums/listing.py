"""All forums that somebody sees, and what waits for the reader."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.forums import saying
from craftpath.delivery.web.forums.places import opens, rhythm_words, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import queries
from craftpath.kernel.roles import Permission

A_PAGE = 30
MOST = 30


@require_GET
@needs(Permission.ASK_QUESTIONS)
def all_forums(request: Request, organisation: str) -> HttpResponse:
    """Forums with their next date and what is new; five queries."""
    shown = Paginator(queries.forums(), A_PAGE).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    follows = queries.follows_of(request.user)
    coming = queries.next_meetings(rows, request.at)
    context = {
        "tabs": tabs(request, "forums:list"),
        "opens": opens(request),
        "page": shown,
        "lines": [
            {
                "row": row,
                "rhythm": rhythm_words(row),
                "next": saying.when(coming[row.pk]) if row.pk in coming else "",
                "new": row.pk in follows
                and row.last_at is not None
                and row.last_at > follows[row.pk].seen_at,
                "muted": row.pk in follows and follows[row.pk].muted,
            }
            for row in rows
        ],
    }
    return render(request, "forums/list.html", context)


@require_GET
@needs(Permission.ASK_QUESTIONS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """Invitations, what one took on, what one hosts, and what of one's own was hidden."""
    invited = queries.invited_to(request.user).filter(
        meeting__state="planned", meeting__starts_at__gt=request.at
    )
    context: dict[str, Any] = {
        "tabs": tabs(request, "forums:mine"),
        "invited": [{"row": one, "when": saying.when(one.meeting)} for one in invited[:MOST]],
        "takeaways": queries.takeaways().filter(person=request.user, done_at=None)[:MOST],
        "to_hold": [
            {"row": one, "when": saying.when(one)}
            for one in queries.hosted(request.user).filter(state="planned", starts_at__lte=request.at)[:MOST]
        ],
        "to_plan": queries.without_date(request.user)[:MOST],
        "hidden": queries.own_hidings(request.user),
    }
    return render(request, "forums/mine.html", context)
