"""What an import of this sheet would do: `check_roster`, `check_marks`, and the values they speak in."""

from craftpath.delivery.exchange.marks import check_marks
from craftpath.delivery.exchange.plans import (
    CellError,
    Change,
    Effect,
    KnownMark,
    KnownPerson,
    Link,
    MarkRow,
    MarksKnowledge,
    MarksPlan,
    Named,
    RosterKnowledge,
    RosterPlan,
    RosterRow,
)
from craftpath.delivery.exchange.roster import check_roster

__all__ = [
    "CellError",
    "Change",
    "Effect",
    "KnownMark",
    "KnownPerson",
    "Link",
    "MarkRow",
    "MarksKnowledge",
    "MarksPlan",
    "Named",
    "RosterKnowledge",
    "RosterPlan",
    "RosterRow",
    "check_marks",
    "check_roster",
]
