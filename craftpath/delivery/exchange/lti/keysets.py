"""Public keys of the other side: as they were registered, or read from their address and kept for a while.

A message with an unknown key makes the set be read anew, at most once a minute: keys change, and forgers are many. A
set that cannot be read is not asked for again at once: whoever waits for it holds a worker.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.cache import cache

from craftpath.delivery.exchange.outward import ask, target_of
from craftpath.domain.lti import jwts
from craftpath.values.verdict import Refused, not_now

KEPT = 600  # seconds
ANEW = 60  # seconds between two readings because of an unknown key
REST = 5  # seconds after a reading that failed
MOST = 200_000  # bytes


class Party(Protocol):
    """A tool or a platform: whoever publishes keys."""

    keys: Any
    keys_address: str


def keys_for(party: Party, token: str) -> Mapping[str, Any]:
    """The set with which a message of this party is held."""
    if not party.keys_address:
        return dict(party.keys)
    name = f"lti-keys-{hashlib.sha256(party.keys_address.encode()).hexdigest()[:32]}"
    found = cache.get(name)
    if found is not None and (jwts.knows(token, found) or not cache.add(f"{name}-anew", 1, ANEW)):
        return dict(found)
    if cache.get(f"{name}-failed"):
        raise Refused(not_now("lti.keys_unread"))
    try:
        fresh = _read(party.keys_address)
    except Refused:
        cache.set(f"{name}-failed", 1, REST)
        if found is not None:  # the key is unknown in what was read a moment ago, and that is then said
            return dict(found)
        raise
    cache.set(name, fresh, KEPT)
    return fresh


def _read(address: str) -> dict[str, Any]:
    try:
        status, content = ask(
            target_of(address), "GET", headers={"Accept": "application/json"}, most=MOST + 1
        )
        found = json.loads(content) if status == 200 and len(content) <= MOST else None
    except (Refused, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
        raise Refused(not_now("lti.keys_unread"))
    return {"keys": found["keys"]}
