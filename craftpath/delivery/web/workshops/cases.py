"""Cases that were sent in: read, returned with a remark, accepted, put into the agenda and on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops.places import page_of, run_by
from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.texts import CASE_STATES, KINDS, SHELVES

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Case

TONES = {"sent": "attention", "returned": "plain", "accepted": "info", "published": "good"}
A_PAGE = 20


@require_GET
def cases(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """All of them, the newest first."""
    row = run_by(request, workshop)
    page = Paginator(queries.cases_of(row), A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page_of(request, row, "cases", ""),
        "page": page,
        "lines": [_line(one) for one in page.object_list],
        "items": [(one.public_id, text(one.title)) for one in queries.items_of(row)],
        "shelves": [(key, SHELVES[key]) for key in ("case", "toolkit", "practice")],
    }
    return render(request, "workshops/cases.html", context)


def _line(one: Case) -> tuple[Case, str, str, str, str]:
    item = one.item.public_id if one.item is not None else ""
    return one, str(CASE_STATES[one.state]), TONES[one.state], str(KINDS[one.kind]), item


@require_POST
def case(request: Request, organisation: str, workshop: str, case: str, verb: str) -> HttpResponse:
    """Accept, return, publish, take off the shelf, say where it is presented."""
    row = run_by(request, workshop)
    found = get_object_or_404(queries.cases_of(row), public_id=plain_id(case))
    told: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "accept":
        actions.accept_case(found, **told)
    elif verb == "return":
        actions.return_case(found, remark=plain_words(request, "remark")[:400], **told)
    elif verb == "publish":
        shelf = request.POST.get("shelf", "")
        actions.publish_case(
            found, shelf=shelf if shelf in ("case", "toolkit", "practice") else "case", **told
        )
    elif verb == "retire":
        actions.retire_case(found, **told)
    elif verb == "present":
        items = {one.public_id: one for one in queries.items_of(row)}
        actions.present_case(found, items.get(request.POST.get("item", "")), **told)
    else:
        raise Http404
    messages.success(request, _("Changed."))
    return redirect("workshops:cases", organisation, row.public_id)


@require_GET
def file(request: Request, organisation: str, workshop: str, case: str, number: int) -> HttpResponseBase:
    """A file that came with a case."""
    row = run_by(request, workshop)
    found = get_object_or_404(queries.cases_of(row), public_id=plain_id(case))
    return file_of(found, number)


def file_of(case: Case, number: int) -> HttpResponseBase:
    """The file with this number, from 1; 404 for one that is not there."""
    kept = list(case.files.all())
    if not 1 <= number <= len(kept):
        raise Http404
    one = kept[number - 1]
    return shown_or_saved(one.file.bytes(), f"{case.public_id}-{number}", one.media_type)
