"""Writing about claims."""

from craftpath.domain.claims.claiming import (
    add_evidence,
    change_claim,
    claim_certificate,
    drop_evidence,
    forget_evidence,
    read_decision,
    withdraw_claim,
)
from craftpath.domain.claims.rules import Told
from craftpath.domain.claims.trusting import drop_issuer, trust_issuer
from craftpath.domain.claims.verifying import refuse_claim, return_claim, revoke_claim, verify_claim

__all__ = [
    "Told",
    "add_evidence",
    "change_claim",
    "claim_certificate",
    "drop_evidence",
    "drop_issuer",
    "forget_evidence",
    "read_decision",
    "refuse_claim",
    "return_claim",
    "revoke_claim",
    "trust_issuer",
    "verify_claim",
    "withdraw_claim",
]
