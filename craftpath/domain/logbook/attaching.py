"""Putting a photo or a voice note to an entry."""

from __future__ import annotations

import uuid
from datetime import datetime

from craftpath.domain.logbook import rules
from craftpath.domain.logbook.models import Entry, EntryFile
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.consents import may_use
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, not_now, require

MOST_FILES = 6


@action
def add_file(
    entry: Entry, *, made_id: uuid.UUID, kind: str, content: bytes, by: Actor, at: datetime
) -> EntryFile:
    """Keep a photo or a recording with an entry; the same one again (`made_id`) is the same row.

    One that arrives after the confirmation is kept as well, with its own time: the digest of what was confirmed does
    not cover it, and pages say that it came afterwards.
    """
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort__organisation", "enrolment__person")
        .get(pk=entry.pk)
    )
    require(rules.may_write(by, entry.enrolment))
    known = EntryFile.objects.filter(entry=entry, made_id=made_id).first()
    if known is not None:
        return known
    if kind == "voice":
        require(may_use(entry.enrolment.person, "voice_notes"))
    if EntryFile.objects.filter(entry=entry).count() >= MOST_FILES:
        raise Refused(not_now("logbook.too_many_files", most=MOST_FILES))
    medium = media.voice(content) if kind == "voice" else media.photo(content)
    kept = keep(
        medium.content,
        f"{entry.on:%Y-%m-%d}-{kind}",
        organisation=entry.enrolment.cohort.organisation,
        by=by,
        at=at,
    )
    return EntryFile.objects.create(
        entry=entry,
        made_id=made_id,
        kind=kind if kind == "voice" else "photo",
        media_type=medium.media_type,
        kept=kept,
        width=medium.width,
        height=medium.height,
        added_at=at,
    )
