"""Appeals against the marking: lodged by the candidate, looked at by a second marker, decided by a third person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from craftpath.domain.exams import rules
from craftpath.domain.exams.facts import AppealAssessed, AppealEnded, AppealLodged
from craftpath.domain.exams.models import (
    LONGEST_ANSWER,
    LONGEST_WORDS,
    Appeal,
    AppealedLine,
    Candidate,
    EssayMark,
    PaperLine,
)
from craftpath.domain.exams.states import APPEAL
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Outcome

ANSWER_DAYS = 14  # from the appeal to the decision
OPINION_DAYS = 7  # of these, for the second opinion
MOST_LINES = 200


def last_day(outcome: Outcome, days: int) -> date:
    """Until when one may appeal, this day included."""
    return timezone.localtime(outcome.published_at).date() + timedelta(days=days)


def can_appeal(candidate: Candidate, at: datetime) -> Verdict:
    """Once, within the days, against marks that were published; who was absent has nothing marked."""
    outcome = getattr(candidate, "outcome", None)
    if outcome is None or not outcome.points:
        return not_now("exams.appeal_nothing_marked")
    if getattr(candidate, "appeal", None) is not None:
        return not_now("exams.appeal_already")
    if not candidate.sitting.appeal_days:
        return not_now("exams.appeal_never")
    last = last_day(outcome, candidate.sitting.appeal_days)
    today = timezone.localtime(at).date()
    return YES if today <= last else not_now("exams.appeal_too_late", last=last.isoformat())


@action
def lodge_appeal(
    candidate: Candidate, orders: Sequence[int], *, words: str, by: Actor, at: datetime
) -> Appeal:
    """Ask that the marking of these questions (numbers on the own form) is looked at again, and say why.

    The same appeal again is the one that there is; another one is refused, also when both are sent at once.
    """
    row = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("sitting__organisation", "enrolment", "outcome", "appeal")
        .get(pk=candidate.pk)
    )
    if by.person is None or by.person.pk != row.enrolment.person_id:
        raise Refused(may_not("exams.appeal_not_yours"))
    words = words.strip()
    standing: Appeal | None = getattr(row, "appeal", None)
    if standing is not None and standing.words == words:
        return standing
    require(can_appeal(row, at))
    require(_fits(words))
    lines = list(PaperLine.objects.filter(paper=row.paper_id, order__in=list(orders)[:MOST_LINES]))
    if not lines or len(lines) != len(set(orders)):
        raise Refused(not_now("exams.appeal_no_question"))
    today = timezone.localtime(at).date()
    appeal = Appeal(candidate=row, words=words, lodged_at=at, due_on=today + timedelta(days=ANSWER_DAYS))
    try:
        with transaction.atomic():
            appeal.save()
    except IntegrityError:
        raise Refused(not_now("exams.appeal_already")) from None
    AppealedLine.objects.bulk_create([AppealedLine(appeal=appeal, line=line) for line in lines])
    _tell(appeal, AppealLodged(appeal.due_on.isoformat(), len(lines)), by=by, at=at)
    return appeal


@action
def withdraw_appeal(appeal: Appeal, *, by: Actor, at: datetime) -> Appeal:
    """Take the own appeal back while nobody has decided it; once more changes nothing."""
    row = locked(appeal)
    if by.person is None or by.person.pk != row.candidate.enrolment.person_id:
        raise Refused(may_not("exams.appeal_not_yours"))
    return row if row.state == "withdrawn" else _end(row, "withdraw", "", by=by, at=at)


def may_assess(actor: Actor, appeal: Appeal) -> Verdict:
    """Whoever marks, but none of those who marked these answers, and nobody the own ones."""
    verdict = rules.may_hold(actor, appeal.candidate.sitting.organisation)
    if not verdict or actor.person is None:
        return verdict if not verdict else may_not("exams.appeal_by_somebody")
    if actor.person.pk == appeal.candidate.enrolment.person_id:
        return may_not("exams.appeal_own")
    return may_not("exams.appeal_marked_before") if actor.person.pk in markers_of(appeal) else YES


def may_decide(actor: Actor, appeal: Appeal) -> Verdict:
    """Whoever answers contests, but neither a first marker nor the second one."""
    verdict = actor.may_at(Permission.ANSWER_CONTESTS, appeal.candidate.sitting.organisation)
    if not verdict or actor.person is None:
        return verdict if not verdict else may_not("exams.appeal_by_somebody")
    if actor.person.pk == appeal.candidate.enrolment.person_id:
        return may_not("exams.appeal_own")
    if actor.person.pk == appeal.assessed_by_id or actor.person.pk in markers_of(appeal):
        return may_not("exams.appeal_marked_before")
    return YES


def markers_of(appeal: Appeal) -> set[int]:
    """Ids of those who marked the answers in question; one query."""
    lines = AppealedLine._base_manager.filter(appeal=appeal).values("line")
    rows = EssayMark._base_manager.filter(candidate=appeal.candidate_id, line__in=lines)
    return set(rows.values_list("marker", flat=True))


@action
def assess_appeal(
    appeal: Appeal, given: Mapping[int, tuple[Decimal, str]], *, by: Actor, at: datetime
) -> Appeal:
    """The second opinion: line id → points and a remark, for every question in question; given once.

    Pressed twice by the same person, the first word stands.
    """
    row = locked(appeal)
    require(may_assess(by, row))
    if row.state == "assessed" and by.person is not None and row.assessed_by_id == by.person.pk:
        return row
    state = APPEAL.after(row.state, "assess")
    lines = list(AppealedLine.objects.filter(appeal=row).select_related("line__version"))
    if set(given) != {one.line_id for one in lines}:
        raise Refused(not_now("exams.appeal_points_missing"))
    for one in lines:
        points, words = given[one.line_id]
        require(_can_be_worth(points, one.line))
        one.second_points, one.second_words = points, words.strip()[:LONGEST_WORDS]
    AppealedLine.objects.bulk_update(lines, ["second_points", "second_words"])
    row.state, row.assessed_by, row.assessed_at = state, by.person, at
    row.save(update_fields=["state", "assessed_by", "assessed_at"])
    _tell(row, AppealAssessed(len(lines)), by=by, at=at)
    return row


@action
def reject_appeal(appeal: Appeal, *, answer: str, by: Actor, at: datetime) -> Appeal:
    """It does not speak of the marking, so nobody looks at it again; with the reason."""
    row = locked(appeal)
    require(may_decide(by, row))
    return _answered(row, "reject", answer, by=by, at=at)


@action
def uphold_marking(appeal: Appeal, *, answer: str, by: Actor, at: datetime) -> Appeal:
    """After the second opinion: the points stay as they were, with the reason."""
    row = locked(appeal)
    require(may_decide(by, row))
    return _answered(row, "uphold", answer, by=by, at=at)


@action
def change_marking(
    appeal: Appeal, points: Mapping[int, Decimal], *, answer: str, by: Actor, at: datetime
) -> Appeal:
    """After the second opinion: these points (line id → points) count instead of the first ones, with the reason.

    It changes the points only. `judging.decide_appeal` does this and corrects the mark, as one act.
    """
    row = locked(appeal)
    require(may_decide(by, row))
    lines = list(AppealedLine.objects.filter(appeal=row).select_related("line__version"))
    if not points or not set(points) <= {one.line_id for one in lines}:
        raise Refused(not_now("exams.appeal_points_missing"))
    changed = [one for one in lines if one.line_id in points]
    for one in changed:
        require(_can_be_worth(points[one.line_id], one.line))
        one.points = points[one.line_id]
    row = _answered(row, "change", answer, by=by, at=at)
    AppealedLine.objects.bulk_update(changed, ["points"])
    return row


def locked(appeal: Appeal) -> Appeal:
    """The appeal held until the transaction ends, with its candidate and sitting."""
    rows = Appeal.objects.select_for_update(of=("self",))
    return rows.select_related(
        "candidate__sitting__organisation", "candidate__sitting__cohort", "candidate__enrolment"
    ).get(pk=appeal.pk)


def _answered(row: Appeal, move: str, answer: str, *, by: Actor, at: datetime) -> Appeal:
    APPEAL.after(row.state, move)  # what has ended already says so before it asks for words
    require(_fits(answer.strip()))
    return _end(row, move, answer.strip(), by=by, at=at)


def _end(row: Appeal, move: str, answer: str, *, by: Actor, at: datetime) -> Appeal:
    row.state = APPEAL.after(row.state, move)
    row.answer, row.ended_by, row.ended_at = answer, by.person, at
    row.save(update_fields=["state", "answer", "ended_by", "ended_at"])
    _tell(row, AppealEnded(row.state), by=by, at=at)
    return row


def _fits(words: str) -> Verdict:
    return YES if 0 < len(words) <= LONGEST_ANSWER else not_now("exams.appeal_words", most=LONGEST_ANSWER)


def _can_be_worth(points: Decimal, line: PaperLine) -> Verdict:
    most = line.version.points
    fits = 0 <= points <= most and points == round(points, 2)
    return YES if fits else not_now("exams.essay_points", most=str(most))


def _tell(appeal: Appeal, fact: Fact, *, by: Actor, at: datetime) -> None:
    organisation = appeal.candidate.sitting.organisation
    tell(fact, by=by, at=at, organisation=organisation, subject=appeal.ref)
