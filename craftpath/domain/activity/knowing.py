"""What statements tell of activities, verbs and agents is put together as they come."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from craftpath.domain.activity.keys import key_of
from craftpath.domain.activity.models import Known
from craftpath.engines.xapi.finding import activities, named, verbs
from craftpath.engines.xapi.known import merged
from craftpath.engines.xapi.reading import write
from craftpath.kernel.asked import Asked
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.rows import NAMED, upsert_rows

Json = dict[str, Any]
Kind = Known.Kind
MOST_NAMES = 20
"""Names of one agent that are remembered."""


def learn(statements: Iterable[Json], organisation: Organisation) -> None:
    """Add what they tell; two questions, and no writing where they tell nothing new."""
    told: dict[tuple[int, str], Any] = {}
    for said in statements:
        for iri, definition in activities(said):
            told[Kind.ACTIVITY, iri] = merged(told.get((Kind.ACTIVITY, iri), {}), definition)
        for iri, display in verbs(said):
            told[Kind.VERB, iri] = told.get((Kind.VERB, iri), {}) | display
        for own, name in named(said):
            names = told.setdefault((Kind.AGENT, own), [])
            if name not in names:
                names.append(name)
    if not told:
        return
    keys = {(kind, name): key_of(str(kind), name) for kind, name in told}
    known = _known(organisation, list(keys.values()))
    rows = []
    for (kind, name), new in told.items():
        before = known.get(keys[kind, name])
        after = _with(kind, before, new)
        if after != before:
            rows.append((kind, keys[kind, name], name, write(after).decode()))
    rows.sort(
        key=lambda row: row[1]
    )  # whoever else writes the same goes the same way, and nobody waits in a ring
    if rows:
        upsert_rows(
            Known,
            ["kind", "key", "name", "told"],
            rows,
            {"organisation": organisation.pk},
            unique=["organisation", "kind", "key"],
        )


def known_of(organisation: Organisation, kind: int, names: Iterable[str]) -> dict[str, Any]:
    """What is known of each of these, where something is."""
    keys = {key_of(str(int(kind)), name): name for name in names}
    return {keys[key]: told for key, told in _known(organisation, list(keys)).items()}


_KNOWN = Asked(  # each key is of one kind only; they are named because an index leads to a key by its kind
    lambda organisation, *keys: Known._base_manager.filter(
        organisation=organisation, kind__in=Kind.values, key__in=keys
    ).values_list("key", "told"),
    models.BigIntegerField(),
    models.UUIDField(),
)


def _known(organisation: Organisation, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    found: dict[uuid.UUID, Any] = {}
    for start in range(0, len(keys), NAMED):
        rows = _KNOWN.rows(organisation.pk, *keys[start : start + NAMED])
        found.update((key, json.loads(told)) for key, told in rows)
    return found


def _with(kind: int, before: Any, new: Any) -> Any:
    if kind == Kind.ACTIVITY:
        return merged(before or {}, new)
    if kind == Kind.VERB:
        return (before or {}) | new
    return ((before or []) + [name for name in new if name not in (before or [])])[-MOST_NAMES:]
