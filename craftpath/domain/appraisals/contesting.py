"""Contesting an appraisal: raised by whoever it is about, answered by somebody without a hand in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from craftpath.domain.appraisals import queries, rules
from craftpath.domain.appraisals.facts import AppraisalRead, ContestEnded, ContestRaised
from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalCorrection
from craftpath.domain.appraisals.rounds import held
from craftpath.domain.appraisals.states import CONTEST
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require


@action
def read_appraisal(row: Appraisal, *, by: Actor, at: datetime) -> Appraisal:
    """Open one trainer's appraisal; for others than the trainer each look is recorded."""
    require(rules.may_read(by, row))
    if not rules.is_own(by, row):
        told = AppraisalRead(row.person.public_id)
        tell(told, by=by, at=at, organisation=row.round.organisation, subject=row.ref)
    return row


@action
def contest_appraisal(
    row: Appraisal, *, part: str = "", line: str = "", words: str, by: Actor, at: datetime
) -> AppraisalContest:
    """Say that the whole, one part or one line is wrong, and why; the same again gives the contest that is there."""
    require(rules.may_contest(by, row))
    row.round = held(row.round)
    today, words = localdate(at), words.strip()
    later_one = queries.has_later(row.round)
    require(rules.can_contest(row, part, line, words, later_one=later_one, today=today))
    before = (
        AppraisalContest._base_manager.filter(appraisal=row, part=part, line=line).order_by("-pk").first()
    )
    if before is not None:
        if before.state == "open" and before.words == words:
            return before
        if before.state != "withdrawn":
            raise Refused(not_now("appraisals.contest_already"))
    contest = AppraisalContest(
        appraisal=row,
        part=part,
        line=line,
        words=words,
        raised_at=at,
        due_on=today + timedelta(days=row.round.scheme.value.answer_days),
    )
    try:
        with transaction.atomic():
            contest.save()
    except IntegrityError:
        raise Refused(not_now("appraisals.contest_already")) from None
    _tell(ContestRaised(contest.due_on.isoformat()), contest, by=by, at=at)
    return contest


@action
def uphold_contest(
    contest: AppraisalContest, *, remedy: str, answer: str, by: Actor, at: datetime
) -> AppraisalContest:
    """Answer that it is right, and what that changes in the next version; the same again changes nothing."""
    contest = _locked(contest)
    require(rules.may_answer(by, contest))
    if contest.state == "upheld" and contest.answer == answer.strip() and contest.correction.remedy == remedy:
        return contest
    require(rules.can_answer(contest, remedy, answer))
    contest = _ended(contest, "uphold", answer, by=by, at=at)
    AppraisalCorrection.objects.create(contest=contest, remedy=remedy, reason=contest.answer)
    return contest


@action
def reject_contest(contest: AppraisalContest, *, answer: str, by: Actor, at: datetime) -> AppraisalContest:
    """Answer that the appraisal stands, and why; the same again changes nothing."""
    contest = _locked(contest)
    require(rules.may_answer(by, contest))
    if contest.state == "rejected" and contest.answer == answer.strip():
        return contest
    require(rules.can_answer(contest, None, answer))
    return _ended(contest, "reject", answer, by=by, at=at)


@action
def withdraw_contest(contest: AppraisalContest, *, by: Actor, at: datetime) -> AppraisalContest:
    """Take the own one back while it waits; once more changes nothing."""
    contest = _locked(contest)
    require(rules.may_contest(by, contest.appraisal))
    if contest.state == "withdrawn":
        return contest
    if contest.state != "open":
        raise Refused(not_now("appraisals.contest_ended"))
    return _ended(contest, "withdraw", "", by=by, at=at)


def _locked(contest: AppraisalContest) -> AppraisalContest:
    rows = AppraisalContest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("appraisal__round__organisation", "appraisal__person").get(pk=contest.pk)


def _ended(contest: AppraisalContest, move: str, answer: str, *, by: Actor, at: datetime) -> AppraisalContest:
    contest.state = CONTEST.after(contest.state, move)
    contest.answer, contest.ended_at = answer.strip(), at
    contest.answered_by = by.person if move != "withdraw" else None
    contest.save(update_fields=["state", "answer", "answered_by", "ended_at"])
    _tell(ContestEnded(contest.state), contest, by=by, at=at)
    return contest


def _tell(told: Fact, contest: AppraisalContest, *, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, organisation=contest.appraisal.round.organisation, subject=contest.ref)
