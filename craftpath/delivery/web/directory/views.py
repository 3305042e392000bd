"""Groups of the directory: the list; one with what a role would change before anything happens, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.web.hooks.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.directory.groups import groups, map_group, members_of, preview, roles_to_mean
from craftpath.kernel.directory.people import entries
from craftpath.kernel.directory.tables import DirectoryGroup
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import require

NAMED = 200  # people of a list on a page; more are counted


def _role(role: str) -> str:
    return str(ROLE_NAMES[Role(role)]) if role else ""


def _group(request: Request, public_id: str) -> DirectoryGroup:
    """One of this organisation, 404 for any other; then whether the reader may."""
    found: DirectoryGroup = get_object_or_404(groups(request.organisation), public_id=plain_id(public_id))
    require(request.actor.may(Permission.RUN_ORGANISATION))
    return found


@require_safe
@needs(Permission.RUN_ORGANISATION)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Who keeps it and how, how many people are in it, and its groups."""
    rows = list(groups(request.organisation))
    members = members_of(rows)
    people = entries(request.organisation)
    context = {
        "rows": [(group, _role(group.role), len(members.get(group.pk, []))) for group in rows],
        "people": people.count(),
        "off": people.filter(active=False).count(),
        "address": request.build_absolute_uri("/scim/v2"),
        "tabs": tabs(request, "directory:list"),
    }
    return render(request, "directory/list.html", context)


@require_safe
def group_page(request: Request, organisation: str, group: str) -> HttpResponse:
    """One group; with `role` what would happen if it meant that, and a button that does just this."""
    found = _group(request, group)
    roles = roles_to_mean(request.actor, request.organisation)
    asked = request.GET.get("role")
    known = asked is not None and (asked == "" or asked in {role.value for role in roles})
    context: dict[str, Any] = {
        "group": found,
        "role": _role(found.role),
        "roles": [("", _("No role"), asked == "")]
        + [(role.value, _role(role.value), role.value == asked) for role in roles],
        "members": [row.entry for row in members_of([found]).get(found.pk, [])][:NAMED],
        "crumbs": [step(request, _("Directory"), "directory:list"), here(found.name)],
    }
    if known:
        seen = preview(found, str(asked), request.at)
        context["seen"] = seen
        context["asked"] = _role(str(asked)) or _("No role")
        context["gets"], context["keeps"] = seen.gets[:NAMED], seen.keeps[:NAMED]
        context["loses"] = [(person, _role(role)) for person, role in seen.loses[:NAMED]]
        context["same"] = str(asked) == found.role and not seen.gets and not seen.loses
    return render(request, "directory/group.html", context)


@require_POST
def decide(request: Request, organisation: str, group: str) -> HttpResponse:
    """Let the group mean a role, as it was looked at."""
    found = _group(request, group)
    role = request.POST.get("role", "")
    map_group(found, role, seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
    messages.success(
        request, _("Decided. Whoever comes into the group or leaves it is followed from now on.")
    )
    return redirect(reverse("directory:group", args=[organisation, found.public_id]))
