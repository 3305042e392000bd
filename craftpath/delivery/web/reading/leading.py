"""Whoever leads a list: its words, its texts, the club, what is confirmed, the table for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.reading.forms import ClubForm, ListForm, TextForm
from craftpath.delivery.web.reading.listing import page_of
from craftpath.delivery.web.reading.places import found, found_record, found_text, to_list
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.reading import actions, queries, rules
from craftpath.domain.reading.texts import RECORD_STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.reading.models import ReadingList


def _form(request: Request, form: Any, title: str, crumbs: Any, status: int) -> HttpResponse:
    context = {"form": form, "title": title, "crumbs": crumbs}
    return render(request, "reading/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HOST_FORUMS)
def new(request: Request, organisation: str) -> HttpResponse:
    """The form of a new list."""
    form = ListForm(request.POST or None, cohorts=cohorts())
    status, made = 200, []
    if request.method == "POST":

        def act() -> None:
            values = form.given() | {
                "made_id": form.cleaned_data["made_id"],
                "organisation": request.organisation,
            }
            made.append(actions.open_list(**values, by=request.actor, at=request.at))

        status = tried(request, form, pgettext("a reading list", "Opened. Add the first text."), act)
        if not status:
            return redirect("reading:list", organisation, made[0].public_id)
    title = _("Open a reading list")
    way = [step(request, pgettext("in the rail", "Reading"), "reading:lists"), here(title)]
    return _form(request, form, title, way, status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def edit(request: Request, organisation: str, row: str) -> HttpResponse:
    """The form of a list that there is."""
    known = _led(request, row)
    start = {name: getattr(known, name) for name in ("title", "about", "audience")}
    start["cohort"] = known.cohort.public_id if known.cohort else ""
    offered = [*cohorts(), *([known.cohort] if known.cohort else [])]
    form = ListForm(request.POST or None, initial=start, cohorts=offered)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept."),
            lambda: actions.change_list(known, **form.given(), by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("reading:list", organisation, known.public_id)
    title = pgettext("a reading list", "Change the list")
    return _form(request, form, title, to_list(request, known, title), status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def add_text(request: Request, organisation: str, row: str) -> HttpResponse:
    """The form of a new text."""
    known = _led(request, row)
    form = TextForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def act() -> None:
            made_id = form.cleaned_data["made_id"]
            actions.add_text(known, made_id=made_id, said=form.said(), by=request.actor, at=request.at)

        status = tried(request, form, pgettext("a text", "Added."), act)
        if not status:
            return redirect("reading:list", organisation, known.public_id)
    title = pgettext("to a reading list", "Add a text")
    return _form(request, form, title, to_list(request, known, title), status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def edit_text(request: Request, organisation: str, text: str) -> HttpResponse:
    """The form of a text that there is."""
    row = found_text(text)
    require(rules.may_lead(request.actor, row.list))
    start = {name: getattr(row, name) for name in TextForm.base_fields if name != "made_id"}
    form = TextForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept."),
            lambda: actions.change_text(row, said=form.said(), by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("reading:text", organisation, row.public_id)
    title = pgettext("a text", "Change the text")
    return _form(request, form, title, to_list(request, row.list, title), status)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def drop_text(request: Request, organisation: str, text: str) -> HttpResponse:
    """Take a text off the list that nobody has read."""
    row = found_text(text)
    actions.drop_text(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken off the list."))
    return redirect("reading:list", organisation, row.list.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def club(request: Request, organisation: str, row: str) -> HttpResponse:
    """Open the forum in which the readers meet."""
    known = _led(request, row)
    form = ClubForm(request.POST)

    def act() -> None:
        made_id = form.cleaned_data["made_id"]
        actions.open_club(known, made_id=made_id, rhythm=form.rhythm(), by=request.actor, at=request.at)

    status = tried(request, form, _("The club is there. Plan its first date in its forum."), act)
    if status:
        return render(request, "reading/list.html", page_of(request, known, club=form), status=status)
    return redirect("reading:list", organisation, known.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def confirm(request: Request, organisation: str, record: str, verb: str) -> HttpResponse:
    """Confirm that somebody has finished a text, or take that back."""
    row = found_record(record)
    if verb not in ("confirm", "reopen"):
        raise Http404
    act = actions.confirm_reading if verb == "confirm" else actions.reopen_reading
    act(row, by=request.actor, at=request.at)
    messages.success(request, _("Confirmed.") if verb == "confirm" else _("Taken back."))
    return redirect("reading:list", organisation, row.text.list.public_id)


@require_GET
@needs(Permission.ASK_QUESTIONS)
def table(request: Request, organisation: str, row: str) -> HttpResponse:
    """Who has read what, as a sheet for the office."""
    known = _led(request, row)
    header = [
        _("Name"),
        _("Text"),
        _("State"),
        pgettext("of reading", "Pages"),
        pgettext("of reading", "Minutes"),
        _("Confirmed on"),
    ]
    rows = [
        (
            name_of(one.person), one.text.title, str(RECORD_STATES[one.state]), one.pages, one.minutes,
            one.confirmed_at.date() if one.confirmed_at else "",
        )
        for one in queries.records(known).select_related("text")
    ]  # fmt: skip
    sheet = OutSheet(name=known.title, header=header, rows=rows)
    return attachment(write_xlsx([sheet]), f"{known.title}.xlsx", XLSX)


def _led(request: Request, public_id: str) -> ReadingList:
    row = found(request, public_id)
    require(rules.may_lead(request.actor, row))
    return row
