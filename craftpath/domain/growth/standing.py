"""Where the people of a cohort stand in each core skill, stage by stage: proofs as columns, and levels from them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.apprenticeships.queries import begun_stages, enrolments, everybody_in
from craftpath.domain.growth.evidence import Asked, Proof, proofs_of
from craftpath.domain.growth.models import SkillObjection
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.standards.queries import CORE, alike, ties_of
from craftpath.domain.standards.queries import skills as skills_of
from craftpath.engines.growth import Levels, Peers, Proofs, Pulls, Rule, levels, peers, pulls
from craftpath.engines.growth.types import Floats

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.programmes.models import Stage
    from craftpath.domain.standards.models import Skill

RULE = Rule()
Place = tuple[int, int, int]
"""Person, skill, stage: where a proof counts."""
Days = dict[int, tuple[date, date | None]]
"""stage id → the day on which it was opened and the day on which it was passed, in the order of the path."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """People (enrolment ids) by skills by stages; `proofs` are those that count or tell, each with its place.

    `same` has for each skill all that say exactly the same, itself among them. `beside` counts, by their keys, the
    proofs of skills that are in no such set.
    """

    people: tuple[int, ...]
    skills: tuple[Skill, ...]
    stages: tuple[Stage, ...]
    proofs: tuple[Proof, ...]
    places: tuple[Place, ...]
    columns: Proofs
    levels: Levels
    same: Mapping[str, Collection[str]] = field(default_factory=dict)
    beside: Mapping[str, int] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many of each."""
        return len(self.people), len(self.skills), len(self.stages)

    def pulls(self) -> Pulls:
        """What each proof brings to its level."""
        return pulls(self.columns, self.shape, RULE)

    def of(self, enrolment_id: int, skill: str) -> list[int]:
        """The places in `proofs` of one person's proofs of one skill, the newest first."""
        found = [
            n for n, one in enumerate(self.proofs) if (one.enrolment, one.skill) == (enrolment_id, skill)
        ]
        return sorted(found, key=lambda n: (self.proofs[n].on, n), reverse=True)


def standing(
    cohort: Cohort, ids: Collection[int], today: date, *, telling: bool = True, framework: str = CORE
) -> Standing:
    """How these apprentices of a cohort stand today in the skills of a framework, whoever asks.

    A stage that is passed stands as on its last day; proofs of one that is open get older every day. The number of
    queries does not grow with the people.
    """
    people = tuple(ids)
    group = Group.of(cohort.pk, people)
    skills, stages = tuple(skills_of(framework)), tuple(stages_of(cohort.programme_id))
    days = _days(group)
    who = {pk: n for n, pk in enumerate(people)}
    which = {skill.key: n for n, skill in enumerate(skills)}
    when = {stage.pk: n for n, stage in enumerate(stages)}
    asked = Asked(group, today, ZoneInfo(cohort.organisation.time_zone))
    same = alike(which, ties_of(cohort.organisation))
    some, beside = _meant(proofs_of(asked, telling=telling), same)
    proofs: list[Proof] = []
    places: list[Place] = []
    ages = array("d")
    for one in _unopposed(some, _objections(group), same):
        begun = days.get(one.enrolment, {})
        stage = stage_at(one, begun)
        if stage in when:
            proofs.append(one)
            places.append((who[one.enrolment], which[one.skill], when[stage]))
            ages.append(max(0, (min(today, begun[stage][1] or today) - one.on).days))
    columns = _columns(proofs, places, ages)
    found = levels(columns, (len(people), len(skills), len(stages)), RULE)
    return Standing(people, skills, stages, tuple(proofs), tuple(places), columns, found, same, beside)


def _columns(proofs: Sequence[Proof], places: Sequence[Place], ages: array[float]) -> Proofs:
    person, skill, stage = np.array(places, dtype=np.int64).reshape(-1, 3).T
    value = np.array([np.nan if one.value is None else one.value for one in proofs], dtype=np.float64)
    weight = np.array([one.weight for one in proofs], dtype=np.float64)
    return Proofs(person, skill, stage, np.array(ages, dtype=np.float64), value, weight)


def _meant(proofs: Iterable[Proof], here: Mapping[str, Collection[str]]) -> tuple[list[Proof], Counter[str]]:
    """The proofs of these skills, and those of others that say exactly the same; how many there are of any others.

    Which skills say the same is read from the crosswalks that the cohort's organisation sees: a level is the same for
    whoever reads it. One fact counts once for a skill: what names the skill itself goes before what only says the same.
    """
    tied: dict[str, list[str]] = {}
    for key, same in here.items():
        for other in same:
            if other not in here:
                tied.setdefault(other, []).append(key)
    found: list[Proof] = []
    further: list[Proof] = []
    beside: Counter[str] = Counter()
    for one in proofs:
        if one.skill in here:
            found.append(one)
        elif one.skill in tied:
            further += [replace(one, skill=key, via=one.skill) for key in tied[one.skill]]
        else:
            beside[one.skill] += 1
    return found + _once(further, found), beside


def _once(further: Sequence[Proof], found: Sequence[Proof]) -> list[Proof]:
    """Those facts that do not speak of the skill already."""
    known = {_fact(one) for one in found} if further else set()
    kept = []
    for one in further:
        if _fact(one) not in known:
            known.add(_fact(one))
            kept.append(one)
    return kept


def _fact(one: Proof) -> tuple[int, str, str]:
    return one.enrolment, one.key, one.skill


def _unopposed(
    proofs: Sequence[Proof],
    objections: Mapping[tuple[int, str, str], str],
    same: Mapping[str, Collection[str]],
) -> Iterable[Proof]:
    """Without those to which an objection was upheld, as proofs of the skill or of one that says the same."""
    if not objections:
        return proofs
    kept = []
    for one in proofs:
        states = {objections.get((one.enrolment, one.key, key)) for key in same[one.skill]}
        if "upheld" not in states:
            kept.append(replace(one, contested="open" in states))
    return kept


def stage_at(proof: Proof, days: Days) -> int | None:
    """In which stage a proof counts: the one that its source names if it was begun, else the one open on its day.

    The day of passing belongs to the next stage; what lies before the first one counts in it.
    """
    if proof.stage in days:
        return proof.stage
    found = None
    for stage, (opened, _) in days.items():
        if found is None or opened <= proof.on:
            found = stage
    return found


def _days(group: Group) -> dict[int, Days]:
    rows = begun_stages().filter(group.at("enrolment")).order_by("stage__order")
    found: dict[int, Days] = {}
    for who, stage, opened, passed in rows.values_list("enrolment_id", "stage_id", "opened_on", "passed_on"):
        found.setdefault(who, {})[stage] = (opened, passed)
    return found


def _objections(group: Group) -> dict[tuple[int, str, str], str]:
    rows = SkillObjection._base_manager.filter(group.at("enrolment"), state__in=("open", "upheld"))
    told = rows.order_by("pk").values_list("enrolment_id", "proof", "skill", "state")
    return {(who, proof, skill): state for who, proof, skill, state in told}


def everybody(cohort: Cohort, today: date) -> list[int]:
    """The ids of everybody in the cohort today, whatever the reader sees; one query."""
    return [row.pk for row in everybody_in([cohort.pk], today, today)]


def seen_of(cohort: Cohort) -> set[int]:
    """The ids of those of a cohort whom the reader sees one by one; one query."""
    return set(enrolments().filter(cohort=cohort).order_by().values_list("pk", flat=True))


def peers_of(whole: Standing, own: int | None, seen: Collection[int]) -> Peers:
    """The median of the others of a cohort, for a reader who sees the people `seen`."""
    known = np.array([pk in seen for pk in whole.people], dtype=bool)
    place = whole.people.index(own) if own is not None else None
    return peers(whole.levels.level, place, known, RULE)


def by_domain(skills: Sequence[Skill]) -> dict[str, list[int]]:
    """key of a domain → the places of its skills."""
    found: dict[str, list[int]] = {}
    for n, skill in enumerate(skills):
        found.setdefault(skill.domain, []).append(n)
    return found


def mean_of(values: Floats, places: Iterable[int]) -> float | None:
    """The mean of those of these places that have a figure; None where none has."""
    some = [values[n] for n in places if not np.isnan(values[n])]
    return float(sum(some) / len(some)) if some else None
