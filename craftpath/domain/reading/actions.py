"""Writing about reading: lists and their texts, the club, notes, what one has read and what is confirmed."""

from craftpath.domain.reading.leading import (
    TextSaid,
    add_text,
    change_list,
    change_text,
    close_list,
    confirm_reading,
    drop_text,
    open_club,
    open_list,
    reopen_list,
    reopen_reading,
)
from craftpath.domain.reading.taking_part import (
    drop_note,
    join_list,
    keep_note,
    keep_record,
    leave_list,
    share_note,
)

__all__ = [
    "TextSaid",
    "add_text",
    "change_list",
    "change_text",
    "close_list",
    "confirm_reading",
    "drop_note",
    "drop_text",
    "join_list",
    "keep_note",
    "keep_record",
    "leave_list",
    "open_club",
    "open_list",
    "reopen_list",
    "reopen_reading",
    "share_note",
]
