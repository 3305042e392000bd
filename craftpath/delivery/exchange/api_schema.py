"""The schema of the API as it stands at its own door."""

from __future__ import annotations

from django.test import RequestFactory
from django.urls import resolve

ADDRESS = "/api/v1/openapi.json"


def openapi() -> str:
    """The schema, as callers read it."""
    content: bytes = resolve(ADDRESS).func(RequestFactory().get(ADDRESS)).content
    return content.decode()
