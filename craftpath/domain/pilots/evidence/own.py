"""What a round says of itself: whether its report is issued, and which changes are decided."""

from __future__ import annotations

from craftpath.domain.pilots.models import PilotChange, RoundReport
from craftpath.domain.pilots.registry import Asked, Found, provides
from craftpath.domain.pilots.states import DECIDED


@provides("report_issued")
def _report(asked: Asked) -> Found:
    """The newest version of the report."""
    row = RoundReport.objects.filter(round=asked.round).order_by("-version").first()
    facts = {"version": row.version, "on": asked.pilot.day(row.issued_at).isoformat()} if row else {}
    return Found("report_issued", row is not None, facts)


@provides("changes_decided")
def _changes(asked: Asked) -> Found:
    """Changes that were raised in this round; one that is decided is enough."""
    states = list(PilotChange._base_manager.filter(round=asked.round).values_list("state", flat=True))
    decided = sum(state in DECIDED for state in states)
    return Found("changes_decided", decided > 0, {"done": decided, "of": len(states)})
