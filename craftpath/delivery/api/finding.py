"""Who calls, and the thing that an address names, or 404."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from craftpath.delivery.api.framing import admitted
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from django.db.models import Model

M = TypeVar("M", bound="Model")


def actor(request: HttpRequest) -> Actor:
    """Who calls."""
    return admitted(request).actor


def at(request: HttpRequest) -> datetime:
    """The moment of the request."""
    return request.at  # type: ignore[attr-defined]


def today(request: HttpRequest) -> date:
    """Its day at the organisation's own clock is near enough to the site's."""
    return timezone.localdate(at(request))


def place(request: HttpRequest) -> Organisation:
    """The organisation that the token is of."""
    return admitted(request).client.organisation


def somebody(request: HttpRequest) -> Person:
    """The person who calls; a service token is refused."""
    found = actor(request).person
    if found is None:
        raise Refused(may_not("kernel.client_needs_person"))
    return found


def needs(request: HttpRequest, *permissions: Permission) -> None:
    """Refuse an actor who has none of these permissions, as the pages do."""
    verdicts = [actor(request).may(permission) for permission in permissions]
    if not any(verdicts):
        require(verdicts[0])


def one(rows: QuerySet[Any], public_id: str) -> Any:
    """The one of these rows with this id."""
    found = rows.filter(public_id=public_id).first() if public_id.isascii() and public_id.isalnum() else None
    if found is None:
        raise Http404
    return found
