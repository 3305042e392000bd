"""Erasing somebody: every noun's `personal.py` is carried out, column by column, in one transaction.

What is `blank` becomes empty, what is `delete` goes (the row, where the column cannot be empty), what is `keep` stays
and points at a person who has no name any more. A table that says only indirectly whose its rows are names the ways
in its noun's `WAYS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast, Concat

from craftpath.kernel.files import KeptFile, drop
from craftpath.kernel.people import Person
from craftpath.kernel.whose import about, uniques

NAMELESS = "—"
"""What stands where a name stood: no name looks like it, and it needs no translation."""
OTHER = "other"
"""The choice that says nothing of a reason, where one of several has to be said."""
_AT_ONCE = 400
_TEXTS = (models.CharField, models.TextField)


@dataclass(frozen=True)
class Rule:
    """What erasure does with one table; a row goes whole, or `blank` columns become empty."""

    model: type[models.Model]
    ways: tuple[str, ...]
    goes: bool
    blank: tuple[str, ...]
    files: tuple[str, ...]

    def rows(self, people: Sequence[int]) -> models.QuerySet[Any]:
        """Rows about these people."""
        which = Q()
        for way in self.ways:
            which |= Q(**{f"{way}__in": people})
        found = self.model._base_manager.filter(which).order_by().values("pk")
        return self.model._base_manager.filter(pk__in=found)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were emptied, how many went, how many files with them."""

    blanked: int
    deleted: int
    files: int


@cache
def rules() -> tuple[Rule, ...]:
    """One for each table of which something is erased, `Person` left out; those that others point to come last."""
    found = list(_rules())
    placed: list[Rule] = []
    waiting = {rule.model: rule for rule in found if rule.goes}
    while waiting:
        pointed = {
            field.related_model
            for model in waiting
            for field in model._meta.concrete_fields
            if field.related_model in waiting and field.related_model is not model
        }
        free = [rule for model, rule in waiting.items() if model not in pointed]
        if not free:
            raise TypeError(f"tables that go point at each other in a circle: {sorted(map(str, waiting))}")
        placed += free
        for rule in free:
            del waiting[rule.model]
    return (*(rule for rule in found if not rule.goes), *placed)


def _rules() -> Iterator[Rule]:
    for app in apps.get_app_configs():
        if not app.name.startswith(("craftpath.kernel", "craftpath.domain.")):
            continue
        room = importlib.import_module(f"{app.name}.personal")
        more: dict[str, tuple[str, ...]] = getattr(room, "WAYS", {})
        for table, columns in room.PERSONAL.items():
            model = apps.get_model(app.label, table)
            if model is Person:
                continue
            going = [name for name, (_export, erase) in columns.items() if erase == "delete"]
            blank = [name for name, (_export, erase) in columns.items() if erase == "blank"]
            if not going and not blank:
                continue
            ways = more.get(table) or tuple(about(model))
            if ways:
                fields = {name: model._meta.get_field(name) for name in (*going, *blank)}
                goes = any(not _can_be_empty(fields[name]) for name in going)
                kept = tuple(name for name, field in fields.items() if field.related_model is KeptFile)
                yield Rule(model, ways, goes, tuple(fields), kept)


def _can_be_empty(field: Any) -> bool:
    if field.null:
        return True
    return isinstance(field, (*_TEXTS, models.JSONField)) and not field.unique and not field.choices


def _empty(field: Any) -> Any:
    """What is left of a column, as a value or an expression; ValueError for one that always says something.

    Words become one sign: whoever reads on sees that something stood there, and what the tables ask to be said is said.
    Where two rows may not agree, the sign has the number of its row behind it.
    """
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, _TEXTS) and field.choices and field.blank:
        return ""
    if OTHER in {value for value, _name in field.choices or ()}:
        return OTHER
    if isinstance(field, _TEXTS) and not field.choices:
        sign: Any = Value(NAMELESS)
        if field.attname in _told_apart(field.model):
            sign = Concat(Value(NAMELESS), Cast("pk", models.CharField(max_length=20)))
        return Case(When(**{field.attname: ""}, then=Value("")), default=sign)
    raise ValueError(f"{field} cannot be emptied")


def _told_apart(model: type[models.Model]) -> set[str]:
    return {name for names, _condition in uniques(model) for name in names}


def erase_rows(people: Sequence[int]) -> Erased:
    """Carry the rules of every noun out for these people; inside a transaction of the caller's."""
    blanked = deleted = files = 0
    for rule in rules():
        rows = rule.rows(people)
        kept = _kept(rule, rows)
        if rule.goes:
            # Row by row: what hangs on them by rule goes with them, and nothing else does.
            deleted += rows.delete()[0]
        else:
            fields = [rule.model._meta.get_field(name) for name in rule.blank]
            blanked += rows.update(**{field.name: _empty(field) for field in fields})
        files += _drop(kept)
    return Erased(blanked, deleted, files)


def erase_person(person: Person) -> None:
    """Leave a row without a name, an address or a way to sign in."""
    person.name, person.name_latin, person.phone, person.email = NAMELESS, "", "", None
    person.birth_date, person.last_login = None, None
    person.username = f"erased-{person.public_id}"
    person.language = person.time_zone = ""
    person.theme, person.must_change_password, person.is_active = "auto", False, False
    person.set_unusable_password()
    person.save()


def _kept(rule: Rule, rows: models.QuerySet[Any]) -> list[int]:
    found: set[int] = set()
    for name in rule.files:
        found |= set(rows.filter(**{f"{name}__isnull": False}).values_list(f"{name}_id", flat=True))
    return sorted(found)


def _drop(kept: Sequence[int]) -> int:
    for start in range(0, len(kept), _AT_ONCE):
        for row in KeptFile._base_manager.filter(pk__in=kept[start : start + _AT_ONCE]):
            drop(row)
    return len(kept)
