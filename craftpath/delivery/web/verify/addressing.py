"""Where the parts of a certificate lie on the site, and in which language a visitor reads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.certified_page import Frame, Links
from craftpath.delivery.web.shell.visiting import SPOKEN, spoken_in

if TYPE_CHECKING:
    from craftpath.delivery.web.shell.requests import Request
    from craftpath.domain.certificates.models import Certificate

STYLES = ("css/tokens.css", "css/verify.css")


def site_of(request: Request) -> str:
    """Where the site lives for good, or, while nobody has said that, where it was asked just now."""
    named = not (urlsplit(settings.ADDRESS).hostname or "").endswith(".invalid")
    return settings.ADDRESS if named else request.build_absolute_uri("/").rstrip("/")


def frame_of(request: Request, *, last: bool = True) -> Frame:
    """What stands around these pages: the same one in each language, and the way to another certificate."""
    there = (reverse("verify:find") + spoken_in(request), _("Check another certificate"))
    return Frame(
        styles=tuple(static(one) for one in STYLES),
        languages=tuple((key, f"{request.path}?in={key}") for key in SPOKEN),
        last=there if last else ("", ""),
    )


def links_of(request: Request, row: Certificate) -> Links:
    """Everything that the page of a certificate points at."""
    spoken, key = spoken_in(request), row.organisation.key
    newer = getattr(row, "replaced_by", None)
    return Links(
        credential=reverse("verify:credential", args=[row.public_id]),
        token=reverse("verify:token", args=[row.public_id]),
        badge=reverse("verify:badge", args=[row.public_id]),
        status=reverse("verify:status", args=[key, row.status_list.number]),
        keys=reverse("keys:organisation", args=[key]),
        newer=reverse("verify:page", args=[newer.public_id]) + spoken if newer else "",
        older=reverse("verify:page", args=[row.replaces.public_id]) + spoken if row.replaces else "",
    )
