"""What is not needed any more is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.support import rules
from craftpath.domain.support.models import Act, Correction, Look, Sign
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import require


@action
def forget_support(*, by: Actor, at: datetime) -> int:
    """Signs, corrections and acts of apprenticeships that ended two years ago; says how many. May run twice."""
    require(rules.may_keep(by))
    over = {"enrolment__state": "ended", "enrolment__ended_on__lt": localdate(at) - rules.KEPT}
    signs = Sign._base_manager.filter(**over)
    gone = Correction._base_manager.filter(sign__in=signs.order_by().values("pk")).delete()[0]
    return gone + sum(table._base_manager.filter(**over).delete()[0] for table in (Sign, Act, Look))
