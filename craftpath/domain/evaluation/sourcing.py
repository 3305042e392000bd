"""Marks that are worked out: written where confirmed facts have changed them, and marks by hand in their place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from craftpath.domain.evaluation import rules
from craftpath.domain.evaluation.evidence import Evidence, day_of, evidence_for, windows_of
from craftpath.domain.evaluation.facts import MarkGivenInstead, MarkWorkedOutAgain
from craftpath.domain.evaluation.marking import NewMark, append_marks, locked, put_in, ref
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.programmes.definition import sourced_items
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

LISTED = 500  # ids named in a statement; of more the whole evaluation is read
LONGEST_REASON = 500
AHEAD = timedelta(hours=14)  # no place on earth has a later day than this
OPEN = "deferred"
"""What a mark says that cannot be worked out yet: it stays open, whatever the scheme says of missing marks."""


@dataclass(frozen=True, slots=True)
class Current:
    """A current mark, as far as a worked-out one is compared with it."""

    pk: int
    status: str
    score: Decimal | None
    by_hand: bool


@action
def refresh_evidence(
    evaluation: Evaluation, enrolments: Collection[int] | None = None, *, by: Actor, at: datetime
) -> int:
    """Work the marks out anew for everybody in the stage, or for some; returns how many were written.

    One is written only where its value differs. Decided results stay, and so does a mark that somebody gave instead.
    Running it twice, or twice at once, writes nothing more. The number of queries does not grow with the people, but by
    one for every 10,000 marks that change.
    """
    evaluation = locked(evaluation)
    require(rules.may_record_marks(by, evaluation.cohort))
    return _refresh(evaluation, enrolments, by=by, at=at)


def _refresh(
    evaluation: Evaluation,
    enrolments: Collection[int] | None,
    *,
    again: tuple[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """The same for a locked evaluation; `again` (enrolment id, item) is the mark by hand that ends."""
    keys = [item.key for item in sourced_items(evaluation.scheme.definition)]
    # A reaction that comes late, or again, does not go back behind the day that was counted for everybody since.
    today = max(day_of(evaluation, at), evaluation.worked_out_on or date.min)
    if enrolments is None and today != evaluation.worked_out_on:
        Evaluation.objects.filter(pk=evaluation.pk).update(worked_out_on=today)
    windows = windows_of(evaluation, today, enrolments) if keys else {}
    if not windows:
        return 0
    worked = evidence_for(evaluation, windows, today)
    few = sorted(windows) if len(windows) <= LISTED else None
    current, decided = _current(evaluation, keys, few), _decided(evaluation, few)
    fresh: list[NewMark] = []
    superseded: list[int] = []
    for key, by_person in worked.items():
        for who, evidence in by_person.items():
            stands = current.get((who, key))
            if who in decided or (stands and stands.by_hand and (who, key) != again):
                continue
            if stands is None or (who, key) == again or _differs(stands, evidence):
                fresh.append(_mark(who, evidence))
                superseded += [stands.pk] if stands else []
    put_in(evaluation, fresh, superseded, by=system(evaluation.cohort.organisation), at=at)
    return len(fresh)


def _current(
    evaluation: Evaluation, keys: Collection[str], few: Collection[int] | None
) -> dict[tuple[int, str], Current]:
    """(enrolment id, item) → the current mark; one query."""
    rows = Mark._base_manager.filter(evaluation=evaluation, is_current=True, item__in=keys).order_by()
    if few is not None:
        rows = rows.filter(enrolment__in=few)
    told = rows.values_list("enrolment_id", "item", "pk", "status", "score", "reason")
    return {
        (who, item): Current(pk, status, score, bool(reason)) for who, item, pk, status, score, reason in told
    }


def _decided(evaluation: Evaluation, few: Collection[int] | None) -> set[int]:
    rows = Result._base_manager.filter(evaluation=evaluation, decided__isnull=False).order_by()
    if few is not None:
        rows = rows.filter(enrolment__in=few)
    return set(rows.values_list("enrolment_id", flat=True))


def _differs(stands: Current, evidence: Evidence) -> bool:
    score = evidence.worked.score
    if score is None:
        return stands.status != OPEN
    return stands.status != "scored" or stands.score != score


def _mark(who: int, evidence: Evidence) -> NewMark:
    score = evidence.worked.score
    status = OPEN if score is None else "scored"
    return NewMark(who, evidence.item.key, status, score, evidence=evidence.as_json)


@action
def give_instead(
    evaluation: Evaluation,
    enrolment: Enrolment,
    *,
    item: str,
    score: Decimal | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> bool:
    """Give a mark by hand for an item that the scheme works out, or exempt from it for None; says whether it is new.

    It stays, with its reason, until somebody lets the rule decide again or the result is decided.
    """
    evaluation = locked(evaluation)
    require(rules.may_decide(by, evaluation.cohort))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(not_now("evaluation.reason_missing"))
    if len(reason) > LONGEST_REASON:
        raise Refused(not_now("evaluation.words_too_many", most=LONGEST_REASON))
    if item not in {one.key for one in sourced_items(evaluation.scheme.definition)}:
        raise Refused(not_now("evaluation.item_not_sourced"))
    status = "exempt" if score is None else "scored"
    mark = NewMark(enrolment.pk, item, status, score, reason=reason)
    outcome = append_marks(evaluation, [mark], overriding=True, by=by, at=at)
    if outcome.batch:
        told = MarkGivenInstead(evaluation.public_id, enrolment.public_id, item, reason)
        tell(told, by=by, at=at, organisation=evaluation.cohort.organisation, subject=ref(evaluation))
    return bool(outcome.batch)


@action
def work_out_again(
    evaluation: Evaluation, enrolment: Enrolment, *, item: str, by: Actor, at: datetime
) -> bool:
    """Let the rule decide again where a mark was given by hand; without one nothing changes."""
    evaluation = locked(evaluation)
    require(rules.may_decide(by, evaluation.cohort))
    stands = _current(evaluation, [item], [enrolment.pk]).get((enrolment.pk, item))
    if stands is None or not stands.by_hand:
        return False
    if _decided(evaluation, [enrolment.pk]):
        raise Refused(not_now("evaluation.result_decided", count=1))
    if not _refresh(evaluation, [enrolment.pk], again=(enrolment.pk, item), by=by, at=at):
        raise Refused(not_now("evaluation.item_not_sourced"))
    told = MarkWorkedOutAgain(evaluation.public_id, enrolment.public_id, item)
    tell(told, by=by, at=at, organisation=evaluation.cohort.organisation, subject=ref(evaluation))
    return True


def due_tonight(at: datetime) -> list[Evaluation]:
    """The evaluations whose nightly look is due, each given once a day: time alone turns weeks into missed ones.

    The caller has opened a transaction and sees every organisation; what it does with them goes into the same one.
    """
    undecided = Result._base_manager.filter(evaluation=OuterRef("pk"), decided__isnull=True)
    rows = Evaluation.objects.select_related("scheme", "cohort__organisation")
    waiting = Q(worked_out_on__isnull=True) | Q(worked_out_on__lt=(at + AHEAD).date())
    found = []
    for evaluation in rows.filter(waiting, Exists(undecided), cohort__state="running").order_by("pk"):
        today: date = day_of(evaluation, at)
        mine = Evaluation.objects.filter(pk=evaluation.pk).exclude(worked_out_on__gte=today)
        if mine.update(worked_out_on=today) and sourced_items(evaluation.scheme.definition):
            found.append(evaluation)
    return found
