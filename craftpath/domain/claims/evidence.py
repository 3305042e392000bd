"""What a file shows: a photo, a PDF, or a digital credential, told by its bytes."""

from __future__ import annotations

import re

from craftpath.engines.credentials.baked import credential_in
from craftpath.engines.credentials.reading import parsed
from craftpath.engines.credentials.types import Refusal
from craftpath.kernel.exhibits import look_at
from craftpath.values.verdict import Refused, not_now

_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


def evidence_of(content: bytes) -> tuple[str, bytes]:
    """(media type, bytes to keep) of a file that may be evidence; refused if it may not.

    A badge is a picture with its credential inside: the credential is what is kept.
    """
    credential = _credential(content)
    if credential is not None:
        return credential
    looked = look_at(content)
    if looked.kind != "photo" and looked.media_type != "application/pdf":
        raise Refused(not_now("claims.wrong_evidence"))
    return looked.media_type, looked.content


def _credential(content: bytes) -> tuple[str, bytes] | None:
    try:
        words = credential_in(content)
    except Refusal:
        return None
    if _TOKEN.fullmatch(words):
        return "application/jwt", words.encode()
    if not words.startswith("{"):
        return None
    try:
        document = parsed(words)
    except Refusal:
        raise Refused(not_now("claims.wrong_evidence")) from None
    if "@context" not in document:
        raise Refused(not_now("claims.wrong_evidence"))
    return "application/json", words.encode()
