"""A PDF read by a process of its own: one that was made to go on for ever, or to fill the memory, ends with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.delivery.exchange.resources.extracting import Extracted

SECONDS = 40
_READER = Path(__file__).with_name("pdf_reader.py")


def read_pdf(stream: BinaryIO, found: Extracted) -> None:
    """Fill in what the PDF holds; `Refused` if it cannot be read in time."""
    said = _asked(stream)
    if said.get("fault"):
        raise Refused(not_now("resources.locked" if said["fault"] == "locked" else "resources.damaged"))
    found.pages, found.length = list(said["pages"]), int(said["length"])
    found.title, found.authors, found.about = said["title"], said["authors"], said["about"]
    found.rights = said["rights"]
    found.without_text = found.length > 0 and not any(page.strip() for page in found.pages)
    lines = (line.strip() for page in found.pages[:1] for line in page.splitlines())
    found.heading = next((line for line in lines if len(line) > 3), "")[:120]


def _asked(stream: BinaryIO) -> Any:
    command = [sys.executable, "-I", str(_READER), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603  (our own module)
            command, input=stream.read(), capture_output=True, timeout=SECONDS * 2, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(not_now("resources.too_long_to_read")) from None
    if done.returncode < 0:  # the system ended it: too much time, or too much memory
        raise Refused(not_now("resources.too_long_to_read"))
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise Refused(not_now("resources.damaged")) from None
