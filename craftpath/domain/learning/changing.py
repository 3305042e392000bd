"""Changing a planned session: its title, time, place, kind, teachers, cohorts; whoever comes reads why it moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.learning import rules
from craftpath.domain.learning.facts import SessionChanged
from craftpath.domain.learning.models import Session, SessionCohort, SessionTeacher
from craftpath.domain.learning.planning import Plan, online_minutes, ref, require_fit
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.people import Person

LONGEST = 200  # characters of a reason
TOLD = ("starts_at", "ends_at", "place")  # what those who come have to be told of
KEPT = ("starts_at", "ends_at", "bucket", "cohorts", "mode", "online_minutes")  # what a roll was called for
FIELDS = ("title", "kind", "mode", "place", "starts_at", "ends_at", "bucket", "online_minutes", "recorded")


@action
def change_session(
    session: Session,
    plan: Plan,
    *,
    cohorts: Sequence[Cohort],
    teachers: Mapping[Person, str],
    because: str = "",
    sequence: int,
    by: Actor,
    at: datetime,
) -> Session:
    """Let a session be otherwise than it was planned; `sequence` is the one that was read, and guards what others did.

    A change that changes nothing is none. Time and place need a reason, since those who come read it; they, the
    cohorts and the kind of hours remain once a roll was called.
    """
    rows = Session._base_manager.select_for_update(of=("self",)).select_related("organisation")
    session = rows.get(pk=session.pk)
    require(rules.may_plan(by, session.organisation))
    before = _values(session)
    wanted = _wanted(plan, cohorts, teachers)
    differs = [name for name in wanted if wanted[name] != before[name]]
    if not differs:
        return session
    if session.sequence != sequence:
        raise Refused(not_now("learning.session_changed_meanwhile"))
    require(rules.can_change(session, at))
    because = because.strip()[:LONGEST]
    _require(session, plan, differs, because, at)
    known = [row.person_id for row in session.teachers.all()]
    require_fit(plan, session.organisation, cohorts, teachers, known=known, by=by, at=at)
    _write(session, wanted, cohorts, teachers)
    if set(differs) & set(TOLD):
        session.was = {name: _plain(before[name]) for name in TOLD}
        session.changed_because = because
    session.sequence, session.changed_at = session.sequence + 1, at
    session.save(update_fields=[*FIELDS, "was", "changed_because", "sequence", "changed_at"])
    told = SessionChanged(session.public_id, {name: _plain(before[name]) for name in differs}, because)
    tell(told, by=by, at=at, organisation=session.organisation, subject=ref(session))
    return session


def _values(session: Session) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(session, name) for name in FIELDS}
    values["cohorts"] = sorted(row.cohort_id for row in session.cohorts.all())
    values["teachers"] = sorted((row.person_id, row.kind) for row in session.teachers.all())
    return values


def _wanted(plan: Plan, cohorts: Sequence[Cohort], teachers: Mapping[Person, str]) -> dict[str, Any]:
    return {
        "title": dict(plan.title),
        "kind": plan.kind,
        "mode": plan.mode,
        "place": plan.place,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "bucket": plan.bucket,
        "online_minutes": online_minutes(plan),
        "recorded": plan.recorded,
        "cohorts": sorted(cohort.pk for cohort in cohorts),
        "teachers": sorted((person.pk, kind) for person, kind in teachers.items()),
    }


def _require(session: Session, plan: Plan, differs: Sequence[str], because: str, at: datetime) -> None:
    """What is asked of a change besides what is asked of a plan."""
    require(rules.can_last(plan.starts_at, plan.ends_at))
    if not any(plan.title.values()):
        raise Refused(not_now("learning.no_title"))
    if session.state == "held" and set(differs) & set(KEPT):
        raise Refused(not_now("learning.roll_keeps_time"))
    if "starts_at" in differs and plan.starts_at < at:
        raise Refused(not_now("learning.begins_in_past"))
    if set(differs) & set(TOLD) and not because:
        raise Refused(not_now("learning.no_reason_for_move"))
    # Two sessions of one name at one moment would be one that was planned twice; see `plan_session`.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=session.organisation_id)
    same = Session._base_manager.filter(organisation=session.organisation_id, starts_at=plan.starts_at)
    others = same.exclude(pk=session.pk).exclude(state="cancelled")
    if any(row.title == dict(plan.title) for row in others):
        raise Refused(not_now("learning.session_exists"))


def _write(
    session: Session, wanted: Mapping[str, Any], cohorts: Sequence[Cohort], teachers: Mapping[Person, str]
) -> None:
    for name in FIELDS:
        setattr(session, name, wanted[name])
    session.cohorts.exclude(cohort__in=cohorts).delete()
    there = set(session.cohorts.values_list("cohort_id", flat=True))
    SessionCohort.objects.bulk_create(
        SessionCohort(session=session, cohort=cohort) for cohort in cohorts if cohort.pk not in there
    )
    session.teachers.all().delete()
    SessionTeacher.objects.bulk_create(
        SessionTeacher(session=session, person=person, kind=kind) for person, kind in teachers.items()
    )


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
