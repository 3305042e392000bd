"""What changes of a plan: time and room, terms, who comes in addition, who does not, who was absent with a reason."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from craftpath.domain.exams import rules
from craftpath.domain.exams.clashes import can_all_come
from craftpath.domain.exams.facts import (
    AbsenceExcused,
    CandidateAdded,
    CandidateRemoved,
    SittingMoved,
    SittingTermsSettled,
)
from craftpath.domain.exams.invigilating import can_all_watch, watchers_of
from craftpath.domain.exams.models import Candidate, Sitting
from craftpath.domain.exams.papering import MOST_MINUTES
from craftpath.domain.exams.resitting import add_rows, can_sit_again, histories, terms_of
from craftpath.domain.exams.terms import COUNTS, SITS_AGAIN, Terms
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

MOST_PLACE = 120


@action
def move_sitting(
    sitting: Sitting,
    *,
    starts_at: datetime,
    minutes: int,
    place: str,
    because: str,
    by: Actor,
    at: datetime,
) -> Sitting:
    """Another time, length or room, for a reason; what is the same already changes nothing and tells nobody."""
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    if row.state != "planned":
        raise Refused(not_now("exams.sitting_not_planned"))
    place = " ".join(place.split())[:MOST_PLACE]
    if (row.starts_at, row.minutes, row.place) == (starts_at, minutes, place):
        return row
    require(rules.can_give_reason(because))
    require(rules.can_last(minutes, MOST_MINUTES))
    require(rules.can_begin_at(starts_at, at))
    people = Candidate._base_manager.filter(sitting=row).values_list("enrolment", flat=True)
    require(can_all_come(list(people), starts_at, minutes, but=row))
    require(can_all_watch([person.pk for person in watchers_of(row)], starts_at, minutes, but=row))
    before = row.starts_at
    row.starts_at, row.minutes, row.place = starts_at, minutes, place
    row.late_minutes = min(row.late_minutes, minutes)
    row.moved_because, row.changed_at = because.strip(), at
    row.sequence += 1
    row.save(
        update_fields=[
            "starts_at",
            "minutes",
            "place",
            "late_minutes",
            "moved_because",
            "changed_at",
            "sequence",
        ]
    )
    _tell(SittingMoved(before.isoformat(), starts_at.isoformat(), row.moved_because), row, by=by, at=at)
    return row


@action
def settle_terms(
    sitting: Sitting, terms: Terms, *, appeal_days: int, show_answers: bool, by: Actor, at: datetime
) -> Sitting:
    """Pass mark, re-sits, appeals, what candidates see; fixed from the day on which the marks are published.

    Whether candidates see the answers can be changed later too, as when an item is used no more.
    The rule of a re-sit is that of its first sitting, and is settled there.
    """
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    if row.again_of_id is not None:
        terms = terms_of(row)
    wanted = asdict(terms) | {"appeal_days": appeal_days, "show_answers": show_answers}
    changed = {name for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return row
    if row.state == "cancelled" or (row.published_at is not None and changed != {"show_answers"}):
        raise Refused(not_now("exams.terms_are_fixed"))
    known = terms.resit_for in SITS_AGAIN and terms.resit_counts in COUNTS
    if not (
        known and 0 <= terms.pass_percent <= 100 and 0 <= terms.most_resits <= 9 and 0 <= appeal_days <= 365
    ):
        raise Refused(not_now("exams.terms_outside"))
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=list(wanted))
    _tell(SittingTermsSettled(), row, by=by, at=at)
    return row


@action
def add_candidate(sitting: Sitting, enrolment: Enrolment, *, by: Actor, at: datetime) -> Candidate:
    """Somebody who was forgotten, or has come later, before the sitting is over; who is there already stays.

    At a re-sit only whom its rule lets.
    """
    first = sitting.again_of_id
    if first is not None:  # held before the sitting, as where re-sits are planned
        Sitting.objects.select_for_update(of=("self",)).get(pk=first)
    row = _locked(sitting)
    require(rules.may_hold(by, row.organisation))
    standing = Candidate.objects.filter(sitting=row, enrolment=enrolment).first()
    if standing is not None:
        return standing
    if row.state not in ("planned", "open"):
        raise Refused(not_now("exams.is_closed"))
    if enrolment.cohort_id != row.cohort_id or enrolment.state != "active":
        raise Refused(not_now("exams.candidate_of_another"))
    require(can_all_come([enrolment.pk], row.starts_at, row.minutes, but=row))
    seated = Candidate._base_manager.filter(sitting=row).count()
    try:
        with transaction.atomic():
            made = _added(row, enrolment, seated)
    except IntegrityError:
        raise Refused(not_now("exams.candidate_already")) from None
    _tell(CandidateAdded(enrolment.public_id), row, by=by, at=at)
    return made


def _added(row: Sitting, enrolment: Enrolment, seated: int) -> Candidate:
    if row.again_of is None:
        seat, on_paper = str(seated + 1), row.on_paper
        return Candidate.objects.create(
            sitting=row, enrolment=enrolment, seat=seat, paper=row.paper, on_paper=on_paper
        )
    history = histories(row.again_of, [enrolment.pk]).get(enrolment.pk)
    require(can_sit_again(history, terms_of(row)))
    if history is None:
        raise Refused(not_now("exams.resit_nothing_before"))
    (made,) = add_rows(row, [history], seated=seated)
    return made


@action
def remove_candidate(candidate: Candidate, *, because: str, by: Actor, at: datetime) -> None:
    """Somebody who does not sit after all, and has not begun; a code that was given opens nothing any more."""
    sitting = _locked(candidate.sitting)
    require(rules.may_hold(by, sitting.organisation))
    row = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("enrolment")
        .filter(pk=candidate.pk)
        .first()
    )
    if row is None:
        return
    if sitting.state not in ("planned", "open"):
        raise Refused(not_now("exams.is_closed"))
    if row.started_at is not None:
        raise Refused(not_now("exams.candidate_has_begun"))
    require(rules.can_give_reason(because))
    told = CandidateRemoved(row.enrolment.public_id, because.strip())
    row.delete()
    _tell(told, sitting, by=by, at=at)


@action
def excuse_absence(candidate: Candidate, *, because: str, by: Actor, at: datetime) -> Candidate:
    """Whoever did not come had a reason; an empty reason takes that back. Counts when marks are recorded."""
    sitting = _locked(candidate.sitting)
    require(rules.may_hold(by, sitting.organisation))
    row = Candidate.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=candidate.pk)
    if sitting.state != "closed":
        raise Refused(not_now("exams.sitting_not_closed"))
    if row.started_at is not None:
        raise Refused(not_now("exams.candidate_was_there"))
    because = because.strip()
    if because == row.excused_because:
        return row
    if because:
        require(rules.can_give_reason(because))
    row.excused_because = because
    row.save(update_fields=["excused_because"])
    _tell(AbsenceExcused(row.enrolment.public_id), sitting, by=by, at=at)
    return row


def _locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "paper", "cohort", "again_of").get(pk=sitting.pk)


def _tell(fact: Fact, row: Sitting, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
