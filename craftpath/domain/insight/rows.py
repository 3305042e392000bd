"""Rows of the star, table by table: what the nouns below give, put where it belongs. Nobody's name is read.

A row is (owner, dimensions, own columns in the order of the star); the owner is a class or an organisation. Keys are
public ids here; a hand-over makes pseudonyms of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from craftpath.domain.agreements import starred as agreements
from craftpath.domain.allowances import starred as allowances
from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.apprenticeships.starred import MOVED, Contract
from craftpath.domain.care import starred as care
from craftpath.domain.credits import starred as credits_
from craftpath.domain.evaluation import starred as evaluation
from craftpath.domain.growth import starred as growth
from craftpath.domain.insight.dimensions import (
    Classes,
    Counties,
    Dims,
    Placed,
    first_of,
    last_of,
    placed,
    quarter_of,
    quarters,
)
from craftpath.domain.logbook import starred as logbook
from craftpath.domain.offers import starred as offers
from craftpath.domain.pairing import starred as pairing
from craftpath.domain.partnership import starred as partnership
from craftpath.domain.progression import starred as progression
from craftpath.domain.questions import starred as questions
from craftpath.domain.subsidies import starred as subsidies
from craftpath.domain.training import starred as training
from craftpath.domain.workshops import starred as workshops
from craftpath.engines.indicators import NOT_APPLICABLE

CURRENCY = "CNY"
"""Amounts in other currencies are not added to these, and so not counted."""
SIGN_IN = timedelta(days=7)
"""Within which an entry is to be confirmed."""
HOUR = timedelta(hours=1)
TWO_STARS, DEPUTY = 4, "deputy"

Row = tuple[int, Dims, tuple[Any, ...]]


def standing(one: Contract, today: date) -> tuple[str, date | None, str | None]:
    """(outcome, last day, reason) of a contract as it is today."""
    if one.completed_on is not None and one.completed_on <= today:
        return "completed", one.completed_on, None
    if one.ended_on is None or one.ended_on > today:
        return "running", None, None
    last = max(one.ended_on - timedelta(days=1), one.starts_on)
    return ("transferred" if one.because in MOVED else "left"), last, one.because or None


def _apprenticeship(known: Classes) -> Iterator[Row]:
    for one in known.contracts.values():
        outcome, last, reason = standing(one, known.today)
        stages = known.stages(one.pk)
        dims = known.dims(one, one.starts_on, stages[-1] if stages else NOT_APPLICABLE)
        planned = max(one.planned_end_on or one.starts_on, one.starts_on)
        yield (
            one.cohort,
            dims,
            (one.public_id, one.person, one.starts_on, planned, last, outcome, reason, one.birth_year),
        )


def at_risk(known: Classes) -> Iterator[tuple[Contract, str, int, int, int]]:
    """(contract, quarter, which one, completed, left) of every quarter in which one could end."""
    for one in known.contracts.values():
        outcome, last, _reason = standing(one, known.today)
        seen = quarters(first_of(quarter_of(one.starts_on)), last or known.today)
        for number, quarter in enumerate(seen, 1):
            ends = last is not None and number == len(seen)
            yield one, quarter, number, int(ends and outcome == "completed"), int(ends and outcome == "left")


def _risk(known: Classes) -> Iterator[Row]:
    for one, quarter, number, completed, left in at_risk(known):
        dims = known.dims(one, max(min(last_of(quarter), known.today), one.starts_on))
        yield one.cohort, (*dims[:4], quarter), (one.public_id, number, completed, left)


def _gate(known: Classes) -> Iterator[Row]:
    for who, on, stage, attempt, passed in progression.gates(known.cohorts):
        one = known.contracts.get(who)
        if one is not None:
            yield (
                one.cohort,
                known.dims(one, on, stage),
                (one.public_id, one.person, attempt, int(passed), _months(one.starts_on, on)),
            )


def _months(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return max(months, 0)


def _exam(known: Classes) -> Iterator[Row]:
    for who, at, stage, attempt, passed, parts, total in evaluation.exams(known.cohorts):
        one = known.contracts.get(who)
        if one is not None:
            given = (parts.get("process"), parts.get("practical"), parts.get("final"), total)
            yield one.cohort, known.dims(one, at, stage), (one.public_id, attempt, int(passed), *given)


def _hours(known: Classes) -> Iterator[Row]:
    programmes = {one.programme for one in known.contracts.values()}
    now = quarter_of(known.today)
    for who, year, number, kind, planned, confirmed in training.hours(known.cohorts, programmes):
        one = known.contracts.get(who)
        quarter = f"{year}-Q{number}"
        if one is not None and quarter <= now:  # what is planned for later quarters is no fact yet
            dims = known.dims(one, max(last_of(quarter), one.starts_on))
            yield one.cohort, (*dims[:4], quarter), (one.public_id, kind, planned, confirmed)


def _entry(known: Classes) -> Iterator[Row]:
    found: dict[tuple[int, Dims], list[int]] = {}
    for who, on, given, confirmed in logbook.entries(known.cohorts):
        one = known.contracts.get(who)
        if one is None or (confirmed is None and given + SIGN_IN > known.now):
            continue
        quarter = quarter_of(on)
        dims = known.dims(one, max(last_of(quarter), one.starts_on))
        sums = found.setdefault((who, (*dims[:4], quarter)), [0, 0, 0])
        sums[0] += 1
        if confirmed is not None:
            sums[1] += confirmed - given <= SIGN_IN
            sums[2] += max(confirmed - given, timedelta()) // HOUR
    for (who, dims), (entries, in_time, hours) in found.items():
        yield known.contracts[who].cohort, dims, (entries, in_time, hours)


def _wage(known: Classes) -> Iterator[Row]:
    for wage in agreements.wages(known.cohorts, today=known.today):
        one = known.contracts.get(wage.enrolment)
        if one is not None and wage.floor is not None and wage.currency == CURRENCY:
            own = (one.public_id, wage.step, wage.amount, wage.floor)
            yield one.cohort, known.dims(one, wage.on), own


def moved_credits(known: Classes) -> Iterator[tuple[Contract, date, str, int, int | None]]:
    """Lines of the ledgers of these people, each in the contract that had begun last by its day."""
    people = {one.person_id for one in known.contracts.values()}
    spells = apprenticeships.spells(people)
    for person, on, what, points, institution in credits_.credits(people):
        turns = spells[person]
        pk = turns[max(bisect_right(turns, on, key=lambda turn: turn[0]) - 1, 0)][1]
        if pk in known.contracts:
            yield known.contracts[pk], on, what, points, institution


def _credit(known: Classes) -> Iterator[Row]:
    found: dict[tuple[int, Dims], list[int]] = {}
    for one, on, what, points, _institution in moved_credits(known):
        quarter = quarter_of(on)
        dims = known.dims(one, max(last_of(quarter), one.starts_on))
        sums = found.setdefault((one.cohort, (*dims[:4], f"{quarter}/{one.pk}")), [0, 0])
        sums[0 if what == "earned" else 1] += points
    for (cohort, dims), (earned, converted) in found.items():
        yield cohort, (*dims[:4], dims[4].partition("/")[0]), (earned, converted)


def _skill(known: Classes) -> Iterator[Row]:
    for who, at, category, before, after in growth.growth(known.cohorts):
        one = known.contracts.get(who)
        if one is not None:
            yield one.cohort, known.dims(one, at), (category, before, after, 1)


def _mark(known: Classes) -> Iterator[Row]:
    for who, at, stage, scheme, item, score, status in evaluation.marks(known.cohorts):
        one = known.contracts.get(who)
        if one is not None:
            yield one.cohort, known.dims(one, at, stage), (one.public_id, scheme, item, score, status)


CLASS_ROWS: Mapping[str, Callable[[Classes], Iterator[Row]]] = {
    "apprenticeship": _apprenticeship,
    "risk": _risk,
    "gate": _gate,
    "exam": _exam,
    "hours": _hours,
    "entry": _entry,
    "wage": _wage,
    "credit": _credit,
    "skill": _skill,
    "mark": _mark,
}
"""Tables of the star whose rows belong to a class."""


class Houses:
    """Organisations as owners of rows, and how rows name each of them."""

    def __init__(self, owners: Collection[int], *, now: datetime, counties: Counties) -> None:
        self.owners, self.now, self.today = owners, now, timezone.localtime(now).date()
        self._counties = counties
        self.placed: dict[int, Placed] = placed(owners, counties)

    def also(self, organisations: Iterable[int | None]) -> None:
        """Get to know others that rows name."""
        missing = {pk for pk in organisations if pk is not None} - self.placed.keys()
        if missing:
            self.placed.update(placed(missing, self._counties))

    def dims(self, owner: int, moment: date | datetime, host: int | None = None) -> Dims:
        """Where a row of an organisation belongs; stage and occupation do not apply."""
        here = self.placed[owner]
        there = self.placed.get(host) if host is not None else here
        named = there.host if there is not None else NOT_APPLICABLE
        return here.county, NOT_APPLICABLE, NOT_APPLICABLE, named, quarter_of(moment)


def _mentor(known: Houses) -> Iterator[Row]:
    held: dict[tuple[int, str, str], set[int]] = {}
    for place, teacher, learner, role, _kind, first, until in pairing.bonds(known.owners):
        last = min(until - timedelta(days=1), known.today) if until is not None else known.today
        if role != DEPUTY and first <= last:
            for quarter in quarters(first_of(quarter_of(first)), last):
                held.setdefault((place, teacher, quarter), set()).add(learner)
    standings = pairing.standings(known.owners)
    for (place, teacher, quarter), learners in held.items():
        day = min(last_of(quarter), known.today)
        qualified = any(
            first <= day and (until is None or day < until) for first, until in standings.get(teacher, ())
        )
        dims = known.dims(place, first_of(quarter))
        yield place, dims, (teacher, len(learners), int(qualified))


def _answer(known: Houses) -> Iterator[Row]:
    for kind, rows in (
        ("question", questions.questions(known.owners)),
        ("request", offers.requests(known.owners)),
        ("complaint", care.complaints(known.owners)),
    ):
        for owner, asked, answered in rows:
            hours = None if answered is None else max(answered - asked, timedelta()) // HOUR
            yield owner, known.dims(owner, asked), (kind, int(answered is not None), hours)


def _satisfaction(known: Houses) -> Iterator[Row]:
    for owner, at, stars in offers.stars(known.owners):
        yield owner, known.dims(owner, at), ("enterprise", 1, stars, int(stars >= TWO_STARS))


def _money(known: Houses) -> Iterator[Row]:
    given = [row for row in partnership.contributions(known.owners) if row[5] == CURRENCY]
    paid = [row for row in allowances.costs(known.owners) if row[4] == CURRENCY]
    known.also([*(row[1] for row in given), *(row[1] for row in paid)])
    for owner, giver, on, kind, minor, _currency in given:
        yield owner, known.dims(owner, on, giver), ("contribution", kind, minor)
    for owner, payer, on, minor, _currency in paid:
        yield owner, known.dims(owner, on, payer or owner), ("cost", NOT_APPLICABLE, minor)
    for owner, _cohort, on, what, minor, currency in subsidies.subsidies(known.owners):
        if currency == CURRENCY:
            yield owner, known.dims(owner, on), (what, "government", minor)


def _workshop(known: Houses) -> Iterator[Row]:
    for owner, public_id, on, asked, came, answers in workshops.workshops(known.owners):
        yield owner, known.dims(owner, on), (public_id, asked, came, answers)


HOUSE_ROWS: Mapping[str, Callable[[Houses], Iterator[Row]]] = {
    "mentor": _mentor,
    "answer": _answer,
    "satisfaction": _satisfaction,
    "money": _money,
    "workshop": _workshop,
}
"""Tables of the star whose rows belong to an organisation."""

NOT_KEPT = frozenset({"village"})
"""Tables of the star that this site has nothing for: it counts neither opening hours nor visitors of points."""


def owners(table: str) -> set[int]:
    """Organisations that have, or ever had, rows in a table; at most three questions."""
    known: Mapping[str, tuple[Callable[[], list[int]], ...]] = {
        "mentor": (pairing.places,),
        "layer": (pairing.places,),
        "answer": (questions.organisations, offers.organisations, care.organisations),
        "satisfaction": (offers.organisations,),
        "money": (partnership.organisations, allowances.organisations, subsidies.organisations),
        "workshop": (workshops.organisations,),
    }
    return {pk for ask in known[table] for pk in ask()}
