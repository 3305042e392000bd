"""An outside certificate that waits for an officer, one that is verified, and an issuer that the office knows."""

from __future__ import annotations

from craftpath.domain.claims import actions
from craftpath.domain.claims.models import Claim, Evidence, TrustedIssuer
from tests.cast import AT, Cast
from tests.domain.claims.world import PDF, claimed, office, verified


def bring_certificates(cast: Cast) -> dict[str, str]:
    """Two of the apprentice, the first with two files; once."""
    if not Claim._base_manager.exists():
        row = claimed(cast, files=[PDF, PDF])
        verified(cast, number="2", level="4")
        assert row.state == "claimed"
        actions.trust_issuer(cast.college, did="did:key:z6MkTest", name="省鉴定中心", by=office(cast), at=AT)
    first, second = Claim._base_manager.order_by("pk")[:2]
    return {
        "claim": first.public_id,
        "verified": second.public_id,
        "evidence": Evidence.objects.filter(claim=first).earliest("pk").public_id,
        "issuer": TrustedIssuer._base_manager.earliest("pk").public_id,
    }
