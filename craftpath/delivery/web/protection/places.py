"""The pages about the protection of personal data beside each other, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Requests, assessments, breaches, receivers."""
    named = (
        ("desk", pgettext("about personal data", "Requests")),
        ("assessments", pgettext("about personal data", "Assessments")),
        ("breaches", pgettext("about personal data", "Breaches")),
        ("receivers", pgettext("about personal data", "Who receives what")),
    )
    key = request.organisation.key
    return [
        {"url": reverse(f"protection:{name}", args=[key]), "label": label, "current": name == current}
        for name, label in named
    ]
