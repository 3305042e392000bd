"""Which rows belong to a point: those of its place, what hangs on them, and what they point to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Q

from craftpath.kernel.organisations import Organisation
from craftpath.kernel.points.carried import Carried, Way, carried, reach
from craftpath.kernel.tenancy import paths_to

AT_ONCE = 900  # keys in one question

Found = dict[str, set[Any]]
"""label → keys of its rows"""


def rows_of(organisation: Organisation) -> Found:
    """Keys of all rows that a site of this organisation needs, by table; the caller sees everything."""
    return _Gathering(organisation.path).run()


def all_rows(one: Carried) -> set[Any]:
    """Keys of all rows of a table, as a point asks for them: what is there is its own."""
    return set(one.model._base_manager.values_list("pk", flat=True))


def chunks(keys: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Keys in parts that fit into one question."""
    left = iter(keys)
    while some := list(islice(left, size)):
        yield some


class _Gathering:
    """A walk over tables until nothing new comes: `own` rows bring what hangs on them, rows `along` do not."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.tables = {label: one for label, one in carried().items() if one.way is not Way.UP}
        self.own: Found = defaultdict(set)
        self.along: Found = defaultdict(set)
        self.children: dict[str, list[Carried]] = defaultdict(list)
        for one in self.tables.values():
            field = next((field for field in one.relations if field.name == one.owner), None)
            if field is not None and field.related_model is not Organisation:
                self.children[field.related_model._meta.label].append(one)

    def run(self) -> Found:
        """Begin with the place itself, then follow what is new."""
        places = Organisation.objects.filter(Q(path__startswith=self.path) | Q(path__in=paths_to(self.path)))
        new: Found = defaultdict(set)
        self.along["kernel.Organisation"] = set(places.values_list("pk", flat=True))
        for label, one in self.tables.items():
            condition = self._rooted(one)
            if condition is not None:
                new[label] |= set(one.model._base_manager.filter(condition).values_list("pk", flat=True))
        while new:
            for label, keys in new.items():
                self.own[label] |= keys
            new = self._next(new)
        return {label: self.own[label] | self.along[label] for label in self.tables}

    def _rooted(self, one: Carried) -> Q | None:
        if one.label in reach("along"):
            return None
        if one.owner not in ("organisation", "host"):
            return None
        inside = Q(**{f"{one.owner}__path__startswith": self.path})
        if one.label in reach("above"):
            inside |= Q(**{f"{one.owner}__isnull": True}) | Q(
                **{f"{one.owner}__path__in": paths_to(self.path)}
            )
        return inside

    def _next(self, new: Found) -> Found:
        """What hangs on new rows, and what they point to."""
        found: Found = defaultdict(set)
        for label, keys in new.items():
            for child in self.children[label]:
                found[child.label] |= self._hanging(child, keys)
            for target, pointed in self._pointed(label, keys):
                if self._same_noun(label, target) and target not in reach("along"):
                    found[target] |= pointed
                else:
                    self._take_along(target, pointed, found)
        return {label: fresh for label, keys in found.items() if (fresh := keys - self.own[label])}

    def _take_along(self, label: str, keys: set[Any], found: Found) -> None:
        """Rows that others point to: as such, but things that are shared as a whole with all that hangs on them."""
        fresh = keys - self.along[label] - self.own[label]
        if not fresh:
            return
        if label.split(".")[0] in reach("whole"):
            found[label] |= fresh
            return
        self.along[label] |= fresh
        for target, pointed in self._pointed(label, fresh):
            self._take_along(target, pointed, found)

    def _hanging(self, child: Carried, keys: set[Any]) -> set[Any]:
        rows = child.model._base_manager.order_by()
        found: set[Any] = set()
        for some in chunks(keys):
            found |= set(rows.filter(**{f"{child.owner}__in": some}).values_list("pk", flat=True))
        return found

    def _pointed(self, label: str, keys: set[Any]) -> list[tuple[str, set[Any]]]:
        """(label, keys) of what each foreign key of these rows points to."""
        relations = self.tables[label].relations
        fields = [field for field in relations if field.related_model._meta.label in self.tables]
        found: list[set[Any]] = [set() for _field in fields]
        rows = self.tables[label].model._base_manager.order_by()
        for some in chunks(keys) if fields else ():
            told = rows.filter(pk__in=some).values_list(*(field.attname for field in fields))
            for pointed, column in zip(found, zip(*told, strict=True), strict=False):
                pointed.update(column)
        return [
            (field.related_model._meta.label, pointed - {None})
            for field, pointed in zip(fields, found, strict=True)
        ]

    def _same_noun(self, label: str, target: str) -> bool:
        noun = label.split(".")[0]
        return noun != "kernel" and target.split(".")[0] == noun
