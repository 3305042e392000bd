"""Things read as the index wants them: a query for what a row says once, and one for each look-up that gives many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from craftpath.delivery.jobs.search.kinds import SHARED, Kind
from craftpath.kernel.search import marks
from craftpath.kernel.search.entries import Doc
from craftpath.values.ref import Ref

_PERSON = ("name", "name_latin", "public_id")
Rows = dict[int, list[tuple[Any, ...]]]


def docs_of(kind: Kind, pks: Sequence[int]) -> Iterator[Doc]:
    """These rows as documents; those that are gone are left out."""
    rows = kind.rows().order_by().filter(pk__in=pks)
    looked = (*kind.titles, *kind.texts, *kind.long, *kind.facets, *kind.places, *kind.serves, *kind.parties)
    asked: dict[str, tuple[str, ...]] = {name: (name,) for name in looked if name != SHARED}
    asked |= {
        _named(name): tuple(f"{name}__{part}".removeprefix("__") for part in _PERSON) for name in kind.people
    }
    read = {name: _read(rows, fields) for name, fields in asked.items() if _gives_many(kind, fields[0])}
    once = {name: fields for name, fields in asked.items() if name not in read}
    read |= _read_once(rows, once)
    for pk, key in rows.values_list("pk", kind.by):

        def said(names: Iterable[str], pk: int = pk) -> list[Any]:
            return [row[0] for name in names if name != SHARED for row in read[name].get(pk, ())]

        yield Doc(
            ref=Ref(*kind.key, key),
            titles=said(kind.titles),
            texts=said(kind.texts),
            long=[page for pages in said(kind.long) for page in pages or ()],
            people=[row for name in kind.people for row in read[_named(name)].get(pk, ()) if row[2]],
            marks=_marks(kind, said),
        )


def _marks(kind: Kind, said: Callable[[Iterable[str]], list[Any]]) -> frozenset[str]:
    found = {marks.ALL} if SHARED in kind.serves else set()
    found |= {mark for path in said(kind.places) if path for mark in marks.below(path)}
    found |= {mark for path in said(kind.serves) for mark in marks.serving(path)}
    found |= {mark for own in said(kind.facets) for mark in own}
    return frozenset(found | {marks.party(pk) for pk in said(kind.parties) if pk})


def _named(people: str) -> str:
    return f"people {people}"


def _gives_many(kind: Kind, lookup: str) -> bool:
    """Whether a row may give several values; what is worked out with the row gives one."""
    model: Any = kind.rows().model
    for name in lookup.split("__"):
        try:
            found = model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            return False
        if found.one_to_many or found.many_to_many:
            return True
        model = found.related_model
        if model is None:
            return False
    return False


def _read(rows: QuerySet[Any], fields: Sequence[str]) -> Rows:
    """row → what one look-up gives of it, each value once."""
    found: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for pk, *values in rows.values_list("pk", *fields):
        found[pk].setdefault(repr(values), tuple(values))
    return {pk: list(values.values()) for pk, values in found.items()}


def _read_once(rows: QuerySet[Any], asked: dict[str, tuple[str, ...]]) -> dict[str, Rows]:
    """The same of look-ups that give one value, all in one query."""
    fields = list(dict.fromkeys(name for fields in asked.values() for name in fields))
    place = {name: n for n, name in enumerate(fields, start=1)}
    read: dict[str, Rows] = {name: {} for name in asked}
    for row in rows.values_list("pk", *fields):
        for name, names in asked.items():
            read[name][row[0]] = [tuple(row[place[one]] for one in names)]
    return read
