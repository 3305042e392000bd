"""Bundles over the network: a point's program knocks at the hub with its bundle and takes the hub's home."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlsplit

from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.points.guarding import is_point
from craftpath.kernel.points.incoming import take_bundle
from craftpath.kernel.points.keeping import mark, note_try
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.rules import may_exchange
from craftpath.kernel.points.tables import Exchange, Point
from craftpath.kernel.points.texts import REASONS
from craftpath.values.verdict import Refused, Verdict, not_now, require

SUFFIX = ".cpb"
TYPE = "application/vnd.craftpath.bundle"
LONGEST = 120.0  # seconds without a byte
LONGEST_ANSWER = 6 * 3600.0  # seconds of a whole answer
MOST_LETTERS = 80
MIRRORED = {
    "points.older_program": "points.newer_program",
    "points.newer_program": "points.older_program",
    "points.clock_ahead": "points.clock_ahead",
}
"""What the hub says of the other side, the point says of this one."""
MOST_BYTES = 8 << 30
EVERY = timedelta(hours=1)  # how often a point knocks by itself
_PART = 1 << 20


def name_of_file(made: Exchange) -> str:
    """What a bundle's file is called: nothing about whom it is of."""
    return f"craftpath-{made.point.public_id}-{made.number}{SUFFIX}"


def ask_to_meet(point: Point, *, by: Actor) -> None:
    """Queue an exchange over the network; refused where there is nowhere to go."""
    require(may_exchange(by, point))
    if not point.is_hub or not point.address:
        raise Refused(not_now("points.no_address"))
    enqueue("meet", point.pk)


def meet(point: Point, *, by: Actor, at: datetime) -> Exchange:
    """Send our bundle and take theirs; what fails on the way is refused with its reason, and can be tried again."""
    with TemporaryFile() as ours, TemporaryFile() as theirs:
        make_bundle(point, ours, by=by, at=at)
        _send(point.address, ours, theirs)
        theirs.seek(0)
        return take_bundle(point, theirs, by=by, at=at)


def knock(point: Point, *, by: Actor, at: datetime) -> Exchange | None:
    """Meet, and keep what came of it for whoever looks at the page; None where it came to nothing."""
    try:
        taken = meet(point, by=by, at=at)
    except Refused as refused:
        note_try(point, failed=refused.verdict.reason, facts=dict(refused.verdict.facts), by=by, at=at)
        return None
    note_try(point, failed="", facts={}, by=by, at=at)
    return taken


def knock_when_due(at: datetime, *, by: Actor) -> None:
    """A point that has a network knocks by itself, once in a while."""
    hubs = Point.objects.filter(is_hub=True, revoked_at__isnull=True)
    if hubs and not is_point():  # the power went between the first bundle and the mark
        mark().touch(mode=0o600)
    due = Q(tried_at__isnull=True) | Q(tried_at__lt=at - EVERY)
    for point in hubs.filter(due).exclude(address=""):
        enqueue("meet", point.pk)
        note_try(point, failed=point.failed, facts=point.failed_facts, by=by, at=at)


def said(verdict: Verdict) -> dict[str, str]:
    """The headers by which the hub says why it refuses."""
    facts = json.dumps({name: str(value) for name, value in verdict.facts.items()})
    return {"X-Reason": verdict.reason, "X-Facts": facts}


def heard(reason: str, facts: str) -> Verdict:
    """What the hub has said, as it is said on this side; what is no reason for it is no answer."""
    try:
        given = {str(name): str(value)[:MOST_LETTERS] for name, value in json.loads(facts or "{}").items()}
        if reason in MIRRORED:
            reason = MIRRORED[reason]
            given = {"theirs": given["ours"], "ours": given["theirs"]}
        _whole = str(REASONS[reason]) % given  # there are words for it, and everything that they name
    except (ValueError, KeyError, AttributeError, TypeError):
        return not_now("points.no_answer")
    return not_now(reason, **given)


def _send(address: str, ours: IO[bytes], theirs: IO[bytes]) -> None:
    """The address came with the file that set this point up, so it is trusted as that was; it leads nowhere else."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise Refused(not_now("points.no_address")) from fault
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        safe = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, timeout=LONGEST, context=safe)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=LONGEST)
    size = ours.seek(0, 2)
    ours.seek(0)
    try:
        headers = {"Content-Type": TYPE, "Content-Length": str(size)}
        connection.request("POST", parts.path or "/", body=ours, headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise Refused(heard(answer.headers.get("X-Reason", ""), answer.headers.get("X-Facts", "")))
        whole, until = 0, time.monotonic() + LONGEST_ANSWER
        while part := answer.read1(_PART):
            whole += len(part)
            if whole > MOST_BYTES:
                raise Refused(not_now("points.too_large"))
            if time.monotonic() > until:
                raise Refused(not_now("points.no_answer"))
            theirs.write(part)
    except (OSError, ValueError, http.client.HTTPException) as fault:
        raise Refused(not_now("points.no_answer")) from fault
    finally:
        connection.close()
