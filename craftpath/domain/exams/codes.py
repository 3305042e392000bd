"""Codes on slips: eight signs that nobody confuses, kept as a digest; what is typed is read with forgiveness."""

from __future__ import annotations

import hashlib
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


SHEET_LENGTH = 6


def sheet_code(public_id: str) -> str:
    """What stands on an answer sheet, so that it is found again: `K7M-3QX`. It opens nothing and tells no name."""
    number = int.from_bytes(hashlib.sha256(f"{_SALT}.sheet {public_id}".encode()).digest()[:8], "big")
    signs = ""
    for _sign in range(SHEET_LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return f"{signs[:3]}-{signs[3:]}"


def plain_code(typed: str) -> str:
    """A code of a sheet as it was typed or scanned, without what makes no difference."""
    return "".join(unicodedata.normalize("NFKC", typed).upper().replace("-", "").split())
