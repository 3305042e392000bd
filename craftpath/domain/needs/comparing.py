"""Wave against wave, and surveys side by side: different samples each time, also where answers have names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from craftpath.domain.needs.gathering import Part, names_of_items, newest
from craftpath.domain.needs.told import HIDDEN, Told, alpha, difference, estimate
from craftpath.engines.needs import (
    Construct,
    Weighed,
    constructs,
    differences,
    sums_of,
    weighed,
)

SIDES = ("importance", "ability", "gap")


def whole_of(part: Part) -> Weighed:
    """The figures of all people of a part, as one row."""
    answers = part.answers
    return weighed(sums_of(answers, np.zeros(answers.respondents, dtype=np.int64), 1))


def between_waves(parts: Sequence[Part], least: int) -> list[Told]:
    """Of each series that was asked more than once: the first and the last wave, skill by skill."""
    series: dict[str, list[Part]] = {}
    for part in parts:
        series.setdefault(part.survey.series, []).append(part)
    return [_waves(waves, least) for waves in series.values() if len(waves) > 1]


def _waves(waves: Sequence[Part], least: int) -> Told:
    first, last = waves[0], waves[-1]
    found = whole_of(first), whole_of(last)
    names, changed = names_of_items(waves), _changed(first, last)
    both = [item for item in last.answers.items if item in _asked(first) and item in _asked(last)]
    gaps = {side: differences(*(getattr(one, side) for one in found)) for side in SIDES}
    rows = []
    for item in both:
        at = last.answers.items.index(item)  # waves of one series have their items in one order
        row: Told = {"key": item, "name": names[item].as_json(), "changed": changed.get(item, "")}
        n = [int(one.n[0, at]) for one in found]
        if min(n) < least:
            rows.append(row | {"n": None, "why": "suppressed"})
            continue
        row["n"] = n
        for side in SIDES:
            row[side] = {
                "before": estimate(getattr(found[0], side), 0, at),
                "after": estimate(getattr(found[1], side), 0, at),
                "difference": difference(gaps[side], 0, at),
            }
        rows.append(row)
    once = [{"key": item, "name": names[item].as_json(), "wave": str(one.survey.wave)}
            for one, other in ((first, last), (last, first))
            for item in sorted(_asked(one) - _asked(other))]  # fmt: skip
    return {
        "survey": last.survey.public_id,
        "waves": [_label(first), _label(last)],
        "items": rows,
        "once": once,
    }


def _label(part: Part) -> Told:
    survey = part.survey
    day = survey.closes_on.isoformat() if survey.closes_on else ""
    return {"wave": survey.wave, "on": day, "n": part.answers.respondents, "points": survey.points}


def _asked(part: Part) -> set[str]:
    return {one.item for one in part.survey.asked_for if one.kind == "need"}


def _changed(first: Part, last: Part) -> dict[str, str]:
    """item → `words` or `scale` where a wave asked otherwise; the figures stand on the newest scale all the same."""
    before = {one.item: one for one in first.survey.asked_for if one.kind == "need"}
    found: dict[str, str] = {}
    for one in last.survey.asked_for:
        old = before.get(one.item)
        if one.kind != "need" or old is None:
            continue
        if old.labels != one.labels or first.survey.points != last.survey.points:
            found[one.item] = "scale"
        elif old.title != one.title:
            found[one.item] = "words"
    return found


def across(now: Sequence[Part], least: int) -> list[Told]:
    """Several surveys side by side: what matters how much where, and how much is needed."""
    if len(now) < 2:
        return []
    found = []
    for part in now:
        whole = whole_of(part)
        found.append(
            {
                "survey": part.survey.public_id,
                "title": part.survey.name.as_json(),
                "organisation": part.survey.organisation.title.as_json(),
                "n": part.answers.respondents,
                "cells": {item: _cell(whole, at, least) for at, item in enumerate(part.answers.items)},
            }
        )
    return found


def _cell(whole: Weighed, at: int, least: int) -> Told:
    n = int(whole.n[0, at])
    if n < least:
        return {"n": 0, "why": "no_pairs"} if not n else {"n": None, "why": "suppressed"}
    return {"n": n, "importance": estimate(whole.importance, 0, at), "mwds": estimate(whole.mwds, 0, at)}


def construct_figures(parts: Sequence[Part], least: int) -> list[Told]:
    """Each construct with its alpha and its means: wave after wave of one series, else the newest of each series."""
    now = newest(parts)
    chosen = list(parts) if len(now) == 1 else now
    told: dict[str, list[tuple[Part, Construct]]] = {}
    for part in chosen:
        for found in constructs(part.scales):
            told.setdefault(found.name, []).append((part, found))
    return [_construct(name, rows, least, len(now) == 1) for name, rows in told.items()]


def _construct(name: str, rows: Sequence[tuple[Part, Construct]], least: int, waves: bool) -> Told:
    columns = [_mean(part, found, least) for part, found in rows]
    last = rows[-1][1]
    told: Told = {
        "name": name,
        "items": list(last.items),
        "columns": columns,
        "difference": None,
        "waves": waves,
    }
    told["alpha"] = alpha(last.alpha, least) | (HIDDEN if _follows(last, least) else {})
    if waves and len(rows) > 1 and all("why" not in column for column in (columns[0], columns[-1])):
        told["difference"] = difference(differences(rows[0][1].whole, last.whole), 0)
    return told


def _mean(part: Part, found: Construct, least: int) -> Told:
    label = {**_label(part), "organisation": part.survey.organisation.title.as_json()}
    n = int(found.whole.n[0])
    if n < least or _follows(found, least):
        return label | {"n": None, "why": "suppressed"}
    return label | {"n": n, "mean": estimate(found.whole, 0)}


def _follows(found: Construct, least: int) -> bool:
    """Whether what a few said follows from it: the results of the items less this are those who left a part out."""
    return 0 < found.partial < least
