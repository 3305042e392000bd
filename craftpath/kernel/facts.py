"""`tell`: what has happened, written once for three readers – the audit, the reactions, the statements.

A fact is a frozen dataclass in the past tense. `tell` stores it with the change in one transaction and
queues its reactions with it, so a crash can lose neither. Lower nouns never know who listens.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry, ToldThrough
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref


@dataclass(frozen=True)
class Fact:
    """Base of all facts; `code` is stable and names the fact in history.

    A `confidential` one belongs to no organisation's history: only its own subject's page shows it.
    """

    code: ClassVar[str]
    confidential: ClassVar[bool] = False


class TransactionMissing(RuntimeError):
    """A fact was told outside a transaction, where a crash could part it from its change."""


@dataclass(frozen=True)
class Told:
    """A fact as a reaction hears it: with the row that keeps it."""

    fact: Any
    entry: AuditEntry


Reaction = Callable[[Told], None]
FACTS: dict[str, type[Fact]] = {}
REACTIONS: dict[str, list[Reaction]] = defaultdict(list)


def fact(cls: type[Fact]) -> type[Fact]:
    """Register a fact by its code; a code serves one fact."""
    if FACTS.setdefault(cls.code, cls) is not cls:
        raise TypeError(f"two facts are called {cls.code}")
    return cls


def on(cls: type[Fact]) -> Callable[[Reaction], Reaction]:
    """Register a reaction; it runs after the commit, at least once, and so must bear repetition."""

    def listen(reaction: Reaction) -> Reaction:
        REACTIONS[cls.code].append(reaction)
        return reaction

    return listen


class _Encoder(DjangoJSONEncoder):
    """JSON with exact decimals (as text), dates and Refs."""

    def default(self, value: Any) -> Any:
        return str(value) if isinstance(value, Ref) else super().default(value)


def tell(
    told: Fact,
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation | None = None,
    subject: Ref | None = None,
) -> AuditEntry:
    """Write the audit row and queue the reactions; call it inside the action that made the change."""
    if not transaction.get_connection().in_atomic_block:
        raise TransactionMissing(f"{told.code}: a fact is told inside the action that made it true")
    entry = AuditEntry(
        at=at,
        organisation=None if told.confidential else organisation or by.organisation,
        person=by.person,
        actor_kind=by.kind.value,
        fact=told.code,
        subject=str(subject or ""),
        payload=json.loads(json.dumps(asdict(told), cls=_Encoder)),
    )
    entry.save()
    if by.client is not None:
        ToldThrough.objects.create(entry=entry, client_id=by.client)
    for reaction in REACTIONS.get(told.code, ()):
        enqueue("react", entry.pk, name_of(reaction), entry.at.isoformat())
    return entry


def name_of(reaction: Reaction) -> str:
    """What a job calls a reaction: with its module, since two nouns may listen by the same `on_…`."""
    return f"{reaction.__module__}.{getattr(reaction, '__qualname__', '')}"


def react(entry: AuditEntry, name: str) -> None:
    """Run one reaction to a stored fact: each is a job of its own, so that one failing stops no other.

    A name that nobody bears any more fails the job, where somebody sees it; passing over it would lose the work.
    """
    named = {name_of(reaction): reaction for reaction in REACTIONS.get(entry.fact, ())}
    if name not in named:
        raise LookupError(f"no reaction to {entry.fact} is called {name}")
    named[name](Told(fact=FACTS[entry.fact](**entry.payload), entry=entry))
