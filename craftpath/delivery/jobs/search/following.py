"""Keeping up: what facts were told of is written anew, what has come is added, and once a day all is looked through.

Everything here bears being run twice and being killed: how far it has come is noted after each batch. The history is
read like a queue, so that no action waits for the index and no fact needs a job of its own.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from craftpath.delivery.jobs.search.kinds import KINDS, Kind
from craftpath.delivery.jobs.search.reading import docs_of
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.search import finding
from craftpath.kernel.search.entries import SearchEntry, SearchPlace, forget, index, move_on, place
from craftpath.values.ref import Ref

BATCH = 500  # rows that are read and written at one time
SLICE = 15.0  # seconds of a minute
FACTS, ALL = "facts", "all/"
_PERSON = ("kernel", "person")


def keep_up(at: datetime, *, seconds: float = SLICE) -> None:
    """What a worker does each minute; it stops when the time is over, and the next minute goes on from there."""
    ends = time.monotonic() + seconds
    if _facts(ends) and all(_new(kind, ends) for kind in KINDS.values()):
        look_through(timezone.localdate(at), ends)


def _facts(ends: float) -> bool:
    """Write anew what facts were told of since the last time; True once none is left."""
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    reached = place(FACTS).reached
    if reached == 0:  # nothing was written yet: what these facts were told of is added as it is now
        move_on(FACTS, newest)
        return True
    while reached < newest:
        if time.monotonic() > ends:
            return False
        rows = AuditEntry.objects.filter(pk__gt=reached).order_by("pk")[:BATCH]
        facts = list(rows.values_list("pk", "subject", "payload"))
        renew({ref for _pk, subject, payload in facts for ref in _meant(subject, payload)})
        reached = facts[-1][0]
        move_on(FACTS, reached)
    return True


def _meant(subject: str, payload: dict[str, Any]) -> Iterator[Ref]:
    """What a fact is about, and the people whom it names."""
    if subject.count("/") == 2:
        yield Ref.parse(subject)
    people = payload.get("people", [])
    for one in [payload.get("person"), *(people if isinstance(people, list) else [])]:
        if isinstance(one, str):
            yield Ref(*_PERSON, one)


def renew(refs: Iterable[Ref]) -> None:
    """Write these things anew, with what is written from them; what is gone, or no longer to be found, is forgotten."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for ref in refs:
        wanted.setdefault((ref.noun, ref.kind), set()).add(ref.public_id)
    for person in wanted.get(_PERSON, set()).copy():
        for ref in finding.about(person):
            wanted.setdefault((ref.noun, ref.kind), set()).add(ref.public_id)
    for kind in KINDS.values():
        ids = wanted.get(kind.key, set())
        if ids:
            rows = dict(kind.rows().order_by().filter(**{f"{kind.by}__in": ids}).values_list(kind.by, "pk"))
            index(docs_of(kind, list(rows.values())))
            forget(*kind.key, sorted(ids - set(rows)))
        for other, lookup in kind.after.items():
            if other in wanted:
                rest = kind.rows().order_by().filter(**{f"{lookup}__in": wanted[other]})
                _write(kind, rest.values_list("pk", flat=True).distinct())


def _write(kind: Kind, pks: Iterable[int]) -> None:
    left = iter(pks)
    while some := list(islice(left, BATCH)):
        index(docs_of(kind, some))


def _new(kind: Kind, ends: float) -> bool:
    """Add rows above the highest that was added: what comes by the thousand tells one fact. True once none is left."""
    key = "/".join(kind.key)
    reached = place(key).reached
    while pks := _next(kind, reached):
        if time.monotonic() > ends:
            return False
        index(docs_of(kind, pks))
        reached = pks[-1]
        move_on(key, reached)
    return True


def _next(kind: Kind, after: int) -> list[int]:
    return list(kind.rows().order_by("pk").filter(pk__gt=after).values_list("pk", flat=True)[:BATCH])


def look_through(day: date, ends: float = math.inf) -> bool:
    """Compare everything with the index, once a day, and mend it; True once all is done, else it goes on from there."""
    for kind in KINDS.values():
        key = f"{ALL}{'/'.join(kind.key)}"
        been = place(key)
        if been.day == day:
            continue
        reached = been.reached
        while pks := _next(kind, reached):
            if time.monotonic() > ends:
                return False
            index(docs_of(kind, pks))
            reached = pks[-1]
            move_on(key, reached)
        _drop_gone(kind)
        move_on(key, 0, day)
    return True


def begin_anew() -> None:
    """Let the next look through begin with the first row, whatever was looked through today."""
    SearchPlace.objects.filter(key__startswith=ALL, day__isnull=False).update(day=None)


def _drop_gone(kind: Kind) -> None:
    """Forget entries whose row is not there any more."""
    reached = 0
    kept = SearchEntry.objects.filter(noun=kind.noun, kind=kind.name).order_by("pk")
    while some := list(kept.filter(pk__gt=reached).values_list("pk", "public_id")[:BATCH]):
        ids = [key for _pk, key in some]
        there = set(kind.rows().order_by().filter(**{f"{kind.by}__in": ids}).values_list(kind.by, flat=True))
        forget(*kind.key, [key for key in ids if key not in there])
        reached = some[-1][0]
