"""What is drawn and is no indicator: the funnel, life tables by year, paths, layers of mentoring, as additive parts.

Their parts are named by what they count, such as `stage|beginner|junior`. They are not in the star.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from craftpath.domain.agreements import starred as agreements
from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.certificates import starred as certificates
from craftpath.domain.insight.dimensions import Classes, Dims
from craftpath.domain.insight.rows import DEPUTY, Houses, at_risk, moved_credits, standing
from craftpath.domain.pairing import starred as pairing
from craftpath.engines.indicators import NOT_APPLICABLE
from craftpath.kernel.organisations import Organisation

Shape = tuple[int, Dims, str, int]
"""Owner, dimensions, part, how many."""
NOWHERE: Dims = (NOT_APPLICABLE,) * 5


def _curve(known: Classes) -> Iterator[Shape]:
    """Life tables by the year of the beginning: `2024|at|03`."""
    for one, _quarter, number, completed, left in at_risk(known):
        dims = known.dims(one, one.starts_on)
        for part, count in (("at", 1), ("completed", completed), ("left", left)):
            if count:
                yield one.cohort, dims, f"{one.starts_on.year}|{part}|{number:02}", count


def _funnel(known: Classes) -> Iterator[Shape]:
    """Who applied, was given a place, has an agreement, began, passed each stage, completed, holds a diploma."""
    occupations = {one.cohort: one.occupation for one in known.contracts.values()}
    for cohort, _enterprise, _on in agreements.applications(known.cohorts):
        yield cohort, _of(cohort, known, occupations), "applied", 1
    for cohort, count in apprenticeships.enrolled(known.cohorts).items():
        yield cohort, _of(cohort, known, occupations), "enrolled", count
    signed = agreements.signed(known.cohorts)
    diplomas = certificates.holders({one.person_id for one in known.contracts.values()})
    for one in known.contracts.values():
        dims = _of(one.cohort, known, occupations)
        yield one.cohort, dims, "begun", 1
        if one.pk in signed:
            yield one.cohort, dims, "signed", 1
        stages = known.stages(one.pk)
        done = standing(one, known.today)[0] == "completed"
        for place, stage in enumerate(stages):
            if done or place + 1 < len(stages):
                yield one.cohort, dims, f"passed|{place:02}|{stage}", 1
        if done:
            yield one.cohort, dims, "completed", 1
            if one.person_id in diplomas:
                yield one.cohort, dims, "diploma", 1


def _of(cohort: int, known: Classes, occupations: Mapping[int, str]) -> Dims:
    county = known.placed[known.colleges[cohort]].county
    return county, NOT_APPLICABLE, occupations.get(cohort) or NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE


def _path(known: Classes) -> Iterator[Shape]:
    """`stage|from|to` in people, `credit|from|institution` in hundredths."""
    for one in known.contracts.values():
        stages = known.stages(one.pk)
        outcome = standing(one, known.today)[0]
        for before, after in zip(stages, stages[1:], strict=False):
            yield one.cohort, NOWHERE, f"stage|{before}|{after}", 1
        if stages and outcome != "running":
            yield one.cohort, NOWHERE, f"stage|{stages[-1]}|{outcome}", 1
    counts: Counter[tuple[int, str, int]] = Counter()
    takers: set[int] = set()
    holders: dict[tuple[int, str, int], set[int]] = {}
    for one, on, what, points, institution in moved_credits(known):
        if what != "earned" and institution is not None:
            key = one.cohort, known.stage(one.pk, on), institution
            counts[key] += points
            holders.setdefault(key, set()).add(one.pk)
            takers.add(institution)
    names = dict(Organisation.objects.filter(pk__in=takers).values_list("pk", "public_id"))
    for (cohort, stage, institution), points in counts.items():
        yield cohort, NOWHERE, f"credit|{stage}|{names[institution]}", points
        yield (
            cohort,
            NOWHERE,
            f"holders|{stage}|{names[institution]}",
            len(holders[cohort, stage, institution]),
        )


def _layer(known: Houses) -> Iterator[Shape]:
    """Who teaches whom today, by kind of pair: `teachers|kind`, `learners|kind`, `qualified|kind`."""
    teachers: dict[tuple[int, str], set[str]] = {}
    learners: dict[tuple[int, str], set[int]] = {}
    for place, teacher, learner, role, kind, first, until in pairing.bonds(known.owners):
        if (
            role != DEPUTY
            and first <= known.today
            and (until is None or known.today <= until - timedelta(days=1))
        ):
            teachers.setdefault((place, kind), set()).add(teacher)
            learners.setdefault((place, kind), set()).add(learner)
    standings = pairing.standings(known.owners)
    for (place, kind), people in teachers.items():
        yield place, NOWHERE, f"teachers|{kind}", len(people)
        yield place, NOWHERE, f"learners|{kind}", len(learners[place, kind])
        qualified = sum(
            any(
                first <= known.today and (until is None or known.today < until)
                for first, until in standings.get(who, ())
            )
            for who in people
        )
        yield place, NOWHERE, f"qualified|{kind}", qualified


CLASS_SHAPES: Mapping[str, Callable[[Classes], Iterator[Shape]]] = {
    "curve": _curve,
    "funnel": _funnel,
    "path": _path,
}
HOUSE_SHAPES: Mapping[str, Callable[[Houses], Iterator[Shape]]] = {"layer": _layer}
