"""Statements of outside authorities come in: a thousand at once cost as many questions as one."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.activity.examining import Batch
from craftpath.domain.activity.keeping import keep_contents
from craftpath.domain.activity.keys import key_of, row_of
from craftpath.domain.activity.knowing import learn
from craftpath.domain.activity.models import Mention, Pointing, Statement
from craftpath.domain.activity.storing import begin_storing
from craftpath.engines.xapi import completed, same
from craftpath.engines.xapi.finding import Found, found_by
from craftpath.engines.xapi.reading import write
from craftpath.engines.xapi.statements import voids
from craftpath.engines.xapi.values import a_moment
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.asked import Asked
from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.rows import NAMED, insert_rows
from craftpath.values.verdict import Refused, not_now

Json = dict[str, Any]
ADL = "http://adlnet.gov/expapi/verbs/"
FURTHEST = 50
"""A statement is found through at most so many others to which it leads."""


@dataclass(frozen=True)
class Sender:
    """Who says so: a program of an organisation, and as whom its statements name it.

    Without a token it is something that the site itself let in, and says of whom it speaks.
    """

    organisation: Organisation
    client: Client | None
    authority: Json
    person: int | None = None


@dataclass(slots=True)
class _New:
    row: uuid.UUID
    said: Json
    text: str
    stored: datetime
    found: Found
    target: uuid.UUID | None
    voids: bool
    voided: bool = False


@action
def take_statements(batch: Batch, *, sender: Sender, by: Actor, at: datetime) -> list[str]:
    """Keep a batch whole or not at all; the ids in its order.

    One that is here already and says the same is left as it is; one that says something else under the same id
    refuses the batch (`activity.another_statement`).
    """
    place = sender.organisation
    ids = [str(said.get("id", uuid.uuid4())) for said in batch.statements]
    rows = [row_of(place, one) for one in ids]
    given = [row for row, said in zip(rows, batch.statements, strict=True) if "id" in said]
    new: list[_New] = []
    began = begin_storing()
    kept, voided = _before(given)
    for n, said in enumerate(batch.statements):
        row = rows[n]
        if row in kept:
            if not same(json.loads(kept[row]), said):
                raise Refused(not_now("activity.another_statement", id=ids[n]))
            continue
        stored = began + timedelta(microseconds=len(new))
        whole = completed(said, batch.version, id=ids[n], stored=stored, authority=sender.authority)
        found = found_by(whole)
        target = row_of(place, found.target) if found.target else None
        new.append(_New(row, whole, write(whole).decode(), stored, found, target, voids(whole)))
    if new:
        keep_contents(batch, organisation=place, by=by, at=at)
        _link(new, voided)
        _insert(new, sender)
        _mention(new, place)
        _point(new, place)
        _void(new)
        learn((one.said for one in new), place)
    return ids


_BEFORE = Asked(
    lambda *rows: Statement._base_manager.filter(Q(pk__in=rows) | Q(target__in=rows, voids=True)).values_list(
        "pk", "text", "target", "voids"
    ),
    models.UUIDField(),
)


def _before(rows: Sequence[uuid.UUID]) -> tuple[dict[uuid.UUID, str], set[uuid.UUID]]:
    """Which of these rows are here already, with their texts, and which ones somebody voided before they came.

    Only an id that its sender chose can be here or can have been named.
    """
    texts: dict[uuid.UUID, str] = {}
    voided: set[uuid.UUID] = set()
    for some in _slices(rows, NAMED // 2):  # each is named twice
        wanted = set(some)
        for row, text, target, voiding in _BEFORE.rows(*some):
            if row in wanted:
                texts[row] = text
            if voiding:
                voided.add(target)
    return texts, voided


def _link(new: Sequence[_New], voided: set[uuid.UUID]) -> None:
    """Mark what is voided as it comes: by what was here, or by another one of its batch."""
    voided = voided | {one.target for one in new if one.voids and one.target is not None}
    for one in new:
        one.voided = one.row in voided and not one.voids


def _insert(new: Sequence[_New], sender: Sender) -> None:
    columns = [
        "id", "stored_at", "at", "verb", "object_id", "text", "by_actor", "by_verb", "by_activity",
        "registration", "target", "voids", "voided",
    ]  # fmt: skip
    same_in_all = {
        "organisation": sender.organisation.pk,
        "person": sender.person,
        "client": sender.client.pk if sender.client is not None else None,
    }
    insert_rows(Statement, columns, map(_columns, new), same_in_all)


def _columns(one: _New) -> tuple[Any, ...]:
    found, about = one.found, one.said["object"]
    return (
        one.row,
        one.stored,
        a_moment(one.said["timestamp"], "timestamp"),
        found.verb.removeprefix(ADL)[:200],
        str(about.get("id", ""))[:300],
        one.text,
        key_of(found.actor) if found.actor else None,
        key_of(found.verb),
        key_of(found.activity) if found.activity else None,
        uuid.UUID(found.registration) if found.registration else None,
        one.target,
        one.voids,
        one.voided,
    )


def _mention(new: Sequence[_New], place: Organisation) -> None:
    """Rows for whoever and whatever a statement names beside its actor, verb and activity."""

    def rows() -> Iterator[tuple[Any, ...]]:
        kinds = Mention.Kind
        for one in new:
            for kind, names in (
                (kinds.AGENT, one.found.agents),
                (kinds.RELATED_AGENT, one.found.related_agents),
                (kinds.RELATED_ACTIVITY, one.found.related_activities),
            ):
                for name in sorted(names):
                    yield one.row, int(kind), key_of(name), one.stored

    told = list(rows())
    if told:
        insert_rows(Mention, ["statement", "kind", "key", "stored_at"], told, {"organisation": place.pk})


def _point(new: Sequence[_New], place: Organisation) -> None:
    """Which statements lead where: those that come now, and those that led to them before they came."""
    leads = {one.row: one.target for one in new if one.target is not None}
    if not leads:
        return
    onwards: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for some in _slices(list(leads.values())):
        known = Pointing._base_manager.filter(statement__in=some).order_by("pk")
        for source, further in known.values_list("statement_id", "target"):
            onwards[source].append(further)
    reached = {row: _chain(row, leads, onwards) for row in leads}
    pairs = {(row, target) for row, chain in reached.items() for target in chain}
    for some in _slices(list(leads)):
        before = Pointing._base_manager.filter(target__in=some).values_list("statement_id", "target")
        for source, through in before:
            pairs |= {(source, target) for target in reached[through]}
    held = _held({source for source, _target in pairs} - leads.keys())
    fresh = sorted(pairs - held, key=str)
    insert_rows(Pointing, ["statement", "target"], fresh, {"organisation": place.pk})


def _chain(
    row: uuid.UUID, leads: Mapping[uuid.UUID, uuid.UUID], onwards: Mapping[uuid.UUID, Sequence[uuid.UUID]]
) -> list[uuid.UUID]:
    """Everything that one leads to, nearest first; a ring is gone round once."""
    chain: list[uuid.UUID] = []
    waiting = deque([leads[row]])
    while waiting and len(chain) < FURTHEST:
        step = waiting.popleft()
        if step not in chain:
            chain.append(step)
            waiting.extend([leads[step]] if step in leads else onwards.get(step, ()))
    return chain


def _held(sources: set[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    found: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for some in _slices(list(sources)):
        found |= set(Pointing._base_manager.filter(statement__in=some).values_list("statement_id", "target"))
    return found


def _void(new: Sequence[_New]) -> None:
    """A voided statement is still there, and shown only to whoever asks for a voided one."""
    targets = [one.target for one in new if one.voids and one.target is not None]
    for some in _slices(targets):
        Statement._base_manager.filter(pk__in=some, voids=False, voided=False).update(voided=True)


def _slices(rows: Sequence[Any], size: int = NAMED) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
