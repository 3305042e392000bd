"""What an activity holds, by kind, as plain values: read once, and what it lacks before it can be published.

Texts are `{"zh": …, "en": …}` in the Markdown of pages. Every kind has `text`; besides:

- video, audio: `file` (public id), `transcript`; captions lie at the file
- file: `file`
- quiz: `items` [public id], `draw` [{skill, count}], `pass` (percent), `tries` (0: as often as one likes); a published
  version has `fixed` [[public id, number]] and `pools` [{skill, count, items: [[public id, number]]}] besides
- checklist: `points` [{key, words}], `confirmed` (a mentor's word is needed)
- discussion, package: `ref` of what another room keeps
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from craftpath.domain.courses.states import JOINED, KINDS
from craftpath.values.text import Text

PASS = 60
MOST_POINTS = 60
MOST_ITEMS = 60
MOST_DRAWN = 30
LONGEST_TEXT = 60_000
LONGEST_POINT = 300


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to tick."""

    key: str
    words: Text


@dataclass(frozen=True, slots=True)
class Draw:
    """So many questions of a skill; `pool` are those of a published version."""

    skill: str
    count: int
    pool: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is done; only what belongs to the kind is filled."""

    kind: str
    text: Text = Text()
    file: str = ""
    transcript: Text = Text()
    items: tuple[str, ...] = ()
    draws: tuple[Draw, ...] = ()
    fixed: tuple[tuple[str, int], ...] = ()
    passes: int = PASS
    tries: int = 0
    points: tuple[Point, ...] = ()
    confirmed: bool = False
    ref: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every Markdown text of it."""
        return (self.text.zh, self.text.en)


def read(kind: str, raw: Mapping[str, Any]) -> Content:
    """What a row holds."""
    pools = {row["skill"]: _pairs(row["items"]) for row in raw.get("pools", ())}
    return Content(
        kind=kind,
        text=Text.of(raw.get("text")),
        file=str(raw.get("file", "")),
        transcript=Text.of(raw.get("transcript")),
        items=tuple(raw.get("items", ())),
        draws=tuple(
            Draw(row["skill"], int(row["count"]), pools.get(row["skill"], ())) for row in raw.get("draw", ())
        ),
        fixed=_pairs(raw.get("fixed", ())),
        passes=int(raw.get("pass", PASS)),
        tries=int(raw.get("tries", 0)),
        points=tuple(Point(row["key"], Text.of(row["words"])) for row in raw.get("points", ())),
        confirmed=bool(raw.get("confirmed")),
        ref=str(raw.get("ref", "")),
    )


def _pairs(rows: Iterable[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(one[0]), int(one[1])) for one in rows)


def kept(content: Content) -> dict[str, Any]:
    """As a row holds it; empty parts are left out."""
    raw: dict[str, Any] = {
        "text": content.text.as_json(),
        "file": content.file,
        "transcript": content.transcript.as_json(),
        "items": list(content.items),
        "draw": [{"skill": one.skill, "count": one.count} for one in content.draws],
        "fixed": [list(one) for one in content.fixed],
        "pools": [
            {"skill": one.skill, "count": one.count, "items": [list(pair) for pair in one.pool]}
            for one in content.draws
            if one.pool
        ],
        "points": [{"key": one.key, "words": one.words.as_json()} for one in content.points],
        "confirmed": content.confirmed,
        "tries": content.tries,
        "ref": content.ref,
    }
    found = {name: value for name, value in raw.items() if value}
    return found | ({"pass": content.passes} if content.kind == "quiz" else {})


def lacks(content: Content) -> str:
    """What it still needs, as a key of `texts.LACKS`; "" if it is whole."""
    if content.kind not in KINDS:
        return "kind"
    if content.kind in ("page", "assignment") and not any(one.strip() for one in content.texts):
        return "text"
    if content.kind in ("video", "audio", "file") and not content.file:
        return "file"
    if content.kind == "quiz" and not content.items and not content.draws:
        return "questions"
    if content.kind == "checklist" and not content.points:
        return "points"
    if content.kind in JOINED and not content.ref:
        return "ref"
    return ""
