"""What counts how much: the version in force, a form for the next one, and what it does to an example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.appraisals import saying
from craftpath.delivery.web.appraisals.drawing import zones
from craftpath.delivery.web.appraisals.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.appraisals import actions, queries
from craftpath.domain.appraisals.definition import (
    FEWEST_VOICES,
    HUNDRED,
    LONGEST_NAME,
    MONTHS,
    MOST_DAYS,
    MOST_LEAST,
    PARTS,
    Band,
    Definition,
    can_hold,
)
from craftpath.domain.appraisals.example import EXAMPLE, Tried, tried
from craftpath.domain.appraisals.texts import HINTS, UNITS
from craftpath.domain.appraisals.texts import PARTS as NAMES
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import Refused

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
DAYS = {
    "voice_days": gettext_lazy("Days in which apprentices answer the three questions"),
    "hearing_days": gettext_lazy("Days of the hearing, before it is published"),
    "contest_days": gettext_lazy("Days in which it can be contested once published"),
    "answer_days": gettext_lazy("Days until a contest is answered"),
}


class SchemeForm(forms.Form):
    """Fields of each part and band, as many as the scheme has."""

    def __init__(self, rule: Definition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        for part in rule.parts:
            name: Any = NAMES[part.key]
            self.fields[f"weight_{part.key}"] = _whole(name, 0, HUNDRED, part.weight)
            least = FEWEST_VOICES if part.key == "voice" else 1
            self.fields[f"least_{part.key}"] = _whole(name, least, MOST_LEAST, part.least)
        for at, band in enumerate(rule.bands):
            self.fields[f"lowest_{at}"] = _whole(_("Scores from"), 0, HUNDRED, band.lowest)
            for side, called in (("zh", _("Name in Chinese")), ("en", _("Name in English"))):
                self.fields[f"name_{side}_{at}"] = forms.CharField(
                    label=called, max_length=LONGEST_NAME, initial=getattr(band.name, side)
                )
        self.fields["months"] = forms.TypedChoiceField(
            label=_("Period"), choices=[(str(one), _MONTHS % {"count": one}) for one in MONTHS], coerce=int,
            initial=str(rule.months),
        )  # fmt: skip
        self.fields["fewest"] = _whole(
            _("Points of weight that must have a figure for a score"), 0, HUNDRED, rule.fewest
        )
        for key, label in DAYS.items():
            self.fields[key] = _whole(label, 1, MOST_DAYS, getattr(rule, key))
        self.fields["valid_from"] = forms.DateField(
            label=_("Holds for rounds that are opened from"), input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip

    def clean_valid_from(self) -> date:
        """A day of this century."""
        found: date = self.cleaned_data["valid_from"]
        if not EARLIEST <= found <= LATEST:
            raise forms.ValidationError(_("Choose a day of this century."))
        return found

    def definition(self) -> Definition:
        """What was typed, with the scales as they are."""
        given = self.cleaned_data
        parts = tuple(
            replace(one, weight=given[f"weight_{one.key}"], least=given[f"least_{one.key}"])
            for one in self.rule.parts
        )
        bands = tuple(
            Band(given[f"lowest_{at}"], Text(given[f"name_zh_{at}"].strip(), given[f"name_en_{at}"].strip()))
            for at in range(len(self.rule.bands))
        )
        plain = {name: given[name] for name in ("months", "fewest", *DAYS)}
        return replace(self.rule, parts=parts, bands=bands, **plain)

    def part_rows(self) -> list[dict[str, Any]]:
        """The fields of the parts as rows of a table."""
        return [
            {
                "name": NAMES[key],
                "hint": HINTS[key],
                "unit": UNITS[key],
                "weight": self[f"weight_{key}"],
                "least": self[f"least_{key}"],
                "scale": _scale(self.rule, key),
            }
            for key in PARTS
        ]

    def band_rows(self) -> list[dict[str, Any]]:
        """The fields of the bands as rows of a table."""
        names = ("lowest", "name_zh", "name_en")
        return [{name: self[f"{name}_{at}"] for name in names} for at in range(len(self.rule.bands))]

    def rest(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in ("months", "fewest", *DAYS, "valid_from")]


_MONTHS = ngettext_lazy("%(count)s month", "%(count)s months", "count")


def _whole(label: Any, least: int, most: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, initial=initial)


def _scale(rule: Definition, key: str) -> str:
    """The points of a scale in words, such as −10 points: 0, 0 points: 50."""
    return " · ".join(
        f"{saying.figure(key, float(figure), short=True)} → {reached:f}"
        for figure, reached in rule.part(key).points
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.APPRAISE_TRAINERS)
def scheme(request: Request, organisation: str) -> HttpResponse:
    """The version in force with a form; trying changes nothing, keeping writes the next version."""
    row = queries.scheme_for(request.organisation, request.today)
    rule = queries.definition_for(request.organisation, request.today)
    initial = {"valid_from": request.today}
    form = SchemeForm(rule, request.POST if request.method == "POST" else None, initial=initial)
    status, typed = 200, rule
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.definition()
            try:
                if request.POST.get("do") != "try":
                    actions.set_scheme(
                        request.organisation, definition=typed, valid_from=form.cleaned_data["valid_from"],
                        by=request.actor, at=request.at,
                    )  # fmt: skip
                    messages.success(request, _("Kept as a new version. Rounds that are open keep theirs."))
                    return redirect("appraisals:scheme", organisation)
                verdict = can_hold(typed)
                if verdict:
                    status = 200
                else:
                    form.add_error(None, sentence(verdict))
                    typed = rule
            except Refused as refused:
                if refused.verdict.who:
                    raise
                form.add_error(None, sentence(refused.verdict))
                status, typed = 409, rule
    context = {
        "form": form,
        "row": row,
        "own": row is not None and row.organisation_id == request.organisation.pk,
        "versions": queries.schemes_of(request.organisation)[:20],
        "example": _example(rule, typed),
        "changed": typed != rule,
        "tabs": tabs(request, "appraisals:scheme"),
    }
    return render(request, "appraisals/scheme.html", context, status=status)


def _example(rule: Definition, typed: Definition) -> dict[str, Any]:
    """The example under the version in force, and under what was typed."""
    now, then = tried(rule), tried(typed)
    rows = [
        {
            "name": NAMES[key],
            "figure": saying.figure(key, EXAMPLE[key][0]),
            "n": _("%(n)s %(what)s") % {"n": EXAMPLE[key][1], "what": UNITS[key]},
            "now": _points(now, key),
            "then": _points(then, key),
        }
        for key in PARTS
    ]
    return {"rows": rows, "now": _total(rule, now), "then": _total(typed, then), "zones": zones(typed)}


def _points(found: Tried, key: str) -> str:
    points = found.points[key]
    return "–" if points is None else f"{points:.1f}"


def _total(rule: Definition, found: Tried) -> str:
    if found.score is None:
        return _("no score")
    score = f"{found.score:.1f}"
    name = zones(rule)[rule.band(found.score)].name
    return _("%(score)s, %(band)s") % {"score": score, "band": name}
