"""The one place where a definition is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from craftpath.domain.programmes import definition as definitions
from craftpath.domain.programmes.facts import SchemeSaved
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref


def write_definition(
    scheme: EvaluationScheme, definition: dict[str, Any], *, by: Actor, at: datetime
) -> None:
    """Store a definition: it holds, or nothing is saved."""
    definitions.engine_scheme(definition, scheme.key)
    scheme.definition = definition
    scheme.fingerprint = definitions.fingerprint(definition)
    scheme.made_by, scheme.made_at = by.person, at
    scheme.save()
    tell(
        SchemeSaved(scheme=scheme.public_id, version=scheme.version, fingerprint=scheme.fingerprint),
        by=by,
        at=at,
        organisation=scheme.organisation,
        subject=Ref("programmes", "scheme", scheme.public_id),
    )
