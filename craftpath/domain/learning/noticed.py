"""What roll calls say of very many apprentices at once, over some weeks: how often there, of how often."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from craftpath.domain.apprenticeships.noticed import Among
from craftpath.domain.learning.models import DISPUTED, THERE, Attendance


def attendance_lately(among: Among, since: datetime, until: datetime) -> dict[int, tuple[int, int]]:
    """enrolment id → (sessions there, sessions marked) of those that began in [since, until); one query.

    Whatever the reader sees. Excused ones count on neither side, nor does a line of which the apprentice says otherwise
    until somebody has settled it.
    """
    rows = Attendance._base_manager.filter(
        among.where("enrolment"), session__starts_at__gte=since, session__starts_at__lt=until
    )
    told = (
        rows.exclude(status="excused")
        .exclude(DISPUTED)
        .order_by()
        .values_list("enrolment_id")
        .annotate(there=Count("pk", filter=Q(status__in=THERE)), marked=Count("pk"))
    )
    return {who: (there, marked) for who, there, marked in told}
