"""Statements as they are given out: as they are kept, by identifiers only, or in one language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from craftpath.domain.activity.knowing import known_of
from craftpath.domain.activity.models import Known
from craftpath.engines.xapi.finding import activities, verbs
from craftpath.engines.xapi.formats import canonical, ids
from craftpath.engines.xapi.reading import write
from craftpath.kernel.organisations import Organisation


def shown(
    texts: Sequence[str], form: str, organisation: Organisation, languages: Sequence[tuple[str, float]]
) -> list[str]:
    """The texts of kept statements in a format of the standard; two questions at most."""
    if form == "exact":
        return list(texts)
    told = [json.loads(text) for text in texts]
    if form == "ids":
        return [write(ids(one)).decode() for one in told]
    definitions = known_of(
        organisation, Known.Kind.ACTIVITY, {iri for one in told for iri in _activities(one)}
    )
    displays = known_of(organisation, Known.Kind.VERB, {iri for one in told for iri in _verbs(one)})
    return [write(canonical(one, definitions, displays, languages)).decode() for one in told]


def _activities(statement: dict[str, Any]) -> list[str]:
    """Every activity that is named, defined or not."""
    about, context = statement["object"], statement.get("context", {})
    kind = about.get("objectType", "Activity")
    named = [about["id"]] if kind == "Activity" else _activities(about) if kind == "SubStatement" else []
    for some in context.get("contextActivities", {}).values():
        named += [one["id"] for one in some]
    return named + [iri for iri, _ in activities(statement)]


def _verbs(statement: dict[str, Any]) -> list[str]:
    about = statement["object"]
    inner = _verbs(about) if about.get("objectType") == "SubStatement" else []
    return [statement["verb"]["id"], *inner, *(iri for iri, _ in verbs(statement))]
