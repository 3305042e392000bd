"""What is wrong with the questions of a survey, each with the place where it stands; nothing here is an error of the
program: a draft may be unfinished.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from craftpath.domain.surveys.questions import CHOICES, Question, When
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, not_now

MOST_QUESTIONS, MOST_OPTIONS, MOST_GROUP_VALUES = 120, 30, 12
_CONDITIONS = {
    "single": ("is", "is_not"),
    "multiple": ("is", "is_not"),
    "scale": ("at_least", "at_most", "is"),
    "number": ("at_least", "at_most"),
}
"""What can be said of an earlier answer, by the kind of its question."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the question at a place, counted from 1; 0 for the survey as a whole."""

    place: int
    verdict: Verdict


def faults(questions: Sequence[Question], points: int) -> list[Fault]:
    """Everything that keeps these questions from being asked, in their order."""
    if len(questions) > MOST_QUESTIONS:
        return [Fault(0, not_now("surveys.too_many_questions", most=MOST_QUESTIONS))]
    if not any(one.kind != "section" for one in questions):
        return [Fault(0, not_now("surveys.no_questions"))]
    found = [
        Fault(place, verdict)
        for place, one in enumerate(questions, start=1)
        for verdict in (*_of_one(one, place, points), can_depend(questions, place))
        if not verdict
    ]
    return found + _skills_twice(questions)


def _of_one(one: Question, place: int, points: int) -> Iterator[Verdict]:
    if one.title == Text():
        yield not_now("surveys.untitled", place=place)
    if one.kind in CHOICES:
        yield from _options(one, place)
    if one.kind == "matrix" and not one.rows:
        yield not_now("surveys.no_rows", place=place)
    if one.labels and len(one.labels) not in (2, points):
        yield not_now("surveys.labels_count", place=place, count=len(one.labels), points=points)
    if one.kind == "number" and None not in (one.least, one.most) and one.least > one.most:  # type: ignore[operator]
        yield not_now("surveys.least_over_most", place=place)
    if one.group and (one.kind != "single" or len(one.options) > MOST_GROUP_VALUES):
        yield not_now("surveys.not_a_group", place=place, most=MOST_GROUP_VALUES)


def _options(one: Question, place: int) -> Iterator[Verdict]:
    texts = [option.text for option in one.options]
    if len(texts) < 2:
        yield not_now("surveys.too_few_options", place=place)
    if len(texts) > MOST_OPTIONS:
        yield not_now("surveys.too_many_options", place=place, most=MOST_OPTIONS)
    if len(set(texts)) < len(texts):
        yield not_now("surveys.option_twice", place=place)


def can_depend(questions: Sequence[Question], place: int) -> Verdict:
    """Whether the condition of a question (its place from 1) looks back at an answer that can be asked for so.

    A condition only ever looks back, so conditions cannot run in a circle.
    """
    when = questions[place - 1].when
    if when is None:
        return YES
    places = {one.key: at for at, one in enumerate(questions, start=1)}
    there = places.get(when.question)
    if there is None:
        return not_now("surveys.when_unknown", place=place)
    if there >= place:
        return not_now("surveys.when_later", place=place, other=there)
    return _can_ask(questions[there - 1], when, place, there)


def _can_ask(one: Question, when: When, place: int, there: int) -> Verdict:
    if when.operator not in _CONDITIONS.get(one.kind, ()):
        return not_now("surveys.when_kind", place=place, other=there)
    known = {option.key for option in one.options}
    if not when.values or (known and not set(when.values) <= known):
        return not_now("surveys.when_value", place=place, other=there)
    if one.kind in ("scale", "number") and not _is_number(when.values[0]):
        return not_now("surveys.when_value", place=place, other=there)
    return YES


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e12
    except ValueError:
        return False


def can_arrange(questions: Sequence[Question]) -> Verdict:
    """Whether every condition of these questions, in this order, looks back; the first that does not is named."""
    verdicts = (can_depend(questions, place) for place in range(1, len(questions) + 1))
    return next((verdict for verdict in verdicts if not verdict), YES)


def _skills_twice(questions: Sequence[Question]) -> list[Fault]:
    first: dict[str, int] = {}
    found = []
    for place, one in enumerate(questions, start=1):
        if one.kind != "need" or not one.skill:
            continue
        before = first.setdefault(one.skill, place)
        if before != place:
            found.append(Fault(place, not_now("surveys.skill_twice", place=place, other=before)))
    return found


def only_one_language(questions: Sequence[Question], title: Text, intro: Text) -> list[int]:
    """The places (0: title or words before) where a language is missing, so that readers get the other one."""
    found = [0] if _half(title) or _half(intro) else []
    for place, one in enumerate(questions, start=1):
        texts = (one.title, one.hint, *one.labels, *(part.text for part in (*one.options, *one.rows)))
        if any(_half(text) for text in texts):
            found.append(place)
    return found


def _half(text: Text) -> bool:
    return bool(text.zh) != bool(text.en)
