"""Who could learn with whom: A can show what B wants and B what A wants, also round by three; and groups of several.

What people said themselves comes first; levels of skills, where the caller hands some over, add to it and never stand
alone: nobody is made a teacher or a learner of something that neither has said. The engine for rings among equals
(`engines/pairing/mutual`) chooses, so that as much as can be is exchanged and everybody is in one ring at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from craftpath.domain.groups.models import Member, Topic

SAID, KNOWS, NEEDS = "said", "knows", "needs"
"""Why an arrow is there: both said it; the teacher's level is high; the learner's level is low."""
HIGH, LOW = 0.7, 0.45
WORTH = {SAID: 100, KNOWS: 60, NEEDS: 40}
WORK, SECONDS = 2, 5  # what the search may cost: a class is small
Levels = Mapping[tuple[int, str], float]
"""(enrolment, key of a skill) → level from 0 to 1, where it is known"""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One enrolment could show another one something, and why it is thought so."""

    teacher: int
    learner: int
    topic: str
    because: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Some who could learn together; in a ring everybody shows and learns, in a group some show and some learn."""

    kind: str  # ring, group
    people: tuple[int, ...]
    arrows: tuple[Arrow, ...]


def proposals(
    topics: Iterable[Topic], *, levels: Levels | None = None, fewest: int, most: int
) -> list[Proposal]:
    """Rings of two and three first, then a group for each topic that several want; what exists already is left out."""
    topics = list(topics)
    possible = arrows(topics, levels or {})
    known = _known({row.enrolment_id for row in topics})
    possible = [one for one in possible if (one.teacher, one.learner, one.topic) not in known]
    return _rings(possible) + _groups(possible, fewest, most)


def arrows(topics: Iterable[Topic], levels: Levels) -> list[Arrow]:
    """Who could show whom what, each (teacher, learner, topic) once, with the strongest reason."""
    offers: dict[str, set[int]] = defaultdict(set)
    wants: dict[str, set[int]] = defaultdict(set)
    people = set()
    for row in topics:
        people.add(row.enrolment_id)
        (offers if row.kind == "offers" else wants)[row.print].add(row.enrolment_id)
    found = []
    for topic in sorted(offers.keys() | wants.keys()):
        skill = topic.removeprefix("skill:")
        able = {one for one in people if levels.get((one, skill), 0.0) >= HIGH} - wants[topic]
        weak = {one for one in people if levels.get((one, skill), 1.0) <= LOW} - offers[topic]
        for learner in sorted(wants[topic]):
            found += [Arrow(one, learner, topic, SAID) for one in sorted(offers[topic]) if one != learner]
            found += [Arrow(one, learner, topic, KNOWS) for one in sorted(able - offers[topic])]
        for learner in sorted(weak - wants[topic]):
            found += [Arrow(one, learner, topic, NEEDS) for one in sorted(offers[topic])]
    return found


def _rings(possible: list[Arrow]) -> list[Proposal]:
    from craftpath.engines.pairing.mutual import Offers, rings  # noqa: PLC0415  (slow to import)

    best: dict[tuple[int, int], Arrow] = {}
    for one in possible:
        held = best.get((one.teacher, one.learner))
        if held is None or WORTH[one.because] > WORTH[held.because]:
            best[one.teacher, one.learner] = one
    people = sorted({end for pair in best for end in pair})
    if not _closes(best):
        return []
    named = {str(one): one for one in people}
    edges = [(str(t), str(u), WORTH[one.because]) for (t, u), one in sorted(best.items())]
    answer = rings(Offers.named(list(named), edges), work=WORK, seconds=SECONDS)
    found = []
    for ring in answer.rings:
        ids = tuple(people[at] for at in ring)
        turns = tuple(best[pair] for pair in pairwise((*ids, ids[0])))
        found.append(Proposal("ring", ids, turns))
    return sorted(found, key=lambda one: (-sum(WORTH[arrow.because] for arrow in one.arrows), one.people))


def _closes(pairs: Collection[tuple[int, int]]) -> bool:
    """Whether anybody both shows and learns: without that the engine need not be asked."""
    return bool({teacher for teacher, _learner in pairs} & {learner for _teacher, learner in pairs})


def _groups(possible: list[Arrow], fewest: int, most: int) -> list[Proposal]:
    """For each topic those who can show it and those who want it, the most wanted first, where they make a group."""
    by_topic: dict[str, list[Arrow]] = defaultdict(list)
    for one in possible:
        by_topic[one.topic].append(one)
    found = []
    for some in by_topic.values():
        teachers = list(dict.fromkeys(one.teacher for one in some))[: max(1, most // 3)]
        learners = list(dict.fromkeys(one.learner for one in some if one.learner not in teachers))
        people = (*teachers, *learners[: most - len(teachers)])
        if len(people) >= fewest:
            kept = tuple(one for one in some if one.teacher in people and one.learner in people)
            found.append(Proposal("group", people, kept))
    return sorted(found, key=lambda one: (-len(one.people), one.people))


def _known(people: Collection[int]) -> set[tuple[int, int, str]]:
    """(teacher, learner, topic) of groups that meet already and were formed for that; one query."""
    rows = Member.objects.filter(
        enrolment__in=people, group__state="alive", state__in=("in", "invited")
    ).exclude(group__why=[])
    ids = {row.enrolment.public_id: row.enrolment_id for row in rows.select_related("enrolment", "group")}
    return {
        (ids[one["teacher"]], ids[one["learner"]], one["topic"])
        for row in rows.select_related("group")
        for one in row.group.why
        if one["teacher"] in ids and one["learner"] in ids
    }
