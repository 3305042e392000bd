"""Who analyses, publishes, signs and reads; which surveys can be analysed together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from craftpath.domain.needs.models import CROSSHAIRS, LONGEST_TITLE, METHODS, Analysis
from craftpath.domain.needs.states import PUBLIC
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey
    from craftpath.kernel.organisations import Organisation

__all__ = ["CROSSHAIRS", "LEAST", "LONGEST_TITLE", "METHODS", "MOST_PRIORITIES", "MOST_SURVEYS"]

LEAST = 5
"""People whom a shown cell rests on at least."""
MOST_SURVEYS = 12
MOST_PRIORITIES = 19
READ = ("closed", "analysed", "published")
"""States of a survey in which no answer comes any more."""


def may_analyse(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever runs surveys there."""
    return actor.may_at(Permission.RUN_SURVEYS, organisation)


def may_see(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever reads figures there: published analyses only."""
    return actor.may_at(Permission.SEE_FIGURES, organisation)


def may_read(actor: Actor, row: Analysis, asked: bool) -> Verdict:
    """All of it for whoever runs surveys; what is published also for readers of figures and those who were asked."""
    runs = may_analyse(actor, row.organisation)
    if runs or row.state not in PUBLIC:
        return runs
    return YES if asked else may_see(actor, row.organisation)


def may_sign(actor: Actor, row: Analysis) -> Verdict:
    """Whoever runs surveys or reads figures of the organisation, in person."""
    if actor.person is None or actor.organisation is None:
        return may_not("needs.signs_nobody")
    runs = may_analyse(actor, row.organisation)
    return runs if runs else may_see(actor, row.organisation)


def can_be_called(title: Text) -> Verdict:
    """Short enough for a list; without a title an analysis is called after its survey."""
    fits = all(len(words) <= LONGEST_TITLE for words in (title.zh, title.en))
    return YES if fits else not_now("needs.title_too_long", most=LONGEST_TITLE)


def can_analyse(surveys: Sequence[Survey], organisation: Organisation) -> Verdict:
    """Some surveys, all of them over, all at the organisation or below it, all asking about skills on one scale."""
    if not surveys:
        return not_now("needs.no_survey")
    if len(surveys) > MOST_SURVEYS:
        return not_now("needs.too_many_surveys", most=MOST_SURVEYS)
    for survey in surveys:
        if not survey.organisation.path.startswith(organisation.path):
            return not_now("needs.survey_of_another", survey=survey.name.both())
        if survey.state not in READ:
            return not_now("needs.survey_open", survey=survey.name.both())
        if not any(one.kind == "need" for one in survey.asked_for):
            return not_now("needs.no_skills_asked", survey=survey.name.both())
    return _one_scale(surveys)


def _one_scale(surveys: Sequence[Survey]) -> Verdict:
    """Waves of one series are put on the scale of the newest; different surveys have to have the same."""
    newest: dict[str, Survey] = {}
    for survey in sorted(surveys, key=lambda one: one.wave):
        newest[survey.series] = survey
    points = sorted({survey.points for survey in newest.values()})
    if len(points) == 1:
        return YES
    return not_now("needs.scales_differ", least=points[0], most=points[-1])


def can_publish(method: str, count: int) -> Verdict:
    """A method that is known, and a list that is one."""
    if method not in METHODS:
        return not_now("needs.method_unknown")
    if not 1 <= count <= MOST_PRIORITIES:
        return not_now("needs.priorities_count", most=MOST_PRIORITIES)
    return YES
