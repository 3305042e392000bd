"""A single stay, for one apprentice or a few: chosen, looked at with its clashes, then written."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.training.chart import DAYS, draw, monday_of
from craftpath.delivery.web.training.rotation import EARLIEST, LATEST
from craftpath.delivery.web.training.trail import to_plan
from craftpath.delivery.web.training.views import cohort_of
from craftpath.delivery.web.training.words import names_of, room, say_clash
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.training.actions import Wanted, add_stays
from craftpath.domain.training.adding import offer_stays
from craftpath.domain.training.queries import departments, plan_of, units_of_plan
from craftpath.domain.training.rotation import stays_between
from craftpath.domain.training.rules import may_plan
from craftpath.kernel.access import memberships_on
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.training.models import TrainingPlan
    from craftpath.domain.training.offering import Offer

AROUND = timedelta(weeks=2)  # shown before and after the new stay
LEAST_WEEKS, MOST_WEEKS = 8, 26  # of the chart


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class StayForm(forms.Form):
    """Who, which unit, from when to when; where and with whom, unless it is as the plan says."""

    who = forms.MultipleChoiceField(
        label=gettext_lazy("Who learns there"), widget=forms.CheckboxSelectMultiple
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    starts_on = _day(gettext_lazy("Begins on"))
    ends_on = _day(gettext_lazy("Last day"))
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    responsible = forms.ChoiceField(label=gettext_lazy("Responsible"), required=False)

    def __init__(self, request: Request, plan: TrainingPlan, given: Any, initial: dict[str, Any]) -> None:
        super().__init__(given, auto_id="stay_%s", initial=initial)
        rows = enrolments().filter(cohort=plan.cohort_id, state="active")
        self.people = {row.public_id: row for row in rows}
        hosts = {row.enterprise_id for row in self.people.values() if row.enterprise_id}
        self.rooms = {row.public_id: row for row in departments().filter(host__in=hosts)}
        held = memberships_on(request.today).filter(organisation__in=hosts, role=Role.MENTOR)
        leads = {row.person.public_id: row.person for row in held.select_related("person")}
        self.leads = leads
        self.units = [unit for unit in units_of_plan(plan) if unit.minutes]
        planned = [("", _("as the plan says"))]
        offered: dict[str, list[tuple[str, str]]] = {
            "who": [(key, _named(row)) for key, row in self.people.items()],
            "unit": [(unit.key, text(unit.name)) for unit in self.units],
            "department": planned + [(key, room(row)) for key, row in self.rooms.items()],
            "responsible": planned + [(key, one.name) for key, one in leads.items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days are those of a calendar that people live by, and the last one is not before the first."""
        given = super().clean() or {}
        for name in ("starts_on", "ends_on"):
            if given.get(name) and not EARLIEST <= given[name] <= LATEST:
                self.add_error(name, _("Choose a day of this century."))
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first one."))
        return given

    def wanted(self) -> Wanted:
        """What the action takes."""
        given = self.cleaned_data
        return Wanted(
            given["unit"],
            given["starts_on"],
            given["ends_on"],
            self.rooms.get(given["department"]),
            self.leads.get(given["responsible"]),
        )

    def typed(self) -> list[tuple[str, str]]:
        """Every field as it came, so that what is written is what was looked at."""
        given: dict[str, Any] = self.cleaned_data
        plain = [(name, given[name]) for name in ("unit", "department", "responsible")]
        days = [(name, given[name].isoformat()) for name in ("starts_on", "ends_on")]
        return [*(("who", key) for key in given["who"]), *plain, *days]

    def chosen(self) -> list[Enrolment]:
        """The apprentices who are ticked, by number."""
        return [row for key, row in self.people.items() if key in self.cleaned_data["who"]]


def _named(row: Enrolment) -> str:
    where = f" · {text(row.enterprise.name)}" if row.enterprise is not None else ""
    return f"{row.person.name} · {row.number}{where}"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_TRAINING)
def add(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """The form; with a stay in the address its preview; and the button that writes what was seen."""
    found = cohort_of(cohort)
    require(may_plan(request.actor, found))
    plan = plan_of(found.pk)
    if plan is None:
        raise Http404
    posted = request.method == "POST"
    given = request.POST if posted else request.GET if "starts_on" in request.GET else None
    form = StayForm(request, plan, given, _suggested(request))
    seen, said, status = None, "", 422 if posted else 200
    if given is not None and form.is_valid():
        try:
            if posted:
                add_stays(
                    plan, form.wanted(), form.chosen(), seen=plain_id(given.get("seen", "")),
                    by=request.actor, at=request.at,
                )  # fmt: skip
                return _written(request, found, form)
            seen = offer_stays(plan, form.wanted(), form.chosen())
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409 if posted else 200
            seen = _fresh(plan, form) if posted else None
    rotation = step(request, _("Rotation"), "training:rotation", found.public_id)
    context: dict[str, Any] = {
        "cohort": found,
        "form": form,
        "said": said,
        "crumbs": to_plan(request, found, rotation, here(_("Add a stay"))),
    }
    if seen is not None and given is not None:
        context |= _preview(request, found, form, seen)
    return render(request, "training/add_stays.html", context, status=status)


def _fresh(plan: TrainingPlan, form: StayForm) -> Offer | None:
    """A new look after a refusal, if there can be one."""
    try:
        return offer_stays(plan, form.wanted(), form.chosen())
    except Refused:
        return None


def _suggested(request: Request) -> dict[str, Any]:
    """The next week, and whoever the address names."""
    monday = monday_of(request.today) + timedelta(days=DAYS)
    return {
        "starts_on": monday,
        "ends_on": monday + timedelta(days=DAYS - 3),
        "who": request.GET.getlist("who"),
    }


def _written(request: Request, cohort: Cohort, form: StayForm) -> HttpResponse:
    count = len(form.chosen())
    said = ngettext("%(count)s stay is added.", "%(count)s stays are added.", count) % {"count": count}
    messages.success(request, said)
    rotation = reverse("training:rotation", args=[request.organisation.key, cohort.public_id])
    return redirect(f"{rotation}?from={form.cleaned_data['starts_on'] - AROUND}")


def _preview(request: Request, cohort: Cohort, form: StayForm, seen: Offer) -> dict[str, Any]:
    starts_on, ends_on = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
    first = max(monday_of(starts_on) - AROUND, date.min + AROUND)
    weeks = min(max((ends_on - first).days // DAYS + 3, LEAST_WEEKS), MOST_WEEKS)
    beside = stays_between([row.pk for row in seen.people], first, first + timedelta(weeks=weeks))
    stays = sorted([*beside, *seen.stays], key=lambda stay: (stay.starts_on, stay.public_id))
    names = names_of(stays, {row.pk: row.person.name for row in seen.people}, form.units)
    said = [say_clash(one, names) for one in seen.clashes]
    return {
        "seen": seen,
        "levels": Counter(one.level for one in seen.clashes),
        "clashes": said,
        "chart": draw(request, seen.people, stays, said, first, weeks, fresh=True),
        "label": _("Preview of the rotation of %(name)s") % {"name": text(cohort.name)},
        "hidden": form.typed(),
    }
