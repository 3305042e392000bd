"""Taking packages in, and playing them."""

from craftpath.domain.packages.beginning import Begun, Opening, begin_session, fetch_token
from craftpath.domain.packages.ending import abandon_session, end_forgotten, waive_unit
from craftpath.domain.packages.playing import Saved, save_attempt
from craftpath.domain.packages.speaking import hear_unit, note_reading
from craftpath.domain.packages.taking import (
    Found,
    change_package,
    finish_package,
    refuse_package,
    restore_package,
    retire_package,
    take_package,
)

__all__ = [
    "Begun",
    "Opening",
    "abandon_session",
    "begin_session",
    "end_forgotten",
    "fetch_token",
    "hear_unit",
    "note_reading",
    "waive_unit",
    "Found",
    "Saved",
    "change_package",
    "finish_package",
    "refuse_package",
    "restore_package",
    "retire_package",
    "save_attempt",
    "take_package",
]
