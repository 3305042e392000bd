"""Who may judge and who may look, and whether now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


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


def can_supplement(reason: str) -> Verdict:
    """The engine's reason against an oral mark, as a verdict; no reason is a yes."""
    return not_now(f"evaluation.oral_{reason}") if reason else YES
