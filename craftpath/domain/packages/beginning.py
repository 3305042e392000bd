"""Opening a unit of cmi5: a registration, a session, what the unit is told, and the token that it fetches once."""

from __future__ import annotations

import json
import secrets
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.crypto import constant_time_compare

from craftpath.domain.activity.documents import JSON, Condition, put_document
from craftpath.domain.packages import rules
from craftpath.domain.packages.ending import abandon
from craftpath.domain.packages.launches import launch_of, profile_place, say, state_place
from craftpath.domain.packages.models import Package, Registration, UnitSession
from craftpath.domain.packages.outcomes import newly_satisfied, note
from craftpath.engines.cmi5 import Launch, launch_data
from craftpath.engines.cmi5.telling import launched
from craftpath.engines.cmi5.words import LAUNCH_DATA, PREFERENCES
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.tokens import hash_of
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Begun:
    """A session, and the secret by which its token is fetched, which is known only now."""

    session: UnitSession
    secret: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Which unit is to be opened, from where on, how, and where its learner goes afterwards.

    `registration` names the one that the caller means, where it knows it.
    """

    entry: str
    address: str
    mode: str = "Normal"
    return_url: str = ""
    registration: uuid.UUID | None = None


@action
def begin_session(package: Package, person: Person, opening: Opening, *, by: Actor, at: datetime) -> Begun:
    """Open a unit for somebody. One of theirs that is still open in this unit is abandoned."""
    require(rules.may_launch(by, package, person))
    require(rules.can_launch(package, opening.entry))
    registration, satisfied = _registration(package, person, opening, at)
    still = UnitSession._base_manager.filter(registration=registration, entry=opening.entry, ended_at=None)
    for row in still.order_by("pk"):
        row.registration = registration
        abandon(row, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    row = UnitSession(
        registration=registration,
        entry=opening.entry,
        mode=opening.mode,
        address=opening.address,
        fetch_hash=hash_of(secret),
        begun_at=at,
    )
    row.save()
    launch = launch_of(row)
    told = newly_satisfied(registration, opening.entry, row.session) if satisfied else []
    registration.save(update_fields=["satisfied"])
    say([*told, launched(launch, opening.address)], registration, by=by, at=at)
    content = json.dumps(launch_data(launch, opening.return_url), ensure_ascii=False).encode()
    put_document(state_place(launch, package), LAUNCH_DATA, content, JSON, by=by, at=at)
    _prefer(launch, package, person, by, at)
    if opening.mode == "Normal":
        note(registration, opening.entry, launch=row.session, by=by, at=at)
    return Begun(row, secret)


def _registration(
    package: Package, person: Person, opening: Opening, at: datetime
) -> tuple[Registration, bool]:
    """The row under a lock, and whether it was made now."""
    rows = Registration._base_manager.filter(package=package, person=person)
    fresh = Registration(package=package, person=person, made_at=at)
    known = rows.exists()
    if not known and opening.registration is None:
        Registration._base_manager.bulk_create([fresh], ignore_conflicts=True)
    row = rows.select_for_update(of=("self",), no_key=True).first()
    if row is None or opening.registration not in (None, row.registration):
        raise Refused(not_now("packages.registration_unknown"))
    row.package, row.person = package, person
    return row, not known


def _prefer(launch: Launch, package: Package, person: Person, by: Actor, at: datetime) -> None:
    """What the reader has chosen here is what a unit may go by, unless a unit kept something else."""
    languages = "en-US,zh-CN" if person.language == "en" else "zh-CN,en-US"
    told = json.dumps({"languagePreference": languages, "audioPreference": "on"}).encode()
    with suppress(Refused):  # what is there stays
        place = profile_place(launch, package)
        put_document(place, PREFERENCES, told, JSON, condition=Condition(none_match=("*",)), by=by, at=at)


@action
def fetch_token(session: uuid.UUID, secret: str, *, by: Actor, at: datetime) -> str:
    """The token of a session, which is given once; what goes behind `Basic` once it is encoded."""
    rows = UnitSession._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.filter(session=session).first()
    if row is None or not constant_time_compare(row.fetch_hash, hash_of(secret)):
        raise Refused(not_now("packages.fetch_unknown"))
    if row.fetched_at is not None:
        raise Refused(not_now("packages.fetched_before"))
    if row.ended_at is not None or at > row.begun_at + rules.LONGEST_SESSION:
        raise Refused(not_now("packages.session_over"))
    token = secrets.token_urlsafe(32)
    row.token_hash, row.fetched_at = hash_of(token), at
    row.save(update_fields=["token_hash", "fetched_at"])
    return f"{row.session.hex}:{token}"
