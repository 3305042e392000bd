"""One door for roll calls: the page comes through it, and so does what a device kept while it had no network."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.dateparse import parse_datetime

from craftpath.delivery.web.learning.saying import AWAY
from craftpath.domain.learning.actions import Said, take_roll
from craftpath.domain.learning.queries import session_called
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused, not_now

MOST = 2000  # people in one roll call


def take(payload: Mapping[str, Any], *, by: Actor, at: datetime) -> dict[str, Any]:
    """Take a roll call in the open scope and say what became of it; both sides can be written as JSON.

    `payload`: `session` (public id), `made_id` (a UUID by which the device names this roll call), `base` (the session's
    revision that it knew), `marks` (enrolment public id → status, or [status, minutes]), and perhaps `taken_at` (ISO).
    Who is not named is not marked. The same roll call again changes nothing. Raises `Refused`, and `Http404` for a
    session that the caller does not see.
    """
    session = session_called(str(payload.get("session", "")))
    if session is None:
        raise Http404
    made_id, base, marks, taken_at = _read(payload)
    taken = take_roll(session, marks, made_id=made_id, base=base, taken_at=taken_at, by=by, at=at)
    known = [said for public_id, said in marks.items() if public_id not in taken.unknown]
    away = sum(said.status in AWAY for said in known)
    return {
        "here": len(known) - away,
        "away": away,
        "session": taken.session.public_id,
        "state": taken.session.state,
        "revision": taken.session.revision,
        "again": taken.again,
        **{name: list(getattr(taken, name)) for name in ("new", "changed", "same", "beside", "unknown")},
    }


def _read(payload: Mapping[str, Any]) -> tuple[uuid.UUID, int, dict[str, Said], datetime | None]:
    """The parts of a payload, checked: it may come from a device that stood still for months, or from anybody."""
    try:
        marks = payload["marks"]
        made_id, base = uuid.UUID(str(payload["made_id"])), int(payload["base"])
        if not isinstance(marks, Mapping) or len(marks) > MOST or not 0 <= base < 2**31:
            raise ValueError
        said = {str(public_id)[:16]: _said(mark) for public_id, mark in marks.items()}
        taken_at = _moment(str(payload["taken_at"])) if payload.get("taken_at") else None
        if not all(public_id.isascii() and public_id.isalnum() for public_id in said):
            raise ValueError
    except (KeyError, ValueError, TypeError, OverflowError) as fault:
        raise Refused(not_now("learning.roll_unreadable")) from fault
    return made_id, base, said, taken_at


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ValueError
    return moment


def _said(mark: Any) -> Said:
    if isinstance(mark, str):
        return Said(mark)
    status, minutes = mark
    if minutes is not None and (isinstance(minutes, bool) or not isinstance(minutes, int)):
        raise ValueError
    return Said(str(status), minutes if minutes is None else max(0, min(minutes, 1440)))
