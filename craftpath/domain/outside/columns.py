"""Columns that a program keeps for a cohort: what it says is kept as it said it, and is nobody's mark.

Somebody who may record marks takes a column over (`domain/evaluation/taking.py`), or lets it be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.outside import rules
from craftpath.domain.outside.facts import ColumnDropped, ColumnKept, ColumnTaken
from craftpath.domain.outside.models import STATUSES, OutsideColumn, OutsideMark
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.clients import Client
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

MOST = Decimal(100_000)
PLACES = 4
LONGEST_WORDS = 4_000
COLUMN, MARK = "outside.column_unfit", "outside.mark_unfit"


@dataclass(frozen=True, slots=True)
class ColumnSaid:
    """A line item as a program says it."""

    cohort: Cohort
    title: str
    description: str
    category: str
    period: str
    assigned_at: datetime
    due_at: datetime
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """A result as a program says it."""

    enrolment: Enrolment
    status: str
    score: Decimal | None
    text: str
    comment: str
    on: date


def columns() -> models.QuerySet[OutsideColumn]:
    """The columns of the open scope that are not dropped, the last changed first."""
    return every_column().filter(dropped_at=None)


def every_column() -> models.QuerySet[OutsideColumn]:
    """The same with those that are dropped, for whoever keeps a copy."""
    return OutsideColumn.objects.select_related(
        "cohort__organisation", "client", "organisation", "taken_by"
    ).order_by("-changed_at", "-pk")


def marks_in(rows: models.QuerySet[OutsideColumn]) -> models.QuerySet[OutsideMark]:
    """What stands in these columns, the dropped too."""
    found = OutsideMark.objects.filter(column__in=rows.order_by().values("pk"))
    return found.select_related("column__cohort", "enrolment__person").order_by("pk")


def marks_of(column: OutsideColumn) -> list[OutsideMark]:
    """The newest result of each apprentice in a column, by number; one query."""
    rows = OutsideMark.objects.filter(column=column, dropped_at=None).select_related("enrolment__person")
    newest = {row.enrolment_id: row for row in rows.order_by("changed_at", "pk")}
    return sorted(newest.values(), key=lambda row: (row.enrolment.number, row.pk))


def counted(rows: Iterable[OutsideColumn]) -> dict[int, int]:
    """Column id → how many apprentices have a result in it; one query."""
    held = OutsideMark.objects.filter(column__in=[row.pk for row in rows], dropped_at=None).order_by()
    return dict(held.values_list("column_id").annotate(n=models.Count("enrolment", distinct=True)))


def column_said(raw: object) -> ColumnSaid:
    """Read a line item; Refused names the part that is not as the standard says."""
    told = _object(raw, COLUMN)
    cohort = cohorts().filter(public_id=_pointer(told, "class", COLUMN)).first()
    if cohort is None:
        raise Refused(not_now("outside.cohort_unknown"))
    if "school" in told and _pointer(told, "school", COLUMN) != cohort.organisation.public_id:
        raise Refused(not_now(COLUMN, part="school"))
    assigned, due = (_moment(told, name, COLUMN) for name in ("assignDate", "dueDate"))
    least = _number(told, "resultValueMin", COLUMN)
    most = _number(told, "resultValueMax", COLUMN)
    least, most = least or Decimal(0), Decimal(100) if most is None else most
    title = _text(told, "title", rules.LONGEST_TITLE, COLUMN)
    for part, fits in (("title", title), ("resultValueMax", most > least), ("dueDate", due >= assigned)):
        if not fits:
            raise Refused(not_now(COLUMN, part=part))
    return ColumnSaid(
        cohort, title, _text(told, "description", LONGEST_WORDS, COLUMN), _pointer(told, "category", COLUMN),
        _pointer(told, "gradingPeriod", COLUMN) if told.get("gradingPeriod") is not None else "",
        assigned, due, least, most,
    )  # fmt: skip


def mark_said(column: OutsideColumn, raw: object) -> MarkSaid:
    """Read a result in a column; Refused names the part that is not as the standard says."""
    told = _object(raw, MARK)
    student = _pointer(told, "student", MARK)
    enrolment = enrolments().filter(cohort=column.cohort_id, person__public_id=student).first()
    if enrolment is None:
        raise Refused(not_now("outside.person_unknown"))
    status = told.get("scoreStatus", "fully graded")
    if status not in STATUSES:
        raise Refused(not_now(MARK, part="scoreStatus"))
    score = _number(told, "score", MARK)
    text = _text(told, "textScore", rules.LONGEST_TITLE, MARK)
    if status == "fully graded" and score is None and not text:
        raise Refused(not_now(MARK, part="score"))
    return MarkSaid(
        enrolment, status, score, text, _text(told, "comment", LONGEST_WORDS, MARK),
        timezone.localtime(_moment(told, "scoreDate", MARK)).date(),
    )  # fmt: skip


@action
def keep_column(
    client: Client, sourced_id: str, said: ColumnSaid, *, by: Actor, at: datetime
) -> tuple[OutsideColumn, bool]:
    """Keep a column, or say something else of it; and whether it is new. The same once more changes nothing."""
    require(rules.may_keep_columns(by, said.cohort))
    _require_id(sourced_id, COLUMN)
    _in_line(client.organisation_id)
    row = _of(client).filter(sourced_id=sourced_id).first()
    told = {name: getattr(said, name) for name in ColumnSaid.__slots__}
    if row is None:
        held = OutsideColumn._base_manager.filter(
            organisation=client.organisation_id, cohort=said.cohort, dropped_at=None
        )
        if held.count() >= rules.MOST_COLUMNS:
            raise Refused(not_now("outside.columns_too_many", most=rules.MOST_COLUMNS))
        row = OutsideColumn(organisation=client.organisation, sourced_id=sourced_id)
    elif row.cohort_id != said.cohort.pk:
        raise Refused(not_now(COLUMN, part="class"))
    elif row.dropped_at is None and all(getattr(row, name) == value for name, value in told.items()):
        return row, False
    new = row.pk is None or row.dropped_at is not None
    for name, value in told.items():
        setattr(row, name, value)
    row.client, row.changed_at, row.dropped_at = client, at, None
    row.save()
    if new:
        name = Text.of(said.cohort.name).both()
        fact = ColumnKept(row.title, client.name, name)
        tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row, new


@action
def drop_column(column: OutsideColumn, *, by: Actor, at: datetime) -> None:
    """Drop a column with what stands in it; marks that were taken over stay. Twice is once."""
    row = OutsideColumn._base_manager.select_for_update(of=("self",)).select_related("organisation", "cohort")
    held = row.get(pk=column.pk)
    require(rules.may_keep_columns(by, held.cohort))
    if held.dropped_at is not None:
        return
    held.changed_at = held.dropped_at = at
    held.save(update_fields=["changed_at", "dropped_at"])
    OutsideMark._base_manager.filter(column=held, dropped_at=None).update(changed_at=at, dropped_at=at)
    tell(ColumnDropped(held.title), by=by, at=at, organisation=held.organisation, subject=held.ref)


@action
def keep_mark(
    column: OutsideColumn, sourced_id: str, said: MarkSaid, *, by: Actor, at: datetime
) -> tuple[OutsideMark, bool]:
    """Keep what a program says of one apprentice; and whether it is new. It is no mark of ours."""
    _require_id(sourced_id, MARK)
    held = (
        OutsideColumn._base_manager.select_for_update(of=("self",)).select_related("cohort").get(pk=column.pk)
    )
    require(rules.may_keep_columns(by, held.cohort))
    if held.dropped_at is not None:
        raise Refused(not_now("outside.column_gone"))
    _in_line(held.organisation_id)
    row = OutsideMark._base_manager.filter(organisation=held.organisation_id, sourced_id=sourced_id).first()
    if row is not None and (row.column_id, row.enrolment_id) != (held.pk, said.enrolment.pk):
        raise Refused(not_now("outside.id_taken"))
    told = {name: getattr(said, name) for name in MarkSaid.__slots__}
    if row is None:
        others = OutsideMark._base_manager.filter(column=held, enrolment=said.enrolment, dropped_at=None)
        if others.count() >= rules.MOST_MARKS:
            raise Refused(not_now("outside.marks_too_many", most=rules.MOST_MARKS))
        row = OutsideMark(organisation_id=held.organisation_id, column=held, sourced_id=sourced_id)
    elif row.dropped_at is None and all(getattr(row, name) == value for name, value in told.items()):
        return row, False
    new = row.pk is None or row.dropped_at is not None
    for name, value in told.items():
        setattr(row, name, value)
    row.changed_at, row.dropped_at = at, None
    row.save()
    return row, new


@action
def drop_mark(mark: OutsideMark, *, by: Actor, at: datetime) -> None:
    """Take back what was said of somebody. Twice is once."""
    rows = OutsideMark._base_manager.select_for_update(of=("self",)).select_related("column__cohort")
    held = rows.get(pk=mark.pk)
    require(rules.may_keep_columns(by, held.column.cohort))
    if held.dropped_at is None:
        held.changed_at = held.dropped_at = at
        held.save(update_fields=["changed_at", "dropped_at"])


@action
def note_taken(column: OutsideColumn, item: str, count: int, *, by: Actor, at: datetime) -> None:
    """Note that its scores are marks of an item now."""
    held = OutsideColumn._base_manager.select_for_update(of=("self",)).select_related(
        "organisation", "cohort"
    )
    row = held.get(pk=column.pk)
    require(rules.may_keep_columns(by, row.cohort))
    row.item, row.taken_by, row.taken_at = item, by.person, at
    row.save(update_fields=["item", "taken_by", "taken_at"])
    fact = ColumnTaken(row.title, item, count)
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)


def _of(client: Client) -> models.QuerySet[OutsideColumn]:
    rows = OutsideColumn._base_manager.filter(organisation=client.organisation_id)
    return rows.select_for_update(of=("self",)).select_related("organisation", "cohort")


def _in_line(organisation: int) -> None:
    """Hold the organisation: of two that bring the same identifier at once, the second finds what the first made."""
    Organisation._base_manager.select_for_update(of=("self",), no_key=True).get(pk=organisation)


def _require_id(given: str, code: str) -> None:
    if not given.strip() or len(given) > rules.LONGEST_ID or not given.isprintable():
        raise Refused(not_now(code, part="sourcedId"))


def _object(raw: object, code: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise Refused(not_now(code, part="{}"))
    return raw


def _pointer(told: Mapping[str, Any], name: str, code: str) -> str:
    held = told.get(name)
    own = held.get("sourcedId") if isinstance(held, Mapping) else None
    if not isinstance(own, str) or not own or len(own) > rules.LONGEST_ID or not own.isprintable():
        raise Refused(not_now(code, part=name))
    return own


def _text(told: Mapping[str, Any], name: str, longest: int, code: str) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise Refused(not_now(code, part=name))
    return value.strip()


def _number(told: Mapping[str, Any], name: str, code: str) -> Decimal | None:
    value = told.get(name)
    if value is None:
        return None
    plain = isinstance(value, int | float | str) and not isinstance(value, bool) and len(str(value)) <= 30
    try:
        found = Decimal(str(value)) if plain else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or abs(found) > MOST:
        raise Refused(not_now(code, part=name))
    return round(found, PLACES)


def _moment(told: Mapping[str, Any], name: str, code: str) -> datetime:
    """A moment, or the beginning of a day of this site."""
    value = told.get(name)
    try:
        if not isinstance(value, str) or len(value) > 40:
            raise ValueError
        day = parse_date(value)
        found = parse_datetime(value) if day is None else datetime.combine(day, time())
        if found is None:
            raise ValueError
        return (found if found.tzinfo else timezone.make_aware(found)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(not_now(code, part=name)) from None
