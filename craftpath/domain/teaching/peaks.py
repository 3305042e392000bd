"""Noting the days on which an enterprise spares fewer people, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.teaching import rules
from craftpath.domain.teaching.facts import PeakNoted, PeakWithdrawn
from craftpath.domain.teaching.forming import hold_office
from craftpath.domain.teaching.models import ProductionPeak
from craftpath.domain.teaching.states import PEAK
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.period import Period
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.training.models import Department


@action
def note_peak(
    organisation: Organisation,
    *,
    starts_on: date,
    ends_on: date,
    level: str,
    departments: Sequence[Department] = (),
    words: str = "",
    by: Actor,
    at: datetime,
) -> ProductionPeak:
    """Write a peak down, of some departments or of the whole place; the same once more gives the one that is there."""
    require(rules.may_note_peak(by, organisation, _hosts(by)))
    hold_office(organisation)
    span = Period(starts_on, max(starts_on, ends_on))
    standing = ProductionPeak._base_manager.filter(organisation=organisation, state="standing")
    others = [
        (row, {one.pk for one in row.departments.all()}) for row in standing.prefetch_related("departments")
    ]
    wanted = {one.pk for one in departments}
    for row, theirs in others:
        if (row.span, row.level, row.words, theirs) == (span, level, words.strip(), wanted):
            return row
    require(rules.can_peak(span, level, words.strip(), departments, organisation, others))
    row = ProductionPeak.objects.create(
        organisation=organisation, starts_on=starts_on, ends_on=ends_on, level=level, words=words.strip(),
        made_by=by.person, made_at=at,
    )  # fmt: skip
    row.departments.set(departments)
    told = PeakNoted(level, starts_on.isoformat(), ends_on.isoformat())
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def withdraw_peak(peak: ProductionPeak, *, by: Actor, at: datetime) -> ProductionPeak:
    """Take a peak back; once more changes nothing. Plans change when they are laid anew."""
    rows = ProductionPeak.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    peak = rows.get(pk=peak.pk)
    require(rules.may_note_peak(by, peak.organisation, _hosts(by)))
    if peak.state == "withdrawn":
        return peak
    peak.state = PEAK.after(peak.state, "withdraw")
    peak.save(update_fields=["state"])
    tell(PeakWithdrawn(), by=by, at=at, organisation=peak.organisation, subject=peak.ref)
    return peak


def _hosts(by: Actor) -> set[int]:
    return hosts_below(by.organisation) if by.organisation is not None else set()
