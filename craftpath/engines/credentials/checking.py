"""The five questions about a credential: proof, dates, status, schema, issuer."""

from __future__ import annotations

from datetime import datetime

from craftpath.engines.credentials.dates import moment, stamp
from craftpath.engines.credentials.multikey import own_multikey
from craftpath.engines.credentials.proofs import SUITE, signed_by
from craftpath.engines.credentials.reading import measured, parsed
from craftpath.engines.credentials.types import Check, Document, Keys, Lists, Refusal, Report

NAMES = ("proof", "dates", "status", "schema", "issuer")


def nothing_known(_: object) -> None:
    """No keys but those that carry themselves, and no lists."""


def check(
    credential: Document | str,
    *,
    at: datetime,
    keys: Keys = nothing_known,
    status: Lists = nothing_known,
) -> Report:
    """Whether a credential holds at a moment, and why."""
    try:
        document = parsed(credential) if isinstance(credential, str) else measured(credential)
    except Refusal as refused:
        rest = [Check(name, None, "not_checked") for name in NAMES[1:]]
        return Report(False, (Check("proof", False, refused.code, refused.facts), *rest))
    checks = (_proof(document, keys), _dates(document, at))
    return Report(all(one.ok for one in checks), checks, document)


def _proof(document: Document, keys: Keys) -> Check:
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found] if found else []
    if not proofs:
        return Check("proof", False, "proof_missing")
    bare = {name: value for name, value in document.items() if name != "proof"}
    for proof in proofs:
        if not isinstance(proof, dict) or proof.get("cryptosuite") != SUITE:
            return Check("proof", False, "proof_unknown", {"kind": str(proof)[:80]})
        method = str(proof.get("verificationMethod"))
        key = own_multikey(method) or keys(method)
        if key is None:
            return Check("proof", None, "key_unknown", {"method": method[:200]})
        try:
            if not signed_by(bare, proof, key):
                return Check("proof", False, "proof_broken")
        except Refusal as refused:
            return Check("proof", False, refused.code, refused.facts)
    return Check("proof", True, "proof_holds")


def _dates(document: Document, at: datetime) -> Check:
    for field in ("validFrom", "validUntil"):
        if field in document:
            when = moment(document[field])
            if when is None:
                return Check("dates", False, "date_malformed", {"field": field})
            if field == "validFrom" and at < when:
                return Check("dates", False, "not_yet", {"date": stamp(when)})
            if field == "validUntil" and at >= when:
                return Check("dates", False, "expired", {"date": stamp(when)})
    return Check("dates", True, "in_force")
