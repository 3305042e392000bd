"""The report: what was asked, answered in time, and came to a result; by kind, occupation, city; as a sheet too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.offers.places import READERS, tabs
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.offers import queries
from craftpath.domain.offers.texts import KINDS
from craftpath.kernel.organisations import Organisation

YEAR = timedelta(days=365)
WAYS = {
    "kind": pgettext_lazy("a report by", "Kind"),
    "occupation": gettext_lazy("Occupation"),
    "authority": pgettext_lazy("a report by", "City"),
}


class PeriodForm(forms.Form):
    """By what, from when until when."""

    by = forms.ChoiceField(label=pgettext_lazy("a report", "By"), choices=list(WAYS.items()), required=False)
    first = DayField(gettext_lazy("From"), required=False)
    last = DayField(gettext_lazy("Last day"), required=False)


def _asked(request: Request) -> tuple[PeriodForm, str, date, date]:
    form = PeriodForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    last = given.get("last") or request.today
    first = given.get("first") or last - YEAR
    by = given.get("by") or "kind"
    if form.errors:
        return form, by, first, last
    return PeriodForm(initial={"by": by, "first": first, "last": last}), by, first, last


def _lines(request: Request, by: str, first: date, last: date) -> list[dict[str, Any]]:
    lines = queries.report(by, first, last)
    names = {key: str(name) for key, name in KINDS.items()}
    if by == "authority":
        rows = Organisation.objects.filter(key__in=[line.key for line in lines])
        names = {row.key: text(row.name) for row in rows}
    most = max((line.asked for line in lines), default=1)
    return [
        {
            "line": line,
            "name": names.get(line.key, line.key) or _("no occupation named"),
            "asked": f"{line.asked / most * 100:.1f}",
            "on_time": f"{line.in_time / most * 100:.1f}",
            "done": f"{line.done / most * 100:.1f}",
        }
        for line in lines
    ]


@require_GET
@needs(*READERS)
def report(request: Request, organisation: str) -> HttpResponse:
    """One query however many requests."""
    form, by, first, last = _asked(request)
    lines = _lines(request, by, first, last)
    context = {
        "tabs": tabs(request, "offers:report"),
        "form": form,
        "by": WAYS[by],
        "lines": lines,
        "total": _total(lines),
        "ways": ways_out(request, "desk"),
    }
    return render(request, "offers/report.html", context, status=422 if form.errors else 200)


@require_GET
@needs(*READERS)
def sheet(request: Request, organisation: str, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    require_form(form)
    _form, by, first, last = _asked(request)
    lines = _lines(request, by, first, last)
    heads = [
        str(WAYS[by]),
        *(
            Head(name, figures=True)
            for name in (
                pgettext("requests", "Asked"), pgettext("requests", "Answered"), _("Answered in time"),
                _("Came to a result"), _("People trained or placed"), _("Satisfaction, of 5"),
            )
        ),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (one["name"], line.asked, line.answered, line.in_time, line.done, line.trained, line.stars)
        for one in lines
        for line in [one["line"]]
    ]
    if rows:
        rows.append((_("Together"), *_total(lines).values(), Told(None, "")))
    return sent(
        request, listing(_("Report of the service desk"), text(request.organisation.name), heads, rows), form
    )


exported("desk", screen="offers:report", file="offers:sheet", caption="Report of the service desk")


def _total(lines: list[dict[str, Any]]) -> dict[str, int]:
    return {
        name: sum(getattr(one["line"], name) for one in lines)
        for name in ("asked", "answered", "in_time", "done", "trained")
    }
