"""A figure that the college publishes."""

from __future__ import annotations

from craftpath.domain.insight import actions
from craftpath.domain.insight.models import Published
from craftpath.kernel.access import system
from tests.cast import AT, Cast

SHOWN = "contract_completion"


def count_many(cast: Cast) -> dict[str, str]:
    """Once."""
    if not Published._base_manager.filter(organisation=cast.college, indicator=SHOWN).exists():
        actions.publish_indicator(cast.college, SHOWN, by=system(cast.college), at=AT)
    return {"indicator": SHOWN, "kind": SHOWN, "which": "time", "form": "time", "place": cast.college.key}
