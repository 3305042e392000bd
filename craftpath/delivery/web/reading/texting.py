"""One text: the words or where they are, one's notes, what others think, and how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.forums.saying import html_of
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.reading.forms import NoteForm, RecordForm
from craftpath.delivery.web.reading.places import found_note, found_text, to_list
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.reading import actions, queries, rules
from craftpath.domain.reading.texts import LICENCES, RECORD_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.reading.models import ReadingText


@require_GET
@needs(Permission.ASK_QUESTIONS)
def text(request: Request, organisation: str, text: str) -> HttpResponse:
    """The page of a text."""
    return render(request, "reading/text.html", page_of(request, found_text(text)))


def page_of(
    request: Request, row: ReadingText, *, note: NoteForm | None = None, record: RecordForm | None = None
) -> dict[str, Any]:
    """What the page shows; about eight queries."""
    mine = queries.own_records(request.user, row.list).get(row.pk)
    start = {name: getattr(mine, name) for name in ("pages", "minutes", "sentence")} if mine else {}
    start["finished"] = mine is not None and mine.state != "reading"
    return {
        "crumbs": to_list(request, row.list, row.title),
        "row": row,
        "body": html_of(row.body, "text"),
        "licence": LICENCES[row.licence],
        "leads": bool(rules.may_lead(request.actor, row.list)),
        "mine": mine,
        "state": RECORD_STATES[mine.state] if mine else "",
        "notes": queries.own_notes(row, request.user),
        "shared": [
            (one, name_of(one.person), html_of(one.text, f"p{one.pk}")) for one in queries.shared(row)
        ],
        "club": queries.club_of(row.list),
        "note": note or NoteForm(auto_id="note_%s"),
        "record": record
        or (RecordForm(initial=start) if mine is None or mine.state != "confirmed" else None),
    }


@require_POST
@needs(Permission.ASK_QUESTIONS)
def note(request: Request, organisation: str, text: str) -> HttpResponse:
    """Note something on a passage."""
    row = found_text(text)
    form = NoteForm(request.POST, auto_id="note_%s")
    done = _("Noted. Only you read it until you share it.")
    status = tried(
        request,
        form,
        done,
        lambda: actions.keep_note(row, **form.cleaned_data, by=request.actor, at=request.at),
    )
    if status:
        return render(request, "reading/text.html", page_of(request, row, note=form), status=status)
    return redirect("reading:text", organisation, row.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def record(request: Request, organisation: str, text: str) -> HttpResponse:
    """Write down how far one is."""
    row = found_text(text)
    form = RecordForm(request.POST)
    status = tried(
        request, form, _("Written down."),
        lambda: actions.keep_record(row, **form.cleaned_data, by=request.actor, at=request.at),
    )  # fmt: skip
    if status:
        return render(request, "reading/text.html", page_of(request, row, record=form), status=status)
    return redirect("reading:text", organisation, row.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def note_do(request: Request, organisation: str, note: str, verb: str) -> HttpResponse:
    """Share an own note with the club, or throw it away."""
    row = found_note(request, note)
    place = row.text.public_id
    if verb == "share":
        actions.share_note(row, by=request.actor, at=request.at)
        messages.success(request, _("Shared. Others read it in the club's forum and may reply."))
    elif verb == "drop":
        actions.drop_note(row, by=request.actor, at=request.at)
        messages.success(request, _("The note is gone."))
    else:
        raise Http404
    return redirect("reading:text", organisation, place)
