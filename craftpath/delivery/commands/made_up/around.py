"""What is written down of enterprises and places: opinions, money, core skills, village points, workshops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from craftpath.delivery.commands.made_up.columns import Book, Quarters, Where, words
from craftpath.delivery.commands.made_up.nation import QUARTERS
from craftpath.delivery.commands.made_up.training import Table
from craftpath.engines.indicators.star import AUDIENCES, MONEY_KINDS, PARTNER_KINDS, SKILL_DOMAINS


def around(book: Book, quarters: Quarters, chance: Any) -> Iterator[Table]:
    """The tables of enterprises, by stage, occupation and quarter."""
    where, stage = quarters.where, quarters.stage
    code = ((where.enterprise * 64 + where.occupation) * 3 + stage) * QUARTERS + where.period
    _, first, count = np.unique(code, return_index=True, return_counts=True)
    seen = where.take(first)
    yield "satisfaction", _opinions(book, seen, count, chance)
    yield "skill", _skills(book, seen, count, chance)
    yield "money", _money(book, seen, count, chance)


def _opinions(book: Book, seen: Where, count: Any, chance: Any) -> pa.Table:
    rows = np.flatnonzero(seen.period % 2 == 1)
    audience = chance.choice(3, len(rows), p=(0.7, 0.2, 0.1))
    n = np.maximum(1, chance.binomial(count[rows], 0.6))
    n = np.where(audience == 0, n, np.minimum(n, 3))
    tops = chance.binomial(n, np.clip(0.68 + 0.1 * book.city.passing, 0.2, 0.95))
    return book.table(
        "satisfaction",
        seen.take(rows),
        audience=words(audience, AUDIENCES),
        n=n,
        sum=4 * tops + chance.binomial(tops, 0.4) + (n - tops) + chance.binomial(2 * (n - tops), 0.7),
        top_two=tops,
    )


def _skills(book: Book, seen: Where, count: Any, chance: Any) -> pa.Table:
    rows = np.flatnonzero(seen.period % 4 == 3)
    each, domain = np.repeat(rows, 4), np.tile(np.arange(4), len(rows))
    n = np.maximum(1, chance.binomial(count[each], 0.8))
    before = n * chance.integers(120, 220, len(each))
    return book.table(
        "skill",
        seen.take(each),
        domain=words(domain, SKILL_DOMAINS),
        before=before,
        after=before + n * chance.integers(0, 75, len(each)),
        n=n,
    )


def _money(book: Book, seen: Where, count: Any, chance: Any) -> pa.Table:
    """Cost and benefit everywhere; claims, what came of them, and contributions of partners here and there."""
    size = len(count)
    every = np.arange(size)
    amount = np.round(count * chance.normal(9_800_00, 900_00, size), -2).astype(np.int64)
    gained = np.round(amount * np.clip(chance.normal(0.72, 0.15, size), 0.0, 2.0), -2).astype(np.int64)
    claimed = np.flatnonzero(chance.random(size) < 0.25)
    claim = count[claimed] * 1_250_00
    received = claimed[chance.random(len(claimed)) < 0.88]
    returned = received[chance.random(len(received)) < 0.04]
    given = np.flatnonzero(chance.random(size) < 0.3)
    partner = chance.choice(4, len(given), p=(0.5, 0.3, 0.12, 0.08))
    worth = chance.gamma(2.0, 1_500_000.0, len(given)).astype(np.int64)
    rows = (every, every, claimed, received, returned, given)
    amounts = (amount, gained, claim, count[received] * 1_250_00, count[returned] * 250_00, worth)
    who = (0, 0, 2, 2, 2)
    partners = [np.full(len(part), code) for part, code in zip(rows, who, strict=False)]
    return book.table(
        "money",
        seen.take(np.concatenate(rows)),
        kind=words(np.repeat(np.arange(6), list(map(len, rows))), MONEY_KINDS),
        partner_kind=words(np.concatenate([*partners, partner]), PARTNER_KINDS),
        amount_minor=np.concatenate(amounts),
    )


def in_places(book: Book, chance: Any) -> Iterator[Table]:
    """Village points and workshops of a city, quarter by quarter."""
    places, points = len(book.city.places), 6
    size = places * points * QUARTERS
    place = np.repeat(np.arange(places), points * QUARTERS)
    point = np.repeat(np.arange(places * points), QUARTERS)
    period = np.tile(np.arange(QUARTERS), places * points)
    people = chance.poisson(24.0, size)
    yield (
        "village",
        book.table(
            "village",
            Where(place, period),
            point=words(point, book.city.pseudonyms("point", range(places * points))),
            hours_open=chance.integers(40, 400, size),
            visits=people + chance.poisson(2.5 * people),
            people=people,
        ),
    )
    held = chance.random(places * QUARTERS) < 0.6
    place = np.repeat(np.arange(places), QUARTERS)[held]
    period = np.tile(np.arange(QUARTERS), places)[held]
    invited = chance.integers(15, 80, len(place))
    came = chance.binomial(invited, 0.72)
    yield (
        "workshop",
        book.table(
            "workshop",
            Where(place, period),
            workshop=words(np.arange(len(place)), book.city.pseudonyms("workshop", range(len(place)))),
            invited=invited,
            came=came,
            answers=chance.binomial(came, 0.55),
        ),
    )
