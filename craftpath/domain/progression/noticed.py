"""Gates that are late, of very many apprentices at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from craftpath.domain.apprenticeships.noticed import Among, stages_begun
from craftpath.domain.progression.models import Passage


def gates_late(among: Among, day: date) -> dict[int, date]:
    """enrolment id → the day on which its open stage should have ended; two queries.

    Months are planned by the programme. Whoever stays in the stage by a decision is late only after the day in it.
    """
    rows = stages_begun(among)
    if not rows:
        return {}
    staying = _staying(among)
    ends = _after([row[2] for row in rows], [row[3] for row in rows])
    found: dict[int, date] = {}
    for (who, stage, _opened, _months), planned in zip(rows, ends, strict=True):
        ends_on = staying.get((who, stage), planned)
        if ends_on < day:
            found[who] = min(ends_on, found.get(who, ends_on))
    return found


def _staying(among: Among) -> dict[tuple[int, int], date]:
    rows = Passage._base_manager.filter(among.where("enrolment"), outcome="repeat", until__isnull=False)
    told = rows.order_by("decided_at", "pk").values_list("enrolment_id", "stage_id", "until")
    return {(who, stage): until for who, stage, until in told if until is not None}


def _after(days: Iterable[date], months: Iterable[int]) -> list[date]:
    """So many months later; the last day of the month where it has no such day."""
    given = np.array(list(days), "datetime64[D]")
    month = given.astype("datetime64[M]")
    into = (given - month.astype("datetime64[D]")).astype(int)
    then = month + np.array(list(months), "timedelta64[M]")
    length = ((then + 1).astype("datetime64[D]") - then.astype("datetime64[D]")).astype(int)
    found = then.astype("datetime64[D]") + np.minimum(into, length - 1).astype("timedelta64[D]")
    return list(found.astype(object))
