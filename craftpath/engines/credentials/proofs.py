"""Data Integrity proofs of the kind eddsa-rdfc-2022: made here, and checked whoever made them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from craftpath.engines.credentials.canonical import canonical
from craftpath.engines.credentials.dates import stamp
from craftpath.engines.credentials.multikey import base58btc, base58btc_bytes, ed25519_bytes
from craftpath.engines.credentials.types import Document, SigningKey

SUITE = "eddsa-rdfc-2022"


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
    return sha256(canonical(words)) + sha256(canonical(bare))


def sha256(text: str) -> bytes:
    """The hash of a text."""
    return hashlib.sha256(text.encode()).digest()


def signed_by(bare: Document, proof: Document, multikey: str) -> bool:
    """Whether the proof was made over this document with this key."""
    public = ed25519_bytes(multikey)
    signature = base58btc_bytes(str(proof.get("proofValue")))
    if public is None or signature is None or len(signature) != 64:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest(bare, proof))
    except (InvalidSignature, ValueError):
        return False
    return True
