"""Parties that follow what a higher noun knows: who teaches today is let in, who taught until yesterday is let out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships import rules
from craftpath.domain.apprenticeships.facts import PartiesFollowed
from craftpath.domain.apprenticeships.models import Cohort, Enrolment, EnrolmentParty, PartyRole
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import require


@action
def follow_parties(
    enrolments: Sequence[Enrolment],
    *,
    role: str,
    today: Collection[tuple[int, int]],
    named: Collection[tuple[int, int]],
    by: Actor,
    at: datetime,
) -> int:
    """Let in whom `today` names (enrolment id, person id) and out whom only `named` does; says how many changed.

    Somebody of whom neither knows stays what a roster made of them.
    """
    for row in enrolments:
        require(rules.may_appoint(by, row))
    day, role = localdate(at), PartyRole(role)
    rows = EnrolmentParty.objects.filter(
        enrolment__in=[row.pk for row in enrolments], role=role, ends_on__isnull=True
    )
    held = {(row.enrolment_id, row.person_id): row for row in rows}
    going = [row for pair, row in held.items() if pair in named and pair not in today]
    coming = sorted(pair for pair in today if pair not in held)
    for party in going:
        party.ends_on = max(day, party.starts_on)
    EnrolmentParty.objects.bulk_update(going, ["ends_on"])
    EnrolmentParty.objects.bulk_create(
        EnrolmentParty(enrolment_id=enrolment, person_id=person, role=role, starts_on=day)
        for enrolment, person in coming
    )
    changed = {row.enrolment_id for row in going} | {enrolment for enrolment, _ in coming}
    by_cohort: dict[Cohort, list[str]] = {}
    for row in enrolments:
        if row.pk in changed:
            by_cohort.setdefault(row.cohort, []).append(row.public_id)
    for cohort, ids in by_cohort.items():
        subject = Ref("apprenticeships", "cohort", cohort.public_id)
        told = PartiesFollowed(enrolments=sorted(ids), role=role.value)
        tell(told, by=by, at=at, organisation=cohort.organisation, subject=subject)
    return len(going) + len(coming)
