"""Reading logs: one's own week, what waits for a mentor, who is silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Min, OuterRef, Prefetch, Q, Subquery

from craftpath.domain.apprenticeships.queries import (
    each_within,
    enrolments_worked_with,
    working_with,
)
from craftpath.domain.logbook.models import Entry, EntryFile, Observation, OtherVersion, Remark, Talk
from craftpath.domain.logbook.talks import drawable, drawn
from craftpath.kernel.people import Person

SILENT_DAYS = 7
OVERDUE_DAYS = 10  # a week, and the weekend after it


def week_of(day: date) -> date:
    """The Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def _whole(rows: models.QuerySet[Entry]) -> models.QuerySet[Entry]:
    """With everything that a card shows."""
    return rows.select_related(
        "enrolment__person", "enrolment__cohort", "confirmed_by", "corrects"
    ).prefetch_related(
        "files",
        Prefetch("remarks", Remark.objects.select_related("by").order_by("at")),
        Prefetch("others", OtherVersion.objects.filter(settled_at=None).order_by("saved_at")),
    )


def entries_of(enrolment_id: int, first: date, last: date) -> list[Entry]:
    """One apprentice's entries from `first` to `last` inclusive, by day."""
    rows = Entry.objects.filter(enrolment=enrolment_id, on__gte=first, on__lte=last)
    return list(_whole(rows).order_by("on", "pk"))


def log_of(windows: Mapping[int, tuple[date, date]]) -> dict[int, list[Entry]]:
    """enrolment id → what was handed in about its days, each from a day of its own to another, by day; one query.

    Drafts are their writer's alone, and an entry in whose place a correction was confirmed is not said any more.
    """
    rows = Entry.objects.filter(each_within(windows, "on")).exclude(state="draft")
    replaced = Entry._base_manager.filter(
        corrects__isnull=False, state="confirmed", enrolment__in=list(windows)
    )
    rows = rows.exclude(pk__in=replaced.order_by().values("corrects_id")).select_related("confirmed_by")
    found: dict[int, list[Entry]] = {}
    for row in rows.order_by("on", "pk"):
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def entry(public_id: str) -> Entry | None:
    """An entry that the reader sees."""
    return _whole(Entry.objects.filter(public_id=public_id)).first()


def entry_made(enrolment_id: int, made_id: UUID) -> Entry | None:
    """An entry by the name that its device gave it."""
    return Entry.objects.filter(enrolment=enrolment_id, made_id=made_id).first()


def file_of(public_id: str) -> EntryFile | None:
    """A photo or recording of an entry that the reader sees."""
    seen = Entry.objects.order_by().values("pk")
    return (
        EntryFile.objects.filter(public_id=public_id, entry__in=seen).select_related("kept", "entry").first()
    )


def waiting_for(person: Person, until: date | None = None) -> list[Entry]:
    """What apprentices handed in and this mentor or trainer has not answered, up to a day, by apprentice and day."""
    rows = Entry.objects.filter(enrolment__in=working_with(person), state="submitted")
    if until is not None:
        rows = rows.filter(on__lte=until)
    return list(
        _whole(rows.exclude(enrolment__person=person)).order_by(
            "enrolment__person__name", "enrolment", "on", "pk"
        )
    )


def waiting_count(person: Person) -> int:
    """How many entries wait for this person."""
    rows = Entry.objects.filter(enrolment__in=enrolments_worked_with(person), state="submitted")
    return rows.exclude(enrolment__person=person).count()


@dataclass(frozen=True, slots=True)
class Silence:
    """An apprentice whose handed-in entries nobody has answered for more than `SILENT_DAYS` days."""

    enrolment_id: int
    waiting: int
    since: datetime


def silent(at: datetime) -> list[Silence]:
    """Those in the open scope, the longest silence first; one query."""
    rows = (
        Entry.objects.filter(state="submitted", submitted_at__lt=at - timedelta(days=SILENT_DAYS))
        .order_by()
        .values_list("enrolment_id")
        .annotate(waiting=Count("pk"), since=Min("submitted_at"))
        .order_by("since")
    )
    return [Silence(who, waiting, since) for who, waiting, since in rows]


def observations_of(enrolment_ids: Iterable[int], first: date | None = None) -> list[Observation]:
    """What was observed of these apprentices, from a day on, the newest first; one query."""
    rows = Observation.objects.filter(enrolment__in=list(enrolment_ids)).select_related("observed_by")
    if first is not None:
        rows = rows.filter(on__gte=first)
    return list(rows.order_by("-on", "-pk"))


def talk_due(enrolment_ids: Iterable[int], today: date) -> list[Entry]:
    """The entries drawn for talks about last month that have not been held, one an apprentice; constant queries."""
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    ids = list(enrolment_ids)
    held = set(Talk.objects.filter(enrolment__in=ids, month=month).values_list("enrolment_id", flat=True))
    by_apprentice: dict[int, list[Entry]] = {}
    for row in drawable(month).filter(enrolment__in=[pk for pk in ids if pk not in held]):
        by_apprentice.setdefault(row.enrolment_id, []).append(row)
    lots = [drawn(found, month).pk for found in by_apprentice.values()]
    return list(_whole(Entry.objects.filter(pk__in=lots)).order_by("enrolment__person__name", "pk"))


def latest_entry(enrolment_id: int, until: date) -> Entry | None:
    """The newest entry up to a day, drafts left out."""
    rows = Entry.objects.filter(enrolment=enrolment_id, on__lte=until).exclude(state="draft")
    return rows.order_by("-on", "-pk").first()


def open_entries(enrolment_ids: Iterable[int], today: date) -> list[Entry]:
    """What is not answered of these apprentices' entries: sent back, or of today; one query."""
    rows = Entry.objects.filter(enrolment__in=list(enrolment_ids))
    return list(rows.filter(Q(state="returned") | Q(on=today)).order_by("on", "pk"))


def entries_seen() -> models.QuerySet[Entry]:
    """All entries of the open scope with everything that belongs to them, the newest day first, for pages."""
    return _whole(Entry.objects.all()).order_by("-on", "-pk")


def pages_of(enrolment_id: int) -> models.QuerySet[Entry]:
    """One apprentice's whole log, the newest day first, for pages."""
    return _whole(Entry.objects.filter(enrolment=enrolment_id)).order_by("-on", "-pk")


def not_writing(enrolments: models.QuerySet[Any], since: date) -> models.QuerySet[Any]:
    """Those of these apprentices who have handed in nothing about the days from `since` on, with the last day."""
    newest = Entry._base_manager.filter(enrolment=OuterRef("pk")).exclude(state="draft").order_by("-on")
    rows = enrolments.annotate(last_on=Subquery(newest.values("on")[:1])).filter(starts_on__lt=since)
    late: models.QuerySet[Any] = rows.filter(Q(last_on__isnull=True) | Q(last_on__lt=since))
    return late.order_by("last_on", "number", "pk")


def other_version(public_id: str) -> OtherVersion | None:
    """An unsettled version of an entry that the reader sees, or None."""
    seen = Entry.objects.order_by().values("pk")
    return OtherVersion.objects.filter(public_id=public_id, settled_at=None, entry__in=seen).first()


def confirmed_minutes(
    enrolments: models.QuerySet[Any, Any], first: date, end: date
) -> list[tuple[int, date, int]]:
    """(enrolment id, day, minutes) that mentors confirmed for days in [first, end); one query, whoever asks."""
    rows = Entry._base_manager.filter(enrolment__in=enrolments, state="confirmed", on__gte=first, on__lt=end)
    summed = rows.order_by().values("enrolment_id", "on").annotate(whole=models.Sum("minutes"))
    return list(
        summed.filter(whole__gt=0).order_by("enrolment_id", "on").values_list("enrolment_id", "on", "whole")
    )


def counts_between(enrolment_ids: Iterable[int], first: date, last: date) -> dict[int, dict[str, int]]:
    """enrolment id → state → how many entries of these days, drafts left out; no word of them is read. One query."""
    rows = Entry.objects.filter(enrolment__in=list(enrolment_ids), on__gte=first, on__lte=last)
    counted = rows.exclude(state="draft").order_by().values_list("enrolment_id", "state")
    found: dict[int, dict[str, int]] = {}
    for who, state, count in counted.annotate(count=models.Count("pk")):
        found.setdefault(who, {})[state] = count
    return found
