"""What the outbox may bring: ratings."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import plain_id
from craftpath.delivery.web.shell.telling import Told
from craftpath.delivery.web.sync.taking import Unreadable, Write, takes
from craftpath.domain.judging import actions, queries


def _said(outcome: Mapping[str, Any]) -> list[Told]:
    return [Told("good", _("Sent."))]


@takes("judging.rate", says=_said)
def rate(write: Write) -> dict[str, Any]:
    """What a rater saw of one work: `rater` says whose, `rating` is the device's name for it."""
    data, request = write.data, write.request
    rater = queries.raters().filter(public_id=plain_id(str(data["rater"])), person=request.user).first()
    if rater is None:
        raise Unreadable("rater")
    levels = data["levels"]
    if not isinstance(levels, dict):
        raise Unreadable("levels")
    kept = actions.rate_work(
        rater,
        made_id=uuid.UUID(str(data["rating"])),
        levels={str(key): str(value) for key, value in levels.items()},
        words=str(data.get("words") or "").replace("\x00", ""),
        written_at=write.written_at,
        by=request.actor,
        at=request.at,
    )
    return {"rating": kept.public_id}
