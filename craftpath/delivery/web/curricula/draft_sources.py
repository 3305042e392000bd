"""Where weights come from: published analyses of needs, or somebody's own judgement."""

from __future__ import annotations

from decimal import Decimal

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.drafting_wishes import scaled_weights
from craftpath.domain.needs.queries import published, weights_of

MOST_LISTED = 20


def analyses(request: Request) -> list[tuple[str, str]]:
    """(public id, title) of what is published there, the newest first."""
    return [(row.public_id, text(row.title)) for row in published(request.organisation)[:MOST_LISTED]]


def weights_from(public_id: str, listed: list[tuple[str, str]]) -> dict[str, Decimal]:
    """The weights of one of the listed analyses; none for another one."""
    return scaled_weights(weights_of(public_id)) if public_id in dict(listed) else {}
