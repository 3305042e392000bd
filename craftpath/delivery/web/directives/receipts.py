"""Who has read it, organisation by organisation, role by role; as a page and as a sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.delivery.web.directives.places import TONES, issued, to_list
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.directives import queries, rules
from craftpath.domain.directives.texts import STATES
from craftpath.kernel.roles import Permission, Role


@require_GET
@needs(Permission.ISSUE_DIRECTIVES)
def receipts(request: Request, organisation: str, directive: str) -> HttpResponse:
    """A bar for each organisation; the same queries for two and for two hundred."""
    row = issued(request, directive)
    rows = queries.receipts(row, request.today)
    lines = [(one, [(str(ROLE_NAMES[Role(role)]), count) for role, count in one.roles]) for one in rows]
    total = queries.counts([row], request.today)[row.pk]
    waits = rules.waits(row, request.today)
    context = {
        "row": row,
        "lines": lines,
        "total": total,
        "places_through": sum(one.count.read == one.count.asked for one in rows),
        "answered": sum(one.answer is not None for one in rows),
        "state": (str(STATES[row.state]), TONES[row.state]),
        "later": row.shown_from is not None and row.shown_from > request.today,
        "reminds": waits and total.read < total.asked,
        "reminded_today": row.reminded_on == request.today,
        "crumbs": to_list(
            request, step(request, text(row.title), "directives:directive", row.public_id), here(_("Receipts"))
        ),
    }  # fmt: skip
    return render(request, "directives/receipts.html", context)


@require_GET
@needs(Permission.ISSUE_DIRECTIVES)
def sheet(request: Request, organisation: str, directive: str) -> HttpResponse:
    """The same as a sheet, a row for each organisation and role."""
    row = issued(request, directive)
    header = [
        _("Organisation"), _("Role"), pgettext("of a notice", "Asked"), pgettext("of a notice", "Read"),
        _("Opened first by"), _("Opened first at"), _("Answer"),
    ]  # fmt: skip
    lines: list[tuple[Any, ...]] = []
    for one in queries.receipts(row, request.today):
        opened = date_format(localtime(one.first_at), "Y-m-d H:i") if one.first_at else ""
        answer = one.answer
        given = "" if answer is None else (answer.figure if answer.figure is not None else answer.words)
        for role, count in one.roles:
            lines.append(
                (text(one.place.name), str(ROLE_NAMES[Role(role)]), count.asked, count.read,
                 one.first.name if one.first else "", opened, given)
            )  # fmt: skip
    book = write_xlsx([OutSheet(name=_("Receipts"), header=header, rows=lines)])
    return attachment(book, f"{text(row.title)}.xlsx", XLSX)
