"""A reading list with a text, notes and what two have read, in every table of the room."""

from __future__ import annotations

import uuid

from craftpath.domain.reading import actions
from craftpath.domain.reading.models import Note, ReadingList, ReadingRecord, ReadingText
from tests.cast import AT, Cast
from tests.domain.reading.world import OWN, added, listed, noted


def read_together(cast: Cast) -> dict[str, str]:
    """The apprentice reads along, shares a note and waits for a confirmation. Once."""
    row = ReadingList._base_manager.order_by("pk").first()
    if row is None:
        row = listed(cast)
        mine, keeper = {"by": cast.actor("apprentice"), "at": AT}, {"by": cast.actor("trainer"), "at": AT}
        text = added(cast, row, **OWN, step="全文", until_on=AT.date())
        added(cast, row, title="舟车", licence="linked", source="卷九")
        actions.join_list(row, **mine)
        actions.open_club(row, made_id=uuid.uuid4(), **keeper)
        actions.share_note(noted(cast, text), **mine)
        noted(cast, text, words="留给自己")
        actions.keep_record(text, pages=2, minutes=20, sentence="火候。", finished=True, **mine)
    text, other = ReadingText._base_manager.filter(list=row).order_by("pk")
    return {
        "row": row.public_id,
        "text": text.public_id,
        "unread": other.public_id,
        "note": Note.objects.filter(text=text, thread=None).earliest("pk").public_id,
        "record": ReadingRecord._base_manager.earliest("pk").public_id,
    }
