"""Addresses of the web held against each other: what differs in them although they lead to the same page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKS = re.compile(r"utm_.+|spm(_id_from)?|from_source|share_.+|vd_source|fbclid|gclid|si|feature", re.I)
_SMALL_HOSTS = re.compile(r"^(?:www|m|mobile)\.(?=.+\..+)")
_SHORT = "youtu.be"


def plain_link(link: str) -> str:
    """The same for all spellings of an address: without scheme, `www`, port, slash at the end, anchor and tracking.

    "" for what is no address. It is for comparing only: nobody is sent there. An anchor that is a way of its own, as
    pages that are one program write it (`#/lesson/3`), counts.
    """
    try:
        parts = urlsplit(link.strip())
        host = _SMALL_HOSTS.sub("", (parts.hostname or "").rstrip("."))
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = quote(unquote(parts.path), safe="/").rstrip("/")
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if host == _SHORT and path:  # a film's short address
        host, asked, path = "youtube.com", [("v", path[1:]), *asked], "/watch"
    kept = sorted((name, said) for name, said in asked if not _TRACKS.fullmatch(name))
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    way = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    return f"{where}{path}{'?' if kept else ''}{urlencode(kept)}{way}"
