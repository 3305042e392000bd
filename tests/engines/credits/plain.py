"""The same questions by looking at every choice there is: slow, short, and obviously right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from craftpath.engines.credits import Area, Credit, Goal, Limit, Minimum, Offer, Problem, Rule

ON = date(2026, 6, 1)
AREAS, SOURCES = ("major", "general", "free"), ("college", "licence", "master")
Choice = tuple[tuple[Rule | None, ...], tuple[bool, ...]]


def ways(problem: Problem, credit: Credit) -> list[Rule | None]:
    """By which rules a credit may be used; not at all is always possible."""
    if credit.earned_on > problem.on or (credit.expires_on and credit.expires_on < problem.on):
        return [None]
    return [
        None,
        *(
            rule
            for rule in problem.rules
            if rule.takes in (credit.source, credit.outcome, credit.area)
            and (rule.valid_from or date.min) <= problem.on <= (rule.valid_to or date.max)
        ),
    ]


def choices(problem: Problem) -> Iterator[Choice]:
    """Every choice of rules and steps that keeps caps, maxima and limits."""
    rules = product(*(ways(problem, credit) for credit in problem.credits))
    for chosen in rules:
        for steps in product((False, True), repeat=len(problem.goal.offers)):
            if kept(problem, (chosen, steps)):
                yield chosen, steps


def worth(rule: Rule, credit: Credit) -> Fraction:
    return Fraction(str(credit.points)) * Fraction(str(rule.rate))


def kept(problem: Problem, choice: Choice) -> bool:
    chosen, steps = choice
    used = [(r, c, worth(r, c)) for r, c in zip(chosen, problem.credits, strict=True) if r]
    by_rule = all(
        rule.cap is None or sum(points for r, _, points in used if r is rule) <= rule.cap
        for rule in problem.rules
    )
    by_area = all(
        area.most is None or points_in(problem, choice, area.key) <= area.most for area in problem.goal.areas
    )
    by_limit = all(
        (limit.points is None or sum(p for _, c, p in used if c.id in limit.credits) <= limit.points)
        and (limit.count is None or sum(1 for _, c, _ in used if c.id in limit.credits) <= limit.count)
        for limit in problem.limits
    )
    return by_rule and by_area and by_limit


def points_in(
    problem: Problem, choice: Choice, area: str | None = None, institution: str | None = None
) -> Fraction:
    chosen, steps = choice
    found = Fraction(0)
    for rule, credit in zip(chosen, problem.credits, strict=True):
        if (
            rule
            and area in (None, rule.to_area)
            and institution in (None, credit.institution or credit.source)
        ):
            found += worth(rule, credit)
    for taken, offer in zip(steps, problem.goal.offers, strict=True):
        if taken and area in (None, offer.area) and institution in (None, offer.institution):
            found += Fraction(str(offer.points))
    return found


def away(problem: Problem, choice: Choice) -> tuple[Fraction, Fraction]:
    """What is missing and how many weeks it takes."""
    goal, none = problem.goal, Fraction(0)
    lacks = [
        Fraction(str(goal.total)) - points_in(problem, choice),
        sum(
            (max(none, Fraction(str(a.least)) - points_in(problem, choice, a.key)) for a in goal.areas), none
        ),
        sum(
            (
                max(none, Fraction(str(m.least)) - points_in(problem, choice, None, m.institution))
                for m in goal.minima
            ),
            none,
        ),
    ]
    weeks = sum(
        (Fraction(str(o.weeks)) for taken, o in zip(choice[1], goal.offers, strict=True) if taken), none
    )
    return max(none, *lacks), weeks


def best(problem: Problem) -> tuple[Fraction, Fraction]:
    return min(away(problem, choice) for choice in choices(problem))


# ---- Problems to ask ----------------------------------------------------------------------------------

days = st.sampled_from([date(2025, 1, 1), date(2026, 5, 31), ON, date(2026, 6, 2), date(2027, 1, 1)])
points = st.sampled_from([1, 2, 3, 5, Decimal("0.5"), Decimal("2.25")])
caps = st.none() | st.integers(0, 9)


@st.composite
def a_credit(draw: st.DrawFn, name: str) -> Credit:
    earned = draw(st.sampled_from([date(2025, 1, 1), date(2026, 1, 1), date(2026, 6, 2)]))
    expires = draw(st.none() | days)
    return Credit(
        name,
        draw(st.sampled_from(SOURCES)),
        draw(st.sampled_from(("theory", "practice"))),
        draw(points),
        earned,
        expires if expires and expires >= earned else None,
        draw(st.sampled_from(("", "welding"))),
    )


rules = st.builds(
    lambda takes, to, rate, cap, days: Rule(takes, to, rate, cap, *days),
    st.sampled_from((*SOURCES, "theory", "welding")),
    st.sampled_from(AREAS),
    st.sampled_from([1, Decimal("0.5"), Fraction(2, 3), 0]),
    caps,
    st.tuples(st.none() | days, st.none() | days).map(
        lambda two: tuple(sorted(two)) if None not in two else two
    ),
)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small enough to look at every choice, and with everything in it that a problem may have."""
    credits = tuple(draw(a_credit(f"c{at}")) for at in range(draw(st.integers(0, 4))))
    areas = []
    for key in draw(st.lists(st.sampled_from(AREAS), unique=True, max_size=2)):
        least = draw(st.integers(0, 5))
        most = draw(st.none() | st.integers(least, 9))
        areas.append(Area(key, least, most))
    goal = Goal(
        draw(st.integers(0, 16)),
        tuple(areas),
        draw(st.sampled_from([(), (Minimum("college", 3),), (Minimum("college", 2), Minimum("master", 2))])),
        tuple(
            Offer(
                f"o{at}",
                draw(st.sampled_from(AREAS)),
                draw(st.integers(0, 4)),
                draw(st.integers(0, 6)),
                draw(st.sampled_from(("", "college"))),
            )
            for at in range(draw(st.integers(0, 3)))
        ),
    )
    limits = []
    if draw(st.booleans()):
        named = frozenset(credit.id for credit in credits[::2])
        limits.append(Limit("year", named, draw(caps), draw(st.none() | st.integers(0, 2))))
    return Problem(ON, credits, tuple(draw(st.lists(rules, max_size=4))), goal, tuple(limits))
