"""A program of its own: a PDF comes in, its text and what it says of itself go out as JSON. It knows nothing else.

`python pdf_reader.py SECONDS < file.pdf`. Time and memory are bounded by the system, so that nothing a file does can
hold up whoever waits for the answer.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from typing import Any

from pypdf import PdfReader

MEMORY = 2 * 2**30
MOST_PAGES = 300
MOST_TEXT = 60_000


def main() -> None:
    """Read what comes in."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))


def read(content: bytes) -> dict[str, Any]:
    """The text, page by page; {"fault"} for what is locked or damaged."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "locked"}
        told: Any = reader.metadata or {}
        return {
            "pages": _pages(reader),
            "length": len(reader.pages),
            "title": str(told.get("/Title") or ""),
            "authors": str(told.get("/Author") or ""),
            "about": str(told.get("/Subject") or ""),
            "rights": _rights(reader, told),
        }
    except Exception:  # noqa: BLE001  (whatever a bent file makes the library stumble over)
        return {"fault": "damaged"}


def _pages(reader: PdfReader) -> list[str]:
    pages, left = [], MOST_TEXT
    for page in reader.pages[:MOST_PAGES]:
        try:
            words = page.extract_text() or ""
        except Exception:  # noqa: BLE001  (one bent page does not take the others with it)
            words = ""
        pages.append(words[:left])
        left -= len(words)
        if left <= 0:
            break
    return pages


def _rights(reader: PdfReader, told: Any) -> str:
    said = [
        str(value)
        for name, value in told.items()
        if "right" in str(name).lower() or "licen" in str(name).lower()
    ]
    try:
        more = reader.xmp_metadata
        said += [str(one) for one in (more.dc_rights or {}).values()] if more is not None else []
    except Exception:  # noqa: BLE001  (bent metadata says nothing)
        return " ".join(said)
    return " ".join(said)


if __name__ == "__main__":
    main()
