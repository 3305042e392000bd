"""Pairs of QTI as the bank has them: one partner each, else a choice among pairs."""

from __future__ import annotations

from typing import Any

from craftpath.delivery.exchange.exams.qti_body import Body
from craftpath.domain.exams.faults import MOST_ROWS
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

Row = dict[str, Any]
Pairs = list[tuple[str, str]]
NONE = "NONE"
_NONE: Row = {"key": NONE, "text": {"zh": "（无）", "en": "(none)"}}


def directed(
    body: Body, left: list[Row], right: list[Row], pairs: Pairs, *, own: bool = False
) -> tuple[Kind, Row] | None:
    """Left and right sides with their right pairs, in the first form of the bank that says all of them."""
    apart = not {row["key"] for row in left} & {row["key"] for row in right}
    if apart and pairs and {one for one, _ in pairs} <= {row["key"] for row in right}:
        pairs = [(end, start) for start, end in pairs]  # written the wrong way round, as some programs do
    starts, ends = [one for one, _ in pairs], [one for _, one in pairs]
    if not apart:
        right = [row | {"key": f"R_{row['key']}"} for row in right]
        pairs = [(start, f"R_{end}") for start, end in pairs]
        ends = [f"R_{end}" for end in ends]
    two_sides = len(left) > 1 and len(right) > 1
    once = len(set(starts)) == len(starts)
    if two_sides and (own or not pairs or (once and len(starts) == len(left))):
        return Kind.MATCHING, {"left": left, "right_side": right, "pairs": dict(pairs)}
    if two_sides and len(set(ends)) == len(ends) == len(right):
        return Kind.MATCHING, {
            "left": right,
            "right_side": left,
            "pairs": {end: start for start, end in pairs},
        }
    if two_sides and once:
        partners = dict(pairs)
        body.remark("qti.none_added")
        return Kind.MATCHING, {
            "left": left,
            "right_side": [*right, _NONE],
            "pairs": {row["key"]: partners.get(row["key"], NONE) for row in left},
        }
    if len(left) == 1 == len(right) and pairs:
        body.remark("qti.none_added")
        right = [*right, _NONE]
    if len(left) == 1 and len(right) > 1:
        body.behind = Text.of(left[0]["text"])
        return _chosen(right, ends)
    if len(right) == 1 and len(left) > 1:
        body.behind = Text.of(right[0]["text"])
        return _chosen(left, starts)
    every = [(one, other) for one in left for other in right]
    return _among(body, every, pairs)


def _chosen(options: list[Row], right: list[str]) -> tuple[Kind, Row]:
    """Where one side has one thing only, it is asked about, and the other side is there to choose from."""
    return (Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE), {"options": options, "right": right}


def undirected(body: Body, rows: list[Row], pairs: Pairs) -> tuple[Kind, Row] | None:
    """Things of one heap that belong together two by two: all pairs are there to choose from."""
    every = [(one, other) for place, one in enumerate(rows) for other in rows[place + 1 :]]
    places = {row["key"]: place for place, row in enumerate(rows)}
    right = [tuple(sorted(pair, key=lambda key: places.get(key, 0))) for pair in pairs]
    if len(every) <= MOST_ROWS:
        return _among(body, every, [(one, other) for one, other in right])
    used = [key for pair in right for key in pair]
    if (
        len(set(used)) == len(used) and len(right) > 1
    ):  # each has one partner at most: the pairs tell the two sides
        starts = [one for one, _ in right]
        left = [row for row in rows if row["key"] in starts]
        return directed(
            body, left, [row for row in rows if row["key"] not in starts], [(a, b) for a, b in right]
        )
    return None


def _among(body: Body, every: list[tuple[Row, Row]], pairs: Pairs) -> tuple[Kind, Row] | None:
    if not 2 <= len(every) <= MOST_ROWS:
        return None
    options = [{"key": f"P{n}", "text": _both(one, other)} for n, (one, other) in enumerate(every, start=1)]
    names = {(one["key"], other["key"]): f"P{n}" for n, (one, other) in enumerate(every, start=1)}
    if any(pair not in names for pair in pairs):
        return None
    body.remark("qti.pairs_as_choices")
    right = list(dict.fromkeys(names[pair] for pair in pairs))
    return Kind.MULTIPLE, {"options": options, "right": right}


def _both(one: Row, other: Row) -> dict[str, str]:
    first, second = Text.of(one["text"]), Text.of(other["text"])
    zh = f"{first.zh or first.en} → {second.zh or second.en}" if first.zh or second.zh else ""
    en = f"{first.en or first.zh} → {second.en or second.zh}" if first.en or second.en else ""
    return Text(zh, en).as_json()
