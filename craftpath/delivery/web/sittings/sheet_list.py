"""The sheets of a sitting: how far each is, which comes next, and one found by what is typed or scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.domain.exams import queries
from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.sheets import Keyed, Sheet, find_sheet, keyed, next_sheet
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting

A_PAGE = 60


def sheets_of(row: Sitting) -> Keyed:
    """All sheets of a sitting in the order of the list; two queries."""
    return keyed(list(queries.candidates_of(row).filter(on_paper=True)))


def crumbs(request: Request, row: Sitting, *further: Crumb) -> list[Crumb]:
    """From the list of sittings to the sheets of one."""
    return to_list(request, step(request, row.paper.title, "sittings:sitting", row.public_id), *further)


def state_of(sheet: Sheet) -> tuple[str, str]:
    """How far a sheet is, in words, and the tone of it."""
    if sheet.settled:
        stood = _("did not come") if sheet.candidate.started_at is None else _("stands")
        return stood, "good"
    if sheet.disputed:
        return _("differs"), "attention"
    if sheet.whole == 1:
        return _("keyed once"), "info"
    return (_("being keyed"), "info") if sheet.keyings else (_("to key"), "plain")


def agreement(found: Keyed) -> str:
    """How many of the answers that were keyed twice differ, with their share."""
    if not found.compared:
        return "–"
    share = number_format(100 * found.unequal / found.compared, 1)
    values = {"unequal": found.unequal, "compared": found.compared, "share": share}
    return _("%(unequal)s of %(compared)s answers (%(share)s %%)") % values


@require_GET
@needs(Permission.IMPORT_MARKS)
def hub(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Type a code or a number, or take the next; below, how far every sheet is."""
    row = found(sitting)
    every = sheets_of(row)
    asked = request.GET.get("find", "").replace("\0", "").strip()[:40]
    fault = ""
    if asked:
        hits = find_sheet(every.sheets, asked)
        if len(hits) == 1:
            where = "sittings:settle_sheet" if hits[0].disputed else "sittings:sheet"
            return redirect(where, organisation, hits[0].candidate.public_id)
        fault = sentence(not_now("exams.sheet_unknown", given=asked))
    rows = [
        (one, sheet_code(one.candidate.public_id), *state_of(one), [one.keyings.get(n) for n in (1, 2)])
        for one in every.sheets
    ]
    context = {
        "sitting": row,
        "keyed": every,
        "agreement": agreement(every),
        "following": next_sheet(every.sheets, request.actor) if row.state == "closed" else None,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "fault": fault,
        "crumbs": crumbs(request, row, here(_("Answer sheets"))),
    }
    return render(request, "sittings/keying.html", context, status=404 if fault else 200)


@require_GET
@needs(Permission.IMPORT_MARKS)
def following(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The next sheet that this person can key; where there is none, back to the list."""
    row = found(sitting)
    one = next_sheet(sheets_of(row).sheets, request.actor, request.GET.get("after", "")[:16])
    if one is None:
        messages.success(request, _("No sheet waits for you."))
        return redirect("sittings:keying", organisation, row.public_id)
    return redirect("sittings:sheet", organisation, one.candidate.public_id)
