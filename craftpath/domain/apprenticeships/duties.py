"""Duties about apprentices: a stage whose planned time ends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from craftpath.domain.apprenticeships.models import Enrolment, StageProgress
from craftpath.engines.deadlines import Term, Unit, calendar, due
from craftpath.kernel.duties import Asked, Row, duty


@duty("apprenticeships.stage_end", subject="apprenticeships.enrolment")
def stages_ending(asked: Asked) -> Iterator[Row]:
    """Open stages with the day on which their planned months are over: one query, months by the engine."""
    seen = Enrolment.objects.filter(state="active").order_by().values("pk")
    rows = StageProgress.objects.filter(state="open", enrolment__in=seen, stage__default_months__gt=0)
    told = rows.order_by().values_list(
        "enrolment__public_id", "opened_on", "stage__default_months", "enrolment__cohort__organisation_id"
    )
    plain = calendar(asked.today, asked.today, announced_until=asked.today)  # months need no holidays
    ends: dict[tuple[object, int], object] = {}
    for enrolment, opened, months, place in told.iterator(5_000):
        if (opened, months) not in ends:
            answer = due(np.array([opened], "datetime64[D]"), Term(months, Unit.MONTHS), plain)
            ends[opened, months] = answer.days[0].item()
        yield enrolment, ends[opened, months], place, None
