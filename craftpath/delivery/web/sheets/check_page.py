"""What the check page shows: the columns with their guesses, the words, the errors, and what would happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import Sheet
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.columns import IGNORE, ColumnGuess
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import SEARCHED_ROWS, letter
from craftpath.delivery.exchange.knowledge import enterprise_home
from craftpath.delivery.exchange.marks_words import MEANINGS, WordFound, words_in
from craftpath.delivery.exchange.plans import CellError, MarksPlan, RosterPlan
from craftpath.delivery.exchange.trial import Trial, place
from craftpath.delivery.web.sheets import excerpt
from craftpath.delivery.web.sheets.texts import commit_label, mark_text, ok_line
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

SURE = 90
"""A guess of this confidence needs no second look."""
_SAMPLES = 3
_SAMPLED_ROWS = 50
LISTED = 50
"""How many lines of errors, changes and additions the page lists; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the sheet with a few of its values and what it is taken for."""

    index: int
    letter: str
    name: str
    samples: str
    target: str
    doubtful: bool


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


def check_page(trial: Trial, actor: Actor) -> dict[str, Any]:
    """The variables of the page."""
    plan, reading = trial.plan, trial.reading
    errors = error_lines(trial)
    columns = list(_columns(trial))
    changes = list(_changes(trial))
    takes_in = len(plan.added) + len(plan.changed)
    return {
        "trial": trial,
        "sheets": [(sheet.name, sheet.name) for sheet in trial.book.sheets if sheet.height],
        "headers": _header_choices(trial.sheet, reading.header_row),
        "options": texts.target_choices(trial.target.kind, trial.target.items),
        "doubtful": [line for line in columns if line.doubtful],
        "sure": [line for line in columns if not line.doubtful],
        "words": _words(trial),
        "meanings": [(meaning, texts.status_label(meaning)) for meaning in ("", *MEANINGS)],
        "summary": ok_line(len(plan.rows), len(plan.errors)),
        "errors": errors[:LISTED],
        "errors_left": sum(1 + line.others for line in errors[LISTED:]),
        "remarks": [texts.remark(note) for note in (*trial.book.remarks, *plan.remarks)[:LISTED]],
        "remarks_left": max(0, len(trial.book.remarks) + len(plan.remarks) - LISTED),
        "changes": changes[:LISTED],
        "changes_left": max(0, len(changes) - LISTED),
        "new_people": _new_people(plan),
        "new_people_left": max(0, len(plan.added) - LISTED),
        "items": _items(trial),
        "preview": excerpt.preview(
            trial.sheet, reading.header_row, {one.cell: place(one.cell) for one in plan.errors}
        ),
        "enterprise_parent": _enterprise_parent(trial, actor),
        "nothing_read": not plan.errors and not plan.rows,
        "commit_label": _commit_label(trial.target.kind, takes_in, errors=bool(plan.errors)),
    }


def _commit_label(kind: str, takes_in: int, *, errors: bool) -> str:
    """What the button would do; beside errors it does nothing yet, and does not say that nothing is new."""
    if errors:
        return _("Import")
    return commit_label(kind, takes_in) if takes_in else _("Nothing new: close the import")


def _columns(trial: Trial) -> Iterator[ColumnLine]:
    for column in trial.reading.mapping.columns:
        samples = list(_samples(trial.sheet, trial.reading.header_row, column.column))
        yield ColumnLine(
            index=column.column,
            letter=letter(column.column),
            name=column.name,
            samples=" · ".join(samples),
            target=column.target,
            doubtful=bool(samples) and _is_doubtful(column),
        )


def _is_doubtful(column: ColumnGuess) -> bool:
    """A guess that is not sure, or a column that nothing is known of; one chosen by hand is sure."""
    return column.confidence < SURE if column.target != IGNORE else column.confidence == 0


def _samples(sheet: Sheet, header_row: int, column: int) -> Iterator[str]:
    seen: set[str] = set()
    for row in range(header_row + 1, min(header_row + _SAMPLED_ROWS, sheet.height) + 1):
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


def _words(trial: Trial) -> tuple[WordFound, ...]:
    if trial.target.kind is not Kind.MARKS:
        return ()
    return words_in(trial.sheet, trial.reading.header_row, trial.reading.mapping, trial.reading.words)


def error_lines(trial: Trial) -> list[ErrorLine]:
    """The errors in order; equal ones of a column are one line, so that one cause is read once."""
    groups: dict[tuple[str, str, str], list[CellError]] = {}
    for fault in trial.plan.errors:
        groups.setdefault((fault.code, fault.column, fault.given), []).append(fault)
    return [_error_line(trial, found[0], len(found) - 1) for found in groups.values()]


def each_error(trial: Trial) -> list[ErrorLine]:
    """Every single error, for the list to download."""
    return [_error_line(trial, fault) for fault in trial.plan.errors]


def _error_line(trial: Trial, fault: CellError, others: int = 0) -> ErrorLine:
    return ErrorLine(
        cell=fault.cell,
        person=_person(trial, place(fault.cell)[0]),
        column=texts.column_label(fault),
        given=fault.given,
        why=texts.sentence(fault.code, fault.facts),
        allowed=texts.allowed(fault),
        others=others,
    )


def _person(trial: Trial, row: int) -> str:
    """Number and name as the sheet has them; nothing for the header."""
    if row <= trial.reading.header_row:
        return ""
    mapping = trial.reading.mapping
    columns = (mapping.column_of("number"), mapping.column_of("name"))
    cells = (shown(trial.sheet.cell(row, column)) for column in columns if column is not None)
    return " ".join(cell for cell in cells if cell)


def _changes(trial: Trial) -> Iterator[ChangeLine]:
    """Person by person for a roster, mark by mark for marks."""
    if isinstance(trial.plan, RosterPlan):
        for row in trial.plan.changed:
            person = _person(trial, row.row)
            for one in row.changes:
                yield ChangeLine(one.cell, person, texts.field_label(one.field), one.before, one.after)
        return
    names = _item_names(trial)
    for mark in trial.plan.changed:
        before = mark_text(mark.before.status, mark.before.score) if mark.before else ""
        after = mark_text(mark.status, mark.score)
        yield ChangeLine(mark.cell, _person(trial, mark.row), names[mark.item], before, after)


def _new_people(plan: RosterPlan | MarksPlan) -> list[str]:
    if not isinstance(plan, RosterPlan):
        return []
    return [
        f"{row.number} {row.values.get('name') or row.values.get('name_en')}" for row in plan.added[:LISTED]
    ]


def _item_names(trial: Trial) -> dict[str, str]:
    choices = texts.target_choices(trial.target.kind, trial.target.items)
    return {target.removeprefix("item:"): label for target, label in choices}


def _items(trial: Trial) -> list[ItemLine]:
    if not isinstance(trial.plan, MarksPlan):
        return []
    counts = Counter((row.item, str(row.effect)) for row in trial.plan.rows)
    names = _item_names(trial)
    return [
        ItemLine(names[key], counts[key, "add"], counts[key, "change"], counts[key, "same"])
        for key in (item.key for item in trial.target.items)
        if any(counts[key, effect] for effect in ("add", "change", "same"))
    ]


def _enterprise_parent(trial: Trial, actor: Actor) -> Any:
    """Under which organisation unknown enterprises could be added; None where the choice is not offered."""
    if trial.target.kind is not Kind.ROSTER or not actor.may(Permission.MANAGE_COHORTS):
        return None
    if trial.reading.mapping.column_of("enterprise") is None:
        return None
    return enterprise_home(trial.target.cohort.organisation)
