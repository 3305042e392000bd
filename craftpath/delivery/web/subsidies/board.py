"""All files that the reader sees: by state, the money of them, what waits, and which days come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.charts import bars, planned
from craftpath.delivery.web.subsidies.places import READERS, decides, files, tabs
from craftpath.domain.subsidies import queries
from craftpath.domain.subsidies.texts import FILE_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import Finding, SubsidyFile

A_PAGE = 30
MOST = 2000  # files whose sums one page adds up


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a row."""

    file: SubsidyFile
    title: str
    url: str
    badge: tuple[str, str]
    planned: str
    advance: str
    due: str
    heads: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits: of which file, what, whether its day has passed."""

    title: str
    note: str
    url: str
    late: bool


@require_GET
@needs(*READERS)
def board(request: Request, organisation: str) -> HttpResponse:
    """The same queries for 5 files and for 500."""
    everything = list(queries.files()[:MOST])
    states = {row.state for row in everything}
    state = request.GET.get("state", "")
    shown = [row for row in everything if state not in FILE_STATES or row.state == state]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    findings = list(queries.findings().filter(state__in=("open", "answered")))
    context = {
        "tabs": tabs(request, "subsidies:board"),
        "lines": [_line(request, row) for row in page.object_list],
        "page": page,
        "bars": bars(everything),
        "figures": _figures(everything, len([one for one in findings if one.state == "open"])),
        "waits": _waiting(request, everything, findings),
        "state": state if state in FILE_STATES else "",
        "states": [(key, str(name)) for key, name in FILE_STATES.items() if key in states],
        "opens": Permission.FILE_SUBSIDIES in request.actor.permissions,
        "several": len({row.organisation_id for row in everything}) > 1,
    }
    return render(request, "subsidies/board.html", context)


def _line(request: Request, row: SubsidyFile) -> FileLine:
    unit = saying.currency(row)
    return FileLine(
        row,
        saying.title(row),
        _url(request, row),
        saying.badge(row),
        saying.amount(planned(row), unit),
        saying.amount(row.advance, unit),
        saying.amount(row.due, unit),
        row.heads if row.heads is not None else getattr(row, "counted", 0),
    )


def _url(request: Request, row: SubsidyFile, page: str = "file") -> str:
    return reverse(f"subsidies:{page}", args=[request.organisation.key, row.public_id])


def _figures(rows: Sequence[SubsidyFile], findings: int) -> dict[str, int]:
    return {
        "running": sum(row.state not in ("withdrawn", "closed") for row in rows),
        "checking": sum(row.state in ("filed", "claimed") for row in rows),
        "returned": sum(row.state in ("returned", "claim_returned") for row in rows),
        "refunds": sum(row.state == "refund_due" for row in rows),
        "findings": findings,
    }


def _waiting(request: Request, rows: Sequence[SubsidyFile], findings: Sequence[Finding]) -> list[Waits]:
    """What waits for this reader, the nearest day first."""
    found: list[tuple[date, Waits]] = []
    for row in rows:
        said = _said(request, row)
        if said is not None:
            due, words, late = said
            note = f"{text(row.organisation.name)} · {words}"
            found.append(
                (due, Waits(saying.title(row), note, _url(request, row), late and due < request.today))
            )
    for one in findings:
        if one.state == "open" and files(request.actor, one.audit.file):
            file = one.audit.file
            url = _url(request, file, "audit")
            found.append(
                (one.found_at.date(), Waits(saying.title(file), _("a finding to answer"), url, False))
            )
    return [waits for _day, waits in sorted(found, key=lambda pair: pair[0])]


def _said(request: Request, row: SubsidyFile) -> tuple[date, str, bool] | None:
    """(its day, what it is, whether that day is a limit) of what a file waits for, if it is this reader's to do."""
    mine, office = files(request.actor, row), decides(request.actor, row)
    if row.state in ("filed", "claimed") and office:
        words = (
            _("a plan to check, since %(day)s")
            if row.state == "filed"
            else _("a claim to check, since %(day)s")
        )
        return row.since, words % {"day": day(row.since)}, False
    if row.state in ("returned", "claim_returned") and mine:
        return row.since, _("returned on %(day)s") % {"day": day(row.since)}, False
    if row.state == "noticed" and office and row.notice_ends_on:
        words = _("public notice until %(day)s, then settle") % {"day": day(row.notice_ends_on)}
        return row.notice_ends_on, words, True
    if row.state == "refund_due" and row.refund_by and (mine or office):
        facts = {"amount": saying.amount(row.refund, saying.currency(row)), "day": day(row.refund_by)}
        return row.refund_by, _("refund of %(amount)s by %(day)s") % facts, True
    return None
