"""Writing down what counts how much: a new version each time, never an old one changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.appraisals import rules
from craftpath.domain.appraisals.definition import BUILT_IN, Definition, can_hold
from craftpath.domain.appraisals.facts import SchemeSet
from craftpath.domain.appraisals.models import AppraisalScheme
from craftpath.domain.pairing.room import hold_office
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@action
def set_scheme(
    organisation: Organisation, *, definition: Definition, valid_from: date, by: Actor, at: datetime
) -> AppraisalScheme:
    """Write down the next version, for rounds that are opened from a day on; the same again changes nothing."""
    require(rules.may_appraise(by, organisation))
    require(can_hold(definition))
    hold_office(organisation)
    newest = AppraisalScheme._base_manager.filter(organisation=organisation).order_by("-version").first()
    if newest is not None and (newest.definition, newest.valid_from) == (definition.as_json(), valid_from):
        return newest
    if newest is not None and valid_from < newest.valid_from:
        raise Refused(not_now("appraisals.valid_before_newest", on=newest.valid_from))
    return write_down(organisation, definition, valid_from=valid_from, by=by, at=at)


def write_down(
    organisation: Organisation,
    definition: Definition | None,
    *,
    valid_from: date | None = None,
    by: Actor,
    at: datetime,
) -> AppraisalScheme:
    """The next version as a row; without a definition the built-in one. The caller has asked who may."""
    newest = AppraisalScheme._base_manager.filter(organisation=organisation).order_by("-version").first()
    row = AppraisalScheme.objects.create(
        organisation=organisation,
        version=newest.version + 1 if newest else 1,
        definition=(definition or BUILT_IN).as_json(),
        valid_from=valid_from or localdate(at),
        made_by=by.person,
        made_at=at,
    )
    told = SchemeSet(row.version, row.valid_from.isoformat())
    subject = Ref("kernel", "organisation", organisation.key)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
    return row
