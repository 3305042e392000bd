"""Changing the units of a plan: names, hours, order, and the department of each enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.training.trail import to_plan
from craftpath.delivery.web.training.views import cohort_of
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.training.actions import UnitChange, change_plan
from craftpath.domain.training.queries import departments, plan_of, units_of_plan
from craftpath.domain.training.rules import may_plan
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.training.models import Department, PlanUnit

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Field:
    """One unit as it is typed; `places` has a choice for each enterprise."""

    unit: PlanUnit
    order: str
    name_zh: str
    name_en: str
    hours: str
    places: list[tuple[Organisation, str]]
    wrong: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_TRAINING)
def units(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """One form for all units; refused as a whole, with the reason at the unit that is wrong."""
    found = cohort_of(cohort)
    require(may_plan(request.actor, found))
    plan = plan_of(found.pk)
    if plan is None:
        raise Http404
    hosts = list(Organisation.objects.filter(pk__in=hosts_below(found.organisation)).order_by("path"))
    rooms = {row.public_id: row for row in departments() if row.host in hosts}
    rows = units_of_plan(plan)
    said, status = "", 200
    posted: Mapping[str, str] = request.POST if request.method == "POST" else {}
    fields = [_field(unit, hosts, posted) for unit in rows]
    if posted:
        changes = {unit.key: _change(unit, field, rooms) for unit, field in zip(rows, fields, strict=True)}
        wrong = {key for key, change in changes.items() if isinstance(change, str)}
        if not wrong:
            try:
                version = int(posted.get("version", "0")) if posted.get("version", "").isdecimal() else 0
                good = {key: change for key, change in changes.items() if not isinstance(change, str)}
                changed = change_plan(plan, good, version=version, by=request.actor, at=request.at)
            except Refused as refused:
                if refused.verdict.who:
                    raise
                said, status = sentence(refused.verdict), 409
            else:
                note = _("The plan is kept as version %(version)s.") % {"version": changed.version}
                messages.success(request, note)
                return redirect("training:plan", organisation, cohort)
        else:
            fields = [_marked(field, changes[field.unit.key]) for field in fields]
            said, status = _("Some units need your attention; nothing was changed."), 422
    names = {stage.key: text(stage.name) for stage in stages_of(found.programme_id)}
    context = {
        "cohort": found,
        "plan": plan,
        "crumbs": to_plan(request, found, here(_("Change the units"))),
        "groups": [
            (name, [field for field in fields if field.unit.stage == key]) for key, name in names.items()
        ],
        "hosts": hosts,
        "rooms": [(host, [row for row in rooms.values() if row.host_id == host.pk]) for host in hosts],
        "said": said,
    }
    return render(request, "training/units.html", context, status=status)


def _field(unit: PlanUnit, hosts: list[Organisation], posted: Mapping[str, str]) -> Field:
    name = Text.of(unit.name)
    mine = {place.host_id: place.public_id for place in unit.departments.all()}
    hours = Decimal(unit.minutes) / 60

    def given(part: str, known: str) -> str:
        return posted.get(f"{part}-{unit.key}", known)[:LONGEST] if posted else known

    return Field(
        unit,
        given("order", str(unit.order)),
        given("name_zh", name.zh),
        given("name_en", name.en),
        given("hours", f"{hours.quantize(Decimal('0.01')).normalize():f}"),
        [(host, given(f"place-{host.key}", mine.get(host.pk, ""))) for host in hosts],
    )


def _change(unit: PlanUnit, field: Field, rooms: Mapping[str, Department]) -> UnitChange | str:
    """What the action takes, or what is wrong with what was typed."""
    if not field.order.isdecimal() or len(field.order) > 4:
        return _("The order is a whole number.")
    try:
        minutes = int((Decimal(field.hours) * 60).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        return _("Write hours as a number, such as 40 or 7.5.")
    if not 0 <= minutes <= 600_000:
        return _("A unit has from 0 to %(most)s hours.") % {"most": 10_000}
    name = {"zh": field.name_zh.strip(), "en": field.name_en.strip()}
    if not any(name.values()):
        return _("Write it in at least one language.")
    places = [rooms[key] for _host, key in field.places if key in rooms]
    return UnitChange(int(field.order), {lang: word for lang, word in name.items() if word}, minutes, places)


def _marked(field: Field, change: UnitChange | str) -> Field:
    wrong = change if isinstance(change, str) else ""
    return Field(
        field.unit, field.order, field.name_zh, field.name_en, field.hours, field.places, wrong
    )  # fmt: skip
