"""Items are opened to practice or kept back: what apprentices practise with is never in a paper that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.exams import rules
from craftpath.domain.exams.exercises import secret
from craftpath.domain.exams.facts import ItemsKeptBack, ItemsOpened
from craftpath.domain.exams.models import Item
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Verdict, require


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move: those done, and those refused with the reason of each."""

    done: tuple[Item, ...]
    refused: tuple[tuple[Item, Verdict], ...] = ()


@action
def open_items(items: Sequence[Item], *, by: Actor, at: datetime) -> Moved:
    """Let apprentices practise with items; one that stands in a paper in use is refused. Once more changes nothing."""
    return _moved(items, True, by=by, at=at)


@action
def keep_items_back(items: Sequence[Item], *, by: Actor, at: datetime) -> Moved:
    """Show items to apprentices no more; what was answered stays. Once more changes nothing."""
    return _moved(items, False, by=by, at=at)


def _moved(items: Sequence[Item], opened: bool, *, by: Actor, at: datetime) -> Moved:
    locked = Item.objects.select_for_update(of=("self",)).select_related("organisation")
    rows = list(locked.filter(pk__in=[item.pk for item in items]).order_by("pk"))
    for row in rows:
        require(rules.may_write(by, row.organisation))
    used = set(secret(Item.objects.filter(pk__in=[row.pk for row in rows])).values_list("pk", flat=True))
    done: list[Item] = []
    refused: list[tuple[Item, Verdict]] = []
    for row in rows:
        verdict = rules.can_open(row, row.pk in used)
        if row.for_practice == opened:
            continue
        if opened and not verdict:
            refused.append((row, verdict))
        else:
            row.for_practice = opened
            done.append(row)
    Item.objects.filter(pk__in=[row.pk for row in done]).update(for_practice=opened)
    by_organisation: dict[Organisation, list[Item]] = {}
    for row in done:
        by_organisation.setdefault(row.organisation, []).append(row)
    for organisation, some in by_organisation.items():
        ids = [row.public_id for row in some]
        fact: Fact = (ItemsOpened if opened else ItemsKeptBack)(items=ids, count=len(ids))
        subject = Ref("exams", "item", ids[0]) if len(ids) == 1 else None
        tell(fact, by=by, at=at, organisation=organisation, subject=subject)
    return Moved(tuple(done), tuple(refused))
