"""Doubles: merged into the one that is kept, or said to be different. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.resources import rules
from craftpath.domain.resources.facts import PairParted
from craftpath.domain.resources.models import Pair, Resource, Star, Use
from craftpath.domain.resources.sharing import moved
from craftpath.domain.resources.states import PAIR
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require


def _held(pair: Pair) -> tuple[Pair, Resource, Resource]:
    """The pair and both of its resources under locks, in the order of their ids."""
    rows = Resource._base_manager.select_for_update(of=("self",), no_key=True).select_related("organisation")
    both = {row.pk: row for row in rows.filter(pk__in=(pair.first_id, pair.second_id)).order_by("pk")}
    row = Pair._base_manager.select_for_update(of=("self",), no_key=True).get(pk=pair.pk)
    return row, both[row.first_id], both[row.second_id]


@action
def merge_pair(pair: Pair, keep: str, *, by: Actor, at: datetime) -> Resource:
    """Keep the one of this public id: uses and stars of the other are its own now, and the other leads to it."""
    row, first, second = _held(pair)
    kept, other = (first, second) if keep == first.public_id else (second, first)
    if keep not in (first.public_id, second.public_id):
        raise Refused(not_now("resources.pair_unknown"))
    for one in (kept, other):
        require(rules.may_tend(by, one.organisation))
    if row.state == "merged":
        return kept
    if kept.state != "shared":
        raise Refused(not_now("resources.keep_what_is_shared"))
    if other.state in ("merged", "discarded"):
        raise Refused(not_now("resources.gone_already"))
    Use._base_manager.filter(resource=other).update(resource=kept)
    theirs = Star.objects.filter(resource=kept).values("person")
    Star.objects.filter(resource=other).exclude(
        person__in=list(theirs.values_list("person", flat=True))
    ).update(resource=kept)
    Resource._base_manager.filter(into=other).update(into=kept)
    other.into = kept
    moved(other, "merge", by=by, at=at)
    row.state, row.settled_at = PAIR.after(row.state, "merge"), at
    row.save(update_fields=["state", "settled_at"])
    return kept


@action
def part_pair(pair: Pair, *, by: Actor, at: datetime) -> Pair:
    """They look alike and are different; it is not asked again."""
    row, first, second = _held(pair)
    for one in (first, second):
        require(rules.may_tend(by, one.organisation))
    if row.state == "different":
        return row
    row.state, row.settled_at = PAIR.after(row.state, "part"), at
    row.save(update_fields=["state", "settled_at"])
    told = PairParted(str(second.ref))
    tell(told, by=by, at=at, organisation=first.organisation, subject=first.ref)
    return row
