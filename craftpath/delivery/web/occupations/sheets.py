"""A chart as a sheet: out as .xlsx or .csv, and in again after a look at what it would do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.chart_sheets import Plan, read_chart, rows_of, text_table, workbook
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.texts import refusal
from craftpath.delivery.exchange.writing import write_csv
from craftpath.delivery.web.occupations.places import found, to_chart
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import actions, queries, rules
from craftpath.domain.standards.queries import skills as all_skills
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart

BYTES = 2 * 2**20
FAULTS = {
    "chart.heads": gettext_lazy(
        "The first row has no heads that are known. It needs “kind” and “zh” or “en”; download the chart to see them."
    ),
    "chart.kind": gettext_lazy(
        "“%(given)s” is no kind. Write duty, task, knowledge, behaviours, tools or trends."
    ),
    "chart.empty": gettext_lazy("No words in either language."),
    "chart.long": gettext_lazy("Longer than %(most)s characters."),
    "chart.key": gettext_lazy("The key “%(given)s” is not of letters and digits, at most %(most)s."),
    "chart.twice": gettext_lazy("“%(given)s” stands in row %(row)s already."),
    "chart.other_kind": gettext_lazy("The key “%(given)s” is that of something else on the board."),
    "chart.under": gettext_lazy("There is no duty “%(given)s”, neither on the board nor above in the sheet."),
    "chart.skill": gettext_lazy("No framework knows a skill “%(given)s”. Take it out of the cell."),
}
MOST_SAID = 50


class SheetForm(forms.Form):
    """The file, or what was looked at before."""

    file = forms.FileField(
        label=gettext_lazy("Sheet (.xlsx or .csv)"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Not read before it is known to be there and small enough."""
        file = self.cleaned_data["file"]
        if not file:
            raise forms.ValidationError(_("Choose a file."))
        if file.size > BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB.") % {"megabytes": BYTES // 2**20}
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, organisation: str, chart: str) -> HttpResponse:
    """Upload, look, take in. The look keeps the rows in its form; taking in reads them anew against the board."""
    row = found(request, chart)
    require(rules.may_edit(request.actor, row))
    if request.method == "POST" and "rows" in request.POST:
        return _taken(request, row, request.POST["rows"])
    form, plan, rows, status = SheetForm(), None, "", 200
    if request.method == "POST":
        form, status = SheetForm(request.POST, request.FILES), 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                content = file.read()
                plan = _read(row, content, file.name)
                rows = _as_text(content, file.name)
                status = 422 if plan.faults else 200
            except SheetRefused as refused:
                form.add_error("file", refusal(refused))
    return _page(request, row, form, plan, rows, status)


def _taken(request: Request, row: Chart, rows: str) -> HttpResponse:
    content = rows.encode()
    try:
        plan = _read(row, content, "rows.csv")
        if plan.faults:
            return _page(request, row, SheetForm(), plan, rows, 409)
        added, changed = actions.take_sheet(
            row,
            plan.lines,
            lists=plan.lists,
            sha256=hashlib.sha256(content).hexdigest(),
            by=request.actor,
            at=request.at,
        )
    except SheetRefused as refused:
        form = SheetForm(None)
        return _page(request, row, form, None, "", 422, refusal(refused))
    except Refused as refused:
        if refused.verdict.who:
            raise
        return _page(request, row, SheetForm(), plan, rows, 409, sentence(refused.verdict))
    said = _("Taken in: %(added)s added, %(changed)s changed.") % {"added": added, "changed": changed}
    messages.success(request, said)
    return redirect("occupations:board", request.organisation.key, row.public_id)


def _read(row: Chart, content: bytes, name: str) -> Plan:
    known = [one.key for one in all_skills()]
    return read_chart(content, name, queries.board_of(row), row.lists, known)


def _as_text(content: bytes, name: str) -> str:
    """The first sheet as a text table, which the form carries to the next step."""
    return write_csv(read_book(content, name).sheets[0].rows).decode("utf-8-sig")


def _page(
    request: Request, row: Chart, form: SheetForm, plan: Plan | None, rows: str, status: int, fault: str = ""
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "plan": plan,
        "rows": rows,
        "fault": fault,
        "faults": [(one.cell, str(FAULTS[one.code]) % one.facts) for one in plan.faults[:MOST_SAID]]
        if plan
        else [],
        "more": max(0, len(plan.faults) - MOST_SAID) if plan else 0,
        "crumbs": to_chart(request, row, here(pgettext("of a chart", "From a sheet"))),
    }
    return render(request, "occupations/sheet.html", context, status=status)


@require_GET
def export(request: Request, organisation: str, chart: str, form: str) -> HttpResponse:
    """The chart as a sheet that reads back unchanged."""
    row = found(request, chart)
    rows = rows_of(queries.board_of(row), row.lists)
    name = f"{text(row.occupation.name)} v{row.version}"
    if form == "xlsx":
        return attachment(workbook(text(row.occupation.name), rows), f"{name}.xlsx", XLSX)
    if form == "csv":
        return attachment(text_table(rows), f"{name}.csv", CSV)
    raise Http404
