"""Deciding at gates: notes and waivers before, the decision itself, and what a gate asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.evaluation.actions import pass_judged
from craftpath.domain.progression import rules
from craftpath.domain.progression.conditions import Condition, ConditionFaulty, read
from craftpath.domain.progression.facts import (
    ConditionWaived,
    EvidenceGiven,
    EvidenceWithdrawn,
    GateOpened,
    GateSaved,
    StageRepeated,
    WaiverWithdrawn,
)
from craftpath.domain.progression.findings import Report
from craftpath.domain.progression.models import LONGEST, Evidence, Gate, Passage, Waiver
from craftpath.domain.progression.queries import conditions_of, gate_of, reports, through
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage


@action
def give_evidence(
    enrolment: Enrolment, stage: Stage, gate: str, condition: str, *, note: str = "", by: Actor, at: datetime
) -> Evidence:
    """Note that a paper is there, seen by the actor; a second note changes nothing."""
    hold([enrolment.pk])
    require(rules.may_note(by, enrolment))
    _known(enrolment, stage, gate, condition, kinds={"document"})
    row, made = Evidence.objects.get_or_create(
        enrolment=enrolment,
        stage=stage,
        gate=gate,
        condition=condition,
        withdrawn_at=None,
        defaults={"note": note.strip()[:LONGEST], "given_by": by.person, "given_at": at},
    )
    if made:
        _tell(EvidenceGiven(gate, condition, enrolment.public_id), enrolment, by=by, at=at)
    return row


@action
def withdraw_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> None:
    """Take a note back; what was decided with it stands as it was decided."""
    row = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort")
        .get(pk=evidence.pk)
    )
    require(rules.may_note(by, row.enrolment))
    if row.withdrawn_at is None:
        Evidence._base_manager.filter(pk=row.pk).update(withdrawn_at=at)
        told = EvidenceWithdrawn(row.gate, row.condition, row.enrolment.public_id)
        _tell(told, row.enrolment, by=by, at=at)


@action
def waive_condition(
    enrolment: Enrolment, stage: Stage, gate: str, condition: str, *, because: str, by: Actor, at: datetime
) -> Waiver:
    """Take a condition that is not met upon oneself, with the reason; `condition` is the name of its finding."""
    hold([enrolment.pk])
    require(rules.may_open_for(by, enrolment))
    found = reports(enrolment.cohort, stage, gate, [enrolment], timezone.localtime(at).date()).get(
        enrolment.pk
    )
    finding = next((one for one in found.findings if one.name == condition), None) if found else None
    if finding is None:
        raise Refused(not_now("progression.condition_unknown"))
    require(rules.can_waive(finding.condition, because))
    if finding.met:
        raise Refused(not_now("progression.nothing_to_waive"))
    row, made = Waiver.objects.get_or_create(
        enrolment=enrolment,
        stage=stage,
        gate=gate,
        condition=condition,
        withdrawn_at=None,
        defaults={"because": because.strip(), "by": by.person, "at": at},
    )
    if made:
        told = ConditionWaived(gate, condition, enrolment.public_id, row.because)
        _tell(told, enrolment, by=by, at=at)
    return row


@action
def withdraw_waiver(waiver: Waiver, *, by: Actor, at: datetime) -> None:
    """Take a waiver back before the gate is opened; afterwards it stands with the decision."""
    row = (
        Waiver.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort", "stage")
        .get(pk=waiver.pk)
    )
    require(rules.may_open_for(by, row.enrolment))
    if through([row.enrolment_id], row.stage, row.gate):
        raise Refused(not_now("flow.not_now"))
    if row.withdrawn_at is None:
        Waiver._base_manager.filter(pk=row.pk).update(withdrawn_at=at)
        _tell(WaiverWithdrawn(row.gate, row.condition, row.enrolment.public_id), row.enrolment, by=by, at=at)


@action
def open_gate(
    enrolments: Sequence[Enrolment],
    stage: Stage,
    *,
    seen: Mapping[str, str],
    on: date,
    by: Actor,
    at: datetime,
) -> list[Passage]:
    """Let apprentices of one cohort leave a stage: all of them or nobody.

    `seen` is enrolment public id → fingerprint of the report that was read. Refused if an answer has changed since,
    if one is not ready, and if somebody else was quicker.
    """
    found = _ready(enrolments, stage, "stage", seen, by=by, at=at)
    pass_judged(enrolments, stage=stage, on=on, by=by, at=at)
    return _passed(enrolments, stage, "stage", "passed", found, on=on, by=by, at=at)


@action
def admit(
    enrolments: Sequence[Enrolment],
    stage: Stage,
    *,
    seen: Mapping[str, str],
    on: date,
    by: Actor,
    at: datetime,
) -> list[Passage]:
    """Admit apprentices of one cohort to the examination of a stage: all of them or nobody; as `open_gate`."""
    found = _ready(enrolments, stage, "exam", seen, by=by, at=at)
    return _passed(enrolments, stage, "exam", "admitted", found, on=on, by=by, at=at)


@action
def repeat_stage(
    enrolments: Sequence[Enrolment], stage: Stage, *, because: str, until: date, by: Actor, at: datetime
) -> list[Passage]:
    """Decide that apprentices stay in a stage until a day, with the reason that they read."""
    cohort = _cohort(enrolments, by)
    require(rules.can_say_why(because))
    require(rules.can_repeat(until, timezone.localtime(at).date()))
    found = reports(cohort, stage, "stage", enrolments, timezone.localtime(at).date())
    if len(found) != len(enrolments):
        raise Refused(not_now("progression.nobody_there"))
    rows = [
        Passage(
            enrolment=row,
            stage=stage,
            gate="stage",
            outcome="repeat",
            findings=[one.as_json() for one in found[row.pk].findings],
            because=because.strip(),
            until=until,
            decided_on=timezone.localtime(at).date(),
            decided_by=by.person,
            decided_at=at,
        )
        for row in enrolments
    ]
    Passage.objects.bulk_create(rows)
    ids = [row.public_id for row in enrolments]
    told = StageRepeated(stage.key, ids, until.isoformat(), because.strip())
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
    return rows


@action
def save_gate(
    organisation: Organisation,
    stage: Stage,
    kind: str,
    conditions: Sequence[Mapping[str, Any]],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Gate:
    """Write the next version of an organisation's gate; `version` is the one that was read (0: the preset)."""
    require(rules.may_shape(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = gate_of(organisation, stage, kind)
    own = standing.version if standing is not None and standing.organisation_id == organisation.pk else 0
    if own != version:
        raise Refused(not_now("progression.version_changed"))
    try:
        wanted = read(conditions)
    except ConditionFaulty as faulty:
        raise Refused(not_now(f"progression.condition_{faulty.code}", place=faulty.place)) from faulty
    row = Gate(
        organisation=organisation,
        stage=stage,
        kind=kind,
        version=own + 1,
        conditions=[one.as_json() for one in wanted],
        made_by=by.person,
        made_at=at,
    )
    row.save()
    told = GateSaved(kind, stage.key, row.version, len(wanted))
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def _cohort(enrolments: Sequence[Enrolment], by: Actor) -> Cohort:
    """The one cohort of all of them, whose gates the actor opens; held until the transaction ends."""
    cohorts = {row.cohort_id: row.cohort for row in enrolments}
    if len(cohorts) != 1:
        raise Refused(not_now("apprenticeships.not_one_cohort"))
    for row in enrolments:
        require(rules.may_open_for(by, row))
    hold(row.pk for row in enrolments)
    return next(iter(cohorts.values()))


def _ready(
    enrolments: Sequence[Enrolment],
    stage: Stage,
    gate: str,
    seen: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> dict[int, Report]:
    cohort = _cohort(enrolments, by)
    gone = through([row.pk for row in enrolments], stage, gate)
    if gone:
        first = next(iter(gone.values()))
        raise Refused(not_now("progression.opened_already", name=first.decided_by.name))
    found = reports(cohort, stage, gate, enrolments, timezone.localtime(at).date())
    if len(found) != len(enrolments):
        raise Refused(not_now("progression.nobody_there"))
    if any(seen.get(row.public_id) != found[row.pk].fingerprint for row in enrolments):
        raise Refused(not_now("progression.changed_meanwhile"))
    held = sum(not one.ready for one in found.values())
    if held:
        raise Refused(not_now("progression.not_ready", count=held))
    return found


def _passed(
    enrolments: Sequence[Enrolment],
    stage: Stage,
    gate: str,
    outcome: str,
    found: Mapping[int, Report],
    *,
    on: date,
    by: Actor,
    at: datetime,
) -> list[Passage]:
    rows = [
        Passage(
            enrolment=row,
            stage=stage,
            gate=gate,
            outcome=outcome,
            findings=[one.as_json() for one in found[row.pk].findings],
            decided_on=on,
            decided_by=by.person,
            decided_at=at,
        )
        for row in enrolments
    ]
    Passage.objects.bulk_create(rows)
    cohort = enrolments[0].cohort
    told = GateOpened(gate, stage.key, [row.public_id for row in enrolments])
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
    return rows


def _known(enrolment: Enrolment, stage: Stage, gate: str, key: str, *, kinds: set[str]) -> Condition:
    for condition in conditions_of(enrolment.cohort, stage, gate):
        if condition.key == key and condition.kind in kinds:
            return condition
    raise Refused(not_now("progression.condition_unknown"))


def _tell(fact: Fact, enrolment: Enrolment, *, by: Actor, at: datetime) -> None:
    subject = Ref("apprenticeships", "enrolment", enrolment.public_id)
    tell(fact, by=by, at=at, organisation=enrolment.cohort.organisation, subject=subject)
