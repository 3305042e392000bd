"""Units that a class has beyond its programme: one is added on a page of its own, and taken out from the plan."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.training.trail import to_plan
from craftpath.delivery.web.training.views import cohort_of
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.programmes.queries import areas_of, buckets_by_programme, stages_of, units_of
from craftpath.domain.training.actions import NewUnit, add_unit, take_out_unit
from craftpath.domain.training.coverage import served_as
from craftpath.domain.training.queries import departments, plan_of
from craftpath.domain.training.rules import MOST_MINUTES, may_plan
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.training.models import Department, TrainingPlan

LONGEST = 80
_KEY = re.compile(r"^[0-9a-z]{6,16}$")


class UnitForm(forms.Form):
    """A unit with its stage, hours, kind of hours, a department for each enterprise, and what it is for."""

    name_zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=LONGEST, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=LONGEST, required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"))
    bucket = forms.ChoiceField(label=gettext_lazy("Counts as"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"),
        min_value=Decimal("0.25"),
        max_value=MOST_MINUTES // 60,
        decimal_places=2,
        max_digits=8,
    )
    hazardous = forms.BooleanField(
        label=gettext_lazy("Hazardous work: not for people under eighteen"), required=False
    )
    outcomes = forms.MultipleChoiceField(
        label=gettext_lazy("Afterwards the apprentice"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Learning areas"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, cohort: Cohort, given: Any = None, **more: Any) -> None:
        super().__init__(given, **more)
        programme = cohort.programme_id
        stages = stages_of(programme)
        offered: dict[str, Any] = {
            "stage": [(one.key, text(one.name)) for one in stages],
            "bucket": [
                (one.key, text(one.name)) for one in buckets_by_programme([programme]).get(programme, [])
            ],
            "areas": [(one.key, text(one.name)) for one in areas_of(programme)],
            "outcomes": [
                (served_as(unit.key, one.key), text(one.name))
                for unit in units_of(programme)
                for one in unit.outcomes.all()
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not offered["areas"]:
            del self.fields["areas"]
        self.rooms: dict[str, Department] = {}
        hosts = Organisation.objects.filter(pk__in=hosts_below(cohort.organisation)).order_by("path")
        for host in hosts:
            found = {row.public_id: row for row in departments().filter(host=host)}
            if found:
                self.rooms |= found
                self.fields[f"place-{host.key}"] = forms.ChoiceField(
                    label=text(host.name),
                    choices=[("", "–"), *((key, text(row.name)) for key, row in found.items())],
                    required=False,
                )

    def places(self) -> list[Any]:
        """A field for each enterprise that has departments."""
        return [self[name] for name in self.fields if name.startswith("place-")]

    def clean(self) -> dict[str, Any]:
        """It has a name in one of the languages."""
        given = super().clean() or {}
        wrong = self.has_error("name_zh") or self.has_error("name_en")
        if not wrong and not given.get("name_zh") and not given.get("name_en"):
            self.add_error("name_zh", _("Write it in at least one language."))
        return given

    def unit(self) -> NewUnit:
        """What the action takes."""
        given = self.cleaned_data
        chosen = [given[name] for name in self.fields if name.startswith("place-")]
        return NewUnit(
            stage=given["stage"],
            name=Text(zh=given["name_zh"], en=given["name_en"]).as_json(),
            bucket=given["bucket"],
            minutes=int((given["hours"] * 60).to_integral_value()),
            hazardous=given["hazardous"],
            departments=[self.rooms[key] for key in chosen if key],
            serves=[*given["outcomes"], *given.get("areas", [])],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_TRAINING)
def add(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """A form; the page gives the unit its key, so that a second press of its button adds nothing."""
    found, plan = _planned(request, cohort)
    posted = request.POST if request.method == "POST" else None
    form = UnitForm(found, posted, initial={"stage": request.GET.get("stage", "")})
    key = posted.get("key", "") if posted is not None else new_public_id()
    if not _KEY.match(key):
        key = new_public_id()
    status = 422 if posted is not None else 200
    if posted is not None and form.is_valid():
        status = 409
        with refusals_in(form):
            add_unit(
                plan, form.unit(), key=key, version=_version(posted), by=request.actor, at=request.at
            )  # fmt: skip
            messages.success(request, _("The unit is in the plan."))
            return redirect("training:plan", organisation, cohort)
    context = {
        "cohort": found,
        "plan": plan,
        "form": form,
        "key": key,
        "crumbs": to_plan(
            request,
            found,
            step(request, _("Change the units"), "training:units", found.public_id),
            here(_("Add a unit")),
        ),
    }
    return render(request, "training/own_unit.html", context, status=status)


@require_POST
@needs(Permission.PLAN_TRAINING)
def take_out(request: Request, organisation: str, cohort: str, unit: str) -> HttpResponse:
    """Take one out again, while nobody has a stay in it."""
    _found, plan = _planned(request, cohort)
    take_out_unit(plan, unit[:60], version=_version(request.POST), by=request.actor, at=request.at)
    messages.success(request, _("The unit is out of the plan."))
    return redirect("training:plan", organisation, cohort)


def _version(given: Any) -> int:
    typed = given.get("version", "")
    return int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0


def _planned(request: Request, cohort: str) -> tuple[Cohort, TrainingPlan]:
    found = cohort_of(cohort)
    require(may_plan(request.actor, found))
    plan = plan_of(found.pk)
    if plan is None:
        raise Http404
    return found, plan
