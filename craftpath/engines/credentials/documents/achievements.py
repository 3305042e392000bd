"""One achievement of one holder: an OpenBadgeCredential."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from craftpath.engines.credentials.dates import stamp
from craftpath.engines.credentials.documents.parts import Achievement, Holder, Issuer, Result, filled, number
from craftpath.engines.credentials.loader import CREDENTIALS_V2, OPEN_BADGES
from craftpath.engines.credentials.types import Document


def achievement(
    *,
    id: str,
    issuer: Issuer,
    holder: Holder,
    what: Achievement,
    valid_from: datetime,
    valid_until: datetime | None = None,
    awarded: datetime | None = None,
    status: Document | None = None,
    results: Sequence[Result] = (),
    name: str = "",
    description: str = "",
    evidence: Sequence[Document] = (),
    licence: str = "",
    earned: float | None = None,
) -> Document:
    """The credential, not signed yet. `id` is an address; `status` comes from `status_entry`; `licence` is a number."""
    subject = holder.document("AchievementSubject") | filled(
        {
            "achievement": what.document(),
            "result": [one.document() for one in results],
            "licenseNumber": licence,
            "creditsEarned": number(earned),
        }
    )
    return filled(
        {
            "@context": [CREDENTIALS_V2, OPEN_BADGES],
            "id": id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": name or what.name,
            "description": description,
            "issuer": issuer.document(),
            "validFrom": stamp(valid_from),
            "validUntil": stamp(valid_until) if valid_until else "",
            "awardedDate": stamp(awarded) if awarded else "",
            "credentialSubject": subject,
            "evidence": list(evidence),
            "credentialStatus": status,
        }
    )


def status_entry(list_url: str, place: int, purpose: str = "revocation") -> Document:
    """Where to look up whether a credential still holds."""
    return {
        "id": f"{list_url}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(place),
        "statusListCredential": list_url,
    }
