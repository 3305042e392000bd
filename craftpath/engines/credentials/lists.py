"""Whether a credential was revoked: what the list says at which its issuer pointed."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Callable
from typing import Any

from craftpath.engines.credentials.tokens import identifier
from craftpath.engines.credentials.types import Check, Document, Lists, Refusal, Report

BITS = 131_072  # the least a list may have
LARGEST = 4_000_000  # bytes of a list when it is unpacked: 32 million places
ENTRIES = 20
STOPPING = {"revocation": "revoked", "suspension": "suspended"}

Reader = Callable[[Document | str], Report]


def status_check(document: Document, lists: Lists, read: Reader) -> Check:
    """The answer to the question `status`; `read` checks the list, which is a credential itself."""
    found = document.get("credentialStatus")
    entries = found if isinstance(found, list) else [found] if found is not None else []
    if not entries:
        return Check("status", True, "no_status")
    if len(entries) > ENTRIES or not all(isinstance(one, dict) for one in entries):
        return Check("status", False, "status_malformed", {"what": "credentialStatus"})
    answers = [_entry(one, document, lists, read) for one in entries]
    return min(answers, key=lambda one: (one.ok is not False, one.ok is not None))


def _entry(entry: Document, document: Document, lists: Lists, read: Reader) -> Check:
    kinds = entry.get("type")
    kind = str(kinds[0] if isinstance(kinds, list) and kinds else kinds)
    try:
        if kind == "BitstringStatusListEntry":
            return _bit(entry, document, lists, read)
        if kind == "1EdTechRevocationList":
            return _named(entry, document, lists)
    except Refusal as refused:
        return Check("status", False, refused.code, refused.facts)
    return Check("status", None, "status_unknown", {"kind": kind[:80]})


def _bit(entry: Document, document: Document, lists: Lists, read: Reader) -> Check:
    url, purpose = entry.get("statusListCredential"), entry.get("statusPurpose")
    place, size = _whole(entry.get("statusListIndex")), _whole(entry.get("statusSize", 1))
    if not isinstance(url, str) or not isinstance(purpose, str) or place is None or not size or size > 64:
        raise Refusal("status_malformed", what="BitstringStatusListEntry")
    found = lists(entry)
    if found is None:
        return Check("status", None, "not_looked_up", {"url": url[:200]})
    report = read(found)
    broken = next((one for one in report.checks if one.name != "status" and one.ok is False), None)
    if broken is None and report["proof"].ok is None:
        return Check("status", None, "status_broken", {"url": url[:200], "why": report["proof"].why})
    if broken is not None or report.credential is None:
        raise Refusal("status_broken", url=url[:200], why=broken.why if broken else "")
    packed = _its_bits(report.credential, url, purpose, document)
    bits = _unpacked(packed, url)
    first, last = place * size, (place + 1) * size
    if last > len(bits) * 8:
        raise Refusal("status_broken", url=url[:200], why=f"It has no place {place}.")
    on = any(bits[at // 8] & (0x80 >> at % 8) for at in range(first, last))
    if on and purpose in STOPPING:
        return Check("status", False, STOPPING[purpose])
    return Check("status", True, "not_revoked")


def _its_bits(listing: Document, url: str, purpose: str, document: Document) -> str:
    """The packed list, if it is the one that was named, of the same issuer, and for the same purpose."""
    subject = listing.get("credentialSubject")
    types = listing.get("type")
    if not isinstance(subject, dict) or "BitstringStatusListCredential" not in (types or []):
        raise Refusal("status_broken", url=url[:200], why="It is no list.")
    if listing.get("id") != url:
        raise Refusal("status_broken", url=url[:200], why="It is another list.")
    if identifier(listing.get("issuer")) != identifier(document.get("issuer")):
        raise Refusal("status_broken", url=url[:200], why="It is not of the issuer of the credential.")
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise Refusal("status_broken", url=url[:200], why="It serves another purpose.")
    return str(subject.get("encodedList"))


def _unpacked(packed: str, url: str) -> bytes:
    text = packed[1:] if packed.startswith("u") else packed
    try:
        unpacker = zlib.decompressobj(wbits=31)
        bits = unpacker.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), LARGEST)
    except (Error, ValueError, zlib.error):
        raise Refusal("status_broken", url=url[:200], why="It cannot be unpacked.") from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise Refusal("status_broken", url=url[:200], why="It is too long, or cut off.")
    if len(bits) * 8 < BITS:
        raise Refusal("status_broken", url=url[:200], why=f"It has fewer than {BITS} places.")
    return bits


def _named(entry: Document, document: Document, lists: Lists) -> Check:
    """1EdTech's own form: an unsigned document that names the revoked ones."""
    url = entry.get("id")
    if not isinstance(url, str):
        raise Refusal("status_malformed", what="1EdTechRevocationList")
    found = lists(entry)
    if found is None:
        return Check("status", None, "not_looked_up", {"url": url[:200]})
    if not isinstance(found, dict) or found.get("id") != url:
        raise Refusal("status_broken", url=url[:200], why="It is another list.")
    rows = found.get("revokedCredential", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("status_broken", url=url[:200], why="It cannot be read.")
    mine = [row for row in rows if row.get("id") == document.get("id")]
    if any(row.get("revoked", True) for row in mine):
        return Check("status", False, "revoked")
    return Check("status", True, "not_revoked")


def _whole(value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value < 2**40 else None
    good = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 13
    return int(value) if good else None
