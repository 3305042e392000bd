"""Who runs surveys and who answers them; what a survey needs before it asks anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.surveys.models import FEWEST, GROUPS, LONGEST_WORDS, OTHER, POINTS, Asked, Survey
from craftpath.domain.surveys.questions import KINDS, OPERATORS, ROLES, Question
from craftpath.domain.surveys.reading import meant_for, parts_of
from craftpath.domain.surveys.texts import ROLE_NAMES
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

__all__ = ["FEWEST", "GROUPS", "KINDS", "LONGEST_WORDS", "OPERATORS", "OTHER", "POINTS", "ROLES"]

LONGEST_TITLE, LONGEST_QUESTION = 120, 600
MOST_DAYS = 366
SHOWN = ("closed", "analysed", "published")
"""States in which whoever runs a survey reads what was answered: results that grow while people answer would tell,
from one look to the next, what the one said who came between."""


def may_run(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever runs surveys, at the organisation itself or above it."""
    return actor.may_at(Permission.RUN_SURVEYS, organisation)


def may_answer(actor: Actor, asked: Asked) -> Verdict:
    """Oneself; somebody without an account comes by the personal link, which the door has opened."""
    if actor.person is None or actor.person.pk == asked.person_id:
        return YES
    return may_not("surveys.asked_another")


def may_read_results(actor: Actor, survey: Survey, asked: Asked | None) -> Verdict:
    """Whoever runs it once it is closed; those who were asked once it is published."""
    if asked is not None and survey.state == "published":
        return YES
    verdict = may_run(actor, survey.organisation)
    return can_show(survey) if verdict else verdict


def can_show(survey: Survey) -> Verdict:
    """Results are read after the closing only."""
    return YES if survey.state in SHOWN else not_now("surveys.results_after_closing")


def can_change(survey: Survey) -> Verdict:
    """A survey that has asked anybody is never altered; its next wave is."""
    return YES if survey.state == "draft" else not_now("surveys.asked_already")


def can_be_called(title: Text, intro: Text) -> Verdict:
    """A title in at least one language, words of bearable length."""
    if title == Text():
        return not_now("surveys.no_title")
    if any(len(words) > LONGEST_TITLE for words in (title.zh, title.en)):
        return not_now("surveys.words_too_long", most=LONGEST_TITLE)
    if any(len(words) > LONGEST_WORDS for words in (intro.zh, intro.en)):
        return not_now("surveys.words_too_long", most=LONGEST_WORDS)
    return YES


def can_be_asked(question: Question) -> Verdict:
    """A known kind, words of bearable length, roles that there are; what is unfinished may stay in a draft."""
    texts = [question.title, question.hint, *question.labels]
    texts += [part.text for part in (*question.options, *question.rows)]
    if question.kind not in KINDS:
        return not_now("surveys.kind_unknown")
    if any(len(words) > LONGEST_QUESTION for text in texts for words in (text.zh, text.en)):
        return not_now("surveys.words_too_long", most=LONGEST_QUESTION)
    if not set(question.roles) <= set(ROLES):
        return not_now("surveys.role_unknown")
    if question.when is not None and question.when.operator not in OPERATORS:
        return not_now("surveys.kind_unknown")
    return YES


def can_keep(groups: Iterable[str]) -> Verdict:
    """Groups that there are."""
    return YES if set(groups) <= set(GROUPS) else not_now("surveys.group_unknown")


def can_open(
    survey: Survey, roles: Sequence[str], *, link: bool, opens_on: date, closes_on: date, today: date
) -> Verdict:
    """Somebody to ask, enough of them to hide each, days that lie ahead; faults of the questions are asked apart.

    `roles` are those of everybody who would be asked by name.
    """
    if not roles and not link:
        return not_now("surveys.nobody_asked")
    if link and not survey.anonymous:
        return not_now("surveys.link_is_anonymous")
    hides = can_hide(survey, roles) if survey.anonymous else YES
    if not hides:
        return hides
    if opens_on < today:
        return not_now("surveys.opens_before_today")
    return can_last(opens_on, closes_on)


def can_hide(survey: Survey, roles: Sequence[str]) -> Verdict:
    """Nobody who is asked by name, or at least `FEWEST`; and the same of those who get other questions than the rest.

    Who comes by an open link hides nobody: perhaps nobody comes.
    """
    if 0 < len(roles) < FEWEST:
        return not_now("surveys.too_few_to_hide", least=FEWEST, count=len(roles))
    alike: dict[Any, list[str]] = {}
    for role, count in Counter(roles).items():
        questions = [
            (one.key, parts_of(one, role) if one.kind == "need" else ())
            for one in meant_for(survey.asked_for, role)
        ]
        alike.setdefault(tuple(questions), []).extend([role] * count)
    for same in alike.values():
        if len(same) < FEWEST:
            who = " · ".join(str(ROLE_NAMES[role]) for role in dict.fromkeys(same))
            return not_now("surveys.too_few_of_a_role", least=FEWEST, count=len(same), who=who)
    return YES


def can_last(opens_on: date, closes_on: date) -> Verdict:
    """At least one day, at most a year."""
    if closes_on < opens_on:
        return not_now("surveys.closes_before_opening")
    if closes_on - opens_on > timedelta(days=MOST_DAYS):
        return not_now("surveys.open_too_long", most=MOST_DAYS)
    return YES


def can_take_answers(survey: Survey, today: date) -> Verdict:
    """From its first day to its last."""
    if survey.state == "draft" or (survey.opens_on is not None and today < survey.opens_on):
        return not_now("surveys.not_open_yet", on=survey.opens_on)
    if survey.state != "open" or (survey.closes_on is not None and today > survey.closes_on):
        return not_now("surveys.over", on=survey.closes_on)
    return YES


def can_remind(survey: Survey, left: int, today: date) -> Verdict:
    """An open survey, somebody left, and not twice on one day."""
    verdict = can_take_answers(survey, today)
    if not verdict:
        return verdict
    if not left:
        return not_now("surveys.nobody_left")
    if survey.reminded_on is not None and survey.reminded_on >= today:
        return not_now("surveys.reminded_today")
    return YES


def can_publish(survey: Survey, answers: int) -> Verdict:
    """Enough answers that a result is nobody's own."""
    return YES if answers >= FEWEST else not_now("surveys.too_few_answers", least=FEWEST, count=answers)


def place_of(questions: Sequence[Question], key: str) -> int:
    """Where a question stands, from 0; -1 if it is gone."""
    return next((at for at, one in enumerate(questions) if one.key == key), -1)
