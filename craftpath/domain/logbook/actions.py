"""Writing logs; each side in a room of its own."""

from __future__ import annotations

from craftpath.domain.logbook.attaching import add_file
from craftpath.domain.logbook.confirming import confirm_entries, hold_talk, return_entry
from craftpath.domain.logbook.content import Content
from craftpath.domain.logbook.observing import observe_job
from craftpath.domain.logbook.writing import Saved, ref, save_entry, settle_version, submit_entry

__all__ = [
    "Content",
    "Saved",
    "add_file",
    "confirm_entries",
    "hold_talk",
    "observe_job",
    "ref",
    "return_entry",
    "save_entry",
    "settle_version",
    "submit_entry",
]
