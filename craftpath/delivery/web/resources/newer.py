"""What is used of the library although there is a newer version: told where it is used, to whoever looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.resources import queries

if TYPE_CHECKING:
    from craftpath.values.ref import Ref


def older_in(request: Request, subject: Ref) -> list[dict[str, Any]]:
    """Lines for `resources/newer.html`; one query. The caller has seen to it that the reader looks after the thing."""
    return [
        {
            "title": text(one.resource.title),
            "url": reverse("resources:resource", args=[request.organisation.key, one.resource.public_id]),
            "used": one.version.number,
            "offered": one.resource.current.number if one.resource.current else one.version.number,
            "new": one.resource.current.words if one.resource.current else "",
        }
        for one in queries.older_used_by(subject)
    ]
