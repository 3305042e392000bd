"""A change asked for in private: between whoever learns and the college's office, and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.pairing import rules
from craftpath.domain.pairing.facts import ChangeAsked, ChangeSeen, ChangeSettled, ChangeWithdrawn
from craftpath.domain.pairing.forming import held
from craftpath.domain.pairing.models import OPEN_WISH, Bond, ChangeWish, Pair
from craftpath.domain.pairing.states import WISH
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.facts import Fact


@action
def ask_for_change(pair: Pair, *, wish: str, words: str = "", by: Actor, at: datetime) -> ChangeWish:
    """Ask the college for another teacher, other times or a talk; the same again gives the wish that is there."""
    pair = held(pair)
    bonds = list(pair.bonds.select_related("enrolment__cohort__organisation").order_by("pk"))
    mine = rules.learns_in(by.person, bonds)
    if mine is None or by.person is None:
        raise Refused(may_not("pairing.only_who_learns"))
    require(rules.can_ask_for_change(pair, wish, words))
    before = ChangeWish._base_manager.filter(pair=pair, person=by.person, state__in=OPEN_WISH).first()
    if before is not None:
        if (before.wish, before.words) == (wish, words.strip()):
            return before
        raise Refused(not_now("pairing.wish_open"))
    row = ChangeWish.objects.create(
        pair=pair,
        person=by.person,
        organisation=mine.enrolment.cohort.organisation if mine.enrolment else pair.organisation,
        wish=wish,
        words=words.strip(),
        asked_at=at,
    )
    _tell(ChangeAsked(), row, by, at)
    return row


@action
def withdraw_wish(row: ChangeWish, *, by: Actor, at: datetime) -> ChangeWish:
    """Take the own wish back; once more changes nothing."""
    row = _held(row)
    if by.person is None or by.person.pk != row.person_id:
        raise Refused(may_not("pairing.wish_not_yours"))
    if row.state == "withdrawn":
        return row
    return _moved(row, "withdraw", ChangeWithdrawn(), by, at)


@action
def see_wish(row: ChangeWish, *, by: Actor, at: datetime) -> ChangeWish:
    """Let whoever asked know that it was read; once more changes nothing."""
    row = _held(row)
    _require_office(row, by)
    return row if row.state == "seen" else _moved(row, "see", ChangeSeen(), by, at)


@action
def settle_wish(row: ChangeWish, *, answer: str, by: Actor, at: datetime) -> ChangeWish:
    """Answer; the same answer again changes nothing. What is to change is changed in the pair itself."""
    row = _held(row)
    _require_office(row, by)
    require(rules.can_settle(answer))
    if row.state == "settled" and row.answer == answer.strip():
        return row
    row.answer, row.answered_by, row.answered_at = answer.strip(), by.person, at
    return _moved(row, "settle", ChangeSettled(), by, at)


def _held(row: ChangeWish) -> ChangeWish:
    return ChangeWish.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def _require_office(row: ChangeWish, by: Actor) -> None:
    teachers = Bond.objects.filter(pair=row.pair_id).values_list("teacher_id", flat=True)
    require(rules.may_settle(by, row, teachers))


def _moved(row: ChangeWish, move: str, told: Fact, by: Actor, at: datetime) -> ChangeWish:
    row.state = WISH.after(row.state, move)
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _tell(told, row, by, at)
    return row


def _tell(told: Fact, row: ChangeWish, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, subject=row.ref)
