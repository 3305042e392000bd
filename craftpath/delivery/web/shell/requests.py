"""A request as views see it: with its moment, and, under `/o/<organisation>/`, its actor."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

from craftpath.kernel.access import Actor

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


class Request(HttpRequest):
    """For type checkers; middleware sets what is declared here."""

    at: datetime
    today: date
    actor: Actor
    organisation: Organisation
    htmx: HtmxDetails
    user: Person


def plain_id(text: str) -> str:
    """A posted id, or "" if it cannot be one: PostgreSQL refuses to look for what no text may hold."""
    return text if text.isascii() and text.isalnum() else ""


def plain_words(request: Request, name: str = "words") -> str:
    """What was typed into a field, without what no database takes."""
    return request.POST.get(name, "").replace("\0", "")


SLACK = 2**20
"""Bytes of a form around its files."""


def declared(request: Request) -> int:
    """How many bytes the browser says that it sends; a server reads no more than that."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    return int(size) if size.isdecimal() else 0
