"""A whole record as one signed document: a ClrCredential of the Comprehensive Learner Record 2.0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craftpath.engines.credentials.dates import stamp
from craftpath.engines.credentials.documents.parts import Achievement, Holder, Issuer, filled
from craftpath.engines.credentials.loader import CLR, CREDENTIALS_V2, OPEN_BADGES
from craftpath.engines.credentials.types import Document


@dataclass(frozen=True, slots=True)
class Association:
    """How two achievements of a record hang together: isChildOf, isParentOf, precedes, replacedBy …"""

    kind: str
    source: str
    target: str

    def document(self) -> Document:
        """As an Association."""
        return {
            "type": "Association",
            "associationType": self.kind,
            "sourceId": self.source,
            "targetId": self.target,
        }


def record(
    *,
    id: str,
    issuer: Issuer,
    holder: Holder,
    credentials: Sequence[Document],
    name: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    description: str = "",
    achievements: Sequence[Achievement] = (),
    associations: Sequence[Association] = (),
    status: Document | None = None,
    partial: bool = False,
) -> Document:
    """The record, not signed yet, with the signed `credentials` inside, each with its own proof."""
    subject = holder.document("ClrSubject") | filled(
        {
            "achievement": [one.document() for one in achievements],
            "association": [one.document() for one in associations],
            "verifiableCredential": list(credentials),
        }
    )
    return filled(
        {
            "@context": [CREDENTIALS_V2, CLR, OPEN_BADGES],
            "id": id,
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": name,
            "description": description,
            "issuer": issuer.document(),
            "validFrom": stamp(valid_from),
            "validUntil": stamp(valid_until) if valid_until else "",
            "partial": partial or None,
            "credentialSubject": subject,
            "credentialStatus": status,
        }
    )
