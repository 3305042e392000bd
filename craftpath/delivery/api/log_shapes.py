"""Entries of training logs as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import Field

from craftpath.delivery.api.kinds import Asked, Code, Day, Id, Line, Named, Revision, Shape, Words, named

if TYPE_CHECKING:
    from craftpath.domain.logbook.models import Entry as Row

State = Literal["draft", "submitted", "returned", "confirmed"]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]


class Remark(Shape):
    """What a mentor or trainer said to an entry."""

    by: Named | None
    at: datetime
    revision: int
    phrase: str
    words: str


class Photo(Shape):
    """A photo or recording."""

    id: str
    kind: str
    media_type: str


class Entry(Shape):
    """What one apprentice did on one day, or in a part of it."""

    id: str
    apprentice: Named = Field(description="with the id of the enrolment")
    on: date
    text: str
    minutes: int
    bucket: str = Field(description="which kind of hours")
    place: str
    unit: str
    skill: str
    state: State
    revision: int = Field(description="also the ETag of the entry")
    corrects: str | None = Field(description="the confirmed entry that it corrects")
    versions: int = Field(description="other versions of it that wait for the writer's choice")
    submitted_at: datetime | None
    confirmed_by: Named | None
    confirmed_at: datetime | None
    files: list[Photo]
    remarks: list[Remark]


class EntryContent(Asked):
    """The writer's own part."""

    on: Day
    text: Words = ""
    minutes: Minutes = 0
    bucket: Annotated[Code, Field(max_length=40)] = ""
    place: Annotated[Line, Field(max_length=120)] = ""
    unit: Code = ""
    skill: Code = ""


class NewEntry(EntryContent):
    """An entry, handed in at once or kept as a draft."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    submit: bool = False


class EntryRead(Asked):
    """An entry as it was read."""

    id: Id
    revision: Revision


class EntriesRead(Asked):
    """Entries that are to be confirmed."""

    entries: Annotated[list[EntryRead], Field(min_length=1, max_length=500)]


class NotConfirmed(Shape):
    """Why one could not be."""

    id: str
    code: str
    detail: str


class Outcome(Shape):
    """What a confirmation of many came to."""

    confirmed: list[str]
    refused: list[NotConfirmed]


class Back(Asked):
    """Why an entry goes back: a phrase of the bank, own words, or both."""

    revision: Revision
    phrase: Code = ""
    words: Line = ""


def entry_shape(row: Row) -> Entry:
    """A row with everything that belongs to it."""
    return Entry(
        id=row.public_id,
        apprentice=Named(id=row.enrolment.public_id, name=row.enrolment.person.name),
        on=row.on,
        text=row.text,
        minutes=row.minutes,
        bucket=row.bucket,
        place=row.place,
        unit=row.unit,
        skill=row.skill,
        state=row.state,  # type: ignore[arg-type]
        revision=row.revision,
        corrects=row.corrects.public_id if row.corrects is not None else None,
        versions=len(row.others.all()),
        submitted_at=row.submitted_at,
        confirmed_by=named(row.confirmed_by),
        confirmed_at=row.confirmed_at,
        files=[
            Photo(id=file.public_id, kind=file.kind, media_type=file.media_type) for file in row.files.all()
        ],
        remarks=[
            Remark(by=named(one.by), at=one.at, revision=one.revision, phrase=one.phrase, words=one.words)
            for one in row.remarks.all()
        ],
    )
