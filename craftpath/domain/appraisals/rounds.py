"""A round on its way: opened, followed by a later version, shown, replaced, dropped."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.appraisals import queries, rules
from craftpath.domain.appraisals.facts import (
    RoundDropped,
    RoundOpened,
    RoundReplaced,
    RoundShown,
)
from craftpath.domain.appraisals.models import (
    Appraisal,
    AppraisalPart,
    AppraisalRound,
    AppraisalScheme,
    RoundInputs,
)
from craftpath.domain.appraisals.schemes import write_down
from craftpath.domain.appraisals.states import ROUND
from craftpath.domain.pairing.room import hold_office
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.period import later
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@action
def open_round(
    organisation: Organisation, *, made_id: uuid.UUID, starts_on: date, by: Actor, at: datetime
) -> AppraisalRound:
    """Open a round for the period that begins on a day, as long as the scheme says; the same press, the same row.

    Where nobody has written down what counts, the built-in scheme becomes the organisation's first version.
    """
    require(rules.may_appraise(by, organisation))
    known = AppraisalRound._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return known
    hold_office(organisation)
    scheme = queries.scheme_for(organisation, localdate(at)) or write_down(organisation, None, by=by, at=at)
    months = scheme.value.months
    require(rules.can_open(starts_on, months, localdate(at)))
    ends_on = later(starts_on, months)
    standing = AppraisalRound._base_manager.filter(
        organisation=organisation, starts_on=starts_on, ends_on=ends_on
    ).exclude(state="dropped")
    if standing.exists():
        raise Refused(not_now("appraisals.round_already"))
    return _opened(organisation, scheme, (starts_on, ends_on), made_id, None, "", by=by, at=at)


@action
def follow_round(
    row: AppraisalRound, *, made_id: uuid.UUID, reason: str, by: Actor, at: datetime
) -> AppraisalRound:
    """Open a later version of what was shown, with the reason: what upheld contests and mended records change."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    known = AppraisalRound._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return known
    require(rules.can_follow(row, later_one=queries.has_later(row), reason=reason))
    period = (row.starts_on, row.ends_on)
    return _opened(row.organisation, row.scheme, period, made_id, row, reason.strip(), by=by, at=at)


def _opened(
    organisation: Organisation,
    scheme: AppraisalScheme,
    period: tuple[date, date],
    made_id: uuid.UUID,
    replaces: AppraisalRound | None,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> AppraisalRound:
    same = AppraisalRound._base_manager.filter(
        organisation=organisation, starts_on=period[0], ends_on=period[1]
    )
    newest = same.order_by("-version").values_list("version", flat=True).first() or 0
    row = AppraisalRound.objects.create(
        made_id=made_id,
        organisation=organisation,
        scheme=scheme,
        starts_on=period[0],
        ends_on=period[1],
        version=newest + 1,
        replaces=replaces,
        reason=reason,
        opened_by=by.person,
        opened_at=at,
    )
    told = RoundOpened(period[0].isoformat(), period[1].isoformat(), row.version, reason)
    tell_of(told, row, by=by, at=at)
    return row


@action
def show_round(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """Let the trainers read their appraisals, and contest them in the days of the hearing; again changes nothing."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    if row.state == "hearing":
        return row
    require(rules.can_show(row))
    row.state = ROUND.after(row.state, "show")
    row.shown_by = by.person
    row.hearing_until = localdate(at) + timedelta(days=row.scheme.value.hearing_days)
    row.save()
    tell_of(RoundShown(row.hearing_until.isoformat()), row, by=by, at=at)
    if row.replaces is not None and row.replaces.state == "hearing":
        replace_round(row.replaces, by=by, at=at)
    return row


@action
def replace_round(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """A later version stands in its place; who reads it is told so."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    newest = AppraisalRound._base_manager.filter(replaces=row, state__in=("hearing", "published")).first()
    if newest is None:
        raise Refused(not_now("appraisals.no_later_version"))
    if row.state == "replaced":
        return row
    row.state = ROUND.after(row.state, "replace")
    row.save(update_fields=["state"])
    tell_of(RoundReplaced(newest.version), row, by=by, at=at)
    return row


@action
def drop_round(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """Put away what nobody was shown; once more changes nothing."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    if row.state == "dropped":
        return row
    require(rules.can_drop(row))
    row.state, row.replaces = ROUND.after(row.state, "drop"), None
    forget(row)
    row.save()
    tell_of(RoundDropped(), row, by=by, at=at)
    return row


def held(row: AppraisalRound) -> AppraisalRound:
    """The row, kept from others until the transaction ends."""
    rows = AppraisalRound.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "scheme", "replaces").get(pk=row.pk)


def tell_of(told: Fact, row: AppraisalRound, *, by: Actor, at: datetime) -> None:
    """Tell it in the history of the organisation whose round it is."""
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)


def forget(row: AppraisalRound) -> None:
    """What was computed before and nobody was shown."""
    AppraisalPart.objects.filter(appraisal__round=row).delete()
    Appraisal._base_manager.filter(round=row).delete()
    RoundInputs.objects.filter(round=row).delete()
