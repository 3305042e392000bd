"""Public ids: short, unguessable, stable; the only ids that leave the database."""

from __future__ import annotations

import secrets

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that people mistake for another
LENGTH = 12


def new_public_id() -> str:
    """Twelve letters and digits (about 59 bits), safe to read aloud and to type."""
    number, letters = secrets.randbits(64), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)
