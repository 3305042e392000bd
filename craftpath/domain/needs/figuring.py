"""The figures of an analysis as plain values, as they are kept: what is absent is None with a `why`, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from craftpath.domain.needs.comparing import across, between_waves, construct_figures
from craftpath.domain.needs.gathering import Part, names_of_items, newest
from craftpath.domain.needs.hiding import PEOPLE, Curtain, curtain
from craftpath.domain.needs.told import Told, alpha, estimate, figure, plain
from craftpath.domain.surveys.grouping import names_of
from craftpath.engines.needs import (
    Answers,
    Crosshair,
    Grid,
    Ranks,
    Weighed,
    crossing,
    grid,
    joined,
    ranks,
    reliability,
    spearman,
    sums_of,
    views,
    weighed,
)
from craftpath.values.text import Text

PAIRS = (("mwds", "rds"), ("mwds", "gap"), ("rds", "gap"))


def figures_of(parts: Sequence[Part], groups: Sequence[str], crosshair: str, least: int) -> Told:
    """Everything that the pages show, of parts that each have `least` people."""
    now = newest(parts)
    answers, hidden = joined([part.answers for part in now]), curtain(now, least)
    names = names_of_items(parts)
    scale = (1.0, float(now[-1].survey.points))
    crossed = crossing(
        answers.groups, [name for name in groups if name in answers.groups], answers.respondents
    )
    sums = sums_of(answers, crossed.of, crossed.kinds)
    whole = weighed(sums.whole())
    shown = np.array([item not in hidden.whole for item in answers.items], dtype=np.bool_)
    needs = {name: np.where(shown, values, np.nan) for name, values in _needs(whole).items()}
    drawn = grid(
        np.where(shown, whole.importance.mean[0], np.nan), whole.ability.mean[0], Crosshair(crosshair), scale
    )
    return {
        "scale": scale,
        "people": answers.respondents,
        "items": _items(answers, names, whole, needs, drawn, hidden),
        "grid": _lines(drawn, answers),
        "agreement": {f"{one}_{other}": figure(spearman(needs[one], needs[other])) for one, other in PAIRS},
        "reliability": {
            side: alpha(one, least)
            for side, one in zip(("importance", "ability"), reliability(answers), strict=True)
        },
        "mentors": _mentors(now, least),
        "groups": [
            _group(
                name, answers, weighed(sums.over(crossed.codes[:, at], len(crossed.values[at]))), hidden, now
            )
            for at, name in enumerate(crossed.names)
        ],
        "waves": between_waves(parts, least),
        "across": across(now, least),
        "constructs": construct_figures(parts, least),
    }


def _needs(found: Weighed) -> dict[str, Any]:
    """Figures that are larger the greater the need."""
    return {"mwds": found.mwds.mean[0], "rds": -found.rds.mean[0], "gap": found.gap.mean[0]}


def _items(
    answers: Answers,
    names: dict[str, Text],
    found: Weighed,
    needs: dict[str, Any],
    drawn: Grid | None,
    hidden: Curtain,
) -> list[Told]:
    order = {name: ranks(values) for name, values in needs.items()}
    rows = []
    for at, item in enumerate(answers.items):
        row: Told = {"key": item, "name": names[item].as_json()}
        if item in hidden.whole:
            rows.append(row | {"n": None, "why": "suppressed"})
        elif not found.n[0, at]:
            rows.append(row | {"n": 0, "why": "no_pairs"})
        else:
            rows.append(
                row
                | _figures(found, 0, at)
                | {"quadrant": drawn.quadrants[at] if drawn else "", **_ranked(order, at)}
            )
    return rows


def _figures(found: Weighed, row: int, at: int) -> Told:
    return {
        "n": int(found.n[row, at]),
        "importance": estimate(found.importance, row, at),
        "ability": estimate(found.ability, row, at),
        "gap": estimate(found.gap, row, at),
        "mwds": estimate(found.mwds, row, at),
        "rds": estimate(found.rds, row, at),
        **{name: plain(getattr(found, name)[row, at]) for name in ("nr", "pr", "tr")},
    }


def _ranked(order: dict[str, Ranks], at: int) -> Told:
    return {
        "ranks": {
            name: {"place": int(found.place[at]), "tied": bool(found.tied[at])}
            for name, found in order.items()
        }
    }


def _lines(drawn: Grid | None, answers: Answers) -> Told | None:
    if drawn is None:
        return None
    return {
        "crosshair": drawn.crosshair.value,
        "importance": drawn.importance,
        "ability": drawn.ability,
        "diagonal": [answers.items[at] for at in drawn.diagonal],
    }


def _group(name: str, answers: Answers, found: Weighed, hidden: Curtain, now: Sequence[Part]) -> Told:
    """One column: each value with its people and one cell an item, the largest group first."""
    group = answers.groups[name]
    words = names_of([part.survey for part in now]).get(name, {})
    people = np.bincount(group.of[group.of >= 0], minlength=len(group.values))
    values = []
    for at in np.argsort(-people, kind="stable").tolist():
        value = group.values[at]
        away = hidden.cells.get((name, value), set())
        values.append(
            {
                "value": value,
                "name": words[value].as_json() if value in words else {},
                "n": None if PEOPLE in away else int(people[at]),
                "cells": [
                    {"n": None, "why": "suppressed"}
                    if item in away or item in hidden.whole
                    else _figures(found, at, place)
                    if found.n[at, place]
                    else {"n": 0, "why": "no_pairs"}
                    for place, item in enumerate(answers.items)
                ],
            }
        )
    # Hidden ones stand last and by name: by size, their places would tell how large they are.
    values.sort(key=lambda one: (one["n"] is None, one["value"] if one["n"] is None else ""))
    return {"key": name, "values": values}


def _mentors(now: Sequence[Part], least: int) -> list[Told] | None:
    """The mentors' view of one survey; of several it is not laid together, since their mentors may be the same."""
    found = views(now[0].everybody) if len(now) == 1 else None
    if found is None:
        return None
    rows: list[Told] = []
    for at, item in enumerate(now[0].everybody.items):
        n, mentors = int(found.own.n[at]), int(found.mentor.n[at])
        if min(n, mentors) < least:
            rows.append({"key": item, "n": None, "mentors": None, "why": "suppressed"})
            continue
        difference = {name: plain(getattr(found.difference, name)[at]) for name in ("value", "low", "high")}
        rows.append(
            {
                "key": item,
                "n": n,
                "mentors": mentors,
                "own": plain(found.own.mean[at]),
                "mentor": plain(found.mentor.mean[at]),
                "difference": difference,
            }
        )
    return rows if any("why" not in row for row in rows) else None
