"""Proofs: confirmed facts about one skill of one apprentice, from whichever noun knows some.

A **provider** reads the proofs of a group by one kind, in a constant number of queries. Those of the nouns below stand
here; a noun above registers its own with `proves`. Only what somebody else has confirmed or published is read:
attendance at a unit and a confirmed entry say that a skill was taught or practised, and never how well, since what is
counted gets produced. Surveys are anonymous and prove nothing of a person; the own rating stands apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.evaluation.stages import stages_judged
from craftpath.domain.exams.skilled import examined
from craftpath.domain.growth.models import SkillView
from craftpath.domain.growth.scale import SEEN_AS_VALUE, value_of
from craftpath.domain.judging.skilled import rated
from craftpath.domain.logbook.skilled import practised, seen
from craftpath.domain.outside.skilled import measured
from craftpath.domain.training.skilled import stays_with_skills
from craftpath.values.ref import Ref
from craftpath.values.text import Text

RATED, OBSERVED, EXAMINED, VIEWED, MEASURED, PRACTISED, TAUGHT = KINDS = (
    "rated", "observed", "examined", "viewed", "measured", "practised", "taught",
)  # fmt: skip
WEIGHTS = {RATED: 2.0, OBSERVED: 1.0, VIEWED: 1.0, MEASURED: 1.0}
A_QUESTION, MOST_QUESTIONS = 0.25, 8
"""What one question of an examination weighs, and of how many at most."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One confirmed fact. `value` is 0–1; None: it says nothing of how well, or nobody observed it.

    `via` is the key that it was tagged with, where that is a skill of another framework which says the same.
    `about` is what it was (a job, a work, a unit), `detail` which part of it, `answer` what was ticked, `said` what was
    said, `by` by whom; `count` is how many questions stand behind it. `stage` is a stage's id where the source knows
    it; else the day decides. `part` tells facts of one source apart, such as the criteria of a work.
    """

    enrolment: int
    skill: str
    on: date
    kind: str
    value: float | None
    weight: float
    source: Ref
    about: Text | str
    detail: Text = Text()
    answer: str = ""
    said: str = ""
    count: int = 1
    by: tuple[str, ...] = ()
    stage: int | None = None
    contested: bool = False
    via: str = ""
    part: str = ""

    @property
    def key(self) -> str:
        """What an objection keeps: the source, and which fact of it."""
        return f"{self.source}/{self.part}" if self.part else str(self.source)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom, up to which day, and in which time zone days are told apart."""

    group: Group
    today: date
    zone: ZoneInfo

    def day(self, at: datetime) -> date:
        """The day of a moment where the cohort learns."""
        return at.astimezone(self.zone).date()


Provider = Callable[[Asked], Iterable[Proof]]
TELLING = frozenset({PRACTISED, TAUGHT})
"""Kinds that never say how well."""
PROVIDERS: dict[str, Provider] = {}


def proves(kind: str) -> Callable[[Provider], Provider]:
    """Register whoever reads a kind of proofs; a kind has one provider."""

    def register(provider: Provider) -> Provider:
        if PROVIDERS.setdefault(kind, provider) is not provider:
            raise TypeError(f"two providers read {kind}")
        return provider

    return register


def proofs_of(asked: Asked, *, telling: bool = True) -> list[Proof]:
    """Every proof of these apprentices up to the day, whoever asks; a constant number of queries.

    Without `telling` those are not asked for that never say how well: levels are the same.
    """
    kinds = [kind for kind in PROVIDERS if telling or kind not in TELLING]
    return [one for kind in kinds for one in PROVIDERS[kind](asked) if one.on <= asked.today]


@proves(RATED)
def _rated(asked: Asked) -> Iterator[Proof]:
    for one in rated(asked.group):
        yield Proof(
            one.enrolment, one.skill, asked.day(one.at), RATED, one.value, WEIGHTS[RATED],
            Ref("judging", "practical", one.practical), one.title, one.criterion,
            said=" · ".join(one.said), by=tuple(dict.fromkeys(one.by)), stage=one.stage,
            part=one.part,
        )  # fmt: skip


@proves(OBSERVED)
def _observed(asked: Asked) -> Iterator[Proof]:
    for one in seen(asked.group):
        yield Proof(
            one.enrolment, one.skill, one.on, OBSERVED, SEEN_AS_VALUE[one.seen_as], WEIGHTS[OBSERVED],
            Ref("logbook", "observation", one.public_id), one.job, answer=one.seen_as,
            said=one.words, by=(one.by,),
        )  # fmt: skip


@proves(EXAMINED)
def _examined(asked: Asked) -> Iterator[Proof]:
    rows = list(examined(asked.group))
    stages = stages_judged(one.evaluation for one in rows if one.evaluation)
    for one in rows:
        weight = A_QUESTION * min(one.questions, MOST_QUESTIONS)
        yield Proof(
            one.enrolment, one.skill, asked.day(one.at), EXAMINED, one.share, weight,
            Ref("exams", "sitting", one.sitting), one.title, count=one.questions,
            stage=stages.get(one.evaluation),
        )  # fmt: skip


@proves(VIEWED)
def _viewed(asked: Asked) -> Iterator[Proof]:
    rows = SkillView._base_manager.filter(asked.group.at("enrolment"), kind="mentor", is_current=True)
    for row in rows.select_related("by").order_by("pk"):
        if row.enrolment_id in asked.group:
            for skill, level in row.levels.items():
                yield Proof(
                    row.enrolment_id, skill, asked.day(row.made_at), VIEWED, value_of(level), WEIGHTS[VIEWED],
                    row.ref, "", answer=str(level), said=row.words, by=(row.by.name,), stage=row.stage_id,
                )  # fmt: skip


@proves(MEASURED)
def _measured(asked: Asked) -> Iterator[Proof]:
    for one in measured(asked.group):
        yield Proof(
            one.enrolment, one.skill, one.on, MEASURED, one.share, WEIGHTS[MEASURED],
            Ref("outside", "evidence", one.public_id), Text.of(one.about), by=(one.program,),
        )  # fmt: skip


@proves(PRACTISED)
def _practised(asked: Asked) -> Iterator[Proof]:
    for one in practised(asked.group):
        yield Proof(
            one.enrolment, one.skill, one.on, PRACTISED, None, 1.0,
            Ref("logbook", "entry", one.public_id), one.text[:80], by=(one.by,),
        )  # fmt: skip


@proves(TAUGHT)
def _taught(asked: Asked) -> Iterator[Proof]:
    for one in stays_with_skills(asked.group):
        if one.ends_on >= asked.today:
            continue
        for skill in one.skills:
            yield Proof(
                one.enrolment, skill, one.ends_on, TAUGHT, None, 1.0,
                Ref("training", "stay", one.public_id), Text.of(one.unit), Text.of(one.place),
            )  # fmt: skip
