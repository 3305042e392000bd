"""Scope: which rows exist for a reader. Ambient, opened by the doors, and closed unless opened.

A `Scoped` table answers one question, `seen_by(scope)`. Its manager refuses to look at all while no
scope is open, so a forgotten filter is an error and never a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from craftpath.kernel.organisations import Organisation, span

NOBODY = 0
"""The id that no person has: whoever looks without being somebody is not the person of a row that names none."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom one looks: a person (or `NOBODY`), and the subtree that the person's roles open (`""`: none).

    `only` is the one organisation of a subtree that is known to have no other. Where `within` names paths, what one
    is party to counts only at organisations below them: a link opens what its giver sees and no more.
    """

    person_id: int = NOBODY
    path: str = ""
    only: int | None = field(default=None, compare=False)
    within: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether no row is hidden; only `everywhere` makes such a scope."""
        return False


class _Everywhere(Scope):
    @property
    def everything(self) -> bool:
        return True


M = TypeVar("M", bound=models.Model)
EVERYWHERE = _Everywhere()


@dataclass(frozen=True, slots=True)
class _Open:
    """A scope while it is open, with its condition on each table: worked out once, it holds for every question."""

    scope: Scope
    rows: dict[tuple[type[models.Model], str], models.QuerySet[Any]] = field(default_factory=dict)


_open: ContextVar[_Open | None] = ContextVar("craftpath_scope", default=None)


class ScopeMissing(RuntimeError):
    """Rows were asked for while nobody said for whom: a fault in the program, not of the reader."""


def current_scope() -> Scope | None:
    """The open scope, if any."""
    opened = _open.get()
    return opened.scope if opened else None


@contextmanager
def looking_for(scope: Scope) -> Iterator[Scope]:
    """Open a scope for the block."""
    token = _open.set(_Open(scope))
    try:
        yield scope
    finally:
        _open.reset(token)


@contextmanager
def everywhere(reason: str) -> Iterator[Scope]:
    """Open a scope that hides nothing; the reason is listed and checked by a house test."""
    if not reason.strip():
        raise ValueError("say why all rows are needed")
    with looking_for(EVERYWHERE) as scope:
        yield scope


class ScopedRows(models.Manager[M]):
    """Shows the rows of the open scope; fails closed."""

    def get_queryset(self) -> models.QuerySet[M]:
        """The rows that the open scope sees; `ScopeMissing` without one."""
        opened = _open.get()
        if opened is None:
            raise ScopeMissing(f"{self.model._meta.label}: say for whom you look")
        if opened.scope.everything:
            return super().get_queryset()
        key = self.model, self.db
        if key not in opened.rows:
            seen = self.model.seen_by(opened.scope)  # type: ignore[attr-defined]
            opened.rows[key] = super().get_queryset().filter(seen)
        return opened.rows[key].all()


class Scoped(models.Model):
    """Base of every table whose rows belong to somebody."""

    objects = ScopedRows()

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The condition (Q or Exists) for a row to exist in this scope."""
        raise NotImplementedError(f"{cls.__name__} does not say who sees its rows")


STEP = 4  # characters of a tree path for one level (treebeard's default)


def below(scope: Scope, name: str) -> models.Q:
    """Rows whose organisation lies in the scope's subtree; none for a scope without one.

    The subtree is asked for by itself, so that a database finds its rows by their index and need not look at
    the organisation of every row that there is.
    """
    if not scope.path:
        return NOTHING
    if scope.only is not None:
        return models.Q(**{name: scope.only})
    subtree = Organisation.objects.filter(path__range=span(scope.path)).order_by()
    return models.Q(**{f"{name}__in": subtree.values("pk")})


def above(scope: Scope, name: str) -> models.Q:
    """Rows of the organisations that the scope's own lies under: what a college keeps serves its campuses."""
    paths = paths_to(scope.path)
    return models.Q(**{f"{name}__path__in": paths}) if paths else NOTHING


def paths_to(path: str) -> list[str]:
    """The paths of an organisation and of those above it, the highest first."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


NOTHING = models.Q(pk__in=[])
