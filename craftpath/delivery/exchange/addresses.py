"""Addresses that somebody from outside gives: what may be linked to, and what is no address of the web."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NO_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f\ud800-\udfff]")
_MAIL = re.compile(r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_~-]+@[A-Za-z0-9.-]+", re.I)


def web_address(address: str) -> str:
    """An address of the web as it may be linked to; "" for any other scheme and for what is no address."""
    if _NO_ADDRESS.search(address):
        return ""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


def mail_address(address: str) -> str:
    """A `mailto:` with one plain address and nothing behind it; "" for anything else."""
    return address if _MAIL.fullmatch(address) else ""
