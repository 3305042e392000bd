"""Open surveys and their end: more time, reminders, closing, reading, and giving the results back."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.surveys import mixing, rules
from craftpath.domain.surveys.facts import (
    SurveyAnalysed,
    SurveyClosed,
    SurveyExtended,
    SurveyPublished,
    SurveyReminded,
)
from craftpath.domain.surveys.models import LONGEST_WORDS, Answer, NamedAnswer, Survey
from craftpath.domain.surveys.queries import to_remind
from craftpath.domain.surveys.states import SURVEY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

NO_WORDS = Text()


@action
def extend_survey(survey: Survey, closes_on: date, *, by: Actor, at: datetime) -> Survey:
    """Move the last day of an open survey; never to a day that is over."""
    survey = _held(survey, by)
    require(rules.can_take_answers(survey, survey.opens_on or localdate(at)))
    if closes_on < localdate(at):
        raise Refused(not_now("surveys.closes_in_the_past"))
    require(rules.can_last(survey.opens_on or closes_on, closes_on))
    if closes_on == survey.closes_on:
        return survey
    survey.closes_on = closes_on
    return _kept(survey, SurveyExtended(closes_on.isoformat()), by, at)


@action
def remind_survey(survey: Survey, *, by: Actor, at: datetime) -> int:
    """Remind those who have not answered, by a notice of their own; returns how many and names nobody."""
    survey = _held(survey, by)
    left = to_remind(survey)
    require(rules.can_remind(survey, left, localdate(at)))
    survey.reminders, survey.reminded_on = survey.reminders + 1, localdate(at)
    _kept(survey, SurveyReminded(left), by, at)
    return left


@action
def close_survey(survey: Survey, *, by: Actor, at: datetime) -> Survey:
    """Take no more answers, and write those that came once more in random order. Once more changes nothing."""
    survey = _held(survey, by)
    if survey.state == "closed":
        return survey
    survey.state, survey.closed_at = SURVEY.after(survey.state, "close"), at
    mixing.mix_all(survey)
    return _kept(survey, SurveyClosed(answers_in(survey)), by, at)


@action
def analyse_survey(survey: Survey, *, by: Actor, at: datetime) -> Survey:
    """Note that the answers were read. Once more changes nothing."""
    survey = _held(survey, by)
    if survey.state == "analysed":
        return survey
    survey.state = SURVEY.after(survey.state, "analyse")
    return _kept(survey, SurveyAnalysed(answers_in(survey)), by, at)


@action
def publish_survey(survey: Survey, *, summary: Text = NO_WORDS, by: Actor, at: datetime) -> Survey:
    """Give the results to those who were asked, with some words of what follows. Once more changes nothing."""
    survey = _held(survey, by)
    if survey.state == "published":
        return survey
    if any(len(words) > LONGEST_WORDS for words in (summary.zh, summary.en)):
        raise Refused(not_now("surveys.words_too_long", most=LONGEST_WORDS))
    if survey.state == "closed":
        survey = analyse_survey(survey, by=by, at=at)
    survey.state = SURVEY.after(survey.state, "publish")
    require(rules.can_publish(survey, answers_in(survey)))
    survey.summary, survey.published_at = summary.as_json(), at
    return _kept(survey, SurveyPublished(answers_in(survey)), by, at)


def answers_in(survey: Survey) -> int:
    """How many answers a survey has."""
    rows = Answer if survey.anonymous else NamedAnswer
    return int(rows.objects.filter(survey=survey).count())


def _held(survey: Survey, by: Actor) -> Survey:
    require(rules.may_run(by, survey.organisation))
    rows = Survey._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=survey.pk)


def _kept(survey: Survey, told: Fact, by: Actor, at: datetime) -> Survey:
    survey.save()
    tell(told, by=by, at=at, organisation=survey.organisation, subject=survey.ref)
    return survey
