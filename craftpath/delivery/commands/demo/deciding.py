"""The demo's decisions: stages decided, one result contested and corrected, one upheld, one waiting for its answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.domain.evaluation import actions
from craftpath.domain.evaluation.versions import derivation_of, readiness, versions
from craftpath.kernel.access import Actor, actor_in

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation, ResultVersion
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

RIGHT = "实操第二题评分表漏计了工艺卡的 4 分，我的工艺卡在第 2 页。"
CORRECTED = "复核属实：工艺卡漏计 4 分，已补上。"
WRONG = "理论考试最后一题我觉得答案也可以，请再看一下。"
UPHELD = "已请另一位教师复阅：该题答案缺少进给方向，按评分标准不得分。"
WAITING = "周期优化项目的成绩和小组其他人不同，想知道原因。"


def decide_stage(evaluation: Evaluation, *, by: Actor, at: datetime) -> None:
    """Everybody whose marks are all in; nobody is left who could be decided later by itself."""
    actions.decide_results(evaluation, None, basis=actions.basis_of(evaluation), by=by, at=at)


def decide_some(evaluation: Evaluation, count: int, *, by: Actor, at: datetime) -> None:
    """The first few by number, as when one group is done before the others."""
    chosen = [row.enrolment for row in readiness(evaluation).rows[:count]]
    actions.decide_results(evaluation, chosen, basis=actions.basis_of(evaluation), by=by, at=at)


def contested_and_corrected(
    evaluation: Evaluation, administrator: Person, place: Organisation, *, at: datetime
) -> None:
    """Two contests that have ended: one apprentice was right, one was not."""
    found = list(versions().filter(evaluation=evaluation).order_by("enrolment__number")[:6])
    answerer = _actor(administrator, place, at)
    right, wrong = found[2], found[4]
    contest = actions.raise_contest(
        right, words=RIGHT, in_question=["practice"], by=_own(right, at), at=at + timedelta(days=2)
    )
    mark = derivation_of(right).marks["practice"]
    better = actions.NewMark(
        right.enrolment_id, "practice", "scored", min(Decimal(100), (mark.score or Decimal(60)) + 4)
    )
    actions.correct_contested(contest, [better], answer=CORRECTED, by=answerer, at=at + timedelta(days=5))
    contest = actions.raise_contest(
        wrong, words=WRONG, in_question=["theory"], by=_own(wrong, at), at=at + timedelta(days=3)
    )
    actions.uphold_result(contest, answer=UPHELD, by=answerer, at=at + timedelta(days=7))


def contested_and_waiting(evaluation: Evaluation, *, at: datetime) -> None:
    """One contest that somebody has to answer now."""
    version = versions().filter(evaluation=evaluation).order_by("enrolment__number")[1]
    actions.raise_contest(version, words=WAITING, in_question=["task3"], by=_own(version, at), at=at)


def _own(version: ResultVersion, at: datetime) -> Actor:
    return _actor(version.enrolment.person, version.evaluation.cohort.organisation, at)


def _actor(person: Person, place: Organisation, at: datetime) -> Actor:
    actor = actor_in(person, place, at.date())
    if actor is None:
        raise RuntimeError(f"{person} has no role in the demo")
    return actor
