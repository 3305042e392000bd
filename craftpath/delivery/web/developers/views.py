"""The operations of the API for whoever programs against it; no account is needed to read them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from craftpath.delivery.web.developers.reading import rooms
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.visiting import for_visitors, languages


@for_visitors("developer")
def operations(request: Request) -> HttpResponse:
    """All operations by room, from the schema."""
    context = {
        "rooms": rooms(),
        "languages": languages(request),
        "schema": reverse("api:openapi"),
        "tokens": reverse("accounts:tokens"),
    }
    response = render(request, "developers/api.html", context)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
