"""The one seam between a forum and what it belongs to: a kind of thing says here who sees, hosts and is invited.

    owns("groups/group", Owner(seen=…, hosts=…, people=…))

is said once by the noun above, in its `apps.ready`. A forum of a kind that nobody has registered is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import Scope
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Owner:
    """What a kind of thing answers about the forum of one of them.

    `seen` gives the public ids of those that a scope sees, as a query that may stand in another one; `hosts` whether
    somebody plans and holds meetings there; `people` the ids of the persons who are invited.
    """

    seen: Callable[[Scope], QuerySet[Any, str]]
    hosts: Callable[[Actor, str], bool]
    people: Callable[[str], Iterable[int]]


OWNERS: dict[str, Owner] = {}


def owns(kind: str, owner: Owner) -> None:
    """Register a kind of thing (`noun/kind`, as pointers begin) that has forums of its own."""
    if OWNERS.setdefault(kind, owner) is not owner:
        raise TypeError(f"{kind} says twice who sees its forums")


def kind_of(of: Ref) -> str:
    """The kind by which an owner is registered."""
    return f"{of.noun}/{of.kind}"


def seen_with_owner(scope: Scope) -> Q:
    """Forums of things that somebody sees; one condition for each kind."""
    found = Q(pk__in=[])
    for kind, owner in OWNERS.items():
        found |= Q(of_kind=kind, of_id__in=owner.seen(scope))
    return found
