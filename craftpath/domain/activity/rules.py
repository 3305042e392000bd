"""Who may use the store."""

from __future__ import annotations

from craftpath.kernel.access import Actor
from craftpath.values.verdict import YES, Verdict, may_not


def may_use_store(by: Actor) -> Verdict:
    """Whoever sees the whole organisation: its statements are not asked for one by one."""
    return YES if by.scope.path else may_not("activity.whole_organisation")
