"""Showing an indicator to everybody, and saying in which county an organisation lies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from craftpath.domain.insight import rules
from craftpath.domain.insight.facts import CountySet, IndicatorPublished
from craftpath.domain.insight.marking import mark_everything
from craftpath.domain.insight.models import County, Published
from craftpath.engines.indicators import CATALOGUE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require


@action
def publish_indicator(organisation: Organisation, key: str, *, by: Actor, at: datetime) -> Published:
    """Show it to everybody; pressed twice it is shown once."""
    require(rules.may_publish(by, organisation))
    if key not in {one.key for one in CATALOGUE}:
        raise Refused(not_now("insight.unknown_indicator"))
    hold(organisation)
    rows = Published._base_manager.filter(organisation=organisation, indicator=key, withdrawn_at__isnull=True)
    known = rows.first()
    if known is not None:
        return known
    row = Published(organisation=organisation, indicator=key, published_by=by.person, published_at=at)
    row.save()
    tell(IndicatorPublished(key, True), by=by, at=at, organisation=organisation, subject=_ref(organisation))
    return row


@action
def withdraw_indicator(organisation: Organisation, key: str, *, by: Actor, at: datetime) -> None:
    """Show it to members only, from now on."""
    require(rules.may_publish(by, organisation))
    hold(organisation)
    rows = Published._base_manager.filter(organisation=organisation, indicator=key, withdrawn_at__isnull=True)
    if rows.update(withdrawn_at=at, withdrawn_by=by.person):
        tell(
            IndicatorPublished(key, False),
            by=by,
            at=at,
            organisation=organisation,
            subject=_ref(organisation),
        )


@action
def set_county(
    organisation: Organisation, code: str, name: Mapping[str, str], *, by: Actor, at: datetime
) -> County:
    """Say where it lies, for itself and for those below it that say nothing else; every figure is sorted anew."""
    require(rules.may_publish(by, organisation))
    require(rules.can_be_county(code))
    hold(organisation)
    row = County._base_manager.filter(organisation=organisation).first() or County(organisation=organisation)
    if row.pk is not None and (row.code, row.name) == (code, dict(name)):
        return row
    before, row.code, row.name, row.kept_by, row.kept_at = row.code, code, dict(name), by.person, at
    row.save()
    if before != code:
        tell(CountySet(code, before), by=by, at=at, organisation=organisation, subject=_ref(organisation))
        mark_everything()
    return row


def hold(organisation: Organisation) -> None:
    """Keep others from writing here for this organisation until the open transaction ends."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _ref(organisation: Organisation) -> Ref:
    return Ref("kernel", "organisation", organisation.public_id)
