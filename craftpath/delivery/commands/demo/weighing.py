"""Analyses of needs of the demo: the college's, published and signed; an enterprise's two waves; both side by side."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.commands.demo.surveying import SKILLS, STAGES
from craftpath.delivery.exchange.surveys.audience import audience_of
from craftpath.domain.needs import actions
from craftpath.domain.surveys import actions as asking
from craftpath.domain.surveys.bank import instrument
from craftpath.domain.surveys.queries import not_answered, run_at
from craftpath.domain.surveys.questions import Question
from craftpath.domain.surveys.reading import meant_for
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey

DAY = timedelta(days=1)
MOST = 44
"""People whom the enterprise asks: enough for groups, few enough for a demo that is built in a minute."""
TAUGHT = {"planning_organising": 1.0, "problem_solving_decision_making": 0.8, "communication": 0.4}
"""What the enterprise's second wave is better at."""
VALUED = {"energy_water_efficiency": 1.0, "waste_reduction_management": 0.6, "strategic_thinking": -0.5}
"""What matters more or less there than at the college."""


def weigh_needs(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Analyses in every state: published and signed, superseded, worked out, not possible."""
    college = next(row for row in run_at(places.college) if row.instrument == "core_skills" and row.wave == 1)
    groups = ["occupation", "stage", "site"]
    row = actions.make_analysis(places.college, [college], groups=groups, by=by, at=at - 84 * DAY)
    actions.publish_analysis(row, count=5, by=by, at=at - 82 * DAY)
    officer = _actor(Person.objects.get(username=f"{DEMO_PREFIX}{Role.OFFICER}"), places.city, at)
    for who, where, days in ((staff.trainer, places.college, 81), (None, places.city, 77)):
        signs = officer if who is None else _actor(who, where, at)
        actions.sign_analysis(row, by=signs, at=at - days * DAY)
    here = _Enterprise(_actor(staff.hr, places.jinheng, at), places.jinheng, random.Random(33))  # noqa: S311
    first = here.asks(at=at - 330 * DAY)
    here.analysed([first], at=at - 300 * DAY)
    second = here.asks_again(first, at=at - 40 * DAY)
    here.analysed([first, second], at=at - 12 * DAY)
    both = [college, second]
    title = Text(zh="两个试点单位的核心技能", en="Core skills at two pilots")
    actions.make_analysis(places.city, both, groups=["occupation"], title=title, by=officer, at=at - 3 * DAY)
    few = here.tries(at=at - 26 * DAY)
    actions.make_analysis(places.jinheng, [few], groups=[], by=here.by, at=at - 2 * DAY)


def _actor(person: Person, organisation: Organisation, at: datetime) -> Actor:
    actor = actor_in(person, organisation, at.date())
    if actor is None:
        raise RuntimeError(f"{person.username} has no role at {organisation.key}")
    return actor


@dataclass(frozen=True)
class _Enterprise:
    by: Actor
    place: Organisation
    draw: random.Random

    def asks(self, *, at: datetime) -> Survey:
        """A survey of its own apprentices and mentors, closed after three weeks."""
        title = Text(zh=f"{self.place.title.zh}核心技能调查", en=f"Core skills at {self.place.title.en}")
        return self._asked(self._draft(title, at), {}, at)

    def asks_again(self, survey: Survey, *, at: datetime) -> Survey:
        """The next wave: what was taught in between shows."""
        return self._asked(asking.draft_next_wave(survey, by=self.by, at=at), TAUGHT, at)

    def tries(self, *, at: datetime) -> Survey:
        """The same by an open link in a group of foremen, of whom four answer: too few for an analysis."""
        draft = self._draft(Text(zh="班组长试填", en="A try with foremen"), at)
        survey = asking.open_survey(
            draft, [], opens_on=at.date(), closes_on=(at + 21 * DAY).date(), link=True, by=self.by, at=at
        )
        nobody = Actor(organisation=None)
        for turn in range(4):
            said = self._all_of(survey, "guest", "", {})
            asking.answer_by_link(survey, f"demo-{turn}", said, by=nobody, at=at + DAY)
        return asking.close_survey(survey, by=self.by, at=at + 22 * DAY)

    def _draft(self, title: Text, at: datetime) -> Survey:
        source = instrument("core_skills")
        if source is None:
            raise RuntimeError("the bank has no core skills")
        return asking.draft_survey(
            self.place, title=title, intro=source.intro, source=source, by=self.by, at=at
        )

    def _asked(self, survey: Survey, taught: dict[str, float], at: datetime) -> Survey:
        found = audience_of(survey, at.date())
        own = [one for one in found.candidates if one.groups.get("organisation") == self.place.key]
        mentors = [one for one in own if one.role == "mentor"][: MOST // 4]
        learners = [one for one in own if one.role == "apprentice"]
        chosen = [*self.draw.sample(learners, min(MOST, len(learners))), *mentors]
        survey = asking.open_survey(
            survey, chosen, group_names=found.names, opens_on=at.date(),
            closes_on=(at + 21 * DAY).date(), by=self.by, at=at,
        )  # fmt: skip
        for asked in not_answered(survey).select_related("survey__organisation", "person"):
            if self.draw.random() < 0.9:
                said = self._all_of(survey, asked.role, asked.groups.get("stage", ""), taught)
                asking.answer_survey(asked, said, by=Actor(survey.organisation, asked.person), at=at + DAY)
        return asking.close_survey(survey, by=self.by, at=at + 22 * DAY)

    def _all_of(self, survey: Survey, role: str, stage: str, taught: dict[str, float]) -> dict[str, object]:
        keen = self.draw.gauss(0, 0.7)
        said = {
            one.key: self._say(one, role, stage, taught, keen) for one in meant_for(survey.asked_for, role)
        }
        return {key: value for key, value in said.items() if value is not None}

    def _say(self, one: Question, role: str, stage: str, taught: dict[str, float], keen: float) -> object:
        if one.kind == "scale":
            mean = 3.2 + keen + (0.7 if taught else 0)
            return self._tick(6 - mean if one.turned else mean)
        if one.kind != "need":
            return None
        important, level = SKILLS[one.skill]
        important += VALUED.get(one.skill, 0)
        level += STAGES.get(stage, 0.2) + taught.get(one.skill, 0)
        if role == "mentor":
            return [self._tick(important), None, self._tick(level - 0.5)]
        return [self._tick(important), self._tick(level), None]

    def _tick(self, mean: float) -> int:
        return min(5, max(1, round(self.draw.gauss(mean, 0.8))))

    def analysed(self, surveys: list[Survey], *, at: datetime) -> None:
        """Worked out and published at once; the later one takes the place of the earlier."""
        row = actions.make_analysis(self.place, surveys, groups=["occupation", "stage"], by=self.by, at=at)
        actions.publish_analysis(row, count=4, by=self.by, at=at + DAY)
