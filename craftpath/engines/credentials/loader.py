"""The contexts that are kept here, and no others: nothing is ever fetched.

A context decides what is signed. One that came from the net could say something else tomorrow, and whoever writes a
credential could make this site ask for any address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from craftpath.engines.credentials.types import Refusal

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
DID_V1 = "https://www.w3.org/ns/did/v1"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"

KEPT: Mapping[str, str] = {
    CREDENTIALS_V2: "credentials-v2",
    CREDENTIALS_V1: "credentials-v1",
    DID_V1: "did-v1",
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2",
    MULTIKEY_V1: "security-multikey-v1",
    "https://w3id.org/security/suites/ed25519-2020/v1": "security-ed25519-2020-v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-context-3.0.1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-context-3.0.2",
    OPEN_BADGES: "ob-v3p0-context-3.0.3",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob-v3p0-context-3.0.3",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions",
    CLR: "clr_context_2.0.1",
}


@cache
def kept(url: str) -> dict[str, Any]:
    """The context of an address."""
    text = files(__package__).joinpath("contexts", f"{KEPT[url]}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def load(url: str, options: object = None) -> dict[str, Any]:
    """What pyld asks for; refused when it is not kept here."""
    if url not in KEPT:
        raise Refusal("context_unknown", context=url[:200])
    return {"contextUrl": None, "documentUrl": url, "document": kept(url), "tag": "static"}
