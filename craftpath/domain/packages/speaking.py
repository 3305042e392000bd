"""What a unit of cmi5 says while its session lasts: each statement is held against the standard before it is kept."""

from __future__ import annotations

import binascii
import json
import re
import uuid
from base64 import b64decode
from datetime import datetime
from typing import Any

from django.utils.crypto import constant_time_compare

from craftpath.domain.activity.examining import Batch
from craftpath.domain.activity.queries import held_among
from craftpath.domain.activity.taking import Sender, take_statements
from craftpath.domain.packages import rules
from craftpath.domain.packages.launches import authority_of, launch_of, say
from craftpath.domain.packages.models import Registration, UnitSession
from craftpath.domain.packages.outcomes import newly_satisfied, note
from craftpath.engines.cmi5 import Past, verb_of, wrong_with
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.tokens import hash_of
from craftpath.values.verdict import YES, Refused, Verdict, may_not

_DURATION = re.compile(
    r"P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_SECONDS = (7 * 86400, 365 * 86400, 30 * 86400, 86400, 3600, 60, 1)
MOST_SECONDS = 1000 * 3600
_LANGUAGES = re.compile(
    r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*( *, *[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)*", re.ASCII
)


def session_of(header: str) -> UnitSession | None:
    """The session whose token stands in an `Authorization` header, whether it still serves or not; one question."""
    kind, _, rest = header[:1000].strip().partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        own, _, token = b64decode(rest.strip(), validate=True).decode().partition(":")
        session = uuid.UUID(hex=own)
    except (binascii.Error, ValueError):
        return None
    rows = UnitSession._base_manager.select_related(
        "registration__package__organisation", "registration__person"
    )
    row = rows.filter(session=session).exclude(token_hash="").first()
    kept = row.token_hash if row is not None else hash_of("")
    return row if constant_time_compare(kept, hash_of(token)) and row is not None else None


def still_serves(row: UnitSession, at: datetime) -> Verdict:
    """A yes while the session lasts."""
    return (
        YES
        if row.ended_at is None and at <= row.begun_at + rules.LONGEST_SESSION
        else may_not("packages.session_over")
    )


def speaker(row: UnitSession) -> Actor:
    """As whom a unit acts: its learner, without any role."""
    registration = row.registration
    return Actor(registration.package.organisation, registration.person)


@action
def note_reading(session: UnitSession, which: str, *, by: Actor, at: datetime) -> None:
    """The unit has read its `data` or the `preferences`, which it has to before it begins."""
    name = f"{which}_read_at"
    if getattr(session, name) is None:
        UnitSession._base_manager.filter(pk=session.pk).update(**{name: at})


@action
def hear_unit(session: UnitSession, batch: Batch, *, by: Actor, at: datetime) -> list[str]:
    """Keep statements of a unit, all or none: the first rule of cmi5 that one breaks refuses them.

    A statement that is here already is sent again because its answer was lost, and breaks none.
    """
    lock = Registration._base_manager.select_for_update(of=("self",), no_key=True)
    registration = lock.select_related("package__organisation", "person").get(pk=session.registration_id)
    row = UnitSession._base_manager.get(pk=session.pk)
    row.registration = registration
    serves = still_serves(row, at)
    if not serves:
        raise Refused(serves)
    launch = launch_of(row)
    past = Past(
        set(row.said),
        set(registration.said.get(row.entry, ())),
        row.data_read_at is not None,
        row.preferences_read_at is not None,
    )
    package = registration.package
    known = held_among(package.organisation, [one["id"] for one in batch.statements if one.get("id")])
    fresh = [one for one in batch.statements if one.get("id", "").lower() not in known]
    for one in fresh:
        broken = wrong_with(one, launch, past)
        if broken:
            raise Refused(may_not(f"packages.cmi5_{broken}"))
        past.note(verb_of(one))
    sender = Sender(package.organisation, None, authority_of(package), registration.person_id)
    ids: list[str] = []
    for piece in _in_pieces(batch):
        ids += take_statements(piece, sender=sender, by=by, at=at)
        for one in piece.statements:
            if one["id"].lower() not in known:
                _follow(row, one, by, at)
    row.heard_at = at
    row.save(update_fields=["said", "seconds", "initialized_at", "heard_at", "ended_at"])
    return ids


def _in_pieces(batch: Batch) -> list[Batch]:
    """One statement after the other, since what is satisfied by one is said before the next; attachments need all."""
    if len(batch.statements) == 1 or batch.parts:
        return [batch]
    return [Batch([one], batch.version) for one in batch.statements]


def _follow(row: UnitSession, statement: dict[str, Any], by: Actor, at: datetime) -> None:
    """What a statement of the standard changes: the session, the registration, and what is satisfied by it."""
    verb = verb_of(statement)
    if not verb:
        return
    row.said = [*row.said, verb]
    result = statement.get("result", {})
    if verb == "initialized":
        row.initialized_at = at
    if verb == "terminated":
        row.ended_at, row.seconds = at, seconds_of(result["duration"])
        row.save(update_fields=["seconds"])
    registration = row.registration
    if verb in ("completed", "passed", "failed"):
        said = registration.said.get(row.entry, [])
        if verb not in said:
            registration.said = registration.said | {row.entry: [*said, verb]}
        told = newly_satisfied(registration, row.entry, row.session)
        registration.save(update_fields=["said", "satisfied"])
        say(told, registration, by=by, at=at)
    if row.mode == "Normal" and verb != "initialized":
        note(registration, row.entry, launch=row.session, score=result.get("score"), by=by, at=at)


def seconds_of(duration: str) -> int:
    """An ISO 8601 duration in seconds, within what is counted."""
    found = _DURATION.fullmatch(duration)
    parts = found.groups() if found else ()
    total = sum(float(part) * worth for part, worth in zip(parts, _SECONDS, strict=False) if part)
    return min(round(total), MOST_SECONDS)


def can_prefer(content: bytes, content_type: str) -> Verdict:
    """Whether this is what the standard calls a learner's preferences."""
    wrong = may_not("packages.cmi5_preferences_unfit")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return wrong
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return wrong
    if not isinstance(said, dict) or said.get("audioPreference") not in ("on", "off"):
        return wrong
    languages = said.get("languagePreference")
    good = isinstance(languages, str) and len(languages) <= 400 and _LANGUAGES.fullmatch(languages.strip())
    return YES if good else wrong
