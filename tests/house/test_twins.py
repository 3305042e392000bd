"""Doubles: no column that points to a person is forgotten, and whatever rooms hold, an undo gives back row for row."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Q

from craftpath.kernel.access import Actor, system
from craftpath.kernel.people import Person
from craftpath.kernel.points.tables import Point
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.twins.columns import all_columns, columns, counts, handling
from craftpath.kernel.twins.merging import merge_people, undo_merge
from craftpath.kernel.twins.plans import plan_of
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.house.furnishing import furnish
from tests.house.making import make_agreements, make_contest
from tests.house.rooms import LABELS
from tests.poured import table_rows

# What a merge writes beside what it moves: itself, and what it tells.
TOLD = {"kernel_merge", "kernel_mergedrow", "kernel_auditentry", "django_tasks_db_dbtaskresult"}


def test_every_column_that_points_to_a_person_is_known() -> None:
    """Asked the other way round: of the person, who is pointed at."""
    pointing = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    assert {column.name for column in all_columns()} == pointing
    assert len(pointing) > 350


def test_no_table_points_to_many_people_at_once() -> None:
    many = [field for model in apps.get_models() for field in model._meta.local_many_to_many]
    assert [field for field in many if field.related_model is Person] == []


def test_what_is_handled_otherwise_exists() -> None:
    known, rules = {column.name: column for column in all_columns()}, handling()
    for part in ("keeps", "ends", "refuses", "refuses_while", "two_persons"):
        assert set(rules[part]) <= set(known), part
    for name, column in rules["ends"].items():
        assert known[name].model._meta.get_field(column).null
    assert set(rules["refuses_while"]) <= set(rules["refuses"])
    assert set(rules["clerks"]["columns"]) <= {column.field.name for column in all_columns()}
    assert set(rules["quiet"]["nouns"]) <= set(LABELS)


def _state() -> dict[str, list[str]]:
    """Every row of every table, but what a merge tells."""
    return {
        table: sorted(line for line in map(repr, rows) if "kernel.records_merged" not in line)
        for table, (_, rows) in table_rows().items()
        if table not in TOLD
    }


def _give_back(model: Any, way: str, person: Person, second: Person) -> int:
    """Where what a row belongs to tells of the second record, that is given back; how many rows it was."""
    *through, last = way.split("__")
    for name in through:
        model = model._meta.get_field(name).related_model
    return int(model._base_manager.filter(**{last: second}).update(**{last: person})) if through else 0


def _part(person: Person, second: Person, chance: random.Random) -> int:
    """Give half of a person's rows to a second record, but none that would name the two side by side."""
    tables: dict[Any, list[Any]] = defaultdict(list)
    for column in columns():
        tables[column.model].append(column)
    for model, pointing in tables.items():
        mine = Q(*((column.field.name, person) for column in pointing), _connector=Q.OR)
        rows = list(model._base_manager.filter(mine).values_list("pk", flat=True))
        some = chance.sample(rows, (len(rows) + 1) // 2)
        for column in pointing:
            column.rows.filter(**{"pk__in": some, column.field.name: person}).update(
                **{column.field.name: second}
            )
    while meetings := plan_of(person, second).meetings:
        given_back = 0
        for meeting in meetings:
            back = {column for column in tables[meeting.model] if column.field.name in meeting.ways}
            held = {row.pk for row in meeting.rows}
            moved = sum(
                column.rows.filter(**{"pk__in": held, column.field.name: second}).update(
                    **{column.field.name: person}
                )
                for column in back
            )
            if not moved:
                moved = sum(_give_back(meeting.model, way, person, second) for way in meeting.ways)
            given_back += moved
        assert given_back, meetings
    return sum(rows.get(second.pk, 0) for rows in counts([second.pk]).values())


@pytest.mark.django_db
def test_whatever_rooms_hold_an_undo_gives_back_row_for_row(cast: Cast) -> None:
    """Rows of a person are given to a second record: merged, all is as it was; undone, it is parted as before.

    Then with any two persons of the house: refused, nothing has happened; merged, an undo makes it so.
    """
    make_contest(cast)
    furnish(cast)
    make_agreements(cast)
    with everywhere("a test looks at everything"):
        Point.objects.update(revoked_at=AT)  # nobody is carried about
        rows = counts(list(Person.objects.values_list("pk", flat=True)))
        people = sorted(
            Person.objects.all(),
            key=lambda one: (-sum(found.get(one.pk, 0) for found in rows.values()), one.pk),
        )
        _one_who_was_parted(people[:4], system(cast.city))
        _any_two(people[:8], system(cast.city))


def _one_who_was_parted(people: list[Person], by: Actor) -> None:
    moved: set[str] = set()
    for person in people:
        with transaction.atomic():
            second = Person.objects.create_user(f"second-{person.pk}", name=person.name)
            whole = _state()
            given = _part(person, second, random.Random(person.pk))  # noqa: S311
            parted = _state()
            merge = merge_people(person, second, because="one", by=by, at=AT)
            # Only the second record itself is another: it signs in no more.
            joined = _state()
            assert {name for name in whole if joined[name] != whole[name]} == {"kernel_person"}
            assert len(set(joined["kernel_person"]) - set(whole["kernel_person"])) == 1
            assert sum(merge.moved.values()) == given
            moved |= set(merge.moved)
            undo_merge(merge, because="two", by=by, at=AT)
            assert _state() == parted
            transaction.set_rollback(True)
    assert len(moved) > 100  # tables


def _any_two(people: list[Person], by: Actor) -> None:
    before, done, refused = _state(), 0, 0
    for stays, goes in random.Random(68).sample(list(permutations(people, 2)), 12):  # noqa: S311
        with transaction.atomic():
            try:
                with transaction.atomic():
                    merge = merge_people(stays, goes, because="one", by=by, at=AT)
            except Refused:
                refused += 1
            else:
                left = counts([goes.pk])
                assert {column.label for column in left} == set(merge.left)
                undo_merge(merge, because="two", by=by, at=AT)
                done += 1
            assert _state() == before
            transaction.set_rollback(True)
    assert min(done, refused) >= 3
