"""Drafts of surveys: begun, changed question by question, thrown away; and the next wave of one that has asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from craftpath.domain.surveys import rules
from craftpath.domain.surveys.bank import Instrument, tracer_months
from craftpath.domain.surveys.facts import SurveyChanged, SurveyDiscarded, SurveyDrafted
from craftpath.domain.surveys.faults import can_arrange
from craftpath.domain.surveys.models import POINTS, Survey
from craftpath.domain.surveys.questions import Question, read, stored
from craftpath.domain.surveys.states import SURVEY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

NO_WORDS = Text()
USUAL_GROUPS = ["role", "occupation", "stage"]


@action
def draft_survey(
    organisation: Organisation,
    *,
    title: Text,
    intro: Text = NO_WORDS,
    source: Instrument | Survey | None = None,
    anonymous: bool = True,
    by: Actor,
    at: datetime,
) -> Survey:
    """Begin a survey: empty, with the questions of the bank, or with those of another survey; a series of its own."""
    require(rules.may_run(by, organisation))
    require(rules.can_be_called(title, intro))
    survey = Survey(
        organisation=organisation, title=title.as_json(), intro=intro.as_json(), anonymous=anonymous,
        made_by=by.person, made_at=at, groups=USUAL_GROUPS,
    )  # fmt: skip
    if isinstance(source, Instrument):
        survey.instrument, survey.points = source.key, source.points
        survey.questions, survey.audience = stored(source.questions), {"roles": list(source.roles)}
        survey.groups = list(source.groups)
        survey.months = next(iter(source.months), None)
    elif source is not None:
        _take_over(survey, source)
    return _drafted(survey, by, at)


@action
def draft_next_wave(survey: Survey, *, months: int | None = None, by: Actor, at: datetime) -> Survey:
    """The same questions once more, as a draft that may still change; while one waits, it is that one.

    Whom it asks, its sampling and what is kept with an answer are taken over too; everybody is looked up anew at the
    opening. A tracer goes on to its next month.
    """
    _locked(survey, by)
    rows = Survey._base_manager.filter(series=survey.series).exclude(state="discarded").order_by("wave")
    # First every wave is held, then they are read: a second press that waited here finds what the first has made.
    list(rows.select_for_update(of=("self",)).values_list("pk"))
    waves = list(rows)
    if waves[-1].state == "draft":
        return waves[-1]
    if months is None and survey.months is not None:
        months = next(
            (later for later in tracer_months(survey.instrument) if later > survey.months), survey.months
        )
    wave = Survey(
        organisation=survey.organisation, series=survey.series, wave=waves[-1].wave + 1, title=survey.title,
        intro=survey.intro, anonymous=survey.anonymous, months=months, made_by=by.person, made_at=at,
    )  # fmt: skip
    _take_over(wave, survey)
    return _drafted(wave, by, at)


def _take_over(survey: Survey, source: Survey) -> None:
    for name in ("questions", "points", "audience", "groups", "sampling", "instrument"):
        setattr(survey, name, getattr(source, name))


def _drafted(survey: Survey, by: Actor, at: datetime) -> Survey:
    survey.save()
    told = SurveyDrafted(survey.wave, len(survey.questions))
    tell(told, by=by, at=at, organisation=survey.organisation, subject=survey.ref)
    return survey


@action
def describe_survey(
    survey: Survey,
    *,
    title: Text,
    intro: Text,
    points: int,
    anonymous: bool,
    months: int | None = None,
    by: Actor,
    at: datetime,
) -> Survey:
    """Write what it is called, what is said before it, how long its scales are, and what it promises."""
    survey = _held(survey, by)
    require(rules.can_be_called(title, intro))
    if not POINTS[0] <= points <= POINTS[1]:
        raise Refused(not_now("surveys.points_out_of_range", least=POINTS[0], most=POINTS[1]))
    survey.title, survey.intro = title.as_json(), intro.as_json()
    survey.points, survey.anonymous, survey.months = points, anonymous, months
    return _changed(survey, by, at)


@action
def address_survey(
    survey: Survey,
    *,
    audience: Mapping[str, Any],
    groups: Iterable[str],
    sampling: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Survey:
    """Write whom it will ask, what will be kept with an answer, and whether it draws a sample."""
    survey = _held(survey, by)
    groups = list(groups)
    require(rules.can_keep(groups))
    survey.audience, survey.sampling = dict(audience), dict(sampling)
    survey.groups = [name for name in rules.GROUPS if name in groups]
    return _changed(survey, by, at)


@action
def write_question(survey: Survey, question: Question, *, by: Actor, at: datetime) -> Survey:
    """Write one question: anew where its key is known, else at the end, under a key of its own."""
    survey = _held(survey, by)
    require(rules.can_be_asked(question))
    questions = read(survey.questions)
    place = rules.place_of(questions, question.key)
    if place < 0:
        questions.append(replace(question, key=question.key or new_public_id()))
    else:
        questions[place] = question
    return _arranged(survey, questions, by, at)


@action
def move_question(survey: Survey, key: str, to: int, *, by: Actor, at: datetime) -> Survey:
    """Put a question at a place, counted from 0; refused where a condition would look ahead."""
    survey = _held(survey, by)
    questions = read(survey.questions)
    place = rules.place_of(questions, key)
    if place < 0:
        raise Refused(not_now("surveys.question_gone"))
    questions.insert(max(0, min(to, len(questions) - 1)), questions.pop(place))
    return _arranged(survey, questions, by, at)


@action
def remove_question(survey: Survey, key: str, *, by: Actor, at: datetime) -> Survey:
    """Take a question out; refused while another one depends on it. One that is gone already stays gone."""
    survey = _held(survey, by)
    questions = [one for one in read(survey.questions) if one.key != key]
    return _arranged(survey, questions, by, at) if len(questions) < len(survey.questions) else survey


@action
def add_questions(survey: Survey, questions: Sequence[Question], *, by: Actor, at: datetime) -> Survey:
    """Add questions of the bank at the end; those that are in it already, by key, are passed over."""
    survey = _held(survey, by)
    known = read(survey.questions)
    keys = {one.key for one in known}
    return _arranged(survey, [*known, *(one for one in questions if one.key not in keys)], by, at)


@action
def discard_survey(survey: Survey, *, by: Actor, at: datetime) -> Survey:
    """Throw a draft away, with the names and addresses that were typed for it; once more changes nothing."""
    survey = _locked(survey, by)
    if survey.state == "discarded":
        return survey
    survey.state, survey.audience = SURVEY.after(survey.state, "discard"), {}
    survey.save(update_fields=["state", "audience"])
    tell(SurveyDiscarded(), by=by, at=at, organisation=survey.organisation, subject=survey.ref)
    return survey


def _locked(survey: Survey, by: Actor) -> Survey:
    require(rules.may_run(by, survey.organisation))
    rows = Survey._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=survey.pk)


def _held(survey: Survey, by: Actor) -> Survey:
    row = _locked(survey, by)
    require(rules.can_change(row))
    return row


def _arranged(survey: Survey, questions: list[Question], by: Actor, at: datetime) -> Survey:
    require(can_arrange(questions))
    if stored(questions) == survey.questions:
        return survey
    survey.questions = stored(questions)
    return _changed(survey, by, at)


def _changed(survey: Survey, by: Actor, at: datetime) -> Survey:
    survey.save()
    told = SurveyChanged(len(survey.questions))
    tell(told, by=by, at=at, organisation=survey.organisation, subject=survey.ref)
    return survey
