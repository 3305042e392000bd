"""What a file shows: a photo, a PDF, or a digital credential, told by its bytes."""

from __future__ import annotations

import json
import re

from craftpath.kernel.exhibits import look_at
from craftpath.values.verdict import Refused, not_now

MOST_CREDENTIAL = 2**20
_JWT = re.compile(rb"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")
_PNG = b"\x89PNG\r\n\x1a\n"
_BAKED = b"openbadgecredential"


def evidence_of(content: bytes) -> tuple[str, bytes]:
    """(media type, bytes to keep) of a file that may be evidence; refused if it may not.

    A badge is a picture with its credential inside: the credential is what is kept.
    """
    found = _credential(_baked(content) or content)
    if found is not None:
        return found
    looked = look_at(content)
    if looked.kind != "photo" and looked.media_type != "application/pdf":
        raise Refused(not_now("claims.wrong_evidence"))
    return looked.media_type, looked.content


def _credential(content: bytes) -> tuple[str, bytes] | None:
    words = content.strip()
    if len(words) > MOST_CREDENTIAL:
        return None
    if _JWT.match(words):
        return "application/jwt", words
    if not words.startswith(b"{"):
        return None
    try:
        said = json.loads(words)
    except (ValueError, RecursionError):
        raise Refused(not_now("claims.wrong_evidence")) from None
    if not isinstance(said, dict) or "@context" not in said:
        raise Refused(not_now("claims.wrong_evidence"))
    return "application/json", words


def _baked(content: bytes) -> bytes:
    """The credential inside a badge: the text of its first chunk with that name, uncompressed; nothing without one."""
    if not content.startswith(_PNG):
        return b""
    at = len(_PNG)
    while at + 12 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        body = content[at + 8 : at + 8 + size]
        if kind == b"iTXt" and body.startswith(_BAKED + b"\0\0\0"):
            _language, _zero, rest = body[len(_BAKED) + 3 :].partition(b"\0")
            _translated, _zero, text = rest.partition(b"\0")
            return text
        at += 12 + size
    return b""
