"""Planning a sitting; what is refused stays in the form."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sittings.clashing import DespiteForm, warned
from craftpath.delivery.web.sittings.places import to_list
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.exams import actions, queries, rules
from craftpath.domain.exams.essays import USUAL_GAP
from craftpath.domain.exams.texts import THIRDS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting

USUAL_SAMPLE = 20  # percent


def on_paper_field() -> forms.BooleanField:
    """On devices, or on printed sheets; a sitting and its re-sits may differ in that."""
    return forms.BooleanField(
        label=gettext_lazy("Answered on paper"),
        required=False,
        help_text=gettext_lazy(
            "Booklets and answer sheets are printed; afterwards each sheet is keyed twice."
        ),
    )


def same_keyer_field() -> forms.BooleanField:
    """Who keys a sheet the second time; nothing is asked of a sitting on devices."""
    return forms.BooleanField(
        label=gettext_lazy("One person may key both times"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise two people key each sheet. The second time begins once every sheet was keyed once."
        ),
    )


def said_planned(row: Sitting) -> str:
    """What a sitting that is planned now asks for next."""
    if row.on_paper:
        return _("Planned. Print booklets and answer sheets when you are ready.")
    return _("Planned. Print the slips with the codes when you are ready.")


class SittingForm(DespiteForm):
    """Who answers what, when and where."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    cohort = forms.ChoiceField(label=gettext_lazy("Cohort"))
    paper = forms.ChoiceField(label=pgettext_lazy("of an exam", "Paper"))
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Parallel forms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Dealt out seat by seat with the paper above, so that neighbours differ."),
    )
    shuffled = forms.BooleanField(
        label=gettext_lazy("Everybody has the questions in an order of their own"), required=False
    )
    on_paper = on_paper_field()
    same_keyer = same_keyer_field()
    starts_at = moment_field(gettext_lazy("Begins"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=600)
    late_minutes = forms.IntegerField(
        label=gettext_lazy("Doors close after (minutes)"), min_value=0, max_value=600
    )
    place = forms.CharField(label=gettext_lazy("Room"), max_length=120, required=False)
    marked_by = forms.ChoiceField(
        label=gettext_lazy("Essays are marked by"),
        choices=[
            ("one", gettext_lazy("one marker")),
            ("sample", gettext_lazy("one marker, and a sample by a second")),
            ("two", gettext_lazy("two markers, each alone")),
        ],
    )
    sample = forms.IntegerField(
        label=gettext_lazy("Sample, % of the essays"),
        min_value=1,
        max_value=rules.MOST_SAMPLE,
        required=False,
        help_text=gettext_lazy("Drawn for each question, at least one. No marker knows which."),
    )
    gap = forms.DecimalField(
        label=gettext_lazy("Two marks may lie apart by"),
        min_value=0,
        decimal_places=2,
        max_digits=5,
        required=False,
    )
    gap_in = forms.ChoiceField(
        label=pgettext_lazy("the gap of two marks", "Counted in"),
        choices=[("percent", gettext_lazy("% of the points")), ("points", gettext_lazy("points"))],
        required=False,
    )
    third = forms.ChoiceField(
        label=gettext_lazy("Beyond that a third marks, and"), choices=list(THIRDS.items()), required=False
    )

    def __init__(self, data: Any, *, request: Request) -> None:
        self.cohorts = {row.public_id: row for row in cohorts().filter(state="running")}
        self.papers = {row.public_id: row for row in queries.papers().filter(state="ready")}
        tomorrow = timezone.localtime(request.at + timedelta(days=1)).replace(hour=9, minute=0)
        first = next(iter(self.papers.values()), None)
        super().__init__(
            data,
            initial={
                "made_id": uuid.uuid4(),
                "starts_at": tomorrow,
                "minutes": first.minutes if first else 60,
                "late_minutes": 30,
                "marked_by": "one",
                "sample": USUAL_SAMPLE,
                "gap": USUAL_GAP,
                "gap_in": "percent",
                "third": "nearer",
            },
        )
        named = [(key, text(row.name)) for key, row in self.cohorts.items()]
        self.fields["cohort"].choices = named  # type: ignore[attr-defined]
        by = (data or {}).get("marked_by", "two")  # nothing is asked for that the choice leaves out
        self.fields["sample"].required = by == "sample" or not data
        for name in ("gap", "gap_in", "third"):
            self.fields[name].required = by != "one"
        titled = [(key, row.title) for key, row in self.papers.items()]
        for name in ("paper", "others"):
            self.fields[name].choices = titled  # type: ignore[attr-defined]
        if len(titled) < 2:
            del self.fields["others"]


def _marking(given: dict[str, Any]) -> actions.EssayPlan:
    """What the form says of essays; what was left empty is as usual."""
    by = given["marked_by"]
    return actions.EssayPlan(
        raters=2 if by == "two" else 1,
        sample=(given["sample"] or USUAL_SAMPLE) if by == "sample" else 0,
        gap=USUAL_GAP if given["gap"] is None else given["gap"],
        gap_in=given["gap_in"] or "percent",
        third=given["third"] or "nearer",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def plan(request: Request, organisation: str) -> HttpResponse:
    """The form; a second press finds the sitting of the first."""
    form = SittingForm(request.POST or None, request=request)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and warned(form, form.cohorts[form.cleaned_data["cohort"]], request.at):
            status = 409
        elif form.is_valid():
            given, status = form.cleaned_data, 409
            with refusals_in(form):
                row = actions.plan_sitting(
                    form.cohorts[given["cohort"]],
                    form.papers[given["paper"]],
                    made_id=given["made_id"],
                    starts_at=given["starts_at"],
                    minutes=given["minutes"],
                    late_minutes=given["late_minutes"],
                    place=given["place"],
                    marking=_marking(given),
                    others=[form.papers[one] for one in given.get("others", ())],
                    shuffled=given["shuffled"],
                    on_paper=given["on_paper"],
                    same_keyer=given["same_keyer"],
                    by=request.actor,
                    at=request.at,
                )
                messages.success(request, said_planned(row))
                return redirect("sittings:sitting", organisation, row.public_id)
    context = {"form": form, "crumbs": to_list(request, here(_("Plan a sitting")))}
    return render(request, "sittings/plan.html", context, status=status)
