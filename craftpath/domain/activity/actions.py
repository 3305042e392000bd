"""Taking statements in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from craftpath.domain.activity.models import Statement
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
    Statement.objects.bulk_create(
        [
            Statement(
                id=uuid.uuid5(NAMESPACE, new.key),
                at=new.at,
                organisation=organisation,
                person=new.person,
                verb=new.verb,
                object_id=new.object_id,
                raw=_raw(new),
            )
            for new in statements
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(statements)


def _raw(new: NewStatement) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "id": str(uuid.uuid5(NAMESPACE, new.key)),
        "actor": {"account": {"homePage": settings.ADDRESS, "name": new.person.public_id}},
        "verb": {"id": VERBS + new.verb},
        "object": {"id": new.object_id, "definition": {"name": new.object_name}},
        "timestamp": new.at.isoformat(),
    }
    if new.result:
        raw["result"] = new.result
    if new.context:
        raw["context"] = new.context
    return raw
