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

from craftpath.kernel.replicas import reader
from craftpath.kernel.search import marks
from craftpath.kernel.search.laid import ENTRIES, TEXT
from craftpath.kernel.search.words import BORDER, Wanted, wanted
from craftpath.values.ref import Ref

MOST = 300  # entries of one step that are looked at
_IN_NAME, _ANYWHERE = ("title", "names"), ("title", "names", "body")
_WEIGHTS = {"title": "A", "names": "B", "body": "C", "marks": "D"}
_SQLITE = (
    f"SELECT e.id, e.noun, e.kind, e.public_id, e.title, e.names, e.line "  # noqa: S608  (names of our own tables)
    f"FROM {TEXT} t JOIN {ENTRIES} e ON e.id = t.rowid WHERE {TEXT} MATCH %s ORDER BY t.rowid DESC LIMIT {MOST}"
)
_POSTGRESQL = (
    f"SELECT id, noun, kind, public_id, title, names, line FROM {ENTRIES} "  # noqa: S608
    f"WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT {MOST}"
)


@dataclass(frozen=True)
class Found:
    """One thing that may be meant, and what is said of it."""

    ref: Ref
    line: list[Any]


def find(
    text: str,
    *,
    brought: Sequence[str],
    kinds: Sequence[tuple[str, str]],
    others: Sequence[tuple[str, str]] | None = None,
    also: Sequence[Sequence[str]] = (),
) -> Iterator[Found]:
    """What has all these words, best first, of these kinds, for a reader who brings these marks (none: all).

    Where names are alike, the kind that is named first comes first. `others` are all kinds besides: where they are
    fewer, they are left out, which is less work. Of each group in `also` an entry has one mark. Whoever asks takes as
    many as are needed; for more it looks only then.
    """
    asked = wanted(text)
    if not asked.phrases or not kinds:
        return
    order = {kind: place for place, kind in enumerate(kinds)}
    without = others is not None and len(others) < len(kinds)
    barred = Barred(
        [list(brought), *map(list, also), *([] if without else [_marks(kinds)])],
        _marks(others or ()) if without else [],
    )
    seen: set[int] = set()
    for rows in _steps(asked, barred):
        new = [row for row in rows if row[0] not in seen and (row[1], row[2]) in order]
        seen.update(row[0] for row in new)
        for row in sorted(new, key=_rank(asked, order)):
            yield Found(Ref(*row[1:4]), json.loads(row[6]))


def latest(
    *, brought: Sequence[str], kinds: Sequence[tuple[str, str]], also: Sequence[Sequence[str]]
) -> list[Ref]:
    """The latest entries of these kinds that have one mark of each group in `also`: what no word is asked for."""
    barred = Barred([list(brought), *map(list, also), _marks(kinds)], [])
    return [Ref(*row[1:4]) for row in _rows(_match(None, (), barred))]


@dataclass(frozen=True)
class Barred:
    """Of each group of marks an entry has one, and none of the others."""

    having: list[list[str]]
    without: list[str]


def _marks(kinds: Sequence[tuple[str, str]]) -> list[str]:
    return [marks.kind(*kind) for kind in kinds]


def _steps(asked: Wanted, barred: Barred) -> Iterator[list[Any]]:
    """Whole names; all else if it is little, or what is named so before what is said so; at last single characters."""
    exact = _rows(_match(None, (), Barred([*barred.having, [marks.exact(asked.whole)]], barred.without)))
    yield exact
    anywhere = _rows(_match(asked, _ANYWHERE, barred))
    if len(anywhere) == MOST:
        yield _rows(_match(asked, _IN_NAME, barred))
    yield anywhere
    if not exact and not anywhere and asked.loose.phrases != asked.phrases:
        yield _rows(_match(asked.loose, _IN_NAME, barred))


def _rank(asked: Wanted, order: dict[tuple[str, str], int]) -> Callable[[Any], tuple[Any, ...]]:
    """Names before texts, those that begin with it first, short before long, then by kind, and the latest first."""
    first = asked.whole
    said = [f" {' '.join(phrase)} " for phrase in asked.phrases]
    if asked.begun:
        said[-1] = said[-1].rstrip()

    def rank(row: Any) -> tuple[Any, ...]:
        _id, noun, kind, _key, title, names, _line = row
        having = [one for one in title.split(f" {BORDER} ") if first in one]
        begins = any(one.startswith(first) for one in having)
        called = f" {title} {BORDER} {names} "
        named = all(phrase in called for phrase in said)
        return not named, not begins, min(map(len, having), default=0), order[noun, kind], -row[0]

    return rank


def about(public_id: str) -> list[Ref]:
    """The entries that name a person."""
    return [Ref(*row[1:4]) for row in _rows(_match(None, (), Barred([[marks.about(public_id)]], [])))]


def _rows(match: str) -> list[Any]:
    with reader().cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL, [match])
        return list(cursor.fetchall())


def _match(asked: Wanted | None, columns: Sequence[str], barred: Barred) -> str:
    """A question in the database's own words. What was typed has become words of letters and digits only."""
    write = _fts5 if connection.vendor == "sqlite" else _tsquery
    return write(asked, columns, Barred([group for group in barred.having if group], barred.without))


def _fts5(asked: Wanted | None, columns: Sequence[str], barred: Barred) -> str:
    parts = []
    if asked is not None:
        said = [f'"{" ".join(phrase)}"' for phrase in asked.phrases]
        if asked.begun:
            said[-1] += " *"
        parts.append(f"{{{' '.join(columns)}}} : ({' AND '.join(said)})")
    parts += [f"marks : ({' OR '.join(group)})" for group in barred.having]
    found = " AND ".join(f"({part})" for part in parts)
    return f"({found}) NOT (marks : ({' OR '.join(barred.without)}))" if barred.without else found


def _tsquery(asked: Wanted | None, columns: Sequence[str], barred: Barred) -> str:
    parts = []
    if asked is not None:
        weights = "".join(_WEIGHTS[name] for name in columns)
        for phrase in asked.phrases:
            last = asked.begun and phrase is asked.phrases[-1]
            words = [f"'{word}':{weights}" for word in phrase]
            words[-1] = f"'{phrase[-1]}':{'*' if last else ''}{weights}"
            parts.append(" <-> ".join(words))
    parts += [" | ".join(f"'{mark}':D" for mark in group) for group in barred.having]
    parts += [f"!'{mark}':D" for mark in barred.without]
    return " & ".join(f"({part})" for part in parts)
