"""A log with entries, a talk and two versions."""

from __future__ import annotations

import uuid
from datetime import timedelta

from craftpath.domain.logbook.actions import (
    Content,
    add_file,
    confirm_entries,
    hold_talk,
    observe_job,
    save_entry,
    submit_entry,
)
from craftpath.domain.logbook.models import Entry, EntryFile, OtherVersion
from craftpath.domain.logbook.queries import talk_due
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing.name import NAME
from tests.photos import picture


def keep_a_log(cast: Cast) -> dict[str, str]:
    """An entry of last month, confirmed and talked about, with its hours in the ledger; one with two versions."""
    if not Entry.objects.exists():
        _write(cast)
    entry, other = Entry.objects.order_by("-on")[0], OtherVersion.objects.get()
    file = EntryFile.objects.get()
    return {"entry": entry.public_id, "file": file.public_id, "version": other.public_id}


def _write(cast: Cast) -> None:
    apprentice, mentor = cast.actor("apprentice"), cast.actor("mentor", cast.jinheng)
    enrolment, by = cast.enrolments["26001"], {"by": apprentice, "at": AT}
    old = Content(
        on=TODAY.replace(day=1) - timedelta(days=3),
        text="装夹工件，试切外圆。",
        minutes=240,
        bucket="workplace",
    )
    entry = save_entry(enrolment, made_id=uuid.uuid5(NAME, "old"), content=old, **by).entry
    submit_entry(entry, **by)
    confirm_entries({entry.public_id: entry.revision}, by=mentor, at=AT)
    [lot] = talk_due([enrolment.pk], TODAY)
    hold_talk(lot, outcome="agrees", by=mentor, at=AT)
    observe_job(
        enrolment,
        made_id=uuid.uuid5(NAME, "job"),
        on=TODAY,
        job="装夹长轴",
        seen_as="helped",
        by=mentor,
        at=AT,
    )
    fresh = uuid.uuid5(NAME, "fresh")
    for base, text in ((0, "换刀。"), (1, "换刀并重新对刀。"), (1, "换刀，试切。")):
        content = Content(on=TODAY, text=text, minutes=60, bucket="workplace")
        made = save_entry(enrolment, made_id=fresh, content=content, base=base, **by).entry
    add_file(made, made_id=uuid.uuid5(NAME, "photo"), kind="photo", content=picture(size=(640, 400)), **by)
    submit_entry(made, **by)
