"""Who may write items, and what an item must have before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.domain.exams.states import ITEM
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Item


def may_see_bank(actor: Actor) -> Verdict:
    """Whoever writes items; apprentices and mentors see nothing of the bank."""
    return actor.may(Permission.WRITE_ITEMS)


def may_write(actor: Actor, organisation: Organisation) -> Verdict:
    """Trainers, coordinators, administrators and assessors, for their own organisation and those below it."""
    return actor.may_at(Permission.WRITE_ITEMS, organisation)


def can_rewrite(item: Item) -> Verdict:
    """A retired item is restored before it changes."""
    return not_now("exams.item_is_retired") if item.state == "retired" else YES


def can_move(item: Item, move: str) -> Verdict:
    """Legal in the item's state; and what is released says what is right."""
    if not ITEM.can(item.state, move):
        return not_now(f"exams.cannot_{move}", state=item.state)
    if move == "release" and not item.keyed:
        return not_now("exams.release_without_key")
    return YES
