"""Public ids: short, unguessable, stable; the only ids that leave the database."""

from __future__ import annotations

import secrets

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that people mistake for another
LENGTH = 12
_PAIRS = tuple(one + two for one in LETTERS for two in LETTERS)  # half the work: a sheet asks for thousands


def new_public_id() -> str:
    """Twelve letters and digits (about 59 bits), safe to read aloud and to type."""
    number, pairs = secrets.randbits(64), []
    for _ in range(LENGTH // 2):
        number, place = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[place])
    return "".join(pairs)
