"""Courses on a desk: one tap to what is next in the one that was touched last; what waits for those who teach."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.courses.listing import card
from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.courses import queries
from craftpath.kernel.roles import Permission, Role


def courses_to_continue(request: Request) -> dict[str, Any] | None:
    """The course to go on with, and the others; nothing for those who learn none or have done everything."""
    if Role.APPRENTICE not in request.actor.roles:
        return None
    key = request.organisation.key
    rows = [card(key, one) for one in queries.standings(request.user, request.today) if not one.finished]
    goes_on = [one for one in rows if one["next"]]
    return {"first": goes_on[0], "others": goes_on[1:MOST]} if goes_on else None


def courses_to_look_at(request: Request) -> list[Line]:
    """What was handed in to trainers, and what mentors confirm; a query each."""
    key, found = request.organisation.key, []
    if Role.TRAINER in request.actor.roles and Permission.WRITE_COURSES in request.actor.permissions:
        count = queries.waiting_hand_ins(request.organisation).count()
        if count:
            said = ngettext("%(count)s assignment to look at", "%(count)s assignments to look at", count)
            found.append(
                Line(
                    said % {"count": count},
                    _("Online courses"),
                    reverse("courses:desk", args=[key]),
                    icon="learn",
                )
            )
    if Role.MENTOR in request.actor.roles:
        count = queries.ticks_to_confirm(request.user).count()
        if count:
            said = ngettext("%(count)s point to confirm", "%(count)s points to confirm", count)
            page = reverse("courses:confirming", args=[key])
            found.append(Line(said % {"count": count}, _("Checklists at the workbench"), page, icon="check"))
    return found
