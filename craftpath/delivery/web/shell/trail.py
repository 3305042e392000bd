"""The way back to a page, as crumbs above its title: steps that lead somewhere, then the page itself."""

from __future__ import annotations

from django.urls import reverse

from craftpath.delivery.web.shell.requests import Request

Crumb = dict[str, str]


def step(request: Request, label: str, page: str, *ids: str) -> Crumb:
    """A page of this organisation on the way, by its name (such as `programmes:scheme`) and the ids in its address."""
    return {"label": label, "url": reverse(page, args=[request.organisation.key, *ids])}


def here(label: str) -> Crumb:
    """The page itself, which needs no link."""
    return {"label": label, "url": ""}
