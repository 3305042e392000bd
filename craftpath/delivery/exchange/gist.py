"""What a page shows of a trial, without the fifty thousand rows: counts, the first of each list, the rows to look at.

A worker keeps it beside the counter of its work, so that the page of a large sheet is as quick as that of a small one.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from django.utils.crypto import constant_time_compare, salted_hmac

from craftpath.delivery.exchange.book import Book, Remark, Sheet
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import SEARCHED_ROWS
from craftpath.delivery.exchange.marks_words import WordFound, words_in
from craftpath.delivery.exchange.plans import CellError, MarkRow, MarksPlan, RosterPlan, RosterRow
from craftpath.delivery.exchange.trial import Reading, Target, Trial, place
from craftpath.kernel.progress import folder
from craftpath.kernel.sheets import SheetImport

LISTED = 50
"""How many lines of errors, changes and additions a page lists; the rest is counted."""
SAMPLED_ROWS = 50
_FAULTY_ROWS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Equal errors of one column: the first, and how many more there are."""

    fault: CellError
    others: int


@dataclass(frozen=True, slots=True)
class Gist:
    """A trial as a page needs it. Rows of `sheet` that no page shows are empty."""

    kind: Kind
    sheet: Sheet
    reading: Reading
    sheets: tuple[str, ...]
    rows: int
    added: int
    changed: int
    same: int
    errors: int
    groups: tuple[Group, ...]
    errors_left: int
    remarks: tuple[Remark, ...]
    remarks_left: int
    new: tuple[RosterRow, ...]
    changes: tuple[RosterRow | MarkRow, ...]
    changes_count: int
    items: Counter[tuple[str, str]]
    words: tuple[WordFound, ...]
    wrong: tuple[str, ...]
    token: str


def gist_of(trial: Trial) -> Gist:
    """The gist of a whole trial."""
    plan, sheet, reading = trial.plan, trial.sheet, trial.reading
    groups = _groups(plan.errors)
    remarks = (*trial.book.remarks, *plan.remarks)
    added, changed = plan.added, plan.changed
    roster = isinstance(plan, RosterPlan)
    wrong, wrong_rows = _wrong(plan.errors, reading.header_row)
    new = tuple(row for row in added[:LISTED] if isinstance(row, RosterRow))
    shown = {
        *range(1, max(SEARCHED_ROWS, reading.header_row + SAMPLED_ROWS) + 1),
        *(place(group.fault.cell)[0] for group in groups[:LISTED]),
        *(row.row for row in changed[:LISTED]),
        *wrong_rows,
    }
    return Gist(
        kind=trial.target.kind,
        sheet=_slim(sheet, shown),
        reading=reading,
        sheets=tuple(one.name for one in trial.book.sheets if one.height),
        rows=len(plan.rows),
        added=len(added),
        changed=len(changed),
        same=len(plan.rows) - len(added) - len(changed),
        errors=len(plan.errors),
        groups=groups[:LISTED],
        errors_left=sum(1 + group.others for group in groups[LISTED:]),
        remarks=remarks[:LISTED],
        remarks_left=max(0, len(remarks) - LISTED),
        new=new,
        changes=changed[:LISTED],
        changes_count=sum(len(row.changes) for row in changed if isinstance(row, RosterRow))
        if roster
        else len(changed),
        items=Counter((row.item, str(row.effect)) for row in plan.rows)
        if isinstance(plan, MarksPlan)
        else Counter(),
        words=()
        if roster
        else words_in(sheet, reading.header_row, reading.mapping, reading.words, trial.target.items),
        wrong=wrong,
        token=trial.token,
    )


def _groups(errors: Sequence[CellError]) -> tuple[Group, ...]:
    """The errors in order; equal ones of a column are one, so that one cause is read once."""
    found: dict[tuple[str, str, str], list[CellError]] = {}
    for fault in errors:
        found.setdefault((fault.code, fault.column, fault.given), []).append(fault)
    return tuple(Group(same[0], len(same) - 1) for same in found.values())


def _wrong(errors: Sequence[CellError], header_row: int) -> tuple[tuple[str, ...], set[int]]:
    """The faulty cells among the rows that a window on the sheet shows."""
    places = {fault.cell: place(fault.cell)[0] for fault in errors}
    rows = set(sorted(set(places.values()))[:_FAULTY_ROWS])
    rows |= set(range(header_row, header_row + _FAULTY_ROWS))
    return tuple(cell for cell, row in places.items() if row in rows), rows


def _slim(sheet: Sheet, rows: set[int]) -> Sheet:
    kept = tuple(row if number in rows else () for number, row in enumerate(sheet.rows, start=1))
    return replace(sheet, rows=kept)


# ---- Beside the counter -----------------------------------------------------------------------------


def keep_gist(sheet_import: SheetImport, gist: Gist) -> None:
    """Keep it for the pages to come; whoever cannot read it tries the sheet out again."""
    file = _file(sheet_import)
    partial = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        content = pickle.dumps(gist)
        partial.write_bytes(_seal(content) + content)
        partial.replace(file)


def kept_gist(sheet_import: SheetImport) -> Gist | None:
    """What the worker kept for the import as it is read now; None if there is none, or it is from another version."""
    try:
        kept = _file(sheet_import).read_bytes()
    except OSError:
        return None
    seal, content = kept[:_SEAL], kept[_SEAL:]
    if not constant_time_compare(seal, _seal(content)):
        return None
    found = pickle.loads(content)  # noqa: S301  (sealed by a worker of this site and of this version)
    return found if isinstance(found, Gist) else None


_SEAL = 32  # bytes of a SHA-256


def _seal(content: bytes) -> bytes:
    """What only this site writes over it: whoever puts a file there, or has another version of `Gist`, is not read."""
    salt = f"craftpath.gist:{','.join(one.name for one in fields(Gist))}"
    return salted_hmac(salt, content, algorithm="sha256").digest()


def _file(sheet_import: SheetImport) -> Path:
    reading = json.dumps(sheet_import.reading, sort_keys=True).encode()
    return folder() / f"{sheet_import.public_id}-{hashlib.sha256(reading).hexdigest()[:16]}.gist"


def is_large(book: Book, target: Target) -> bool:
    """Whether checking and committing this book is for a worker: more than a page should take."""
    heads = max((sheet.height for sheet in book.sheets), default=0)
    cells = max((sheet.height * sheet.width for sheet in book.sheets), default=0)
    return heads > LARGE_ROWS or (target.kind is Kind.MARKS and cells > LARGE_CELLS)


LARGE_BYTES = 384 * 1024
LARGE_ROWS = 3_000
LARGE_CELLS = 30_000
"""Above one of these a worker checks and commits. Measured: what lies below takes a page a few seconds at most."""
