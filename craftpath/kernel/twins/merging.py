"""Merging two records and taking it back: in one transaction, with a journal of every row that was written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils import timezone

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.people import Person
from craftpath.kernel.rows import insert_from
from craftpath.kernel.twins import rules
from craftpath.kernel.twins.columns import Column, all_columns, handling
from craftpath.kernel.twins.facts import MergeUndone, RecordsMerged
from craftpath.kernel.twins.plans import Plan, carried, plan_of, standing_twice
from craftpath.kernel.twins.states import MERGE, TWINS
from craftpath.kernel.twins.tables import LONGEST, Merge, MergedRow, Twins
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, not_now, require

FILLED = ("name_latin", "phone", "birth_date")
"""What the record that stays takes over where it has nothing. Never an address to sign in by."""


@action
def merge_people(stays: Person, goes: Person, *, because: str, by: Actor, at: datetime) -> Merge:
    """Give everything of one record to the other, which goes on. The same once more changes nothing.

    Refused as a whole, with the reason, where the two records meet as two persons or a rule of a table forbids it.
    """
    stays, goes = _held(stays, goes)
    done = Merge._base_manager.filter(stays=stays, goes=goes, state=MERGE.start).first()
    people = (
        [stays] if done is not None else [stays, goes]
    )  # of one that is done all roles are with the other
    held = rules.memberships_ever(people)
    require(rules.may_merge(by, people, held))
    if done is not None:
        return done
    require(rules.can_merge(stays, goes))
    require(YES if because.strip() else not_now("twins.without_reason"))
    plan = plan_of(stays, goes)
    require(plan.verdict)
    place = by.organisation or rules.above_all(held)
    if place is None:
        raise Refused(not_now("twins.no_place"))
    said = because.strip()[:LONGEST]
    merge = Merge(organisation=place, stays=stays, goes=goes, because=said, at=at, merged_by=by.person)
    try:
        with transaction.atomic():
            merge.save()
            _carry_out(plan, merge, at)
    except IntegrityError as fault:  # a check of a table that nothing here knows of
        raise Refused(not_now("twins.rows_forbid")) from fault
    _settle(stays, goes, "merge", by, at)
    told = RecordsMerged(
        merge.public_id,
        [stays.public_id, goes.public_id],
        sum(merge.moved.values()),
        sum(merge.left.values()),
        said,
    )
    _tell_of_both(told, merge, by, at)
    return merge


@action
def undo_merge(merge: Merge, *, because: str, by: Actor, at: datetime) -> Merge:
    """Give back exactly what moved. What was written since stays, and so does what somebody has changed since."""
    first = Merge._base_manager.get(pk=merge.pk)
    stays, goes = _held(first.stays, first.goes)
    row = Merge._base_manager.select_for_update(of=("self",)).get(pk=merge.pk)
    require(rules.may_merge(by, [stays], rules.memberships_ever([stays])))
    if row.state != MERGE.start:
        return row
    require(YES if because.strip() else not_now("twins.without_reason"))
    require(rules.can_undo(row))
    require(not_now("twins.at_a_point") if carried(stays, goes) else YES)
    said = because.strip()[:LONGEST]
    try:
        with transaction.atomic():
            back = _give_back(row, stays, goes)
    except IntegrityError as fault:  # somebody gave the record that went something of the same kind meanwhile
        raise Refused(not_now("twins.rows_forbid_undo")) from fault
    later = row.rows.count() - back
    row.state, row.undone_at, row.undone_by, row.undone_because = (
        MERGE.after(row.state, "undo"), at, by.person, said,
    )  # fmt: skip
    row.save(update_fields=["state", "undone_at", "undone_by", "undone_because"])
    _settle(stays, goes, "reopen", by, at)
    people = [stays.public_id, goes.public_id]
    _tell_of_both(MergeUndone(row.public_id, people, back, later, said), row, by, at)
    return row


def _held(stays: Person, goes: Person) -> tuple[Person, Person]:
    """Both records, locked in the order of their ids. Whoever writes a row of one of them waits for the end."""
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=[stays.pk, goes.pk]).order_by("pk")
    by_id = {row.pk: row for row in rows}
    return by_id[stays.pk], by_id[goes.pk]


def _carry_out(plan: Plan, merge: Merge, at: datetime) -> None:
    stays, goes = plan.stays, plan.goes
    ends = handling()["ends"]
    clashing = {one.column: one.how for one in plan.twice}
    for column in plan.moves:
        how = clashing.get(column, "")
        if how == "ended":
            _end(column, ends[column.name], merge, at)
        mine = column.rows.filter(**{column.field.attname: goes.pk})
        if how == "left":
            mine = mine.exclude(pk__in=mine.filter(standing_twice(column, stays)).values("pk"))
        noted = _note(column, mine, merge)
        if noted:
            merge.moved[column.label] = merge.moved.get(column.label, 0) + noted
            _point(column, merge, goes.pk, stays.pk)
    merge.left = plan.left
    merge.before = {"goes": {"is_active": goes.is_active}, "stays": _fill(stays, goes)}
    merge.save(update_fields=["moved", "left", "before"])
    Person.objects.filter(pk=goes.pk).update(is_active=False, merged_into=stays)


def _note(column: Column, rows: models.QuerySet[Any], merge: Merge) -> int:
    """Write down which rows are to be repointed, in one statement however many."""
    source = rows.values_list(
        Value(merge.pk, models.BigIntegerField()),
        Value(column.label, models.CharField()),
        Value(column.field.name, models.CharField()),
        Cast("pk", models.CharField()),
        Value("", models.CharField()),
    )
    return insert_from(MergedRow, ["merge", "label", "column", "row", "wrote"], source)


def _noted(column: Column, merge: Merge) -> models.QuerySet[Any]:
    """The keys of the rows that were repointed, as their table has them."""
    key: Any = column.model._meta.pk
    while key.is_relation:
        key = key.target_field
    kind: Any = models.UUIDField() if isinstance(key, models.UUIDField) else models.BigIntegerField()
    rows = MergedRow.objects.filter(merge=merge, label=column.label, column=column.field.name)
    return rows.annotate(key=Cast("row", kind)).values("key")


def _point(column: Column, merge: Merge, before: int, after: int) -> int:
    """Repoint the noted rows that point there still; says how many did."""
    name = column.field.attname
    rows = column.rows.filter(**{name: before}, pk__in=_noted(column, merge))
    return int(rows.update(**{name: after}))


def _end(column: Column, name: str, merge: Merge, at: datetime) -> None:
    """End the rows that both have open; a role that would begin later ends before it has begun."""
    field: Any = column.model._meta.get_field(name)
    moment = at if isinstance(field, models.DateTimeField) else timezone.localtime(at).date()
    mine = column.rows.filter(**{column.field.attname: merge.goes_id})
    for row in mine.filter(standing_twice(column, merge.stays)):
        begins = getattr(row, "starts_on", None)
        end = max(begins, moment) if isinstance(begins, date) and not isinstance(moment, datetime) else moment
        column.rows.filter(pk=row.pk).update(**{name: end})
        MergedRow.objects.create(
            merge=merge, label=column.label, column=name, row=str(row.pk), wrote=end.isoformat()
        )


def _fill(stays: Person, goes: Person) -> dict[str, str]:
    """Give the record that stays what it has not; returns which columns got what."""
    new = {name: getattr(goes, name) for name in FILLED if getattr(goes, name) and not getattr(stays, name)}
    if new:
        Person.objects.filter(pk=stays.pk).update(**new)
    return {name: str(value) for name, value in new.items()}


def _give_back(merge: Merge, stays: Person, goes: Person) -> int:
    """Undo every note of the journal that still holds; says how many did."""
    back = 0
    noted = set(merge.rows.filter(wrote="").values_list("label", "column").distinct())
    for column in all_columns():
        if (column.label, column.field.name) in noted:
            back += _point(column, merge, stays.pk, goes.pk)
    tables = {column.label: column for column in all_columns()}
    for note in merge.rows.exclude(wrote=""):
        field: Any = tables[note.label].model._meta.get_field(note.column)
        still = {"pk": note.row, note.column: field.to_python(note.wrote)}
        back += tables[note.label].rows.filter(**still).update(**{note.column: None})
    for name, value in merge.before["stays"].items():
        empty: Any = None if name == "birth_date" else ""
        Person.objects.filter(pk=stays.pk, **{name: value}).update(**{name: empty})
    active = merge.before["goes"]["is_active"]
    Person.objects.filter(pk=goes.pk).update(is_active=active, merged_into=None)
    return back


def _settle(stays: Person, goes: Person, move: str, by: Actor, at: datetime) -> None:
    """Let the pair follow, if it was found as one."""
    first, second = sorted((stays.pk, goes.pk))
    row = Twins.objects.filter(first=first, second=second).first()
    if row is not None and row.state in TWINS.moves[move]:
        row.state, row.said_by, row.said_at = TWINS.after(row.state, move), by.person, at
        row.save(update_fields=["state", "said_by", "said_at"])


def _tell_of_both(told: Fact, merge: Merge, by: Actor, at: datetime) -> None:
    """Once in the history of each record, so that whoever reads one of them finds the other."""
    for person in (merge.stays, merge.goes):
        subject = Ref("kernel", "person", person.public_id)
        tell(told, by=by, at=at, organisation=merge.organisation, subject=subject)
