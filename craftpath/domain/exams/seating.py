"""Planning a sitting: who answers which paper when and where, with which code, seat and extra time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.exams import rules
from craftpath.domain.exams.clashes import can_all_come
from craftpath.domain.exams.codes import digest, new_code
from craftpath.domain.exams.essays import EssayPlan
from craftpath.domain.exams.facts import (
    CandidateSeated,
    CodesGiven,
    SittingCancelled,
    SittingClosed,
    SittingOpened,
    SittingPlanned,
)
from craftpath.domain.exams.models import Candidate, Paper, Sitting
from craftpath.domain.exams.papering import MOST_MINUTES
from craftpath.domain.exams.states import SITTING
from craftpath.domain.exams.terms import Terms
from craftpath.domain.programmes.queries import figure_laid_down
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

MOST_EXTRA = 300
MOST_FORMS = 8
MOST_RESITS = 9


@action
def plan_sitting(
    cohort: Cohort,
    paper: Paper,
    *,
    made_id: uuid.UUID,
    starts_at: datetime,
    minutes: int,
    late_minutes: int = 30,
    place: str = "",
    marking: EssayPlan | None = None,
    others: Sequence[Paper] = (),
    shuffled: bool = False,
    on_paper: bool = False,
    same_keyer: bool = False,
    by: Actor,
    at: datetime,
) -> Sitting:
    """Everybody who is active in the cohort becomes a candidate, seated by number; the same press plans it once.

    With `others`, parallel forms of the paper, they are dealt out seat by seat, so that neighbours differ. On
    paper everybody has the order of the printed form. `marking` says by how many essays are marked (by one, if
    nothing is said).
    """
    require(rules.may_hold(by, cohort.organisation))
    standing = Sitting._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    forms = list({one.pk: one for one in (paper, *others)}.values())
    if len(forms) > MOST_FORMS:
        raise Refused(not_now("exams.too_many_forms", most=MOST_FORMS))
    for one in forms:
        require(rules.can_use_paper(one))
    require(rules.can_last(minutes, MOST_MINUTES))
    require(rules.can_begin_at(starts_at, at))
    marking = marking or EssayPlan()
    require(rules.can_mark_so(marking))
    people = list(enrolments().filter(cohort=cohort, state="active").order_by("number", "pk"))
    if not people:
        raise Refused(not_now("exams.sitting_nobody"))
    require(can_all_come([one.pk for one in people], starts_at, minutes))
    row = Sitting(
        made_id=made_id,
        organisation=cohort.organisation,
        cohort=cohort,
        paper=paper,
        place=place.strip(),
        starts_at=starts_at,
        minutes=minutes,
        late_minutes=min(late_minutes, minutes),
        essay_raters=marking.raters,
        essay_sample=marking.sample,
        essay_gap=marking.gap,
        essay_gap_in=marking.gap_in,
        essay_third=marking.third,
        shuffled=shuffled and not on_paper,
        on_paper=on_paper,
        same_keyer=same_keyer,
        most_resits=_resits_of(cohort, at),
        made_by=by.person,
        made_at=at,
    )
    row.save()
    Candidate.objects.bulk_create(
        [
            Candidate(
                sitting=row, enrolment=one, seat=str(n + 1), paper=forms[n % len(forms)], on_paper=on_paper
            )
            for n, one in enumerate(people)
        ],
        batch_size=500,
    )
    _tell(SittingPlanned(starts_at.isoformat(), len(people)), row, by=by, at=at)
    return row


def _resits_of(cohort: Cohort, at: datetime) -> int:
    """How many re-sits the programme lays down (its provision `repeats`), else the usual number."""
    laid_down = figure_laid_down(cohort.programme_id, ["repeats"], at.date())
    return Terms().most_resits if laid_down is None else min(int(laid_down), MOST_RESITS)


@action
def give_codes(sitting: Sitting, *, by: Actor, at: datetime) -> dict[int, str]:
    """candidate id → a new code, to be printed now: it is not kept, and the one before opens nothing any more."""
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    if row.state not in ("planned", "open"):
        raise Refused(not_now("exams.is_closed"))
    if row.on_paper:
        raise Refused(not_now("exams.no_codes_on_paper"))
    people = list(Candidate.objects.select_for_update(of=("self",)).filter(sitting=row).order_by("pk"))
    codes = {one.pk: new_code() for one in people}
    for one in people:
        one.code_digest = digest(codes[one.pk])
    Candidate.objects.bulk_update(people, ["code_digest"], batch_size=500)
    _tell(CodesGiven(len(people)), row, by=by, at=at)
    return codes


@action
def seat_candidate(
    candidate: Candidate, *, seat: str, extra_minutes: int, large_print: bool, by: Actor, at: datetime
) -> Candidate:
    """Where somebody sits, and what the reader's profile asks for; extra time counts at once, also under way."""
    sitting = _locked(candidate.sitting)
    require(rules.may_hold(by, sitting.organisation))
    require(rules.can_last(extra_minutes + 1, MOST_EXTRA))
    row = Candidate.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=candidate.pk)
    if sitting.state not in ("planned", "open") or row.handed_in_at is not None:
        raise Refused(not_now("exams.sitting_not_planned"))
    if row.ends_at is not None:
        row.ends_at += timedelta(minutes=extra_minutes - row.extra_minutes)
    row.seat, row.extra_minutes, row.large_print = seat.strip()[:12], extra_minutes, large_print
    row.save(update_fields=["seat", "extra_minutes", "large_print", "ends_at"])
    _tell(CandidateSeated(row.enrolment.public_id, extra_minutes), sitting, by=by, at=at)
    return row


@action
def open_sitting(sitting: Sitting, *, by: Actor, at: datetime) -> Sitting:
    """The invigilator's word: candidates may begin. The time of those who come late ends with their own minutes."""
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    row.state = SITTING.after(row.state, "open")
    row.starts_at = at
    row.save(update_fields=["state", "starts_at"])
    _tell(SittingOpened(), row, by=by, at=at)
    return row


@action
def close_sitting(sitting: Sitting, *, by: Actor, at: datetime) -> Sitting:
    """Nobody answers any more: what is not handed in is taken as it was saved; sheets of paper can be keyed now."""
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    row.state, row.closed_at = SITTING.after(row.state, "close"), at
    row.save(update_fields=["state", "closed_at"])
    people = list(Candidate.objects.select_for_update(of=("self",)).filter(sitting=row).order_by("pk"))
    left = [one for one in people if one.started_at is not None and one.handed_in_at is None]
    for one in left:
        ends = one.ends_at or at
        bell = (min(ends, at), "bell")
        one.handed_in_at, one.handed_in_by = (at, "paper") if one.on_paper else bell
    Candidate.objects.bulk_update(left, ["handed_in_at", "handed_in_by"], batch_size=500)
    here = sum(one.started_at is not None for one in people)
    unread = sum(one.on_paper and one.started_at is None for one in people)  # the sheets will tell who came
    _tell(SittingClosed(here, len(people) - here - unread), row, by=by, at=at)
    return row


@action
def cancel_sitting(sitting: Sitting, *, because: str, by: Actor, at: datetime) -> Sitting:
    """It does not take place."""
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    require(rules.can_give_reason(because))
    row.state, row.because = SITTING.after(row.state, "cancel"), because.strip()
    row.changed_at = at
    row.sequence += 1
    row.save(update_fields=["state", "because", "changed_at", "sequence"])
    _tell(SittingCancelled(row.because), row, by=by, at=at)
    return row


def _locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("organisation", "paper", "cohort")
    return rows.get(pk=sitting.pk)


def _tell(fact: Fact, row: Sitting, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
