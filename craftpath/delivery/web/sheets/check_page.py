"""What the check page shows: the columns with their guesses, the words, the errors, and what would happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import Sheet
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.columns import IGNORE, ColumnGuess
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.gist import LISTED, SAMPLED_ROWS, Gist
from craftpath.delivery.exchange.headers import SEARCHED_ROWS, letter
from craftpath.delivery.exchange.knowledge import enterprise_home
from craftpath.delivery.exchange.marks_words import MEANINGS
from craftpath.delivery.exchange.plans import CellError, KnownMark, MarkRow, RosterRow
from craftpath.delivery.exchange.trial import SURE, Reading, Target, Trial, place
from craftpath.delivery.web.sheets import excerpt
from craftpath.delivery.web.sheets.texts import commit_label, mark_text, ok_line
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the sheet with a few of its values and what it is taken for."""

    index: int
    letter: str
    name: str
    samples: str
    target: str
    doubtful: bool
    as_last: bool = False


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """A cell that stops the import; `others` more cells of its column hold the same."""

    cell: str
    person: str
    column: str
    given: str
    why: str
    allowed: str
    others: int = 0


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Something that the register would hold afterwards: whose, what, before and after."""

    cell: str
    person: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a mark sheet, counted."""

    name: str
    added: int
    changed: int
    same: int


def check_page(gist: Gist, target: Target, actor: Actor) -> dict[str, Any]:
    """The variables of the page."""
    columns = list(_columns(gist))
    changes = list(_changes(gist, target))[:LISTED]
    takes_in = gist.added + gist.changed
    reading = gist.reading
    return {
        "gist": gist,
        "sheets": [(name, name) for name in gist.sheets],
        "headers": _header_choices(gist.sheet, reading.header_row),
        "options": texts.target_choices(target.kind, target.items),
        "doubtful": [line for line in columns if line.doubtful],
        "sure": [line for line in columns if not line.doubtful],
        "words": gist.words,
        "as_last": date.fromisoformat(reading.as_last) if reading.as_last else None,
        "meanings": [(meaning, texts.status_label(meaning)) for meaning in ("", *MEANINGS)],
        "summary": ok_line(gist.rows, gist.errors),
        "errors": [_error_line(gist.sheet, reading, group.fault, group.others) for group in gist.groups],
        "errors_left": gist.errors_left,
        "remarks": [texts.remark(note) for note in gist.remarks],
        "remarks_left": gist.remarks_left,
        "changes": changes,
        "changes_left": max(0, gist.changes_count - len(changes)),
        "new_people": [
            f"{row.number} {row.values.get('name') or row.values.get('name_en')}" for row in gist.new
        ],
        "new_people_left": max(0, gist.added - LISTED) if target.kind is Kind.ROSTER else 0,
        "items": _items(gist, target),
        "preview": excerpt.preview(
            gist.sheet, reading.header_row, {cell: place(cell) for cell in gist.wrong}
        ),
        "enterprise_parent": _enterprise_parent(reading, target, actor),
        "nothing_read": not gist.errors and not gist.rows,
        "commit_label": _commit_label(target.kind, takes_in, errors=bool(gist.errors)),
    }


def _commit_label(kind: str, takes_in: int, *, errors: bool) -> str:
    """What the button would do; beside errors it does nothing yet, and does not say that nothing is new."""
    if errors:
        return _("Import")
    return commit_label(kind, takes_in) if takes_in else _("Nothing new: close the import")


def _columns(gist: Gist) -> Iterator[ColumnLine]:
    for column in gist.reading.mapping.columns:
        samples = list(_samples(gist.sheet, gist.reading.header_row, column.column))
        yield ColumnLine(
            index=column.column,
            letter=letter(column.column),
            name=column.name,
            samples=" · ".join(samples),
            target=column.target,
            doubtful=bool(samples) and _is_doubtful(column),
            as_last=column.column in gist.reading.recalled,
        )


def _is_doubtful(column: ColumnGuess) -> bool:
    """A guess that is not sure, or a column that nothing is known of; one chosen by hand is sure."""
    return column.confidence < SURE if column.target != IGNORE else column.confidence == 0


def _samples(sheet: Sheet, header_row: int, column: int) -> Iterator[str]:
    seen: set[str] = set()
    for row in range(header_row + 1, min(header_row + SAMPLED_ROWS, sheet.height) + 1):
        text = shown(sheet.cell(row, column)).strip()
        if text and text not in seen:
            seen.add(text)
            yield text if len(text) <= 24 else f"{text[:23]}…"
        if len(seen) == _SAMPLES:
            return


def _header_choices(sheet: Sheet, current: int) -> list[tuple[int, str]]:
    """Row numbers with their first texts; blank rows are no headers."""
    rows = sorted({*range(1, min(SEARCHED_ROWS, sheet.height) + 1), current})
    found = []
    for row in rows:
        words = [shown(cell) for cell in sheet.row(row) if cell is not None]
        if words or row == current:
            text = " · ".join(words)
            found.append((row, f"{row}: {text if len(text) <= 48 else text[:47] + '…'}"))
    return found


def each_error(trial: Trial) -> list[ErrorLine]:
    """Every single error, for the list to download."""
    return [_error_line(trial.sheet, trial.reading, fault) for fault in trial.plan.errors]


def _error_line(sheet: Sheet, reading: Reading, fault: CellError, others: int = 0) -> ErrorLine:
    return ErrorLine(
        cell=fault.cell,
        person=_person(sheet, reading, place(fault.cell)[0]),
        column=texts.column_label(fault),
        given=fault.given,
        why=texts.sentence(fault.code, fault.facts),
        allowed=texts.allowed(fault),
        others=others,
    )


def _person(sheet: Sheet, reading: Reading, row: int) -> str:
    """Number and name as the sheet has them; nothing for the header."""
    if row <= reading.header_row:
        return ""
    mapping = reading.mapping
    columns = (mapping.column_of("number"), mapping.column_of("name"))
    cells = (shown(sheet.cell(row, column)) for column in columns if column is not None)
    return " ".join(cell for cell in cells if cell)


def _changes(gist: Gist, target: Target) -> Iterator[ChangeLine]:
    """Person by person for a roster, mark by mark for marks."""
    names = _item_names(target)
    known = {item.key: {key: text(name) for key, name in item.grades} for item in target.items}
    for row in gist.changes:
        person = _person(gist.sheet, gist.reading, row.row)
        if isinstance(row, RosterRow):
            for one in row.changes:
                yield ChangeLine(one.cell, person, texts.field_label(one.field), one.before, one.after)
            continue
        grades = known.get(row.item, {})
        before = (
            mark_text(row.before.status, row.before.score, _grade(grades, row.before)) if row.before else ""
        )
        after = mark_text(row.status, row.score, _grade(grades, row))
        yield ChangeLine(row.cell, person, names[row.item], before, after)


def _grade(names: Mapping[str, str], mark: KnownMark | MarkRow) -> str:
    return names.get(mark.grade, "")


def _item_names(target: Target) -> dict[str, str]:
    choices = texts.target_choices(target.kind, target.items)
    return {one.removeprefix("item:"): label for one, label in choices}


def _items(gist: Gist, target: Target) -> list[ItemLine]:
    counts, names = gist.items, _item_names(target)
    return [
        ItemLine(names[key], counts[key, "add"], counts[key, "change"], counts[key, "same"])
        for key in (item.key for item in target.items)
        if any(counts[key, effect] for effect in ("add", "change", "same"))
    ]


def _enterprise_parent(reading: Reading, target: Target, actor: Actor) -> Any:
    """Under which organisation unknown enterprises could be added; None where the choice is not offered."""
    if target.kind is not Kind.ROSTER or not actor.may(Permission.MANAGE_COHORTS):
        return None
    if reading.mapping.column_of("enterprise") is None:
        return None
    return enterprise_home(target.cohort.organisation)
