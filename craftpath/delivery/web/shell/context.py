"""Everything that the frame of a page needs, under one name, so that page variables cannot collide with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.navigation import rail
from craftpath.delivery.web.shell.offline import offline
from craftpath.delivery.web.shell.words import ROLE_NAMES


def shell(request: HttpRequest) -> dict[str, Any]:
    """The `shell` variable of every template."""
    person = getattr(request, "user", None)
    actor = getattr(request, "actor", None)
    signed_in = bool(person and person.is_authenticated)
    links = rail(request)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "shell": {
            "organisation": actor.organisation.title.say(language) if actor else "",
            "home_url": reverse("desks:home", args=[actor.organisation.key]) if actor else "/",
            "nav": links,
            "bottom_nav": links[:4] if len(links) > 1 else [],
            "person": person.name if signed_in else "",  # type: ignore[union-attr]
            "role": " · ".join(str(ROLE_NAMES[role]) for role in sorted(actor.roles)) if actor else "",
            "find_url": reverse("find:page", args=[actor.organisation.key]) if actor else "",
            "certificates_url": reverse("mine:certificates"),
            "inbox_url": reverse("accounts:inbox"),
            "settings_url": reverse("accounts:settings"),
            "sign_out_url": reverse("account_logout"),
            "theme": (getattr(person, "theme", "") if signed_in else request.COOKIES.get("theme", ""))
            or "auto",
            "theme_url": reverse("shell:theme"),
            "language_url": reverse("shell:language"),
            "path": request.get_full_path(),
            "offline": offline(actor),
            "demo": settings.DEMO,
            "demo_url": reverse("demo:sign_in") if settings.DEMO else "",
            "demo_roles": _demo_roles(person) if settings.DEMO and signed_in else [],
        }
    }


def _demo_roles(person: Any) -> list[dict[str, Any]]:
    from craftpath.delivery.web.demo.cast import cast  # noqa: PLC0415  (only a demo site has a cast)

    return [
        {
            "value": row.person.public_id,
            "label": f"{ROLE_NAMES[row.role]} · {row.person.name}",
            "current": row.person == person,
        }
        for row in cast()
    ] or [{"value": "", "label": _("nobody"), "current": True}]
