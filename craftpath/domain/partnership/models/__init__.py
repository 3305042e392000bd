"""Tables of partnerships: agreements with their sides and duties, what is given, what it costs, letters."""

from craftpath.domain.partnership.models.agreed import PARTS, Cooperation, DutyDone, Side, SideDuty
from craftpath.domain.partnership.models.giving import (
    Contribution,
    CountedBooking,
    Pledge,
    RuleAgreement,
    RuleBook,
)
from craftpath.domain.partnership.models.telling import BalanceLetter, CostStatement

__all__ = [
    "PARTS",
    "BalanceLetter",
    "Contribution",
    "Cooperation",
    "CostStatement",
    "CountedBooking",
    "DutyDone",
    "Pledge",
    "RuleAgreement",
    "RuleBook",
    "Side",
    "SideDuty",
]
