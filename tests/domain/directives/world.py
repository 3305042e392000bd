"""A notice of the cast's city to its college and enterprises, for the tests of directives."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from craftpath.domain.directives import actions
from craftpath.domain.directives.models import Directive
from craftpath.kernel.access import Actor
from tests.cast import AT, TODAY, Cast


def officer(cast: Cast) -> Actor:
    return cast.actor("officer", cast.city)


def draft(cast: Cast, **more: Any) -> actions.Draft:
    """A notice to everything below the city, for offices."""
    values: dict[str, Any] = {
        "kind": "notice",
        "title": {"zh": "开学安全检查", "en": "Safety check"},
        "words": {"zh": "请检查车间。", "en": "Please check the workshops."},
        "places": [cast.city],
    }
    return actions.Draft(**{**values, **more})


def published(
    cast: Cast, *, shown_from: date = TODAY, by: Actor | None = None, at: datetime = AT, **more: Any
) -> Directive:
    by = by or officer(cast)
    assert by.organisation is not None
    return actions.issue_directive(
        draft(cast, **more), organisation=by.organisation, made_id=uuid.uuid4(), shown_from=shown_from, by=by,
        at=at,
    )  # fmt: skip
