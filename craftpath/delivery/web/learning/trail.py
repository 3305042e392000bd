"""The way back: from the list of sessions to this page, and the tabs of its neighbours."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.kernel.roles import Permission


def to_sessions(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of sessions on."""
    return [step(request, _("Sessions"), "learning:sessions"), *further]


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Sessions and sums; own attendance for apprentices."""
    own = request.actor.sees_only_own
    places = [
        ("learning:sessions", _("Sessions"), True),
        ("learning:mine", _("My attendance"), own),
        ("learning:sums", _("Attendance"), not own and Permission.SEE_RESULTS in request.actor.permissions),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]
