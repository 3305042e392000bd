"""A course out of a file: kept, looked at with what would be made and what is wrong, then made by one press."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange.courses.drafting import Drafted, draft_of
from craftpath.delivery.exchange.courses.texts import sentence as fault_sentence
from craftpath.delivery.web.courses.forms import ArrivalForm
from craftpath.delivery.web.courses.places import to_courses
from craftpath.delivery.web.courses.sending import as_zip, on_disk
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.courses import actions, queries, rules
from craftpath.domain.courses.texts import KINDS
from craftpath.kernel.exhibits import small_enough
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

MOST = 200 * rules.MEGABYTE


@csrf_exempt  # the body stays unread until its declared size is known; `_drop` is protected
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_COURSES)
def drop(request: Request, organisation: str) -> HttpResponse:
    """The form for a file."""
    require(rules.may_write(request.actor, request.organisation))
    if request.method == "POST" and declared(request) > MOST + SLACK:
        refused = sentence(small_enough(MOST + 1, MOST))
        return render(request, "courses/drop.html", _page(request, refused=refused), status=413)
    return _drop(request)


@csrf_protect
def _drop(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "courses/drop.html", _page(request))
    form, made = ArrivalForm(request.POST, request.FILES), []

    def act() -> None:
        given = form.cleaned_data
        name, folder = form.named(), given["folder"]
        with as_zip(folder, given["paths"]) if folder else on_disk(given["file"]) as place:
            with place.open("rb") as stream:
                draft_of(stream, name)
            made.append(
                actions.keep_arrival(request.organisation, place, name, by=request.actor, at=request.at)
            )

    status = tried(request, form, _("Read. Nothing is made yet."), act)
    if not status:
        return redirect("courses:arrival", request.organisation.key, made[0].public_id)
    return render(request, "courses/drop.html", _page(request, form=form), status=status)


def _page(request: Request, *, refused: str = "", form: Any = None) -> dict[str, Any]:
    return {
        "form": form or ArrivalForm(),
        "refused": refused,
        "megabytes": MOST // rules.MEGABYTE,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "crumbs": to_courses(request, here(_("Make a course of a file"))),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_COURSES)
def look(request: Request, organisation: str, arrival: str) -> HttpResponse:
    """What would be made, with faults and their places; then the draft by one press."""
    row = get_object_or_404(queries.arrivals(), public_id=plain_id(arrival))
    require(rules.may_write(request.actor, row.organisation))
    if row.course is not None:
        return redirect("courses:course", organisation, row.course.public_id)
    with row.file.opened() as stream:
        found = draft_of(stream, row.file.name)
    if request.method == "POST":
        try:
            made = actions.take_arrival(
                row, title=found.title, units=found.units, files=found.files, by=request.actor, at=request.at
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            context = _found(request, row, found) | {"refused": sentence(refused.verdict)}
            return render(request, "courses/arrival.html", context, status=409)
        messages.success(request, _("Here is the draft. Publish it once it is as you want it."))
        return redirect("courses:course", organisation, made.public_id)
    return render(request, "courses/arrival.html", _found(request, row, found))


def _found(request: Request, row: Any, found: Drafted) -> dict[str, Any]:
    units = [
        (
            text(one.title.as_json()),
            [(text(each.title.as_json()), str(KINDS[each.kind])) for each in one.activities],
        )
        for one in found.units
    ]
    notes = [("wrong", one) for one in found.notes.faults] + [
        ("attention", one) for one in found.notes.remarks
    ]
    return {
        "row": row,
        "title": text(found.title.as_json()),
        "units": units,
        "count": sum(len(one.activities) for one in found.units),
        "files": len(found.files),
        "notes": [(tone, one.place, fault_sentence(one)) for tone, one in notes],
        "crumbs": to_courses(request, here(_("Make a course of a file"))),
    }
