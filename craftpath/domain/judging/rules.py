"""Who may judge what, and whether now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.judging.models import LONGEST_REASON, LONGEST_TITLE, Practical, Rater, Rubric
from craftpath.domain.judging.states import PRACTICAL, RUBRIC
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.organisations import Organisation

__all__ = [
    "LONGEST_REASON",
    "can_change_rubric",
    "can_give_reason",
    "can_plan",
    "can_rate",
    "can_retire_rubric",
    "can_use",
    "may_exhibit",
    "may_plan",
    "may_publish",
    "may_rate",
    "may_read_rubrics",
    "may_write_rubrics",
]


def may_write_rubrics(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever gives marks: trainers, coordinators, administrators; of their own organisation or one below."""
    verdict = actor.may_at(Permission.IMPORT_MARKS, organisation)
    return may_not("judging.rubric_of_another") if verdict.reason == "kernel.belongs_to_another" else verdict


def may_read_rubrics(actor: Actor) -> Verdict:
    """The same people."""
    return actor.may(Permission.IMPORT_MARKS)


def can_change_rubric(rubric: Rubric) -> Verdict:
    """Only a draft changes; what was used, or is retired, gets a next version instead."""
    if rubric.state == RUBRIC.start:
        return YES
    reason = "judging.rubric_is_retired" if rubric.state == "retired" else "judging.rubric_in_use"
    return not_now(reason, version=rubric.version)


def can_retire_rubric(rubric: Rubric) -> Verdict:
    """Once."""
    if RUBRIC.can(rubric.state, "retire"):
        return YES
    return not_now("judging.rubric_is_retired", version=rubric.version)


def can_use(rubric: Rubric) -> Verdict:
    """Anything but a retired one."""
    return YES if RUBRIC.can(rubric.state, "use") else not_now("judging.rubric_not_usable")


def may_plan(actor: Actor, cohort: Cohort) -> Verdict:
    """Whoever records marks of the cohort."""
    return actor.may_at(Permission.IMPORT_MARKS, cohort.organisation)


def may_publish(actor: Actor, practical: Practical) -> Verdict:
    """The same people; the mark itself comes from the raters."""
    return actor.may_at(Permission.IMPORT_MARKS, practical.organisation)


def can_plan(title: str, due_on: date, today: date) -> Verdict:
    """With a title, and a last day that is still to come."""
    if not 0 < len(title) <= LONGEST_TITLE:
        return not_now("judging.no_title", most=LONGEST_TITLE)
    return YES if due_on >= today else not_now("judging.due_in_the_past")


def may_rate(actor: Actor, rater: Rater) -> Verdict:
    """Whoever is asked, and nobody in somebody else's name."""
    own = actor.person is not None and actor.person.pk == rater.person_id
    if not own:
        return may_not("judging.not_a_rater")
    return may_not("judging.excused") if rater.excused_at is not None else YES


def can_rate(practical: Practical, *, published: bool) -> Verdict:
    """While it is open and the mark is not published."""
    if practical.state != PRACTICAL.start:
        return not_now("judging.not_open", title=practical.title)
    return not_now("judging.published_already") if published else YES


def may_exhibit(actor: Actor, practical: Practical, enrolment: Enrolment, *, rates: bool) -> Verdict:
    """The apprentice of the own work, its raters, and whoever publishes the marks."""
    own = actor.person is not None and actor.person.pk == enrolment.person_id
    if own or rates or may_publish(actor, practical):
        return YES
    return may_not("judging.exhibit_not_yours")


def can_give_reason(because: str) -> Verdict:
    """In a few words."""
    fits = 0 < len(because.strip()) <= LONGEST_REASON
    return YES if fits else not_now("judging.no_reason", most=LONGEST_REASON)
