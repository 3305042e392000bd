"""The departments of each enterprise: what they are called, how many they take, who is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.training.trail import to_plans
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.training.actions import save_department
from craftpath.domain.training.queries import departments as known
from craftpath.domain.training.rules import may_keep_departments
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission, Role
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.training.models import Department
    from craftpath.kernel.people import Person

LONGEST = 60
NEW = "new"
PARTS = ("name_zh", "name_en", "capacity", "responsible")


@dataclass(frozen=True, slots=True)
class RoomField:
    """One department as it is typed; the last of each enterprise is empty, for a new one."""

    key: str
    name_zh: str = ""
    name_en: str = ""
    capacity: str = ""
    responsible: str = ""
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class HostFields:
    """An enterprise with its departments and the people who may be responsible there."""

    host: Organisation
    rows: list[RoomField]
    people: list[tuple[str, str]]
    may: bool
    said: str = ""
    departments: list[Department] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_FIGURES)
def departments(request: Request, organisation: str) -> HttpResponse:
    """A form for each enterprise; HR and trainers read it."""
    rooms = list(known())
    mine = hosts_below(request.organisation)
    wanted = mine | {row.host_id for row in rooms}
    hosts = list(Organisation.objects.filter(pk__in=wanted).order_by("path"))
    said: dict[int, str] = {}
    status = 200
    if request.method == "POST":
        host = next((one for one in hosts if one.key == request.POST.get("host", "")), None)
        if host is None:
            require(request.actor.may(Permission.PLAN_TRAINING))
            raise Http404
        require(may_keep_departments(request.actor, host, mine))
        try:
            changed = _keep(request, host, [row for row in rooms if row.host_id == host.pk])
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = {host.pk: sentence(refused.verdict)}, 422
        else:
            messages.success(request, _("Departments kept; changed: %(count)s.") % {"count": changed})
            return redirect("training:departments", organisation)
    people = _mentors(request, hosts)
    context = {
        "crumbs": to_plans(request, here(_("Departments"))),
        "hosts": [
            _fields(
                request,
                host,
                [row for row in rooms if row.host_id == host.pk],
                people.get(host.pk, []),
                may=bool(may_keep_departments(request.actor, host, mine)),
                said=said.get(host.pk, ""),
            )
            for host in hosts
        ],
    }
    return render(request, "training/departments.html", context, status=status)


def _mentors(request: Request, hosts: list[Organisation]) -> dict[int, list[Person]]:
    rows = memberships_on(request.today).filter(organisation__in=hosts, role=Role.MENTOR)
    found: dict[int, list[Person]] = {}
    for row in rows.select_related("person").order_by("person__name", "pk"):
        found.setdefault(row.organisation_id, []).append(row.person)
    return found


def _fields(
    request: Request,
    host: Organisation,
    rooms: list[Department],
    people: list[Person],
    *,
    may: bool,
    said: str,
) -> HostFields:
    posted: Mapping[str, str] = request.POST if said else {}
    rows = []
    for row in rooms:
        name = Text.of(row.name)
        lead = row.responsible
        rows.append(
            RoomField(
                row.public_id,
                posted.get(f"name_zh-{row.public_id}", name.zh),
                posted.get(f"name_en-{row.public_id}", name.en),
                posted.get(f"capacity-{row.public_id}", str(row.capacity or "")),
                posted.get(f"responsible-{row.public_id}", lead.public_id if lead else ""),
                row,
            )
        )
        if lead is not None and lead not in people:
            people = [*people, lead]
    new = {name: posted.get(f"{name}-{NEW}", "") for name in PARTS}
    rows.append(RoomField(NEW, new["name_zh"], new["name_en"], new["capacity"], new["responsible"]))
    return HostFields(host, rows, [(one.public_id, one.name) for one in people], may, said, rooms)


def _keep(request: Request, host: Organisation, rooms: list[Department]) -> int:
    """Save what differs, all or nothing; returns how many."""
    people = {one.public_id: one for found in _mentors(request, [host]).values() for one in found}
    people |= {row.responsible.public_id: row.responsible for row in rooms if row.responsible is not None}
    changed = 0
    with transaction.atomic():
        for key, row in [*((row.public_id, row) for row in rooms), (NEW, None)]:
            given = {part: request.POST.get(f"{part}-{key}", "").strip()[:LONGEST] for part in PARTS}
            if (row is None and not any(given.values())) or f"name_zh-{key}" not in request.POST:
                continue
            if given["capacity"] and not given["capacity"].isdecimal():
                raise Refused(not_now("training.capacity_out_of_range"))
            name = Text(zh=given["name_zh"], en=given["name_en"]).as_json()
            capacity = int(given["capacity"][:9]) if given["capacity"] else None
            lead = people.get(given["responsible"])
            if row is not None and (row.name, row.capacity, row.responsible) == (name, capacity, lead):
                continue
            save_department(
                host=host, department=row, name=name, capacity=capacity, responsible=lead,
                by=request.actor, at=request.at,
            )  # fmt: skip
            changed += 1
    return changed
