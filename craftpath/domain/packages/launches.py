"""What a row of cmi5 means to the engine, and statements of the site's own about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from craftpath.domain.activity.actions import itself
from craftpath.domain.activity.documents import Kind, Place
from craftpath.domain.activity.examining import Batch
from craftpath.domain.activity.taking import Sender, take_statements
from craftpath.engines.cmi5 import Launch, Line, Unit
from craftpath.engines.xapi import Version
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.values import written
from craftpath.kernel.access import Actor

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package, Registration, UnitSession
    from craftpath.kernel.people import Person

Json = dict[str, Any]
COURSE = ""
"""The key of a whole course beside those of its blocks."""


def actor_of(person: Person) -> Json:
    """Somebody as statements name them: an account of this site, without a name."""
    account = {"homePage": settings.ADDRESS, "name": person.public_id}
    return {"objectType": "Agent", "account": account}


def activity_of(package: Package, key: str = COURSE) -> str:
    """The site's own name for a unit, a block or the course; the same for every launch."""
    return f"{settings.ADDRESS}/packages/{package.public_id}" + (f"#{key}" if key else "")


def publisher_of(package: Package, key: str) -> str:
    """Its makers' name for the same."""
    if key == COURSE:
        return package.course_id
    return next(str(one["id"]) for one in package.entries if key in (one.get("key"), one.get("block")))


def unit_of(package: Package, key: str) -> Unit:
    """A unit as it was described."""
    entry = package.parts[key]
    return Unit(
        activity_id=activity_of(package, key),
        publisher_id=entry["id"],
        move_on=entry.get("move_on", "NotApplicable"),
        mastery=float(entry["mastery"]) if entry.get("mastery") else None,
        method=entry.get("method", "AnyWindow"),
        parameters=entry.get("parameters", ""),
        entitlement=entry.get("entitlement", ""),
    )


def lines_of(package: Package) -> list[Line]:
    """Blocks and units in order."""
    return [
        Line(one.get("key") or one["block"], int(one["depth"]), unit="key" in one) for one in package.entries
    ]


def launch_in(registration: Registration, key: str, session: uuid.UUID | str, mode: str = "Normal") -> Launch:
    """A session in a unit."""
    return Launch(
        session=str(session),
        registration=str(registration.registration),
        actor=actor_of(registration.person),
        unit=unit_of(registration.package, key),
        mode=mode,
    )


def launch_of(row: UnitSession) -> Launch:
    """The same of one that was begun."""
    return launch_in(row.registration, row.entry, row.session, row.mode)


def state_place(launch: Launch, package: Package) -> Place:
    """Where the documents of a unit lie that are about somebody."""
    own = identity(launch.actor) or ""
    registration = uuid.UUID(launch.registration)
    return Place(package.organisation, Kind.STATE, launch.unit.activity_id, own, registration)


def profile_place(launch: Launch, package: Package) -> Place:
    """Where somebody's preferences lie."""
    return Place(package.organisation, Kind.AGENT_PROFILE, agent=identity(launch.actor) or "")


def authority_of(package: Package) -> Json:
    """A package as the one who says so: what it says is its own claim, and not the site's."""
    account = {"homePage": settings.ADDRESS, "name": f"package-{package.public_id}"}
    return {"objectType": "Agent", "account": account}


def say(told: Sequence[Json], registration: Registration, *, by: Actor, at: datetime) -> None:
    """Keep statements of the site's own, in this order."""
    if not told:
        return
    place = registration.package.organisation
    sender = Sender(place, None, itself(), registration.person_id)
    moment = written(at)
    made = [one | {"id": str(uuid.uuid4()), "timestamp": moment} for one in told]
    take_statements(Batch(made, Version.V1), sender=sender, by=by, at=at)
