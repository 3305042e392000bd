"""Moderation: open the marks, settle an essay by a decision, send all marks of a marker back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.domain.exams import rules
from craftpath.domain.exams.essays import Essay
from craftpath.domain.exams.facts import EssaySettled, EssaysReturned, MarksOpened
from craftpath.domain.exams.marking import essay_at, locked_candidate
from craftpath.domain.exams.models import (
    Candidate,
    EssayDecision,
    EssayMark,
    EssayReturn,
    Moderator,
    PaperLine,
    Sitting,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


@action
def open_marks(sitting: Sitting, *, by: Actor, at: datetime) -> Moderator:
    """See all marks from now on, and give none: nobody sees another's mark before the own one. Once."""
    row = _locked(sitting)
    require(rules.may_moderate(by, row.organisation))
    if by.person is None:
        raise Refused(may_not("exams.not_moderator"))
    if row.state != "closed":
        raise Refused(not_now("exams.sitting_not_closed"))
    moderator, made = Moderator.objects.get_or_create(sitting=row, person=by.person, defaults={"since": at})
    if made:
        tell(MarksOpened(), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return moderator


@action
def settle_essay(
    candidate: Candidate, line: PaperLine, *, points: Decimal, because: str, by: Actor, at: datetime
) -> EssayDecision:
    """Decide what an essay that two have marked is worth; all marks stay. The same again changes nothing."""
    row = locked_candidate(candidate)
    _require_moderator(row.sitting, by)
    if by.person is not None and by.person.pk == row.enrolment.person_id:
        raise Refused(may_not("exams.essay_own"))
    essay = essay_at(row, line)
    if len(essay.marks) < 2:
        raise Refused(not_now("exams.essay_not_twice"))
    require(rules.can_give_points(points, essay.most))
    require(rules.can_give_reason(because))
    standing, because = essay.decision, because.strip()
    if standing is not None and (standing.points, standing.because) == (points, because):
        return standing
    if standing is not None:
        standing.superseded_at = at
        standing.save(update_fields=["superseded_at"])
    decision = EssayDecision(
        candidate=row, line=line, points=points, because=because, decided_by=by.person, decided_at=at
    )
    decision.save()
    fact = EssaySettled(row.enrolment.public_id, because)
    tell(fact, by=by, at=at, organisation=row.sitting.organisation, subject=row.sitting.ref)
    return decision


@action
def return_marks(sitting: Sitting, marker: Person, *, because: str, by: Actor, at: datetime) -> int:
    """Send all marks that hold of one marker back, to be given anew; how many. Nothing to send back is refused."""
    row = _locked(sitting)
    _require_moderator(row, by)
    require(rules.can_give_reason(because))
    # In the order in which markers lock candidates, so that nobody waits for somebody who waits.
    list(Candidate.objects.select_for_update(of=("self",)).filter(sitting=row).order_by("pk"))
    marks = EssayMark.objects.filter(candidate__sitting=row, marker=marker, superseded_at__isnull=True)
    if not marks.exists():
        raise Refused(not_now("exams.nothing_to_return"))
    word = EssayReturn(
        sitting=row, marker=marker, because=because.strip(), returned_by=by.person, returned_at=at
    )
    word.save()
    count = marks.update(superseded_at=at, returned=word)
    fact = EssaysReturned(count, word.because)
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return count


def has_opened(sitting: Sitting, by: Actor) -> bool:
    """Whether this person has opened the marks of the sitting."""
    return by.person is not None and sitting.moderators.filter(person=by.person).exists()


def versions_of(essay: Essay) -> list[EssayMark]:
    """The marks of an essay that hold no more, newest first, with the word by which they were sent back."""
    rows = EssayMark.objects.filter(
        candidate=essay.candidate, line=essay.line, superseded_at__isnull=False
    ).select_related("marker", "returned__returned_by")
    return list(rows.order_by("-superseded_at", "-pk"))


def decisions_of(essay: Essay) -> list[EssayDecision]:
    """All decisions about an essay, newest first; at most the first of them holds."""
    rows = EssayDecision.objects.filter(candidate=essay.candidate, line=essay.line)
    return list(rows.select_related("decided_by").order_by("-pk"))


def returns_of(sitting: Sitting) -> dict[int, EssayReturn]:
    """person id → the last time that all of this marker's marks were sent back."""
    rows = EssayReturn.objects.filter(sitting=sitting).select_related("marker").order_by("pk")
    return {one.marker_id: one for one in rows}


def _require_moderator(sitting: Sitting, by: Actor) -> None:
    """Whoever may, and has opened the marks."""
    require(rules.may_moderate(by, sitting.organisation))
    if not has_opened(sitting, by):
        raise Refused(not_now("exams.marks_not_opened"))


def _locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("organisation", "paper")
    return rows.get(pk=sitting.pk)
