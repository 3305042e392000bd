"""The site's own statements: what its nouns hand down. Those of others come by `taking.py`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from craftpath.domain.activity.keys import key_of, row_of
from craftpath.domain.activity.knowing import learn
from craftpath.domain.activity.models import Statement
from craftpath.domain.activity.storing import begin_storing
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.reading import write
from craftpath.engines.xapi.values import written
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person

NAMESPACE = uuid.UUID("6f1f6c52-2b0a-5c55-9d4e-3f6b1f0f9a11")
VERBS = "http://adlnet.gov/expapi/verbs/"


@dataclass(frozen=True)
class NewStatement:
    """What a noun hands down. `key` makes the statement's id, so handing it down twice keeps one row."""

    key: str
    person: Person
    verb: str
    object_id: str
    object_name: dict[str, str]
    at: datetime
    result: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


@action
def record_statements(
    statements: Sequence[NewStatement], *, organisation: Organisation | None, by: Actor, at: datetime
) -> int:
    """Append statements; one that is here already (same key) is left as it is. Returns how many were given."""
    stored = (
        begin_storing()
    )  # a reaction may run long after its fact, and whoever asks what is new must not miss it
    told = [_raw(new, stored) for new in statements]
    Statement.objects.bulk_create(
        [
            Statement(
                id=row_of(organisation, raw["id"]),
                stored_at=stored,
                at=new.at,
                organisation=organisation,
                person=new.person,
                verb=new.verb,
                object_id=new.object_id,
                text=write(raw).decode(),
                by_actor=key_of(identity(raw["actor"]) or ""),
                by_verb=key_of(raw["verb"]["id"]),
                by_activity=key_of(raw["object"]["id"]),
            )
            for new, raw in zip(statements, told, strict=True)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    if organisation is not None:
        learn(told, organisation)
    return len(statements)


def name_people(people: Mapping[uuid.UUID, int]) -> None:
    """Say whose statements of outside these rows are, so that they go along with the record of whoever it is."""
    rows = [Statement(pk=row, person_id=person) for row, person in people.items()]
    Statement._base_manager.bulk_update(rows, ["person"], batch_size=400)


def itself() -> dict[str, Any]:
    """The site as the one who says so."""
    return {"objectType": "Agent", "account": {"homePage": settings.ADDRESS, "name": "craftpath"}}


def _raw(new: NewStatement, stored: datetime) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "id": str(uuid.uuid5(NAMESPACE, new.key)),
        "actor": {"account": {"homePage": settings.ADDRESS, "name": new.person.public_id}},
        "verb": {"id": VERBS + new.verb},
        "object": {"id": new.object_id, "definition": {"name": new.object_name}},
        "timestamp": written(new.at),
        "stored": written(stored),
        "authority": itself(),
        "version": "1.0.0",
    }
    if new.result:
        raw["result"] = new.result
    if new.context:
        raw["context"] = new.context
    return raw
