"""The keys of an issuer as a DID document."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.engines.credentials.documents.parts import filled
from craftpath.engines.credentials.loader import DID_V1, MULTIKEY_V1
from craftpath.engines.credentials.types import Document


def method_of(did: str, multikey: str) -> str:
    """The address of a key of an issuer: each key is called by itself, and no name is ever given twice."""
    return f"{did}#{multikey}"


def did_document(did: str, keys: Iterable[str], *, also_known_as: Iterable[str] = ()) -> Document:
    """The document of an issuer with the keys whose signatures hold: the active one and retired ones."""
    methods = [
        {"id": method_of(did, key), "type": "Multikey", "controller": did, "publicKeyMultibase": key}
        for key in keys
    ]
    return filled(
        {
            "@context": [DID_V1, MULTIKEY_V1],
            "id": did,
            "alsoKnownAs": list(also_known_as),
            "verificationMethod": methods,
            "assertionMethod": [one["id"] for one in methods],
        }
    )
