"""Data Integrity proofs of the kind eddsa-rdfc-2022: made here, and checked whoever made them.

Its forerunner Ed25519Signature2020 is the same arithmetic under another name; it is checked, and never made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from craftpath.engines.credentials.canonical import canonical
from craftpath.engines.credentials.dates import moment, stamp
from craftpath.engines.credentials.disguise import undisguised
from craftpath.engines.credentials.multikey import base58btc, base58btc_bytes, ed25519_bytes, own_multikey
from craftpath.engines.credentials.types import Check, Document, Keys, Refusal, SigningKey

SUITE = "eddsa-rdfc-2022"
BEFORE = "Ed25519Signature2020"
MOST = 10  # proofs of one document


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose key a signature was made with: the part of a verification method before “#”, and who vouches for that."""

    controller: str
    vouched: bool  # the key is the controller's: it is named by the key itself, or whoever checks said so


def sign(document: Document, key: SigningKey, *, method: str, created: datetime) -> Document:
    """The document with a proof by the key that `method` names; refused when part of it would not be signed."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": stamp(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(digest(bare, proof))
    return bare | {"proof": [proof | {"proofValue": base58btc(signature)}]}


def digest(bare: Document, proof: Document) -> bytes:
    """What is signed: the hash of the proof's own words, and the hash of the document."""
    words = {name: value for name, value in proof.items() if name != "proofValue"}
    words["@context"] = bare.get("@context")
    return _sha256(canonical(words)) + _sha256(canonical(bare))


def check_proofs(document: Document, keys: Keys, at: datetime) -> tuple[Check, tuple[Signer, ...]]:
    """The answer to the question `proof` for a document, and who signed it.

    Every proof of a kind that is known here must hold, and there must be one; proofs of other kinds say nothing.
    """
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found] if found is not None else []
    known = [one for one in proofs if isinstance(one, dict) and _is_known(one)]
    if not known:
        kinds = ", ".join(_kind(one) for one in proofs[:MOST])
        return Check(
            "proof", False, *(("proof_unknown", {"kind": kinds[:120]}) if proofs else ("proof_missing",))
        ), ()
    signers = []
    try:
        if len(proofs) > MOST:
            raise Refusal("proof_malformed", what=f"more than {MOST} proofs")
        undisguised(document)
        for proof in known:
            signers.append(_signer(document, proof, known, keys, at))
    except Refusal as refused:
        ok = None if refused.code == "key_unknown" else False
        return Check("proof", ok, refused.code, refused.facts), ()
    return Check("proof", True, "proof_holds"), tuple(signers)


def _signer(
    document: Document, proof: Document, all_proofs: list[Document], keys: Keys, at: datetime
) -> Signer:
    """Who made this proof; refused when it does not hold."""
    _well_made(proof, at)
    bare = {name: value for name, value in document.items() if name != "proof"}
    before = _before(proof, all_proofs)
    if before:
        bare["proof"] = before
    multikey, signer = key_of(proof["verificationMethod"], keys)
    public, signature = ed25519_bytes(multikey), base58btc_bytes(proof["proofValue"])
    if public is None:
        raise Refusal("proof_malformed", what="verificationMethod")
    if signature is None or len(signature) != 64:
        raise Refusal("proof_malformed", what="proofValue")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest(bare, proof))
    except (InvalidSignature, ValueError):
        raise Refusal("proof_broken") from None
    return signer


def key_of(method: str, keys: Keys) -> tuple[str, Signer]:
    """The key that a verification method names. One that carries its key in its name needs nobody who knows it."""
    controller, _, name = method.partition("#")
    own = own_multikey(method)
    if own is not None:
        return own, Signer(controller, vouched=True)
    known = keys(method)
    if known is not None:
        return known, Signer(controller, vouched=True)
    if controller.startswith(("https:", "http:")) and ed25519_bytes(name) is not None:
        return name, Signer(controller, vouched=False)
    raise Refusal("key_unknown", method=method[:200])


def _well_made(proof: Document, at: datetime) -> None:
    if proof.get("type") != ("DataIntegrityProof" if "cryptosuite" in proof else BEFORE):
        raise Refusal("proof_malformed", what="type")
    if proof.get("proofPurpose") != "assertionMethod":
        raise Refusal("proof_malformed", what="proofPurpose")
    for name in ("verificationMethod", "proofValue"):
        if not isinstance(proof.get(name), str) or ":" not in proof["verificationMethod"]:
            raise Refusal("proof_malformed", what=name)
    for name in ("created", "expires"):
        if name in proof and moment(proof[name]) is None:
            raise Refusal("proof_malformed", what=name)
    until = moment(proof.get("expires"))
    if until is not None and at >= until:
        raise Refusal("proof_expired", date=stamp(until))


def _before(proof: Document, all_proofs: list[Document]) -> list[Document]:
    """The proofs on which this one stands: it was made over them, too."""
    named = proof.get("previousProof", [])
    asked = named if isinstance(named, list) else [named]
    found = [one for one in all_proofs if one is not proof and one.get("id") in asked]
    if len(asked) != len(set(map(str, asked))) or len(found) != len(asked):
        raise Refusal("proof_malformed", what="previousProof")
    return found


def _is_known(proof: Document) -> bool:
    return proof.get("cryptosuite") == SUITE or proof.get("type") == BEFORE


def _kind(proof: Any) -> str:
    return str(proof.get("cryptosuite") or proof.get("type")) if isinstance(proof, dict) else "?"


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
