"""Taking packages in, and playing them."""

from craftpath.domain.packages.playing import Saved, save_attempt
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
