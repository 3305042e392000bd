"""Who may judge and who may look, and whether now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.domain.evaluation.states import CONTEST
from craftpath.domain.programmes.definition import ContestTerms, Definition, contest_terms
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.evaluation.models import Contest, ResultVersion


def may_open_evaluation(actor: Actor, cohort: Cohort) -> Verdict:
    """Those who run the cohort choose the scheme that judges it."""
    return actor.may_at(Permission.MANAGE_COHORTS, cohort.organisation)


def may_record_marks(actor: Actor, cohort: Cohort) -> Verdict:
    """Coordinators, administrators and trainers of the cohort's organisation or one above it."""
    return actor.may_at(Permission.IMPORT_MARKS, cohort.organisation)


def may_see_results(actor: Actor) -> Verdict:
    """Results of persons; which persons is a matter of scope."""
    return actor.may(Permission.SEE_RESULTS)


def may_see_figures(actor: Actor) -> Verdict:
    """Figures of a cohort, without persons."""
    return actor.may(Permission.SEE_FIGURES)


def may_decide(actor: Actor, cohort: Cohort) -> Verdict:
    """Coordinators and administrators of the cohort's organisation or one above it."""
    return actor.may_at(Permission.DECIDE_RESULTS, cohort.organisation)


def terms_of(definition: Definition) -> ContestTerms:
    """In how many days a result may be contested, and is answered."""
    return contest_terms(definition)


def last_day_to_contest(version: ResultVersion) -> date:
    """Until when the result may be contested, this day included."""
    decided_on = timezone.localtime(version.decision.made_at).date()
    return decided_on + timedelta(days=contest_terms(version.decision.scheme.definition).within_days)


def may_contest(actor: Actor, version: ResultVersion) -> Verdict:
    """The apprentice whose result it is, and nobody else."""
    own = actor.person is not None and actor.person.pk == version.enrolment.person_id
    return YES if own else may_not("evaluation.contest_not_yours")


def can_contest(version: ResultVersion, *, in_force: bool, contested: bool, on: date) -> Verdict:
    """Once a version, while it is in force, within the scheme's days."""
    if not in_force:
        return not_now("evaluation.result_moved")
    if contested:
        return not_now("evaluation.contest_already")
    last = last_day_to_contest(version)
    return YES if on <= last else not_now("evaluation.contest_too_late", last=last.isoformat())


def may_answer_at(actor: Actor, cohort: Cohort) -> Verdict:
    """Whose work it is to read and answer contests of this cohort."""
    return actor.may_at(Permission.ANSWER_CONTESTS, cohort.organisation)


def may_answer(actor: Actor, contest: Contest) -> Verdict:
    """The same people, but neither the judge of this result nor its apprentice."""
    version = contest.version
    verdict = may_answer_at(actor, version.evaluation.cohort)
    if not verdict or actor.person is None:
        return verdict
    if actor.person.pk == version.decision.made_by_id:
        return may_not("evaluation.contest_own_judgement")
    return may_not("evaluation.contest_own_result") if actor.person.pk == contest.raised_by_id else YES


def can_end(contest: Contest) -> Verdict:
    """Whether the contest still waits."""
    return YES if contest.state == CONTEST.start else not_now("evaluation.contest_ended", state=contest.state)
