"""Grades on their way back to a platform; what a tool says to one: the answer to a choice, the proof for a service."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.timezone import localtime

from craftpath.domain.lti import jwts, wording
from craftpath.domain.lti.facts import GradeReturned
from craftpath.domain.lti.keys import signing_key
from craftpath.domain.lti.models import Entry, Identity, Platform, Return
from craftpath.domain.lti.plain import own_id
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.people import Person

TRIES = 6
BACK_OFF = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 600))
CLAIM = timedelta(minutes=2)  # for so long nobody else tries a grade that somebody tries
PROOF = timedelta(minutes=5)


@action
def come_by(platform: Platform, subject: str, entry: str, *, by: Actor, at: datetime) -> Return | None:
    """Note by which entry somebody who is known has come: only there goes a grade. Once more changes nothing."""
    identity = Identity._base_manager.filter(platform=platform, subject=subject).first()
    link = Entry._base_manager.filter(platform=platform, public_id=own_id(entry)).first()
    if identity is None or link is None:
        return None
    told = {"scored_at": at, "next_at": at}
    return Return._base_manager.get_or_create(entry=link, identity=identity, defaults=told)[0]


@action
def return_grade(target: str, person: Person, percent: Decimal | None, *, by: Actor, at: datetime) -> int:
    """Send how somebody did to every link that leads to this and by which this person came; how many.

    A better grade takes the place of one that waits; the same one once more is not sent again.
    """
    rows = Return._base_manager.select_for_update(of=("self",)).filter(
        entry__target=target, entry__platform__state="serving", identity__person=person
    )
    sent = 0
    for row in rows.exclude(entry__item_address=""):
        if row.state in ("waiting", "sent") and row.percent == percent:
            continue
        row.percent, row.scored_at, row.next_at = percent, at, at
        row.state, row.tries, row.ended_at, row.answer = "waiting", 0, None, ""
        row.save()
        enqueue("lti_grade", row.pk)
        sent += 1
    return sent


def waiting(at: datetime) -> list[int]:
    """Ids of grades whose time has come."""
    rows = Return._base_manager.filter(state="waiting", next_at__lte=at)
    return list(rows.order_by("next_at").values_list("pk", flat=True)[:200])


@action
def take_return(pk: int, *, by: Actor, at: datetime) -> Return | None:
    """Take a grade upon oneself for a moment; None if somebody else has, or it is not its time."""
    rows = Return._base_manager.filter(pk=pk, state="waiting", next_at__lte=at)
    if not rows.update(next_at=at + CLAIM, tries=F("tries") + 1):
        return None
    found = Return._base_manager.select_related("entry__platform__organisation", "identity__person")
    return found.get(pk=pk)


@action
def end_return(row: Return, answer: str, *, by: Actor, at: datetime) -> None:
    """Note what came of a try: "" is arrived; a reason is tried again later, or is the end of it.

    If a newer grade took its place meanwhile, that one goes on its way by itself.
    """
    now = Return._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if now.scored_at != row.scored_at or now.state != "waiting":
        return
    now.answer = answer
    if answer and row.tries < TRIES:
        now.next_at = at + BACK_OFF[min(row.tries, len(BACK_OFF)) - 1]
    else:
        now.state, now.ended_at = ("failed" if answer else "sent"), at
        platform = row.entry.platform
        fact = GradeReturned(row.identity.person.public_id, now.state)
        tell(fact, by=by, at=at, organisation=platform.organisation, subject=platform.ref)
    now.save(update_fields=["answer", "next_at", "state", "ended_at"])


def score_of(row: Return) -> dict[str, Any]:
    """A grade as the platform reads it."""
    told: dict[str, Any] = {
        "userId": row.identity.subject,
        "timestamp": localtime(row.scored_at).isoformat(timespec="milliseconds"),
        "activityProgress": "Completed",
        "gradingProgress": "NotReady",  # nothing in the course is scored, so nobody grades it
    }
    if row.percent is not None:
        told |= {"gradingProgress": "FullyGraded", "scoreGiven": float(row.percent), "scoreMaximum": 100}
    return told


def proof(platform: Platform, at: datetime) -> str:
    """The assertion by which this site asks for access to a platform's services."""
    claims = {
        "iss": platform.client_id,
        "sub": platform.client_id,
        "aud": platform.token_address,
        "jti": secrets.token_urlsafe(24),
        **jwts.stamped(at, PROOF),
    }
    return jwts.signed(signing_key(platform.organisation, at), claims)


def chosen_message(
    platform: Platform, arrival: Mapping[str, Any], items: Sequence[Mapping[str, Any]], at: datetime
) -> str:
    """The signed answer to a platform that asked for a choice."""
    claims = {
        "iss": platform.client_id,
        "aud": platform.issuer,
        "nonce": secrets.token_urlsafe(24),
        **jwts.stamped(at, PROOF),
        wording.MESSAGE_TYPE: wording.CHOSEN,
        wording.LTI_VERSION: wording.VERSION,
        wording.DEPLOYMENT: arrival["deployment"],
        wording.ITEMS: [dict(one) for one in items],
    }
    data = arrival["settings"].get("data")
    if data is not None:
        claims[wording.DATA] = data
    return jwts.signed(signing_key(platform.organisation, at), claims)
