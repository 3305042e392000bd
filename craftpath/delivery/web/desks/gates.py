"""Gates on a desk: the moment of having passed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.programmes.queries import stage_after
from craftpath.domain.progression.queries import passages_of

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

FRESH = timedelta(days=30)  # for so long the desk says it


@dataclass(frozen=True, slots=True)
class Through:
    """A stage that somebody has just passed: what one has become, and the page to show at home."""

    stage: str
    became: str
    url: str


def new_passage(request: Request, own: Sequence[Enrolment]) -> Through | None:
    """The newest stage that the reader passed within a month; one or two queries."""
    since = request.today - FRESH
    rows = [row for some in passages_of([one.pk for one in own]).values() for row in some]
    for row in rows:
        if row.outcome == "passed" and row.decided_on >= since:
            following = stage_after(row.stage)
            url = reverse("progression:passage", args=[request.organisation.key, row.public_id])
            return Through(text(row.stage.name), text(following.name) if following else "", url)
    return None
