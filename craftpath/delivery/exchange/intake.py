"""A sheet taken in without a page: for commands that trust their own sheets. It passes through the same door."""

from __future__ import annotations

from datetime import datetime

from craftpath.delivery.exchange.commit import commit_marks, commit_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.trial import book_of, first_reading, target_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.sheets import SheetImport, read_sheet_as, take_sheet
from craftpath.values.ref import Ref


@action
def take_in(
    *,
    content: bytes,
    name: str,
    kind: str,
    target: Ref,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> SheetImport:
    """Keep a file and commit it as it is guessed; `Refused` if it has a single error, and then nothing is kept."""
    sheet = take_sheet(
        content=content,
        name=name,
        kind=kind,
        target=target,
        reading={},
        organisation=organisation,
        by=by,
        at=at,
    )
    reading = first_reading(book_of(sheet), target_of(sheet))
    sheet = read_sheet_as(sheet, reading=reading.as_json(), by=by, at=at)
    return {Kind.ROSTER: commit_roster, Kind.MARKS: commit_marks}[Kind(kind)](sheet, by=by, at=at)
