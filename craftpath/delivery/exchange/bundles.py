"""Bundles over the network: a point's program knocks at the hub with its bundle and takes the hub's home."""

from __future__ import annotations

import http.client
import ssl
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
from craftpath.values.verdict import Refused, not_now, require

SUFFIX = ".cpb"
TYPE = "application/vnd.craftpath.bundle"
LONGEST = 120.0  # seconds without a byte
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
        note_try(point, failed=refused.verdict.reason, by=by, at=at)
        return None
    note_try(point, failed="", by=by, at=at)
    return taken


def knock_when_due(at: datetime, *, by: Actor) -> None:
    """A point that has a network knocks by itself, once in a while."""
    hubs = Point.objects.filter(is_hub=True, revoked_at__isnull=True)
    if hubs and not is_point():  # the power went between the first bundle and the mark
        mark().touch(mode=0o600)
    due = Q(tried_at__isnull=True) | Q(tried_at__lt=at - EVERY)
    for point in hubs.filter(due).exclude(address=""):
        enqueue("meet", point.pk)
        note_try(point, failed=point.failed, by=by, at=at)


def _send(address: str, ours: IO[bytes], theirs: IO[bytes]) -> None:
    """The address came with the file that set this point up, so it is trusted as that was."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
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
            reason = answer.headers.get("X-Reason", "")
            raise Refused(not_now(reason if reason.startswith("points.") else "points.no_answer"))
        whole = 0
        while part := answer.read(_PART):
            whole += len(part)
            if whole > MOST_BYTES:
                raise Refused(not_now("points.too_large"))
            theirs.write(part)
    except (OSError, http.client.HTTPException) as fault:
        raise Refused(not_now("points.no_answer")) from fault
    finally:
        connection.close()
