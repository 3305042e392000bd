"""Costs and benefits of apprenticeship to an enterprise: every assumption beside the result, and what if it were other.

Only the enterprise itself finds this page.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange.own_costs import in_record
from craftpath.delivery.exchange.payments import decimal
from craftpath.delivery.web.itemreport.plots import Axis, Plot, axis
from craftpath.delivery.web.partnership.places import found, frame, reckons
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.subsidies.saying import amount
from craftpath.domain.partnership import actions, queries
from craftpath.domain.partnership.costing import (
    ASKED,
    WHOLE,
    YEARLY,
    YEARS,
    Asked,
    assumptions_of,
    completed,
    defaults,
)
from craftpath.domain.partnership.texts import COSTS
from craftpath.engines.enterprise_costs import Reckoning, reckon
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import CostStatement

SOURCES = {
    "house": gettext_lazy("usual figure of the house"),
    "own": gettext_lazy("own figure"),
    "record": gettext_lazy("from the record"),
}
UNITS = {"percent": "%", "hours": gettext_lazy("h"), "people": ""}
CURRENCY = "CNY"
ON_A_PAGE = 20
HEIGHT = 200


class CostsForm(forms.Form):
    """Each assumption, once or for each year; and what a saved version is called."""

    note = forms.CharField(label=gettext_lazy("What this version is about"), max_length=200, required=False)
    on_letter = forms.BooleanField(
        label=gettext_lazy("Print the result on the balance letter, for all sides to read"), required=False
    )

    def __init__(self, data: Any, *, start: Mapping[str, Any]) -> None:
        super().__init__(data)
        for asked in ASKED:
            for n in range(len(asked.default)):
                value = Decimal(start[asked.key]["value"][n])
                field = forms.DecimalField(
                    label=_label(asked, n),
                    min_value=0,
                    max_value=100
                    if asked.unit == "percent" and asked.key not in ("on_top", "productivity")
                    else None,
                    max_digits=11,
                    decimal_places=0 if asked.unit == "people" else 2,
                    initial=decimal(int(value), CURRENCY) if asked.unit == "money" else value,
                    widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
                )
                self.fields[f"{asked.key}-{n}"] = field

    def saved(self, known: Mapping[str, list[str]]) -> dict[str, Any]:
        """The assumptions as they are kept: each says where its figure comes from."""
        usual, found = defaults(), {}
        for asked in ASKED:
            values = [self._value(asked, n) for n in range(len(asked.default))]
            source = "own"
            if same(values, _from_record(asked, known)):
                source = "record"
            elif same(values, usual[asked.key]["value"]):
                source = "house"
            found[asked.key] = {"value": values, "source": source}
        return found

    def _value(self, asked: Asked, n: int) -> str:
        given: Decimal = self.cleaned_data[f"{asked.key}-{n}"]
        return str(int(given * 100)) if asked.unit == "money" else f"{given.normalize():f}"


def _label(asked: Asked, n: int) -> str:
    if not asked.yearly:
        return text(asked.name)
    return _("%(name)s, year %(year)s") % {"name": text(asked.name), "year": n + 1}


def same(values: list[str], others: list[str]) -> bool:
    """The same figures, however many zeros they end with."""
    return list(map(Decimal, values)) == list(map(Decimal, others))


def _from_record(asked: Asked, known: Mapping[str, list[str]]) -> list[str]:
    """What the record says; where it knows fewer years, the last one it knows goes on."""
    said = known.get(asked.key, [])
    return [said[min(n, len(said) - 1)] for n in range(len(asked.default))] if said else []


def _start(known: Mapping[str, list[str]], newest: CostStatement | None) -> dict[str, Any]:
    """What the form begins with: the newest version, else the record, else the house's figures."""
    if newest is not None:
        return dict(completed(newest.assumptions))
    started = defaults()
    for asked in ASKED:
        if values := _from_record(asked, known):
            started[asked.key] = {"value": values, "source": "record"}
    return started


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PARTNERSHIPS)
def costs(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """What it comes to; a POST reckons with other figures, and saves them as a version if asked to."""
    row = found(cooperation)
    side = reckons(request, row)
    if side is None:
        raise Http404
    known = in_record(row, side.organisation, request.today)
    saved = queries.statements().filter(side=side)
    page = Paginator(saved, ON_A_PAGE).get_page(request.GET.get("page"))
    wanted, newest = request.GET.get("version", ""), saved.first()
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 0  # noqa: PLR2004
    chosen = saved.filter(version=number).first()
    start = _start(known, chosen or newest)
    form = CostsForm(request.POST or None, start=start)
    assumptions, status = start, 200
    if request.method == "POST":
        if form.is_valid():
            assumptions = form.saved(known)
        if request.POST.get("do") == "save" or not form.is_valid():

            def save() -> None:
                given = form.cleaned_data
                actions.save_costs(
                    side, assumptions=assumptions, on_letter=given["on_letter"], note=given["note"],
                    by=request.actor, at=request.at,
                )  # fmt: skip

            status = tried(request, form, _("Saved as a version."), save)
            if not status:
                return redirect("partnership:costs", organisation, row.public_id)
    context = frame(request, row, "partnership:costs") | {
        "form": form,
        "whole": _rows(form, WHOLE, assumptions),
        "yearly": _rows(form, YEARLY, assumptions),
        "years": range(1, YEARS + 1),
        "versions": page,
        "page": page,
    }
    return render(request, "partnership/costs.html", context | _result(assumptions), status=status)


def _rows(form: CostsForm, asked: tuple[Asked, ...], assumptions: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": text(one.name),
            "fields": [form[f"{one.key}-{n}"] for n in range(len(one.default))],
            "unit": CURRENCY if one.unit == "money" else UNITS[one.unit],
            "source": SOURCES[assumptions[one.key]["source"]],
            "tone": {"record": "good", "own": "info"}.get(assumptions[one.key]["source"], "plain"),
        }
        for one in asked
    ]


def _result(assumptions: Mapping[str, Any]) -> dict[str, Any]:
    """The reckoning as the page shows it; nothing where there is no apprentice or the figures do not fit."""
    try:
        found = reckon(assumptions_of(assumptions))
    except (ValueError, ArithmeticError, Refused):
        return {"result": None, "misfit": True}
    if found is None:
        return {"result": None}
    lines = [
        {
            "label": COSTS[key],
            "benefit": benefit,
            "figures": [
                amount((year.benefits if benefit else year.costs)[key], CURRENCY) for year in found.years
            ],
        }
        for benefit, keys in ((False, found.years[0].costs), (True, found.years[0].benefits))
        for key in keys
    ]
    return {
        "result": found,
        "lines": lines,
        "nets": [amount(year.net, CURRENCY) for year in found.years],
        "net": amount(found.net, CURRENCY),
        "net_year": amount(found.net_year, CURRENCY),
        "net_all": amount(found.net_all, CURRENCY),
        "saved_hiring": amount(found.saved_hiring, CURRENCY),
        "saved_month": amount(round(found.saved_month), CURRENCY),
        "cost_plot": chart(found),
    }


def chart(found: Reckoning) -> Plot:
    """Year by year what one apprentice costs, what of it the work brings back, and what is left, as three bars.

    The middle one hangs from the top of the first, so that the third begins where it ends.
    """
    figures = [(year.cost, year.benefit, year.net) for year in found.years]
    values = [[float(decimal(one, CURRENCY)) for one in row] for row in figures]
    names = tuple(_("Year %(year)s") % {"year": n + 1} for n in range(len(values)))
    labels = [
        pgettext("of apprenticeship", "Costs"),
        pgettext("of apprenticeship", "Benefits"),
        _("Net cost"),
    ]
    looks = ("cost", "benefit", "bar")
    least = min(0.0, *(net for _cost, _benefit, net in values))
    plot = Plot(
        label=_("Costs, benefits and net cost of one apprentice, by year"),
        x=Axis(0, len(values), tuple(n + 0.5 for n in range(len(values))), names=names),
        y=axis(least, max(1.0, *(cost for cost, _benefit, _net in values)), about=4, places=0),
        x_name="",
        y_name=CURRENCY,
        height=HEIGHT,
        head=[_("Year"), *labels],
        legend=list(zip(looks, labels, strict=True)),
    )
    for n, (minor, (cost, _benefit, net)) in enumerate(zip(figures, values, strict=True)):
        said = [amount(one, CURRENCY) for one in minor]
        for place, (top, base) in enumerate(((cost, 0.0), (cost, net), (net, 0.0))):
            low = n + 0.1 + 0.27 * place
            plot.bar(
                low, low + 0.25, top, looks[place], f"{names[n]}, {labels[place]}: {said[place]}", base=base
            )
        plot.rows.append([names[n], *said])
    plot.line([(0, 0), (len(values), 0)], "zero")
    return plot
