"""The five questions about a credential: proof, dates, status, schema, issuer.

It is valid when its signature is whole, it is in force and well formed, and nothing speaks against its status and its
issuer. What nobody can say from what is at hand (a list that was not looked up, an issuer that is not bound to the key)
is said as such, and does not make it invalid; a signature whose key is not at hand proves nothing, and does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from craftpath.engines.credentials.dates import moment, stamp
from craftpath.engines.credentials.lists import status_check
from craftpath.engines.credentials.proofs import Signer, check_proofs
from craftpath.engines.credentials.reading import measured, parsed
from craftpath.engines.credentials.shape import schema_check
from craftpath.engines.credentials.tokens import identifier, read_token
from craftpath.engines.credentials.types import Check, Document, Keys, Lists, Refusal, Report

NAMES = ("proof", "dates", "status", "schema", "issuer")
MUST = {"proof", "dates", "schema"}  # the others must not be known to be wrong
INNER = "verifiableCredential"
INSIDE = 300  # credentials of a record
ENVELOPE = "data:application/vc+jwt,"
ENVELOPE_SAYS = {"@context", "id", "type"}  # nobody signed what else stands on it


def nothing_known(_: object) -> None:
    """No keys but those that carry themselves, and no lists."""


def check(
    credential: Document | str, *, at: datetime, keys: Keys = nothing_known, status: Lists = nothing_known
) -> Report:
    """Whether a credential holds at a moment, and why: a document, its text, or a token."""
    try:
        document, proof, signers = _read(credential, keys, at)
    except Refusal as refused:
        rest = [Check(name, None, "not_checked") for name in NAMES[1:]]
        return Report(False, (Check("proof", False, refused.code, refused.facts), *rest))
    except RecursionError:
        rest = [Check(name, None, "not_checked") for name in NAMES[1:]]
        return Report(False, (Check("proof", False, "too_deep"), *rest))
    again: Callable[[Document | str], Report] = partial(check, at=at, keys=keys)
    checks = (
        _inside(document, proof, again),
        _dates(document, at),
        status_check(document, status, again),
        schema_check(document),
        _issuer(document, signers),
    )
    valid = all(one.ok is True or (one.ok is None and one.name not in MUST) for one in checks)
    return Report(valid, checks, document)


def _read(credential: Document | str, keys: Keys, at: datetime) -> tuple[Document, Check, tuple[Signer, ...]]:
    if isinstance(credential, str) and not credential.lstrip().startswith(("{", "[")):
        return read_token(credential, keys)
    document = parsed(credential) if isinstance(credential, str) else measured(credential)
    types, address = document.get("type"), document.get("id")
    if "EnvelopedVerifiableCredential" in (types if isinstance(types, list) else [types]):
        if not isinstance(address, str) or not address.startswith(ENVELOPE):
            raise Refusal("not_a_credential")
        if beside := sorted(document.keys() - ENVELOPE_SAYS):
            raise Refusal("beside_envelope", name=beside[0][:80])
        return read_token(address.removeprefix(ENVELOPE), keys)
    return document, *check_proofs(document, keys, at)


def _inside(document: Document, proof: Check, again: Callable[[Document | str], Report]) -> Check:
    """A record holds only if the credentials in it are whole, and none is signed by another than it names."""
    subjects = _listed(document.get("credentialSubject"))
    inner = [
        one for subject in subjects if isinstance(subject, dict) for one in _listed(subject.get(INNER, []))
    ]
    if proof.ok is not True:
        return proof
    if len(inner) > INSIDE:
        return Check("proof", False, "too_large")
    for one in inner:
        if isinstance(one, dict):
            report = again(one)
            its = next((found for found in (report["proof"], report["issuer"]) if found.ok is False), None)
            if its is not None:
                return Check("proof", False, "proof_inside", {"id": str(one.get("id"))[:200], "why": its.why})
    return proof


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _dates(document: Document, at: datetime) -> Check:
    for field in ("validFrom", "issuanceDate", "validUntil", "expirationDate"):
        if field not in document:
            continue
        when = moment(document[field])
        if when is None:
            return Check("dates", False, "date_malformed", {"field": field})
        if field in {"validFrom", "issuanceDate"} and at < when:
            return Check("dates", False, "not_yet", {"date": stamp(when)})
        if field in {"validUntil", "expirationDate"} and at > when:
            return Check("dates", False, "expired", {"date": stamp(when)})
    return Check("dates", True, "in_force")


def _issuer(document: Document, signers: tuple[Signer, ...]) -> Check:
    """Whether one who signed is the one who is said to have issued it."""
    issuer = identifier(document.get("issuer"))
    if not issuer:
        return Check("issuer", False, "issuer_missing")
    facts = {"issuer": issuer[:200]}
    if any(one.vouched and one.controller == issuer for one in signers):
        return Check(
            "issuer", True, "issuer_is_key" if issuer.startswith("did:key:") else "issuer_known", facts
        )
    if signers and issuer.startswith("did:"):
        other = next((one.controller for one in signers if one.controller), "?")
        return Check("issuer", False, "issuer_other", facts | {"controller": other[:200]})
    return Check("issuer", None, "issuer_unproven", facts)
