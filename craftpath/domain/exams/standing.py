"""When the answers of a paper sheet stand: both keyings agree, or somebody has decided where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from craftpath.domain.exams.content import Content
from craftpath.domain.exams.facts import SheetSettled
from craftpath.domain.exams.models import Answer, Candidate, PaperLine, Settlement
from craftpath.engines.scoring import Kind
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import Fact, tell

Lines = Sequence[tuple[PaperLine, Content]]


def locked(candidate: Candidate) -> Candidate:
    """The candidate, held until all is written; sitting, person and settlement read with it."""
    Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    rows = Candidate.objects.select_related("sitting__organisation", "enrolment", "settlement")
    return rows.get(pk=candidate.pk)


def told(fact: Fact, row: Candidate, *, by: Actor, at: datetime) -> None:
    """Say it of the sitting."""
    tell(fact, by=by, at=at, organisation=row.sitting.organisation, subject=row.sitting.ref)


def stand(
    row: Candidate,
    lines: Lines,
    given: Mapping[str, Any],
    *,
    decided: Mapping[str, Any] | None = None,
    absent: bool = False,
    by: Actor,
    at: datetime,
) -> Settlement:
    """Write the answers of a locked candidate; `decided` holds what somebody chose, None if nobody had to."""
    if not absent:
        _write(row, lines, given, at)
        _was_here(row)
    settlement = Settlement(
        candidate=row,
        given=dict(decided or {}),
        absent=absent,
        settled_by=None if decided is None else by.person,
        settled_at=at,
    )
    settlement.save()
    told(SheetSettled(row.enrolment.public_id, len(decided or {})), row, by=by, at=at)
    return settlement


def _write(row: Candidate, lines: Lines, given: Mapping[str, Any], at: datetime) -> None:
    """What stands on the sheet counts; where it is empty, what a device had saved before it failed stays."""
    saved = {one.line_id: one for one in Answer.objects.filter(candidate=row)}
    fresh = []
    for line, content in lines:
        value = given.get(str(line.order))
        if value is None:
            continue
        before = saved.get(line.pk)
        if content.kind is Kind.ESSAY and before is not None and isinstance(before.given, Mapping):
            value = {**before.given, **value}
        if before is None:
            fresh.append(Answer(candidate=row, line=line, given=value, count=1, saved_at=at))
        else:
            before.given, before.count, before.saved_at = value, before.count + 1, at
    Answer.objects.bulk_create(fresh)
    Answer.objects.bulk_update(saved.values(), ["given", "count", "saved_at"])


def _was_here(row: Candidate) -> None:
    """Began with the sitting and handed in when it was closed: paper tells no other time."""
    sitting = row.sitting
    if row.started_at is None:
        row.started_at = sitting.starts_at
        row.ends_at = sitting.starts_at + timedelta(minutes=sitting.minutes + row.extra_minutes)
    row.handed_in_at, row.handed_in_by = sitting.closed_at, "paper"
    row.save(update_fields=["started_at", "ends_at", "handed_in_at", "handed_in_by"])
