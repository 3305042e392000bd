"""Sheets for the office to fill in: their headers are the names that `columns.guess` knows best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from craftpath.delivery.exchange.book import Cell, Row
from craftpath.delivery.exchange.columns import ItemChoice
from craftpath.delivery.exchange.fields import NAME, NUMBER, ROSTER_FIELDS
from craftpath.delivery.exchange.marks_words import ABSENT, DEFERRED, EXEMPT, MISSING
from craftpath.delivery.exchange.plans import KnownMark, KnownPerson, Named, RosterKnowledge
from craftpath.delivery.exchange.spelling import plain
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.values.text import Text

STATUS_WORDS: dict[str, Text] = {
    ABSENT: Text(zh="缺考", en="absent"),
    DEFERRED: Text(zh="缓考", en="deferred"),
    EXEMPT: Text(zh="免修", en="exempt"),
    MISSING: Text(zh="-", en="-"),
}
"""How a sheet of ours writes a status; each word is in the default mapping of `marks_words`."""

_ROSTER_NAME = Text(zh="名册", en="Roster")
_MARKS_NAME = Text(zh="成绩", en="Marks")
_TEXT_FIELDS = frozenset({"number", "mentor_number", "phone"})


def roster_template(language: str, stages: Sequence[str] = ()) -> bytes:
    """An empty roster as .xlsx, headers in this language; `stages` are offered in a drop-down."""
    return write_xlsx([_roster_frame(language, stages, ())])


def _roster_frame(language: str, stages: Sequence[str], rows: Sequence[Row]) -> OutSheet:
    keys = [field.key for field in ROSTER_FIELDS]
    header = [field.label.say(language) for field in ROSTER_FIELDS]
    texts = frozenset(column for column, key in enumerate(keys) if key in _TEXT_FIELDS)
    choices = {keys.index("stage"): tuple(stages)} if stages else {}
    return OutSheet(_ROSTER_NAME.say(language), header, rows, choices, texts)


def roster_sheet(known: RosterKnowledge, language: str) -> OutSheet:
    """Everybody of a cohort as a roster that changes nothing when it is imported as it is.

    Whom or what a sheet could not name so that it is found again (two mentors of one name and no number) is left
    blank, since a blank cell says nothing.
    """
    names = {
        "enterprise": _said(known.enterprises, language),
        "cohort": _said(known.cohorts, language),
        "stage": _said(known.stages, language),
    }
    mentors = _said(known.mentors, language)
    numbers = {mentor.key: mentor.number for mentor in known.mentors}

    def cell(person: KnownPerson, key: str) -> Cell:
        value = person.values.get("mentor" if key == "mentor_number" else key)
        if key == "number":
            return person.number
        if value is None or value == "":
            return None
        if key == "mentor_number":
            return numbers.get(str(value)) or None
        if key == "mentor":
            said = mentors.get(str(value), "")
            return said if said != value or numbers.get(str(value)) else None
        return names[key].get(str(value)) if key in names else value

    rows: list[Row] = [tuple(cell(person, field.key) for field in ROSTER_FIELDS) for person in known.people]
    return _roster_frame(language, list(names["stage"].values()), rows)


def _said(named: Sequence[Named], language: str) -> dict[str, str]:
    """key → the name in this language, or the key itself where others bear that name too."""
    times = Counter(spelling for one in named for spelling in {plain(name) for name in one.names})
    found = {}
    for one in named:
        name = "" if not one.names else one.names[0 if language.startswith("zh") else -1]
        found[one.key] = name if name and times[plain(name)] == 1 else one.key
    return found


def marks_template(
    items: Sequence[ItemChoice],
    people: Sequence[KnownPerson],
    language: str,
    marks: Mapping[tuple[str, str], KnownMark] | None = None,
) -> bytes:
    """A mark sheet as .xlsx: one row per person, one column per item, current marks filled in.

    Every mark column offers its grades, if it has any, and the words for absent, deferred and exempt; read back,
    it changes nothing.
    """
    return write_xlsx([marks_sheet(items, people, language, marks)])


def marks_sheet(
    items: Sequence[ItemChoice],
    people: Sequence[KnownPerson],
    language: str,
    marks: Mapping[tuple[str, str], KnownMark] | None = None,
) -> OutSheet:
    """The same as a sheet, to be written as a workbook or as text."""
    known = marks or {}
    items = [item for item in items if not item.sourced]
    header = [NUMBER.label.say(language), NAME.label.say(language), *item_headers(items, language)]
    words = tuple(STATUS_WORDS[status].say(language) for status in (ABSENT, DEFERRED, EXEMPT))
    rows: list[Row] = [
        (
            person.number,
            person.name or None,
            *(mark_cell(known.get((person.number, item.key)), language, item) for item in items),
        )
        for person in people
    ]
    choices = {
        column: (*(name.say(language) for _, name in item.grades), *words)
        for column, item in enumerate(items, start=2)
    }
    return OutSheet(_MARKS_NAME.say(language), header, rows, choices, frozenset({0}))


def item_headers(items: Sequence[ItemChoice], language: str) -> list[str]:
    """One distinct header per item: its name, or its key where another item has the same name."""
    names = [Text(zh=item.zh, en=item.en).say(language) or item.key for item in items]
    return [item.key if names.count(name) > 1 else name for item, name in zip(items, names, strict=True)]


def mark_cell(mark: KnownMark | None, language: str, item: ItemChoice) -> Cell:
    """A mark as a cell: the score as a number, a grade or another status as its word, no mark as a blank."""
    if mark is None:
        return None
    if mark.status in STATUS_WORDS:
        return STATUS_WORDS[mark.status].say(language)
    if mark.grade:
        return dict(item.grades).get(mark.grade, Text.of(mark.grade)).say(language)
    return Decimal(mark.score) if mark.score is not None else None
