"""The keys in an issuer's DID document."""

from __future__ import annotations

from craftpath.engines.credentials.multikey import ed25519_bytes
from craftpath.engines.credentials.types import Document


def keys_of(document: Document) -> dict[str, str]:
    """Verification methods that the issuer itself allows to make statements, with their multikeys.

    A method of somebody else's, or one that is listed without being allowed to do this, is not among them.
    """
    did = document.get("id")
    methods = document.get("verificationMethod", [])
    allowed = document.get("assertionMethod", [])
    if not isinstance(did, str) or not isinstance(methods, list) or not isinstance(allowed, list):
        return {}
    listed = {_full(one, did) for one in allowed if isinstance(one, str)}
    inner = [one for one in allowed if isinstance(one, dict)]
    found = {}
    for one in [*methods, *inner]:
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            continue
        name, key = _full(one["id"], did), one.get("publicKeyMultibase")
        theirs = name.startswith(f"{did}#") and one.get("controller") == did and "revoked" not in one
        usable = isinstance(key, str) and ed25519_bytes(key) is not None
        if theirs and usable and (name in listed or one in inner):
            found[name] = str(key)
    return found


def _full(name: str, did: str) -> str:
    return did + name if name.startswith("#") else name
