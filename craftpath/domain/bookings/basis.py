"""Under which cooperation agreement one side books what another one owns: the one place that asks `partnership`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.timezone import localdate

from craftpath.domain.partnership.queries import binding
from craftpath.kernel.access import memberships_on
from craftpath.kernel.tenancy import NOTHING, Scope

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation


@dataclass(frozen=True, slots=True)
class Basis:
    """An agreement in force: its id, the tree paths of its sides, its first and its last day."""

    pk: int
    sides: tuple[str, ...]
    first: date
    last: date

    def joins(self, one: str, other: str) -> bool:
        """Whether two organisations, by path, lie under different sides."""
        mine = {side for side in self.sides if one.startswith(side)}
        theirs = {side for side in self.sides if other.startswith(side)}
        return bool(mine and theirs and mine != theirs)

    def facing(self, path: str) -> Iterator[str]:
        """The sides that the organisation with this path does not lie under."""
        return (side for side in self.sides if not path.startswith(side))

    def holds(self, day: date) -> bool:
        """Whether it binds on a day."""
        return self.first <= day <= self.last


def bases(paths: Iterable[str], *, lock: bool = False) -> list[Basis]:
    """The agreements in force of the organisations with these paths, or of those above them.

    Locked, none of them ends before the open transaction is through.
    """
    return [Basis(row.pk, sides_of(row), row.starts_on, row.ends_on) for row in binding(paths, lock=lock)]


def shared_with(scope: Scope, name: str) -> Any:
    """What belongs to partners of the reader's organisations today, by the look-up of its owner."""
    today = localdate()
    held = memberships_on(today).filter(person=scope.person_id).order_by()
    paths = {*held.values_list("organisation__path", flat=True), scope.path} - {""}
    owners = {
        side
        for basis in (bases(paths) if paths else ())
        if basis.holds(today)
        for path in paths
        if any(path.startswith(one) for one in basis.sides)
        for side in basis.facing(path)
    }
    return reduce(or_, (Q(**{f"{name}__path__startswith": path}) for path in sorted(owners)), NOTHING)


def sides_of(cooperation: Cooperation) -> tuple[str, ...]:
    """The tree paths of the sides of an agreement, in force or not."""
    return tuple(side.organisation.path for side in cooperation.sides.all())
