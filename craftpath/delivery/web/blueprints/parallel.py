"""How parallel forms are: figures of each, how each row is met, what they share, and a drawing of how hard they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import pstdev
from typing import TYPE_CHECKING, Any

from craftpath.delivery.web.blueprints.curves import curves
from craftpath.delivery.web.blueprints.naming import difficulties_known
from craftpath.delivery.web.blueprints.words import Names, amount, called, span, two
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.templatetags.say import in_points
from craftpath.domain.exams import queries
from craftpath.domain.exams.assembling import forms_of, open_pool
from craftpath.domain.exams.keeping import broken
from craftpath.domain.exams.pool import Pool, Pooled, fits, pool_among
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS
from craftpath.domain.exams.wishes import LETTERS, Wish
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Assembly

BINS = 20
WIDTH = 600
PITCH = 16
TALLEST = 176


@dataclass(frozen=True, slots=True)
class Dot:
    """A question in the drawing."""

    x: int
    y: float


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form: figures as texts, dots of the drawing (a unit of share is 600 wide)."""

    letter: str
    questions: str
    points: str
    minutes: str
    mean: str
    spread: str
    dots: list[Dot]
    along: float
    height: int
    radius: float


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of a form."""

    number: int
    key: str
    words: str
    note: str
    share: str
    shared: bool
    seen: bool


def parallel(row: Assembly, wish: Wish, at: int) -> dict[str, Any]:
    """Everything that the page shows of forms; `at` is the form whose questions are listed. Some 20 queries."""
    keys = forms_of(row)
    known = pool_among((key for form in keys for key in form), row.found.get("scale")).items
    forms = [[known[key] for key in form if key in known] for form in keys]
    tallest = max((max(_bins(form).values(), default=1) for form in forms), default=1)
    common = set.intersection(*map(set, keys)) if len(keys) > 1 else set[str]()
    means = [_mean(form, wish) for form in forms if form]
    return {
        "forms": [_form(form, LETTERS[n], tallest, wish) for n, form in enumerate(forms)],
        "demands": _demands(wish, forms),
        "pairs": [
            (f"{LETTERS[n]} – {LETTERS[m]}", len(set(keys[n]) & set(keys[m])))
            for n, m in combinations(range(len(keys)), 2)
        ],
        "common": len(common),
        "apart": two(max(means) - min(means)) if means else "",
        "questions": _questions(keys[at], known, common),
        "assumed": len({item.key for form in forms for item in form if not item.share_said}),
        "untimed": len({item.key for form in forms for item in form if not item.seconds_said}),
        "broken": _broken(row, wish) if row.state == "done" else [],
        "difficulties": difficulties_known(Pool({item.key: item for form in forms for item in form})),
    } | curves(row, wish, forms)


def _mean(form: Sequence[Pooled], wish: Wish) -> float:
    """The expected share of a form: of its points, or of its questions where points are not asked for."""
    weights = [1.0 if wish.points is None else float(item.points) for item in form]
    return sum(item.share * weight for item, weight in zip(form, weights, strict=True)) / sum(weights)


def _bins(form: Sequence[Pooled]) -> Counter[int]:
    return Counter(_bin(item.share) for item in form)


def _bin(share: float) -> int:
    return min(BINS - 1, int(share * BINS + 1e-9))


def _form(form: Sequence[Pooled], letter: str, tallest: int, wish: Wish) -> FormLine:
    pitch = min(PITCH, TALLEST / tallest)
    height = round(pitch * tallest) + 4
    seen: Counter[int] = Counter()
    dots = []
    for item in sorted(form, key=lambda one: one.share):
        place = _bin(item.share)
        dots.append(Dot(round((place + 0.5) * WIDTH / BINS), round(height - pitch * (seen[place] + 0.5), 1)))
        seen[place] += 1
    mean = _mean(form, wish) if form else 0.0
    return FormLine(
        letter=letter,
        questions=amount(len(form)),
        points=amount(sum(item.points for item in form)),
        minutes=amount(-(-sum(item.seconds for item in form) // 60)),
        mean=two(mean),
        spread=two(pstdev([item.share for item in form])) if form else "–",
        dots=dots,
        along=round(mean * WIDTH, 1),
        height=height,
        radius=round(pitch * 0.42, 1),
    )


def _demands(wish: Wish, forms: Sequence[Sequence[Pooled]]) -> list[dict[str, Any]]:
    names = Names.of(wish.rows)
    lines = []
    for row in wish.rows:
        has = [sum(fits(item, row) for item in form) for form in forms]
        cells = [(LETTERS[n], count, row.least <= count <= row.most) for n, count in enumerate(has)]
        lines.append({"words": names.row(row), "wanted": span(row.least, row.most), "cells": cells})
    return lines


def _questions(keys: Sequence[str], known: dict[str, Pooled], common: set[str]) -> list[QuestionLine]:
    rows = {row.public_id: row for row in queries.items_by_id(keys)}
    lines = []
    for n, key in enumerate(keys, start=1):
        item, row = known.get(key), rows.get(key)
        note = [] if item is None else [
            str(KINDS[item.kind]),
            str(DIFFICULTIES.get(item.difficulty, "")),
            in_points(item.points),
        ]  # fmt: skip
        lines.append(
            QuestionLine(
                n,
                key,
                plain(row.newest.stem, 90) if row and row.newest else key,
                " · ".join(one for one in note if one),
                two(item.share) if item else "–",
                key in common,
                row is not None,
            )
        )
    return lines


def _broken(row: Assembly, wish: Wish) -> list[str]:
    """What the bank does not allow any more, in sentences; each once."""
    pool, forms = open_pool(row, wish), forms_of(row)
    faults = broken(wish, pool, forms)
    versions = {key: number for form in row.found["forms"] for key, number in form}
    rewritten = [
        key for key, number in versions.items() if key in pool.items and pool.items[key].version != number
    ]
    words = called([*rewritten, *(one.item for one in faults if one.item)])
    said = [
        sentence(not_now(one.code, **(one.facts | {"item": words.get(one.item, one.item)}))) for one in faults
    ]
    said += [sentence(not_now("exams.form_item_rewritten", item=words.get(key, key))) for key in rewritten]
    return list(dict.fromkeys(said))
