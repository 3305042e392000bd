"""What the index keeps: one row for each thing that has a name, written from the thing and never read for it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction

from craftpath.kernel.rows import upsert_rows
from craftpath.kernel.search import marks
from craftpath.kernel.search.latin import latin_words
from craftpath.kernel.search.words import BORDER, split, words_of
from craftpath.values.ref import Ref

_AT_ONCE = 900  # things that one question names at most
MOST_WORDS = 6000
"""Words of a long text that are found: some fifteen pages of Chinese, or twenty of English."""
_LINE = 300  # characters of the text that are kept to be shown


class SearchEntry(models.Model):
    """One thing: its words for finding, marks for whom, and a line of its text for showing."""

    noun = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    public_id = models.CharField(max_length=60)
    title = models.TextField(help_text="words of its names, parted by spaces")
    names = models.TextField(blank=True, help_text="names of people in Latin letters")
    body = models.TextField(blank=True, help_text="words of what is said of it")
    marks = models.TextField(help_text="for whom it may be looked up")
    line = models.TextField(default="[]", help_text="what is said of it, as it was written: a list, as JSON")

    objects: ClassVar[models.Manager[SearchEntry]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["noun", "kind", "public_id"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.noun}/{self.kind}/{self.public_id}"


class SearchPlace(models.Model):
    """How far the program has come with one part of the index, so that a killed worker's work goes on from there."""

    key = models.CharField(max_length=80, unique=True)
    reached = models.BigIntegerField(default=0)
    day = models.DateField(null=True)

    objects: ClassVar[models.Manager[SearchPlace]] = models.Manager()

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.key} {self.reached}"


@dataclass(frozen=True)
class Doc:
    """A thing as its door describes it: names, people named in it (name, Latin form, public id), text, marks.

    Names and texts are strings, or hold a string for each language. `long` is the text of a file, page by page: its
    first `MOST_WORDS` words are found, and nothing of it is kept to be shown.
    """

    ref: Ref
    titles: Sequence[Any]
    marks: frozenset[str]
    people: Sequence[tuple[str, str, str]] = ()
    texts: Sequence[Any] = ()
    long: Sequence[str] = ()


Row = tuple[str, str, str, str, str]
_COLUMNS = ("title", "names", "body", "marks", "line")


def _row(doc: Doc) -> Row:
    called = _strings([*doc.titles, *((name, latin) for name, latin, _id in doc.people)])
    latin = [word for name, _latin, _id in doc.people for word in latin_words(name)]
    named = (" ".join(words_of(text)) for text in called)
    own = {marks.exact(words) for words in named if words}
    own |= {marks.about(public_id) for _name, _latin, public_id in doc.people}
    own.add(marks.kind(doc.ref.noun, doc.ref.kind))
    line = [short for text in doc.texts if (short := _short(text))]
    return (
        split(called),
        " ".join(dict.fromkeys(latin)),
        _body(doc),
        marks.written(doc.marks, own),
        json.dumps(line, ensure_ascii=False),
    )


def _body(doc: Doc) -> str:
    """The words of its texts, and of a long one as far as it is looked through."""
    said = [split(_strings(doc.texts)), split(["\n".join(doc.long)], MOST_WORDS)]
    return f" {BORDER} ".join(part for part in said if part)


def _strings(value: Any) -> list[str]:
    """Every text in a value, whatever it is kept in."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) and value else []


def _short(value: Any) -> Any:
    """A text, or one for each language, as long as a line has room for; nothing of what is neither."""
    if isinstance(value, dict):
        return {language: text for language, said in value.items() if (text := _short(said))}
    return value.replace("\x00", "").strip()[:_LINE] if isinstance(value, str) else ""


def index(docs: Iterable[Doc]) -> int:
    """Write what is new or otherwise than before; says how many that were. A thing may stand once in `docs`."""
    kinds: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for doc in docs:
        kinds[doc.ref.noun, doc.ref.kind][doc.ref.public_id] = _row(doc)
    written = 0
    for (noun, kind), rows in kinds.items():
        with transaction.atomic():
            kept = _kept(noun, kind, list(rows))
            new = [(key, *row) for key, row in rows.items() if kept.get(key) != row]
            same = {"noun": noun, "kind": kind}
            if new:
                upsert_rows(
                    SearchEntry,
                    ["public_id", *_COLUMNS],
                    new,
                    same,
                    unique=["noun", "kind", "public_id"],
                )
        written += len(new)
    return written


def _kept(noun: str, kind: str, ids: Sequence[str]) -> dict[str, Row]:
    found: dict[str, Any] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = SearchEntry.objects.filter(noun=noun, kind=kind, public_id__in=ids[start : start + _AT_ONCE])
        found |= {row[0]: row[1:] for row in some.values_list("public_id", *_COLUMNS)}
    return found


def forget(noun: str, kind: str, ids: Sequence[str]) -> int:
    """Take things out of the index; says how many were in it."""
    gone = 0
    for start in range(0, len(ids), _AT_ONCE):
        some = SearchEntry.objects.filter(noun=noun, kind=kind, public_id__in=ids[start : start + _AT_ONCE])
        gone += some.delete()[0]
    return gone


def place(key: str) -> SearchPlace:
    """How far a part has come; from the beginning if it never began."""
    return SearchPlace.objects.get_or_create(key=key)[0]


def move_on(key: str, reached: int, day: date | None = None) -> None:
    """Note how far a part has come."""
    SearchPlace.objects.update_or_create(key=key, defaults={"reached": reached, "day": day})
