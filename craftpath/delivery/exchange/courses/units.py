"""Opening a unit of cmi5: where it begins, and what stands behind its address for this one launch."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import reverse

from craftpath.delivery.exchange.courses.origin import content_origin, files_address, site_origin
from craftpath.delivery.exchange.courses.shelf import place
from craftpath.domain.packages import actions
from craftpath.domain.packages.launches import launch_of
from craftpath.domain.packages.rules import can_launch
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Opened:
    """The address to open, whole, and the session that began with it."""

    address: str
    session: uuid.UUID
    registration: uuid.UUID


def open_unit(
    request: HttpRequest,
    package: Package,
    key: str,
    person: Person,
    *,
    mode: str = "Normal",
    return_url: str = "",
    registration: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Opened:
    """Begin a session and say where it goes on."""
    require(can_launch(package, key))
    address = _begins(request, package, package.parts[key])
    opening = actions.Opening(key, address, mode, return_url, registration)
    begun = actions.begin_session(package, person, opening, by=by, at=at)
    row, launch = begun.session, launch_of(begun.session)
    site = site_origin(request)
    told = {
        "endpoint": f"{site}/xapi/",
        "fetch": site + reverse("cmi5_fetch", args=[row.session, begun.secret]),
        "actor": json.dumps(launch.actor, separators=(",", ":")),
        "registration": launch.registration,
        "activityId": launch.unit.activity_id,
    }
    return Opened(_with(address, told), row.session, row.registration.registration)


def _begins(request: HttpRequest, package: Package, entry: dict[str, Any]) -> str:
    """Where a unit begins, without what is put behind it."""
    if entry.get("address"):
        return str(entry["address"])
    if not content_origin(request):
        raise Refused(not_now("packages.no_origin"))
    if not place(package.public_id).is_dir():
        raise Refused(not_now("packages.not_laid_out"))
    return f"{files_address(request, package.public_id)}/{quote(entry['file'])}{entry.get('tail', '')}"


def _with(address: str, told: dict[str, str]) -> str:
    """The address with these behind what it asks already."""
    parts = urlsplit(address)
    query = urlencode(told, quote_via=quote)
    return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))
