"""The worker's part of a large import: read, check, and, when asked, commit. Each may be killed and run again.

The commit stays one transaction, and the work is marked as done inside it: a killed worker leaves nothing half
written, and the second run either does all of it or finds it done. Reading the file, which takes no lock, comes before
the transaction; how far the rest is stands in a file beside it (`kernel/progress.py`), not in the database.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.delivery.exchange.book import Book, SheetRefused
from craftpath.delivery.exchange.commit import commit_marks, commit_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.gist import gist_of, keep_gist
from craftpath.delivery.exchange.trial import book_of, first_reading, target_of, try_out
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.sheets import SHEET, SheetImport, discard_sheet, imports, read_sheet_as
from craftpath.kernel.sheetwork import SheetWork, finish_work, held, refuse_work
from craftpath.values.verdict import Refused, Verdict, not_now

_COMMIT = {Kind.ROSTER: commit_roster, Kind.MARKS: commit_marks}


def carry_on(work: SheetWork, *, by: Actor, at: datetime) -> None:
    """Do what was asked, unless it was done or taken back meanwhile; a refusal is kept for whoever asked."""
    if work.state != "asked":
        return
    with progress.counting(work.sheet.public_id, work.task), _unswept():
        progress.step("reading", 0, 1)
        try:
            if work.task == "check":
                _check(work, by=by, at=at)
            else:
                book = book_of(work.sheet)
                _commit(work, book, by=by, at=at)
        except SheetRefused as refused:  # the file is no sheet: nothing can come of this import
            give_up(work, refused.verdict, discard=True, by=by, at=at)
        except Refused as refused:
            if work.task == "commit":  # the register has moved on: whoever asked looks at the check of now
                keep_gist(work.sheet, gist_of(try_out(work.sheet, on=localdate(at), book=book)))
            give_up(work, refused.verdict, discard=False, by=by, at=at)
        except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
            give_up(work, not_now("kernel.work_failed"), discard=False, by=by, at=at)
            raise


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep Python from looking for circles among a million fresh values again and again: a third of the time.

    What is no longer used goes at once all the same; only circles, of which a sheet makes few, wait for the end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _check(work: SheetWork, *, by: Actor, at: datetime) -> None:
    sheet = imports().get(pk=work.sheet_id)
    book = book_of(sheet)
    if not sheet.reading:
        reading = first_reading(book, target_of(sheet)).as_json()
        sheet = _read_as(work, reading, by=by, at=at) or sheet
    trial = try_out(sheet, on=localdate(at), book=book)
    keep_gist(sheet, gist_of(trial))
    _finish(work, "check", by=by, at=at)


@action
def _read_as(work: SheetWork, reading: dict[str, object], *, by: Actor, at: datetime) -> SheetImport | None:
    if held(work, "check") is None:
        return None
    return imports().get(pk=read_sheet_as(work.sheet, reading=reading, by=by, at=at).pk)


@action
def _finish(work: SheetWork, task: str, *, by: Actor, at: datetime) -> None:
    found = held(work, task)
    if found is not None:
        finish_work(found, by=by, at=at)


@action
def _commit(work: SheetWork, book: Book, *, by: Actor, at: datetime) -> None:
    """One transaction from the question whether it is still wanted to the word that it is done."""
    found = held(work, "commit")
    if found is None:
        return
    sheet = imports().get(pk=work.sheet_id)
    if SHEET.can(sheet.state, "commit"):
        _COMMIT[Kind(sheet.kind)](sheet, seen=found.seen, book=book, by=by, at=at)
    finish_work(found, by=by, at=at)


@action
def give_up(work: SheetWork, verdict: Verdict, *, discard: bool, by: Actor, at: datetime) -> None:
    """Keep why nothing came of it; a file that is no sheet is discarded with it."""
    found = held(work, work.task)
    if found is None:
        return
    sheet = imports().get(pk=work.sheet_id)
    if discard and sheet.state == SHEET.start:
        discard_sheet(sheet, by=by, at=at)
    refuse_work(found, verdict, by=by, at=at)
