"""The statement of a year: what was pledged, given and confirmed, decided and taught; as workbook and as a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.balance import content_of
from craftpath.delivery.exchange.printouts.balance_letter import balance_letter, money
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.delivery.web.itemreport.plots import Axis, Plot, axis
from craftpath.delivery.web.papers.sending import languages, look_of, own_language, sent
from craftpath.delivery.web.partnership.places import READERS, found, frame, year_of, years_of
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.subsidies.saying import amount
from craftpath.domain.committees.texts import DECISION_STATES
from craftpath.domain.partnership import actions, queries, rules
from craftpath.domain.partnership.texts import KINDS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import BalanceLetter

MEASURES = ("pledged", "given", "confirmed")
DECISION_TONES = {"open": "attention", "done": "good"}
HEIGHT = 200
ON_A_PAGE = 20


@require_GET
@needs(*READERS)
def statement(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """The year, as the letter says it."""
    row = found(cooperation)
    year = year_of(request, row)
    content = content_of(row, year)
    names = [text(side["name"]) for side in content["sides"]]
    letters = Paginator(queries.letters().filter(cooperation=row, year=year), ON_A_PAGE)
    page = letters.get_page(request.GET.get("page"))
    context = frame(request, row, "partnership:statement") | {
        "year": str(year),
        "years": years_of(row),
        "cells": _said(content["cells"], names),
        "sums": _said(content["sums"], names),
        "plot": chart(content["sums"], names),
        "work": [
            (name, duty["done"], duty["open"], hours(taught))
            for name, duty, taught in zip(names, content["duties"], content["hours"], strict=True)
        ],
        "decisions": [
            one
            | {
                "due": date.fromisoformat(one["due"]),
                "badge": (str(DECISION_STATES[one["state"]]), DECISION_TONES.get(one["state"], "plain")),
            }
            for one in content["decisions"]
        ],
        "used": [(text(one["what"]), names[one["side"]], hours(one["minutes"])) for one in content["used"]],
        "joint": [(text(one["what"]), text(one["state"])) for one in content["joint"]],
        "content": content,
        "letters": page,
        "page": page,
        "languages": languages(),
        "own_language": own_language(),
        "issues": bool(request.actor.may(Permission.RUN_PARTNERSHIPS) and rules.can_settle(row)),
    }
    return render(request, "partnership/statement.html", context)


def _said(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Figures as they are read, beside their names."""
    found = []
    for one in rows:
        figures = {name: amount(one[name], one["currency"]) for name in (*MEASURES, "balance") if name in one}
        share = one.get("share")
        kind = KINDS[one["kind"]] if "kind" in one else ""
        said = "–" if share is None else f"{share / 10:.1f} %"
        found.append({"side": names[one["side"]], "kind": kind, "share": said, **figures})
    return found


def chart(sums: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Plot | None:
    """Pledged, given and confirmed of each side as bars beside one another, in the first currency."""
    if not sums:
        return None
    unit = sums[0]["currency"]
    rows = [one for one in sums if one["currency"] == unit]
    values = [[float(money(one[name], unit)) for name in MEASURES] for one in rows]
    ticks = tuple(n + 0.5 for n in range(len(rows)))
    plot = Plot(
        label=_("Pledged, given and confirmed"),
        x=Axis(0, len(rows), ticks, names=tuple(names[one["side"]] for one in rows)),
        y=axis(0, max(1.0, *(value for row in values for value in row)), about=4, places=0),
        x_name="",
        y_name=unit,
        height=HEIGHT,
        head=[_("Side"), *_measures()],
    )
    looks = ("band", "fair", "bar")
    for place, (one, figures) in enumerate(zip(rows, values, strict=True)):
        for n, (look, value) in enumerate(zip(looks, figures, strict=True)):
            low = place + 0.12 + 0.26 * n
            words = f"{names[one['side']]}, {_measures()[n]}: {amount(one[MEASURES[n]], unit)}"
            plot.bar(low, low + 0.24, max(value, 0), look, words)
        plot.rows.append([names[one["side"]], *(amount(one[name], unit) for name in MEASURES)])
    plot.legend = list(zip(looks, _measures(), strict=True))
    return plot


def _measures() -> list[str]:
    return [pgettext("money", "Pledged"), pgettext("money", "Given"), pgettext("money", "Confirmed")]


@require_GET
@needs(*READERS)
def sheet(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """What the page shows, as a workbook."""
    row = found(cooperation)
    year = year_of(request, row)
    content = content_of(row, year)
    names = [text(side["name"]) for side in content["sides"]]
    measures = _measures()
    given = OutSheet(
        _("Plan and gifts"),
        [_("Side"), pgettext("of a contribution", "Kind"), _("Currency"), *measures],
        [
            (names[one["side"]], str(KINDS[one["kind"]]), one["currency"],
             *(money(one[name], one["currency"]) for name in MEASURES))
            for one in content["cells"]
        ],
    )  # fmt: skip
    balance = OutSheet(
        _("Balance"),
        [_("Side"), _("Currency"), *measures, _("Balance"), _("Share (%)")],
        [
            (names[one["side"]], one["currency"], *(money(one[name], one["currency"]) for name in MEASURES),
             money(one["balance"], one["currency"]), None if one["share"] is None else one["share"] / 10)
            for one in content["sums"]
        ],
    )  # fmt: skip
    work = OutSheet(
        _("Duties and teaching"),
        [_("Side"), _("Duties done"), _("Duties open"), _("Hours taught")],
        [
            (name, duty["done"], duty["open"], None if taught is None else taught / 60)
            for name, duty, taught in zip(names, content["duties"], content["hours"], strict=True)
        ],
    )
    decided = OutSheet(
        pgettext("of a committee", "Decisions"),
        [pgettext("a decision", "Decision"), pgettext("of a decision", "Owner"), _("Due on"), _("State")],
        [
            (
                text(one["text"]),
                one["owner"],
                date.fromisoformat(one["due"]),
                str(DECISION_STATES[one["state"]]),
            )
            for one in content["decisions"]
        ],
    )
    shared = OutSheet(
        _("Used together"),
        [
            pgettext("of what is shared", "What"),
            pgettext("of what is shared", "Used by"),
            pgettext("of a contribution", "Hours"),
        ],
        [(text(one["what"]), names[one["side"]], one["minutes"] / 60) for one in content["used"]],
    )
    joint = OutSheet(
        _("Done together"),
        [_("What"), _("State")],
        [(text(one["what"]), text(one["state"])) for one in content["joint"]],
    )
    sheets = [given, balance, work, decided, shared, joint]
    return attachment(write_xlsx(sheets), f"{text(row.name)}-{year}.xlsx", XLSX)


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def issue(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Issue the letter of a year, or find that nothing has changed since the last one."""
    row = found(cooperation)
    year = year_of(request, row)
    before = queries.letters().filter(cooperation=row, year=year).first()
    made = actions.issue_letter(
        row, year=year, content=content_of(row, year), by=request.actor, at=request.at
    )
    if before is not None and before.pk == made.pk:
        messages.info(request, _("Nothing has changed since letter %(number)s.") % {"number": made.number})
    else:
        messages.success(request, _("Issued as letter %(number)s.") % {"number": made.number})
    return redirect(f"{reverse('partnership:statement', args=[organisation, row.public_id])}?year={year}")


@require_GET
@needs(*READERS)
def paper(request: Request, organisation: str, letter: str) -> HttpResponse:
    """A letter as it was issued: PDF or workbook, in a language; the same bytes each time."""
    row: BalanceLetter = get_object_or_404(queries.letters(), public_id=plain_id(letter))
    printout = balance_letter(
        row.content, number=row.number, issued_on=localdate(row.issued_at),
        issued_by=row.issued_by.name if row.issued_by else "", sha256=row.sha256,
    )  # fmt: skip
    return sent(printout, look_of(request.GET), name=f"{text(row.content['name'])}-{row.number}")
