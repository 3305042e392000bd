"""Surveys of the demo: core skills in two waves, the second under way; a draft on satisfaction; a tracer by link; a
workshop's feedback that was published.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.commands.demo.surveying_words import FIRST_TRIES, MISSING, NEXT_TIME, SKILLS_MISSING
from craftpath.delivery.exchange.surveys.audience import audience_of
from craftpath.domain.surveys import actions, queries
from craftpath.domain.surveys.bank import instrument
from craftpath.domain.surveys.questions import Question
from craftpath.domain.surveys.reading import holds, meant_for
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Asked, Survey

DAY = timedelta(days=1)

# How important a skill is held to be, and how well it is mastered, on the scale of 1 to 5; about as shops say it.
SKILLS = {
    "communication": (4.5, 3.1),
    "collaboration_teamwork": (4.4, 3.7),
    "conflict_negotiation": (3.5, 2.9),
    "emotional_intelligence": (3.6, 3.0),
    "foundational_literacies": (4.3, 3.8),
    "analytical_critical_thinking": (4.1, 2.9),
    "creative_innovative_thinking": (3.3, 2.9),
    "strategic_thinking": (2.8, 2.4),
    "problem_solving_decision_making": (4.7, 2.9),
    "self_reflection_learning_to_learn": (3.9, 3.0),
    "collect_organise_analyse_information": (3.8, 2.8),
    "planning_organising": (4.4, 2.7),
    "career_management": (3.4, 2.8),
    "use_basic_hardware": (3.9, 4.0),
    "use_basic_software": (4.0, 3.6),
    "operate_safely_online": (3.5, 3.3),
    "environmental_awareness": (3.3, 3.2),
    "waste_reduction_management": (3.7, 3.4),
    "energy_water_efficiency": (3.1, 3.3),
}
LEARNT = {"communication": 0.5, "planning_organising": 0.6, "problem_solving_decision_making": 0.5}
"""What wave 2 is better at: what was taught in between."""
STAGES = {"junior_craftsman": 0.0, "craftsman": 0.4, "master_craftsman": 0.8}


def ask_around(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Five surveys of the college, in every state but thrown away."""
    office = _Office(by, random.Random(20))  # noqa: S311  (invented answers)
    first = office.core_skills(places, at=at - 110 * DAY)
    office.second_wave(first, at=at - 5 * DAY)
    office.satisfaction(places, at=at - 2 * DAY)
    office.tracer(places, at=at - 20 * DAY)
    office.workshop(places, at=at - 45 * DAY)


@dataclass(frozen=True)
class _Office:
    by: Actor
    draw: random.Random

    def _draft(self, places: Places, key: str, at: datetime, title: Text | None = None) -> Survey:
        source = instrument(key)
        if source is None:
            raise RuntimeError(f"the bank has no {key}")
        return actions.draft_survey(
            places.college, title=title or source.title, intro=source.intro, source=source, by=self.by, at=at
        )

    def _open(self, survey: Survey, *, days: int, at: datetime, link: bool = False) -> Survey:
        audience = audience_of(survey, at.date())
        return actions.open_survey(
            survey, audience.candidates, group_names=audience.names, opens_on=at.date(),
            closes_on=(at + days * DAY).date(), link=link, by=self.by, at=at,
        )  # fmt: skip

    def core_skills(self, places: Places, *, at: datetime) -> Survey:
        """Wave 1: nearly all apprentices and mentors answered; closed and analysed."""
        survey = self._open(self._draft(places, "core_skills", at), days=21, at=at)
        for asked in self._some(survey, 0.85):
            self._answer(asked, _core(self.draw, survey, asked, {}), at=at + 3 * DAY)
        survey = actions.close_survey(survey, by=self.by, at=at + 22 * DAY)
        return actions.analyse_survey(survey, by=self.by, at=at + 25 * DAY)

    def second_wave(self, first: Survey, *, at: datetime) -> None:
        """Wave 2: open, and half of them have answered; the people of the demo have not."""
        survey = self._open(actions.draft_next_wave(first, by=self.by, at=at), days=14, at=at)
        for asked in self._some(survey, 0.5):
            if asked.person is None or not asked.person.username.startswith(DEMO_PREFIX):
                self._answer(asked, _core(self.draw, survey, asked, LEARNT), at=at + DAY)

    def satisfaction(self, places: Places, *, at: datetime) -> None:
        """A draft from the bank, with a question that is still to be finished."""
        survey = self._draft(places, "apprentice_satisfaction", at)
        question = Question("", "single", Text(zh="您一般怎么去企业上班？"))
        actions.write_question(survey, question, by=self.by, at=at)

    def tracer(self, places: Places, *, at: datetime) -> None:
        """By link: former apprentices six months after the end."""
        survey = self._draft(places, "tracer", at, Text(zh="出师 6 个月追踪", en="Six months on"))
        survey = actions.describe_survey(
            survey, title=Text.of(survey.title), intro=Text.of(survey.intro), points=5, anonymous=True, months=6,
            by=self.by, at=at,
        )  # fmt: skip
        survey = actions.address_survey(survey, audience={}, groups=[], sampling={}, by=self.by, at=at)
        survey = self._open(survey, days=60, at=at, link=True)
        nobody = Actor(organisation=None)
        for turn in range(14):
            given = _spread(self.draw, survey.asked_for, "guest", MISSING)
            actions.answer_by_link(survey, f"demo-{turn}", given, by=nobody, at=at + 2 * DAY)

    def workshop(self, places: Places, *, at: datetime) -> None:
        """Feedback of trainers and mentors, given back to them with what follows."""
        title = Text(zh="“怎样给徒弟反馈”研修反馈", en="Workshop “Feedback for apprentices”")
        survey = self._open(self._draft(places, "workshop_feedback", at, title), days=7, at=at)
        for asked in self._some(survey, 0.8):
            self._answer(
                asked, _spread(self.draw, survey.asked_for, asked.role, FIRST_TRIES + NEXT_TIME), at=at + DAY
            )
        survey = actions.close_survey(survey, by=self.by, at=at + 8 * DAY)
        follows = Text(
            zh="下次练习时间加一倍，讲解减半；案例换成各位带来的真实情况。",
            en="Next time there is twice as much practice and half as much talking, with cases that you bring.",
        )
        actions.publish_survey(survey, summary=follows, by=self.by, at=at + 12 * DAY)

    def _some(self, survey: Survey, share: float) -> list[Asked]:
        rows = list(queries.not_answered(survey).select_related("survey__organisation", "person"))
        return [row for row in rows if self.draw.random() < share]

    def _answer(self, asked: Asked, given: Mapping[str, Any], *, at: datetime) -> None:
        actions.answer_survey(asked, given, by=Actor(asked.survey.organisation, asked.person), at=at)


def _tick(draw: random.Random, mean: float, points: int = 5) -> int:
    return min(points, max(1, round(draw.gauss(mean, 0.8))))


def _core(draw: random.Random, survey: Survey, asked: Asked, learnt: Mapping[str, float]) -> dict[str, Any]:
    """What somebody says of core skills: later stages master more, mentors see less than apprentices do."""
    grown = STAGES.get(asked.groups.get("stage", ""), 0.2)
    mentor = asked.role == "mentor"
    said = _spread(draw, survey.asked_for, asked.role, SKILLS_MISSING)
    keen = draw.gauss(0, 0.7)  # whoever wants to learn says so in every statement
    for one in meant_for(survey.asked_for, asked.role):
        if one.kind == "need":
            important, level = SKILLS[one.skill]
            level += grown + learnt.get(one.skill, 0)
            own, seen = _tick(draw, level), _tick(draw, level - 0.5)
            said[one.key] = [_tick(draw, important), None if mentor else own, seen if mentor else None]
        elif one.kind == "scale":
            mean = 3.4 + keen + (0.6 if learnt else 0)
            said[one.key] = _tick(draw, 6 - mean if one.turned else mean)
    return said


def _spread(
    draw: random.Random, questions: Sequence[Question], role: str, words: Sequence[str]
) -> dict[str, Any]:
    """Answers to everything else, each where it is asked."""
    said: dict[str, Any] = {}
    open_section = True
    for one in meant_for(questions, role):
        if one.kind == "section":
            open_section = holds(one.when, said)
        elif open_section and holds(one.when, said):
            value = _one(draw, one, words)
            if value is not None:
                said[one.key] = value
    return said


def _one(draw: random.Random, one: Question, words: Sequence[str]) -> Any:
    keys = [option.key for option in one.options]
    if one.kind == "scale":
        return _tick(draw, 2.4 if one.turned else 3.9)
    if one.kind == "matrix":
        return {row.key: _tick(draw, 3.8) for row in one.rows}
    if one.kind == "single":
        return draw.choices(keys, weights=range(len(keys) + 1, 1, -1))[0]
    if one.kind == "multiple":
        return [key for key in keys if draw.random() < 0.5] or keys[:1]
    if one.kind == "ranking":
        return draw.sample(keys, len(keys))
    if one.kind == "number":
        return round(draw.triangular(one.least or 0, min(one.most or 10, 26)))
    return draw.choice(words) if one.kind == "text" and draw.random() < 0.5 else None
