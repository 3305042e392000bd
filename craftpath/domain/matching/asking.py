"""Everybody in a round is asked whom they would like; only the office ever reads the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.matching import rules
from craftpath.domain.matching.facts import PreferencesAsked, PreferencesClosed, PreferencesStated
from craftpath.domain.matching.models import Preference, Round, Seat
from craftpath.domain.matching.opening import held
from craftpath.domain.matching.states import ROUND
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import require


@action
def ask_preferences(row: Round, *, until: date, by: Actor, at: datetime) -> Round:
    """Ask everybody in a round until a day; the same day again changes nothing."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    if row.state == "asking" and row.answers_until == until:
        return row
    require(rules.can_ask(row, until, localdate(at)))
    row.state = ROUND.after(row.state, "ask")
    row.answers_until = until
    row.save(update_fields=["state", "answers_until"])
    told = PreferencesAsked(until=until.isoformat())
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def close_preferences(row: Round, *, by: Actor, at: datetime) -> Round:
    """End the asking, before its day or after it; what was stated stays."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    if row.state == "open" and row.answers_until is not None:
        return row
    row.state = ROUND.after(row.state, "close")
    row.save(update_fields=["state"])
    tell(PreferencesClosed(), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def state_preferences(row: Round, seat: Seat, wanted: Sequence[Seat], *, by: Actor, at: datetime) -> Seat:
    """Say whom one would like, the first first; an empty list takes everything back. The same changes nothing."""
    row = held(row)
    require(rules.is_seated(by, {seat.person_id}))
    known = {one.pk for one in row.seats.exclude(side=seat.side).only("pk")}
    if seat.side == "both":
        known = {one.pk for one in row.seats.exclude(pk=seat.pk).only("pk")}
    require(rules.can_state(row, [one.pk for one in wanted], known, localdate(at)))
    before = list(
        Preference._base_manager.filter(seat=seat).order_by("rank").values_list("wanted", flat=True)
    )
    if before == [one.pk for one in wanted]:
        return seat
    Preference._base_manager.filter(seat=seat).delete()
    Preference.objects.bulk_create(
        Preference(seat=seat, wanted=one, rank=rank) for rank, one in enumerate(wanted, start=1)
    )
    tell(PreferencesStated(), by=by, at=at, subject=Ref("matching", "seat", seat.public_id))
    return seat
