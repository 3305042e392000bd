"""Lists that say which credentials do not hold any more: one bit for each place."""

from __future__ import annotations

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime

from craftpath.engines.credentials.dates import stamp
from craftpath.engines.credentials.documents.parts import filled
from craftpath.engines.credentials.loader import CREDENTIALS_V2
from craftpath.engines.credentials.types import Document

SIZE = (
    131_072  # the least that the recommendation allows: among fewer, a place says too much about its holder
)


def status_list(
    revoked_places: Iterable[int],
    size: int = SIZE,
    *,
    id: str,
    issuer: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    purpose: str = "revocation",
) -> Document:
    """The list as a BitstringStatusListCredential, not signed yet; the same places give the same text."""
    bits = bytearray((max(size, SIZE) + 7) // 8)
    for place in revoked_places:
        if not 0 <= place < len(bits) * 8:
            raise ValueError(f"place {place} is not on a list of {size}")
        bits[place // 8] |= 0x80 >> place % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return filled(
        {
            "@context": [CREDENTIALS_V2],
            "id": id,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer,
            "validFrom": stamp(valid_from),
            "validUntil": stamp(valid_until) if valid_until else "",
            "credentialSubject": {
                "id": f"{id}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": "u" + urlsafe_b64encode(packed).decode().rstrip("="),
            },
        }
    )
