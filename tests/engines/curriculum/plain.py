"""The same questions by looking at every choice there is: slow, short, and obviously right."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from craftpath.engines.curriculum import Limits, Problem, Unit

Choice = dict[str, int]


def choices(problem: Problem) -> Iterator[Choice]:
    """Every choice of units with their stages that keeps everything."""
    ways = [(None, *sorted(set(unit.stages))) for unit in problem.units]
    for stages in product(*ways):
        choice = {
            unit.id: stage for unit, stage in zip(problem.units, stages, strict=True) if stage is not None
        }
        if kept(problem, choice):
            yield choice


def kept(problem: Problem, choice: Choice) -> bool:
    limits, units = problem.limits, [unit for unit in problem.units if unit.id in choice]
    hours = sum(unit.hours for unit in units)
    return (
        (limits.hours is None or hours <= limits.hours)
        and all(sum(u.hours for u in units if choice[u.id] == s) <= h for s, h in limits.stage.items())
        and all(sum(u.hours for u in units if u.place == p) <= h for p, h in limits.place.items())
        and all(
            sum(u.hours for u in units if (choice[u.id], u.place) == key) <= h
            for key, h in limits.stage_place.items()
        )
        and all(sum(u.hours for u in units if u.area == a) >= h for a, h in limits.area_min.items())
        and all(sum(u.trainer_hours for u in units if u.trainer == t) <= h for t, h in limits.trainer.items())
        and all(sum(u.hours for u in units if u.room == r) <= h for r, h in limits.room.items())
        and sum(u.assessments for u in units) >= limits.assessments_min
        and all(b in choice and choice[b] <= choice[u.id] for u in units for b in u.needs_before)
        and set(problem.pinned) <= set(choice)
        and not set(problem.forbidden) & set(choice)
    )


def worth(problem: Problem, choice: Choice) -> Fraction:
    total = Fraction(0)
    for skill, weight in problem.needs.items():
        cover = Fraction(0)
        for unit in problem.units:
            if unit.id in choice and skill in unit.skills:
                factor = problem.emphasis.get((choice[unit.id], skill), 1)
                cover += Fraction(str(unit.skills[skill])) * Fraction(str(factor))
        total += Fraction(str(weight)) * min(Fraction(1), cover)
    return total


def best(problem: Problem) -> Fraction | None:
    return max((worth(problem, one) for one in choices(problem)), default=None)


SKILLS, AREAS, PLACES = ("reads", "talks", "plans"), ("a", "b"), ("school", "shop")
short = st.integers(0, 10).map(lambda tenths: tenths / 10)
long = st.floats(0, 1, allow_nan=False)


@st.composite
def units(draw: st.DrawFn, many: int, strength: st.SearchStrategy[float]) -> tuple[Unit, ...]:
    found: list[Unit] = []
    for at in range(many):
        before = draw(st.sets(st.sampled_from([one.id for one in found]), max_size=1)) if found else ()
        found.append(
            Unit(
                f"u{at}",
                draw(st.integers(0, 6)),
                draw(st.sampled_from(PLACES)),
                tuple(sorted(draw(st.sets(st.integers(1, 2), min_size=1, max_size=2)))),
                draw(st.sampled_from(AREAS)),
                draw(st.dictionaries(st.sampled_from(SKILLS), strength, max_size=2)),
                tuple(before),
                draw(st.sampled_from(("", "turner"))),
                draw(st.integers(0, 4)),
                draw(st.sampled_from(("", "hall"))),
                draw(st.integers(0, 1)),
            )
        )
    return tuple(draw(st.permutations(found)))


@st.composite
def problems(draw: st.DrawFn, most: int = 5, strength: st.SearchStrategy[float] = short) -> Problem:
    """Small problems; some of them cannot be met."""
    found = draw(units(draw(st.integers(1, most)), strength))
    some = st.sampled_from([unit.id for unit in found])
    hours = st.integers(0, 20)
    area = {a: sum(unit.hours for unit in found if unit.area == a) for a in AREAS}
    pinned = draw(st.sets(some, max_size=1))
    return Problem(
        found,
        draw(st.dictionaries(st.sampled_from(SKILLS), short.map(lambda x: 10 * x) | strength, max_size=3)),
        Limits(
            draw(st.none() | hours),
            draw(st.dictionaries(st.integers(1, 2), hours, max_size=1)),
            draw(st.dictionaries(st.sampled_from(PLACES), hours, max_size=1)),
            draw(st.dictionaries(st.tuples(st.integers(1, 2), st.sampled_from(PLACES)), hours, max_size=1)),
            {a: draw(st.integers(0, most)) for a, most in area.items() if draw(st.booleans())},
            draw(st.dictionaries(st.just("turner"), hours, max_size=1)),
            draw(st.dictionaries(st.just("hall"), hours, max_size=1)),
            draw(st.integers(0, 1)),
        ),
        tuple(pinned),
        tuple(draw(st.sets(some, max_size=1)) - pinned),
        draw(
            st.dictionaries(
                st.tuples(st.integers(1, 2), st.sampled_from(SKILLS)), st.sampled_from((1.5, 2)), max_size=1
            )
        ),
    )
