"""Codes on slips: eight signs that nobody confuses, kept as a digest; what is typed is read with forgiveness."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without I, L, O, 0 and 1
LENGTH = 8
_SALT = "craftpath.exams.code"


def new_code() -> str:
    """A code as it stands on a slip: `K7MP-3QXA`."""
    signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def digest(typed: str) -> str:
    """What is kept of a code, and looked for; empty if what was typed can be none."""
    plain = "".join(unicodedata.normalize("NFKC", typed).upper().replace("-", "").split())
    if len(plain) != LENGTH or not set(plain) <= set(SIGNS):
        return ""
    return salted_hmac(_SALT, plain, algorithm="sha256").hexdigest()
