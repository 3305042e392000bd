"""The settings of an organisation beside each other, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """What an organisation sets up; `current` is the name of an address."""
    named = (
        ("workdays:calendar", _("Working calendar")),
        ("hooks:list", _("Web hooks")),
        ("tokens:list", _("Tokens")),
        ("directory:list", _("Directory")),
        ("signons:list", _("Sign-in")),
        ("sharing:list", pgettext("a place", "Information sharing")),
    )
    return [
        {"url": reverse(name, args=[request.organisation.key]), "label": label, "current": name == current}
        for name, label in named
    ]
