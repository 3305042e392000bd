"""Keys of fixed length for what has none: identities, and rows of one organisation."""

from __future__ import annotations

import hashlib
import uuid

from craftpath.kernel.organisations import Organisation


def key_of(*parts: str) -> uuid.UUID:
    """The key of a text, or of several in this order; equal exactly for equal ones."""
    told = "\0".join(f"{len(part)} {part}" for part in parts) if len(parts) > 1 else parts[0]
    return uuid.UUID(bytes=hashlib.blake2b(told.encode(), digest_size=16).digest())


def row_of(organisation: Organisation | None, statement_id: str) -> uuid.UUID:
    """The row of a statement at an organisation, the same at every site."""
    return key_of(organisation.public_id if organisation is not None else "", statement_id.lower())
