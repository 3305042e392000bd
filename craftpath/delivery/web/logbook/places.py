"""The mentor's pages beside each other, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """What waits, and the place to record a job; `current` is the name of an address."""
    key = request.organisation.key
    named = (("logbook:team", _("To confirm")), ("logbook:observe", _("Record a job")))
    return [
        {"url": reverse(name, args=[key]), "label": label, "current": name == current}
        for name, label in named
    ]
