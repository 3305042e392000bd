"""How many somebody may teach, and what an office holds to."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.facts import HouseRulesSet, ResultNoted, StandingSet
from craftpath.domain.pairing.models import HIGHEST_RESULT, MOST, HouseRule, Standing
from craftpath.domain.pairing.room import hold_office
from craftpath.domain.pairing.spans import period
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


@action
def set_standing(
    person: Person,
    *,
    organisation: Organisation,
    capacity: int,
    qualification: str = "",
    qualified_from: date | None = None,
    qualified_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Standing:
    """Write down how many somebody may teach at a place, and the days of the qualification; the same changes nothing.

    Pairs that hold already go on: the page of loads shows who carries more than this.
    """
    hosts = hosts_below(by.organisation) if by.organisation is not None else set()
    require(rules.may_stand(by, organisation, hosts))
    dated = qualified_from is not None or qualified_until is not None
    require(rules.can_stand(capacity, period(qualified_from or date.min, qualified_until) if dated else None))
    hold_office(organisation)
    row = Standing.objects.filter(organisation=organisation, person=person).first()
    row = row or Standing(organisation=organisation, person=person, capacity=-1)
    wanted = (capacity, qualification.strip(), qualified_from, qualified_until)
    if (row.capacity, row.qualification, row.qualified_from, row.qualified_until) == wanted:
        return row
    row.capacity, row.qualification, row.qualified_from, row.qualified_until = wanted
    row.save()
    told = StandingSet(
        person=person.public_id,
        capacity=capacity,
        qualified_until=qualified_until.isoformat() if qualified_until else "",
    )
    tell(told, by=by, at=at, organisation=organisation, subject=Ref("kernel", "person", person.public_id))
    return row


@action
def note_result(
    person: Person, *, organisation: Organisation, result: int | None, on: date, by: Actor, at: datetime
) -> Standing:
    """Write down how well somebody's apprentices have done, 0 to 100 with 50 as the usual; None takes it back.

    Whoever publishes an appraisal calls this and has asked who may; rounds read it, and nobody ranks by it. The same
    changes nothing.
    """
    if result is not None and not 0 <= result <= HIGHEST_RESULT:
        raise Refused(not_now("pairing.result_out_of_range", most=HIGHEST_RESULT))
    hold_office(organisation)
    row = Standing._base_manager.filter(organisation=organisation, person=person).first()
    if row is None:
        usual = queries.house_rule(organisation).capacity
        row = Standing(organisation=organisation, person=person, capacity=usual)
    day = on if result is not None else None
    if row.pk is not None and (row.result, row.result_on) == (result, day):
        return row
    row.result, row.result_on = result, day
    row.save()
    tell(
        ResultNoted(person=person.public_id),
        by=by,
        at=at,
        organisation=organisation,
        subject=Ref("kernel", "person", person.public_id),
    )
    return row


@action
def set_house_rule(
    organisation: Organisation,
    *,
    capacity: int,
    gap_days: int,
    objection_days: int,
    skilled_workers: int = 0,
    ratio_learners: int = 0,
    ratio_skilled: int = 1,
    by: Actor,
    at: datetime,
) -> HouseRule:
    """Write down what an office holds to from now on; pairs that hold already are not touched."""
    require(rules.may_pair(by, organisation))
    if not 1 <= capacity <= MOST:
        raise Refused(not_now("pairing.capacity_out_of_range", most=MOST))
    if min(gap_days, objection_days, skilled_workers, ratio_learners) < 0 or ratio_skilled < 1:
        raise Refused(not_now("pairing.rule_below_zero"))
    hold_office(organisation)
    row = HouseRule._base_manager.filter(organisation=organisation).first() or HouseRule(
        organisation=organisation
    )
    wanted = {
        "capacity": capacity,
        "gap_days": gap_days,
        "objection_days": objection_days,
        "skilled_workers": skilled_workers,
        "ratio_learners": ratio_learners,
        "ratio_skilled": ratio_skilled,
    }
    if row.pk is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    ratio = f"{ratio_learners}:{ratio_skilled}" if ratio_learners else ""
    told = HouseRulesSet(gap_days=gap_days, objection_days=objection_days, ratio=ratio)
    tell(
        told, by=by, at=at, organisation=organisation, subject=Ref("kernel", "organisation", organisation.key)
    )
    return row
