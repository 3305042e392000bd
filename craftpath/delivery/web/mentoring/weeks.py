"""Signed weeks of the training log that lie in a pair: read here, as the log stands above what pairs do."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.logbook.confirmed import weeks_confirmed
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import looking_for

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.pairing.models import Pair

__all__ = ["signed_weeks"]


def signed_weeks(pair: Pair, today: date) -> int:
    """How many weeks of its apprentices were confirmed while the pair held; 0 for a pair of staff.

    They are counted for whoever presses the button, with the view of the office that runs the pair: a teacher of whom
    the record is closed by then still gets the whole page.
    """
    last = min(pair.ends_on - timedelta(days=1), today) if pair.ends_on else today
    windows: dict[int, tuple[date, date]] = {}
    by_cohort: dict[int, list[Enrolment]] = defaultdict(list)
    for bond in pair.bonds.all():
        row = bond.enrolment
        if row is not None and row.pk not in windows and pair.starts_on <= last:
            windows[row.pk] = (max(pair.starts_on, row.starts_on), last)
            by_cohort[row.cohort_id].append(row)
    total = 0
    with looking_for(system(pair.organisation).scope):
        for rows in by_cohort.values():
            own = {row.pk: windows[row.pk] for row in rows if windows[row.pk][0] <= last}
            counted = weeks_confirmed(rows[0].cohort, own, today)
            total += sum(confirmed for confirmed, _of in counted.values())
    return total
