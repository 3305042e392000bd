"""Writing the ledger: posting and reversing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.training.facts import HoursReversed
from craftpath.domain.training.models import HourLine
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Verdict, not_now

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Posting:
    """What a noun above writes down: `key` names it for good, so that posting it again adds nothing."""

    enrolment_id: int
    bucket: str
    on: date
    minutes: int
    source: Ref
    key: str


@action
def post_hours(postings: Sequence[Posting], *, by: Actor, at: datetime) -> dict[str, Verdict]:
    """Append lines; returns posting key → why it was refused, for those that would overfill a day.

    Whoever calls has asked whether the hours are evidenced, and tells the fact: the ledger is its consequence.
    Four queries however many.
    """
    hold(posting.enrolment_id for posting in postings)
    held = HourLine._base_manager.filter(enrolment__in={posting.enrolment_id for posting in postings})
    known = set(held.filter(key__in=[posting.key for posting in postings]).values_list("key", flat=True))
    days = held.filter(on__in={posting.on for posting in postings}).order_by()
    full: dict[tuple[int, date], int] = defaultdict(int)
    full.update(
        ((who, on), minutes)
        for who, on, minutes in days.values_list("enrolment_id", "on").annotate(minutes=Sum("minutes"))
    )
    refused: dict[str, Verdict] = {}
    lines: dict[str, HourLine] = {}
    for posting in postings:
        if posting.key in known or posting.key in lines or posting.minutes <= 0:
            continue
        day = (posting.enrolment_id, posting.on)
        if full[day] + posting.minutes > MINUTES_A_DAY:
            refused[posting.key] = not_now(
                "training.day_too_full", on=posting.on.isoformat(), minutes=full[day] + posting.minutes
            )
            continue
        full[day] += posting.minutes
        lines[posting.key] = HourLine(
            enrolment_id=posting.enrolment_id,
            bucket=posting.bucket,
            on=posting.on,
            minutes=posting.minutes,
            source=str(posting.source),
            key=posting.key,
            posted_by=by.person,
            posted_at=at,
        )
    HourLine.objects.bulk_create(lines.values(), batch_size=500)
    return refused


@action
def reverse_hours(
    sources: Sequence[Ref], *, because: str, organisation: Organisation, by: Actor, at: datetime
) -> int:
    """Take back every line of these sources that stands, by lines of their own; returns how many."""
    lines = HourLine._base_manager.filter(source__in=[str(source) for source in sources])
    hold(lines.values_list("enrolment_id", flat=True))
    rows = list(lines.filter(reversal_of__isnull=True, reversed_by__isnull=True))
    HourLine.objects.bulk_create(
        HourLine(
            enrolment_id=row.enrolment_id,
            bucket=row.bucket,
            on=row.on,
            minutes=-row.minutes,
            source=row.source,
            key=f"{row.key}/reversed",
            reversal_of=row,
            because=because,
            posted_by=by.person,
            posted_at=at,
        )
        for row in rows
    )
    for row in rows:
        told = HoursReversed(source=row.source, minutes=row.minutes, because=because)
        tell(told, by=by, at=at, organisation=organisation, subject=Ref("training", "line", row.public_id))
    return len(rows)
