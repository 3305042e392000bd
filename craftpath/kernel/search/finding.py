"""Find: whole names first, then beginnings of names, names, and texts; at most a few hundred of each are looked at.

A frequent word stands in a hundred thousand entries. The database gives the latest of them as it meets them and stops,
instead of weighing all; so the answer comes at once, and both databases give the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from craftpath.kernel.search import marks
from craftpath.kernel.search.laid import ENTRIES, TEXT
from craftpath.kernel.search.words import BORDER, Wanted, wanted
from craftpath.values.ref import Ref

MOST = 300  # entries of one step that are looked at
_IN_NAME, _ANYWHERE = ("title", "names"), ("title", "names", "body")
_WEIGHTS = {"title": "A", "names": "B", "body": "C", "marks": "D"}
_SQLITE = (
    f"SELECT e.id, e.noun, e.kind, e.public_id, e.title, e.line FROM {TEXT} t JOIN {ENTRIES} e ON e.id = t.rowid "  # noqa: S608
    f"WHERE {TEXT} MATCH %s ORDER BY t.rowid DESC LIMIT {MOST}"
)
_POSTGRESQL = (
    f"SELECT id, noun, kind, public_id, title, line FROM {ENTRIES} "  # noqa: S608
    f"WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT {MOST}"
)


@dataclass(frozen=True)
class Found:
    """One thing that may be meant, and what is said of it."""

    ref: Ref
    line: list[Any]


def find(text: str, *, brought: Sequence[str], kinds: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """What has all these words, best first, of these kinds, for a reader who brings these marks (none: all).

    Where names are alike, the kind that is named first comes first.

    Whoever asks takes as many as are needed; the next step is asked for only then.
    """
    asked = wanted(text)
    if not asked.phrases or not kinds:
        return
    barred = [list(brought), [marks.kind(*kind) for kind in kinds]]
    order = {kind: place for place, kind in enumerate(kinds)}
    seen: set[int] = set()
    for step in (_exact, _named, _said, _loose):
        if step is _loose and seen:
            return
        rows = [row for row in step(asked, barred) if row[0] not in seen]
        seen.update(row[0] for row in rows)
        for _id, noun, kind, public_id, _title, line in sorted(rows, key=_rank(asked, order)):
            yield Found(Ref(noun, kind, public_id), json.loads(line))


def _rank(asked: Wanted, order: dict[tuple[str, str], int]) -> Callable[[Any], tuple[Any, ...]]:
    """Names that begin with it, short names before long ones, then by kind, and the latest first."""
    first = asked.whole

    def rank(row: Any) -> tuple[Any, ...]:
        having = [title for title in row[4].split(f" {BORDER} ") if first in title]
        begins = any(title.startswith(first) for title in having)
        return not begins, min(map(len, having), default=0), order[row[1], row[2]], -row[0]

    return rank


def about(public_id: str) -> list[Ref]:
    """The entries that name a person."""
    rows = _rows(_match(None, (), [[marks.about(public_id)]]))
    return [Ref(noun, kind, key) for _id, noun, kind, key, _title, _line in rows]


def _exact(asked: Wanted, barred: list[list[str]]) -> list[Any]:
    return _rows(_match(None, (), [*barred, [marks.exact(asked.whole)]]))


def _named(asked: Wanted, barred: list[list[str]]) -> list[Any]:
    return _rows(_match(asked, _IN_NAME, barred))


def _said(asked: Wanted, barred: list[list[str]]) -> list[Any]:
    return _rows(_match(asked, _ANYWHERE, barred))


def _loose(asked: Wanted, barred: list[list[str]]) -> list[Any]:
    """Its characters in any order, where nothing has them side by side."""
    if asked.loose.phrases == asked.phrases:
        return []
    return _named(asked.loose, barred)


def _rows(match: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL, [match])
        return list(cursor.fetchall())


def _match(asked: Wanted | None, columns: Sequence[str], barred: list[list[str]]) -> str:
    """A question in the database's own words. What was typed has become words of letters and digits only."""
    write = _fts5 if connection.vendor == "sqlite" else _tsquery
    return write(asked, columns, [group for group in barred if group])


def _fts5(asked: Wanted | None, columns: Sequence[str], barred: list[list[str]]) -> str:
    parts = []
    if asked is not None:
        said = [f'"{" ".join(phrase)}"' for phrase in asked.phrases]
        if asked.begun:
            said[-1] += " *"
        parts.append(f"{{{' '.join(columns)}}} : ({' AND '.join(said)})")
    parts += [f"marks : ({' OR '.join(group)})" for group in barred]
    return " AND ".join(f"({part})" for part in parts)


def _tsquery(asked: Wanted | None, columns: Sequence[str], barred: list[list[str]]) -> str:
    parts = []
    if asked is not None:
        weights = "".join(_WEIGHTS[name] for name in columns)
        for phrase in asked.phrases:
            last = asked.begun and phrase is asked.phrases[-1]
            words = [f"'{word}':{weights}" for word in phrase]
            words[-1] = f"'{phrase[-1]}':{'*' if last else ''}{weights}"
            parts.append(" <-> ".join(words))
    parts += [" | ".join(f"'{mark}':D" for mark in group) for group in barred]
    return " & ".join(f"({part})" for part in parts)
