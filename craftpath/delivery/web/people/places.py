"""The pages about people beside each other, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.roles import Permission


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Sign-in, roles, invitations, doubles; `current` is the name of an address such as `people:roles`."""
    answers = Permission.ANSWER_REQUESTS in request.actor.permissions
    asked = (("protection:desk", pgettext("about personal data", "Requests")),) if answers else ()
    named = (
        ("people:list", _("Sign-in")),
        ("people:roles", _("Roles")),
        ("people:invitations", _("Invitations")),
        ("people:doubles", pgettext("of records", "Doubles")),
        ("people:privacy", _("Privacy")),
        *asked,
    )
    key = request.organisation.key
    return [
        {"url": reverse(name, args=[key]), "label": label, "current": name == current}
        for name, label in named
    ]
