"""Contesting a decided result: raised by its apprentice, answered in time by somebody else than its judge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from craftpath.domain.evaluation import rules
from craftpath.domain.evaluation.deciding import follow
from craftpath.domain.evaluation.facts import ContestEnded, ContestRaised
from craftpath.domain.evaluation.marking import NewMark
from craftpath.domain.evaluation.models import Contest, Result, ResultVersion
from craftpath.domain.evaluation.states import CONTEST
from craftpath.domain.programmes.definition import contest_terms, items
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

WORDS = 2000
"""Characters of a contest or an answer; a longer text is refused, never cut."""


def ref(contest: Contest) -> Ref:
    """The pointer that other rows keep."""
    return Ref("evaluation", "contest", contest.public_id)


@action
def raise_contest(
    version: ResultVersion, *, words: str, in_question: Sequence[str] = (), by: Actor, at: datetime
) -> Contest:
    """Contest the result in force, in one's own words; `in_question` are keys of items, none means the whole.

    A second one for the same version is refused, also when both are sent in the same moment.
    """
    require(rules.may_contest(by, version))
    words = words.strip()
    if not words:
        raise Refused(not_now("evaluation.contest_without_words"))
    if len(words) > WORDS:
        raise Refused(not_now("evaluation.words_too_many", most=WORDS))
    today = timezone.localtime(at).date()
    require(
        rules.can_contest(
            version,
            in_force=Result.objects.filter(decided=version).exists(),
            contested=Contest.objects.filter(version=version).exists(),
            on=today,
        )
    )
    definition = version.decision.scheme.definition
    known = {item.key for item in items(definition)}
    if by.person is None or set(in_question) - known:
        raise Refused(not_now("evaluation.item_unknown", item=", ".join(sorted(set(in_question) - known))))
    contest = Contest(
        version=version,
        items=list(dict.fromkeys(in_question)),
        words=words,
        raised_by=by.person,
        raised_at=at,
        due_on=today + timedelta(days=contest_terms(definition).answer_days),
    )
    try:
        with transaction.atomic():
            contest.save()
    except IntegrityError:
        raise Refused(not_now("evaluation.contest_already")) from None
    _tell(contest, ContestRaised(contest=contest.public_id, due_on=contest.due_on.isoformat()), by=by, at=at)
    return contest


@action
def uphold_result(contest: Contest, *, answer: str, by: Actor, at: datetime) -> Contest:
    """Answer that the result stands, and why."""
    contest = _locked(contest)
    require(rules.may_answer(by, contest))
    return _end(contest, "uphold", answer, by=by, at=at)


@action
def correct_contested(
    contest: Contest, marks: Sequence[NewMark], *, answer: str, by: Actor, at: datetime
) -> ResultVersion:
    """Answer that the apprentice is right: the result gets its next version, with the answer as its reason."""
    contest = _locked(contest)
    require(rules.may_answer(by, contest))
    _end(contest, "correct", answer, by=by, at=at)
    return follow(contest.version, marks, reason=answer, by=by, at=at)


@action
def withdraw_contest(contest: Contest, *, by: Actor, at: datetime) -> Contest:
    """Take one's own contest back while it waits."""
    contest = _locked(contest)
    require(rules.may_contest(by, contest.version))
    return _end(contest, "withdraw", "", by=by, at=at)


def _locked(contest: Contest) -> Contest:
    return (
        Contest.objects.select_for_update(of=("self",))
        .select_related(
            "version__decision__scheme", "version__enrolment", "version__evaluation__cohort__organisation"
        )
        .get(pk=contest.pk)
    )


def _end(contest: Contest, move: str, answer: str, *, by: Actor, at: datetime) -> Contest:
    require(rules.can_end(contest))
    answer = answer.strip()
    if move != "withdraw" and not answer:
        raise Refused(not_now("evaluation.reason_missing"))
    if len(answer) > WORDS:
        raise Refused(not_now("evaluation.words_too_many", most=WORDS))
    contest.state = CONTEST.after(contest.state, move)
    contest.answer, contest.ended_by, contest.ended_at = answer, by.person, at
    contest.save(update_fields=["state", "answer", "ended_by", "ended_at"])
    _tell(contest, ContestEnded(contest=contest.public_id, state=contest.state), by=by, at=at)
    return contest


def _tell(contest: Contest, told: Fact, *, by: Actor, at: datetime) -> None:
    organisation = contest.version.evaluation.cohort.organisation
    tell(told, by=by, at=at, organisation=organisation, subject=ref(contest))
