"""What the office thinks before a risky use of personal data: write, decide, retire an assessment."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.protection import rules
from craftpath.domain.protection.facts import AssessmentMoved, AssessmentWritten
from craftpath.domain.protection.models import Assessment
from craftpath.domain.protection.states import ASSESSMENT, OCCASIONS, OUTCOMES
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Thought:
    """What an assessment says."""

    title: str
    occasion: str
    use: str
    need: str
    risks: str
    measures: str


@action
def write_assessment(
    organisation: Organisation, said: Thought, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> Assessment:
    """Begin one as a draft; the same `made_id` again is the same."""
    require(rules.may_protect(by, organisation))
    known = Assessment._base_manager.filter(made_id=made_id, organisation=organisation).first()
    if known is not None:
        return known
    row = Assessment(
        made_id=made_id, organisation=organisation, written_by=by.person, written_at=at, **_values(said)
    )
    row.save(force_insert=True)
    tell(AssessmentWritten(row.occasion), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def change_assessment(assessment: Assessment, said: Thought, *, by: Actor, at: datetime) -> Assessment:
    """Say a draft otherwise; what was decided stays as it was decided."""
    row = _held(assessment, by)
    if row.state != "draft":
        raise Refused(not_now("protection.decided_already"))
    values = _values(said)
    if any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        tell(AssessmentWritten(row.occasion), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def decide_assessment(
    assessment: Assessment, outcome: str, words: str, review_on: date, *, by: Actor, at: datetime
) -> Assessment:
    """Go, go under conditions, or not; with the day on which to look at it again."""
    row = _held(assessment, by)
    state = ASSESSMENT.after(row.state, "decide")
    if outcome not in OUTCOMES:
        raise Refused(not_now("protection.outcome_unknown"))
    require(rules.can_say(words, needed=outcome != "go"))
    if not localdate(at) < review_on <= localdate(at) + rules.LONGEST_REVIEW:
        raise Refused(not_now("protection.review_unclear"))
    row.state, row.outcome, row.words, row.review_on = state, outcome, words.strip(), review_on
    row.decided_by, row.decided_at = by.person, at
    row.save()
    told = AssessmentMoved(state, outcome)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def retire_assessment(assessment: Assessment, *, by: Actor, at: datetime) -> Assessment:
    """The use has ended, or a newer assessment has taken its place; it is kept. Twice is once."""
    row = _held(assessment, by)
    if row.state == "retired":
        return row
    row.state = ASSESSMENT.after(row.state, "retire")
    row.save(update_fields=["state"])
    told = AssessmentMoved(row.state, row.outcome)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _values(said: Thought) -> dict[str, str]:
    values = {
        name: " ".join(text.split()) if name == "title" else text.strip()
        for name, text in asdict(said).items()
    }
    if said.occasion not in OCCASIONS:
        raise Refused(not_now("protection.occasion_unknown"))
    for name, text in values.items():
        require(rules.can_be_written(text, title=name == "title"))
    return values


def _held(assessment: Assessment, by: Actor) -> Assessment:
    rows = Assessment._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("organisation").get(pk=assessment.pk)
    require(rules.may_protect(by, row.organisation))
    return row
