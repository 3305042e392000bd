"""Duties at gates: stages that come to their end, gates that wait for a decision, papers that somebody has to bring.

A stage ends when its planned months are over or, for whoever repeats it, on the day that was named. A stage without
either has no end that anybody stored, and examinations have no day of registration: nothing is due there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from craftpath.domain.apprenticeships.queries import active_with_parties, mentor_today, open_stages
from craftpath.domain.evaluation.standings import ready_to_pass
from craftpath.domain.programmes.queries import root_key
from craftpath.domain.progression.queries import Gates, papers_settled, repeats, to_be_passed
from craftpath.engines.deadlines import Term, Unit, calendar, due
from craftpath.kernel.duties import Asked, Row, columns, duty

SOON = timedelta(days=60)  # how far ahead papers are looked for; their row has fewer


@duty("progression.stage_end", subject="apprenticeships.enrolment")
def stages_ending(asked: Asked) -> Iterator[Row]:
    """Open stages by the day on which they end, but those whose gate only waits to be opened."""
    if asked.people is not None:  # an office is asked, nobody in person
        return
    for one in _ending(asked):
        if not one.decided:
            yield one.enrolment, one.ends_on, one.college, None


@duty("progression.gate", subject="apprenticeships.enrolment")
def gates_to_open(asked: Asked) -> models.QuerySet[Any]:
    """Apprentices whose result is decided as passed and whose gate nobody has opened; not those who repeat still."""
    return columns(
        to_be_passed(asked.today),
        subject="enrolment__public_id",
        anchor="decided__decision__made_at",
        place="enrolment__cohort__organisation_id",
    )


@duty("progression.paper", subject="apprenticeships.enrolment")
def papers_to_bring(asked: Asked) -> Iterator[Row]:
    """Papers that the gate of a stage asks for and nobody has noted or waived, of whoever can supply them.

    The apprentice and today's mentor in person; the enterprise by those who look after agreements there, and the
    college by its own. Three queries.
    """
    soon = [one for one in _ending(asked) if one.ends_on <= asked.today + SOON]
    if not soon:
        return
    gates, settled = Gates("stage"), papers_settled("stage")
    for one in soon:
        wanted = gates.conditions(one.path, one.programme, one.stage_id, one.stage)
        papers = [row for row in wanted if row.kind == "document"]
        missing = {row.by for row in papers if (one.enrolment_id, one.stage_id, row.key) not in settled}
        yield from one.rows(missing)


@dataclass(frozen=True, slots=True)
class _Ending:
    """An open stage of somebody with its end; `decided` says that its gate waits to be opened and nothing else."""

    ends_on: date
    decided: bool
    enrolment_id: int
    enrolment: str
    person: int
    mentor: int | None
    college: int
    path: str
    enterprise: int | None
    programme: str
    stage_id: int
    stage: str

    def rows(self, suppliers: set[str]) -> Iterator[Row]:
        """One row for each who has to supply something; a mentor or an enterprise that is missing is the college's."""
        known: dict[str, tuple[int, int | None]] = {
            "apprentice": (self.college, self.person),
            "mentor": (self.college, self.mentor),
            "enterprise": (self.enterprise or self.college, None),
        }
        # The college's place comes first: whoever is told of a thing is told at the first place that it has.
        in_order = sorted(suppliers, key=lambda one: (one == "enterprise", one))
        asked = (known.get(one, (self.college, None)) for one in in_order)
        for place, who in dict.fromkeys(asked):
            yield self.enrolment, self.ends_on, place, who


def _ending(asked: Asked) -> Iterator[_Ending]:
    """Every open stage that has an end, of the active apprentices of the open scope: one query."""
    until = repeats("enrolment", "stage").order_by("-decided_at", "-pk").values("until")
    decided = ready_to_pass().filter(enrolment=OuterRef("enrolment"), evaluation__stage=OuterRef("stage"))
    rows = (
        open_stages()
        .filter(enrolment__in=active_with_parties().values("pk"))
        .annotate(
            until=Subquery(until[:1]), decided=Exists(decided.order_by()), mentor=mentor_today("enrolment")
        )
        .filter(Q(stage__default_months__gt=0) | Q(until__isnull=False))
    )
    if asked.people is not None:
        after, last = asked.people
        mine = Q(enrolment__person__gt=after, enrolment__person__lte=last)
        rows = rows.filter(mine | Q(mentor__gt=after, mentor__lte=last))
    told = rows.order_by().values_list(
        "enrolment_id",
        "enrolment__public_id",
        "enrolment__person_id",
        "mentor",
        "enrolment__cohort__organisation_id",
        "enrolment__cohort__organisation__path",
        "enrolment__enterprise_id",
        root_key("enrolment__cohort__programme"),
        "stage_id",
        "stage__key",
        "opened_on",
        "stage__default_months",
        "until",
        "decided",
    )
    months = _Months(asked.today)
    for *known, opened_on, planned, named, is_decided in told.iterator(5_000):
        stays = named is not None and named >= asked.today
        ends_on = named or months.after(opened_on, planned)
        yield _Ending(ends_on, is_decided and not stays, *known)


class _Months:
    """Planned months from a day on, by the deadlines engine; each pair once."""

    def __init__(self, today: date) -> None:
        self._plain = calendar(today, today, announced_until=today)  # months need no holidays
        self._known: dict[tuple[date, int], date] = {}

    def after(self, day: date, months: int) -> date:
        if (day, months) not in self._known:
            answer = due(np.array([day], "datetime64[D]"), Term(months, Unit.MONTHS), self._plain)
            self._known[day, months] = answer.days[0].item()
        return self._known[day, months]
