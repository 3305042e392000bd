"""Who chose which option, by thirds of ability; for questions without options, who was right, in part, or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from craftpath.domain.exams.content import Content
from craftpath.engines.scoring import Kind

if TYPE_CHECKING:
    from craftpath.domain.exams.analysis.sheets import Sheet

LEAST = 15
"""People from which on thirds are told: five in each."""
SHOWN_TWICE = 2
MOST_WRONG = 5
NOTHING = "nothing"
FULL, PART, NONE = "full", "part", "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `overall` and the shares of the thirds, lowest first, of those of each who are counted.

    A share is None where a third is empty or thirds are not told. `idle` says that fewer than one in twenty chose it.
    """

    key: str
    right: bool
    count: int
    overall: float | None
    thirds: tuple[float | None, float | None, float | None]
    idle: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The table of one question: `n` people are counted, `skipped` of them gave nothing.

    `several` says that one may choose more than one, so that shares do not add up. `by_option` is False where the
    rows are full, part, none and nothing. `typed` holds wrong answers that at least two wrote, the commonest first.
    """

    n: int
    skipped: int
    by_option: bool
    several: bool
    told: bool
    rows: tuple[Choice, ...]
    typed: tuple[tuple[str, int], ...]


def choices_of(sheet: Sheet, place: int, content: Content) -> Choices:
    """Who chose what at this question, over those whose total is known."""
    known = [n for n, total in enumerate(sheet.totals) if total is not None]
    totals = [sheet.totals[n] for n in known]
    answers = sheet.given(place)
    given = [answers[n] for n in known]
    points = [sheet.responses.scores[n, place] for n in known]
    most = float(sheet.table.most[sheet.columns[place]])
    keys = _keys(content)
    right = set(content.details.get("right", ()))
    several = content.kind is Kind.MULTIPLE or (content.kind is Kind.HOTSPOT and len(right) != 1)
    empty = [_empty(one) for one in given]
    if not keys:
        worth = [
            NOTHING if gone else FULL if one >= most else PART if one > 0 else NONE
            for one, gone in zip(points, empty, strict=True)
        ]
        rows = _one_each(worth, [FULL, PART, NONE, NOTHING], {FULL}, totals)
    elif several:
        rows = _each(given, [*keys], right, totals)
    else:
        chosen = [NOTHING if gone else _first(one, keys) for one, gone in zip(given, empty, strict=True)]
        rows = _one_each(chosen, [*keys, NOTHING], right, totals)
    wrong = [one for one, got in zip(given, points, strict=True) if got < most]
    return Choices(
        len(known), sum(empty), bool(keys), several, len(known) >= LEAST, rows, _typed(content, wrong)
    )


def _keys(content: Content) -> list[str]:
    details = content.details
    if content.kind is Kind.TRUE_FALSE:
        return ["true", "false"]
    rows = details.get("options" if content.kind in (Kind.SINGLE, Kind.MULTIPLE) else "regions", ())
    return [row["key"] for row in rows]


def _empty(given: Any) -> bool:
    if isinstance(given, Mapping):
        return not any(str(one or "").strip() for one in given.values())
    return given is None or given == [] or (isinstance(given, str) and not given.strip())


def _first(given: Any, keys: Sequence[str]) -> str:
    """What was chosen where one may be; what is no option counts as nothing."""
    found = [one for one in given if one in keys] if isinstance(given, list) else []
    return str(found[0]) if found else NOTHING


def _one_each(
    chosen: Sequence[str], options: Sequence[str], right: set[str], totals: Sequence[Any]
) -> tuple[Choice, ...]:
    """A table in which everybody stands once; a row of nothing that nobody is in is left out."""
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.psychometrics.items import distractors  # noqa: PLC0415  (the same)

    if not chosen:
        return ()
    key = next((one for one in options if one in right), "")
    column = np.array(chosen, dtype=np.str_)[:, None]
    found = distractors(["q"], column, [key], np.array(totals, dtype=np.float64), [list(options)])[0]
    counts = Counter(chosen)
    told = len(chosen) >= LEAST
    rows = []
    for at, name in enumerate(options):
        if not counts[name] and name in (NOTHING, PART):
            continue
        thirds = found.shares[:, at].tolist() if told else [None] * 3
        low, middle, high = (None if one is None or one != one else one for one in thirds)
        idle = told and name in found.idle and name not in (NOTHING, PART, NONE, FULL)
        rows.append(
            Choice(name, name in right, counts[name], float(found.overall[at]), (low, middle, high), idle)
        )
    return tuple(rows)


def _each(
    given: Sequence[Any], keys: Sequence[str], right: set[str], totals: Sequence[Any]
) -> tuple[Choice, ...]:
    """A table in which each option is chosen or not, whatever else is."""
    rows = []
    for key in keys:
        chosen = ["yes" if isinstance(one, list) and key in one else "no" for one in given]
        found = next((one for one in _one_each(chosen, ["yes", "no"], {"yes"}, totals)), None)
        if found is not None:
            idle = len(given) >= LEAST and key not in right and (found.overall or 0) < 0.05
            rows.append(Choice(key, key in right, found.count, found.overall, found.thirds, idle))
    return tuple(rows)


def _typed(content: Content, wrong: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    """The commonest wrong answers that were written; one that a single person wrote is not told."""
    if content.kind is Kind.NUMERIC:
        said = [str(one).strip() for one in wrong if one is not None]
    elif content.kind is Kind.SHORT:
        said = [
            " · ".join(str(part).strip() for part in one.values())
            for one in wrong
            if isinstance(one, Mapping) and not _empty(one)
        ]
    else:
        return ()
    counts = Counter(one for one in said if one)
    often = [(words, count) for words, count in counts.most_common() if count >= SHOWN_TWICE]
    return tuple(often[:MOST_WRONG])
