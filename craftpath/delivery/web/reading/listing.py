"""The lists, one list with its texts and club, and what the reader reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.forums.saying import when
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.reading.forms import ClubForm
from craftpath.delivery.web.reading.places import found, opens, tabs, to_list
from craftpath.delivery.web.resources.newer import older_in
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums.queries import next_meetings
from craftpath.domain.reading import actions, queries, rules
from craftpath.domain.reading.texts import LICENCES, RECORD_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.reading.models import ReadingList, ReadingRecord, ReadingText

A_PAGE = 30
VERBS: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "join": (actions.join_list, lambda: _("You read along.")),
    "leave": (actions.leave_list, lambda: _("You read along no more; what you wrote stays yours.")),
    "close": (actions.close_list, lambda: pgettext("a reading list", "Closed.")),
    "reopen": (actions.reopen_list, lambda: pgettext("a reading list", "Open again.")),
}


def lines(texts: Iterable[ReadingText], records: dict[int, ReadingRecord]) -> list[dict[str, Any]]:
    """Texts as lists show them: the licence, and how far the reader is."""
    return [
        {
            "row": one,
            "licence": LICENCES[one.licence],
            "state": RECORD_STATES[records[one.pk].state] if one.pk in records else "",
            "done": one.pk in records and records[one.pk].state != "reading",
        }
        for one in texts
    ]


@require_GET
@needs(Permission.ASK_QUESTIONS)
def lists(request: Request, organisation: str) -> HttpResponse:
    """All lists that the reader sees."""
    shown = Paginator(queries.lists(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"tabs": tabs(request, "reading:lists"), "opens": opens(request), "page": shown}
    return render(request, "reading/lists.html", context)


@require_GET
@needs(Permission.ASK_QUESTIONS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """What is read until when on the lists along which one reads, and everything that one has written down."""
    records = queries.own_records(request.user)
    ahead = [
        one
        for one in queries.ahead(request.user)
        if one.pk not in records or records[one.pk].state == "reading"
    ]
    known = list(queries.texts().filter(pk__in=records))
    context = {
        "tabs": tabs(request, "reading:mine"),
        "ahead": lines(ahead, records),
        "read": [(line, records[line["row"].pk]) for line in lines(known, records)],
    }
    return render(request, "reading/mine.html", context)


@require_GET
@needs(Permission.ASK_QUESTIONS)
def one(request: Request, organisation: str, row: str) -> HttpResponse:
    """The list: what is read until when, the club with its next date; for whoever leads it, who has finished."""
    return render(request, "reading/list.html", page_of(request, found(request, row)))


def page_of(request: Request, row: ReadingList, *, club: ClubForm | None = None) -> dict[str, Any]:
    """What the page shows; a fixed number of queries."""
    leads = bool(rules.may_lead(request.actor, row))
    forum = queries.club_of(row)
    meeting = next_meetings([forum], request.at).get(forum.pk) if forum else None
    waiting = queries.records(row).filter(state="finished").exclude(person=request.user) if leads else []
    return {
        "crumbs": to_list(request, row),
        "row": row,
        "lines": lines(queries.texts().filter(list=row), queries.own_records(request.user, row)),
        "leads": leads,
        "older": older_in(request, row.ref) if leads else [],
        "forum": forum,
        "meeting": meeting,
        "meeting_when": when(meeting) if meeting else "",
        "members": [name_of(person) for person in queries.members(row)],
        "waiting": [(one, name_of(one.person)) for one in waiting],
        "club": (club or ClubForm()) if leads and forum is None and rules.can_read(row) else None,
    }


@require_POST
@needs(Permission.ASK_QUESTIONS)
def list_do(request: Request, organisation: str, row: str, verb: str) -> HttpResponse:
    """Read along or no more; whoever leads it closes it and opens it again."""
    if verb not in VERBS:
        raise Http404
    act, done = VERBS[verb]
    here = found(request, row)
    act(here, by=request.actor, at=request.at)
    messages.success(request, done())
    return redirect("reading:list", organisation, here.public_id)
