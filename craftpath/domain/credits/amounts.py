"""What a table gives for credits, with every cap said: the one sum that preview, check and posting are made of.

Pure, over rows read before. Credits are taken in a fixed order, so it plays no part in which order they were chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.credits.matching import conversion_rule
from craftpath.domain.credits.points import FULL_RATE, converted, half_of, shown
from craftpath.engines.credits.ledger import Cap, fitting
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.credits.models import ConversionRule, Diploma, DiplomaArea, EarningRule, Entry

YEAR, HALF = 12, 6  # months
CERTIFICATES = ("certificate", "outside")
Room = tuple[str, str]
"""What has a cap: (kind, which): a rule's key, an area, the share, a year, a half-year, certificates."""


@dataclass(frozen=True, slots=True)
class Table:
    """A diploma with its rows, as amounts are worked out from it."""

    diploma: Diploma
    rules: tuple[ConversionRule, ...]
    areas: dict[str, DiplomaArea]


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that the diploma has got already: the row's key, the area, points, the day, the outcome."""

    rule: str
    area: str
    points: int
    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table gives for one credit; without an amount, why not (a reason with its facts)."""

    credit: Entry
    rule: ConversionRule | None = None
    to_area: str = ""
    amount: int = 0
    verdict: Verdict = YES
    left: dict[str, int] = field(default_factory=dict)


def propose(
    table: Table,
    credits: Iterable[Entry],
    *,
    on: date,
    remaining: dict[int, int],
    taken: Sequence[Taken],
) -> list[Proposal]:
    """What each credit gives by the rows in force on a day.

    `remaining` says what of each credit is left (nothing: spent, reversed), `taken` what the diploma has got before.
    A credit over a cap gives nothing and leaves the room to the next one: it is used whole or not at all.
    """
    used: Counter[Room] = Counter()
    for one in taken:
        used.update(dict.fromkeys(_rooms(one), one.points) | _counted(one.outcome))
    found = []
    for credit in sorted(credits, key=in_order):
        proposal = _one(table, credit, on, remaining.get(credit.pk, 0), used)
        if proposal.amount and proposal.rule is not None:
            one = Taken(proposal.rule.key, proposal.to_area, proposal.amount, credit.on, credit.outcome)
            used.update(dict.fromkeys(_rooms(one), one.points) | _counted(one.outcome))
        found.append(proposal)
    return found


def in_order(credit: Entry) -> tuple[Any, ...]:
    """What expires first comes first, then what was earned first."""
    return credit.expires_on or date.max, credit.on, credit.pk


def _one(table: Table, credit: Entry, on: date, remaining: int, used: Counter[Room]) -> Proposal:
    if remaining != credit.points:
        return Proposal(credit, verdict=not_now("credits.spent"))
    if credit.on > on:
        return Proposal(credit, verdict=not_now("credits.not_earned_yet", on=credit.on))
    if credit.expires_on is not None and credit.expires_on < on:
        return Proposal(credit, verdict=not_now("credits.expired", on=credit.expires_on))
    rule = conversion_rule(table.rules, credit, on)
    if rule is None:
        return Proposal(credit, verdict=not_now("credits.no_row"))
    amount = converted(credit.points, rule.rate)
    if not amount:
        return Proposal(credit, rule, rule.to_area, verdict=not_now("credits.no_row"))
    one = Taken(rule.key, rule.to_area, amount, credit.on, credit.outcome)
    left: dict[str, int] = {}
    for room, adds in (dict.fromkeys(_rooms(one), amount) | _counted(credit.outcome)).items():
        cap = _cap(table, rule, room)
        if cap is None:
            continue
        free = cap - used[room]
        left[room[0]] = max(free, 0)
        if adds > free:
            verdict = _over(room[0], cap, max(free, 0), amount)
            return Proposal(credit, rule, rule.to_area, verdict=verdict, left=left)
    return Proposal(credit, rule, rule.to_area, amount, left=left)


def _over(kind: str, cap: int, free: int, amount: int) -> Verdict:
    """The refusal, with its figures as people read them."""
    if kind == "certificates":
        return not_now("credits.over_certificates", cap=cap)
    return not_now(f"credits.over_{kind}", left=shown(free), amount=shown(amount))


def _rooms(one: Taken) -> list[Room]:
    return [
        ("rule", one.rule),
        ("area", one.area),
        ("share", ""),
        ("year", str(one.on.year)),
        ("half", half_of(one.on)),
    ]


def _counted(outcome: str) -> dict[Room, int]:
    return {("certificates", ""): 1} if outcome in CERTIFICATES else {}


def _cap(table: Table, rule: ConversionRule, room: Room) -> int | None:
    kind, _which = room
    if kind == "rule":
        return rule.cap
    if kind == "area":
        area = table.areas.get(rule.to_area)
        return area.most if area is not None else 0
    if kind == "share":
        share = table.diploma.share
        return None if share is None else table.diploma.total * share // FULL_RATE
    cap: int | None = table.diploma.limits.get(kind)
    return cap


def earned_within(rule: EarningRule, on: date, before: Iterable[tuple[date, int]]) -> int:
    """How many points of a rule still fit on a day; `before` are (day, points) earned under its key."""
    caps = ((rule.cap_total, None), (rule.cap_year, YEAR), (rule.cap_half, HALF))
    return fitting(
        rule.points, on, list(before), [Cap(most, months) for most, months in caps if most is not None]
    )
