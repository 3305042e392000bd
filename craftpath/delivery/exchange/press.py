"""Printing processes: one for a paper, a few for a batch, each with a time in which a paper has to be there."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from craftpath.delivery.exchange import printing
from craftpath.delivery.exchange.fonts import display_file, font_file, single_face
from craftpath.values.verdict import Refused, not_now

_log = logging.getLogger(__name__)
SECONDS = 90
"""How long one paper may take, the loading of the library included."""
_AT_ONCE = 1 << 20


class Press:
    """One printing process, started when it is needed and again after a paper that it did not survive."""

    def __init__(self, *, seconds: float = SECONDS, gently: bool = False) -> None:
        self.seconds, self.gently = seconds, gently
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: Any = None
        self.sheets = 0
        """How many sheets the paper has that was printed last."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def printed(self, page: str, *, keep: bool = False) -> bytes:
        """A page as PDF; refused if it takes too long, cannot be laid out, or the library is not there."""
        return self._asked({"page": page, "keep": keep})

    def together(self) -> bytes:
        """All papers that were kept since the process began, as one PDF; each counts its own pages."""
        return self._asked({"together": True})

    @property
    def alive(self) -> bool:
        """Whether the process is there, with what it has kept."""
        return self._process is not None

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, self._errors):
                if stream is not None:
                    try:
                        stream.close()
                    except OSError:  # what was still to be written is of no use any more
                        _log.debug("a printing process ended while it was written to")

    def _asked(self, what: dict[str, Any]) -> bytes:
        process = self._process or self._start()
        until = time.monotonic() + self.seconds
        try:
            assert process.stdin is not None  # noqa: S101
            process.stdin.write(json.dumps(what).encode() + b"\n")
            process.stdin.flush()
            head = json.loads(self._line(until))
            if "fault" not in head:
                self.sheets = int(head["sheets"])
                return self._bytes(head["size"], until)
        except TimeoutError as fault:
            self.stop()
            raise Refused(not_now("exchange.paper_too_slow")) from fault
        except (OSError, EOFError, ValueError) as fault:
            raise Refused(self._ended()) from fault
        _log.error("a paper was not printed: %s", head["fault"])
        raise Refused(not_now("exchange.paper_not_printed"))

    def _start(self) -> subprocess.Popen[bytes]:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the process)
        command = [sys.executable, "-m", printing.__name__, *map(str, _fonts())]
        if self.gently:
            command = ["nice", "-n", "5", *command]
        self._process = subprocess.Popen(  # noqa: S603  (our own module, our own fonts)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=settings.ROOT,
            bufsize=0,
        )
        return self._process

    def _ended(self) -> Any:
        """Why the process is not there any more."""
        process, errors = self._process, b""
        if process is None:
            return not_now("exchange.paper_not_printed")
        try:
            code = process.wait(1)
        except subprocess.TimeoutExpired:
            code = 0
        self._errors.seek(0)
        errors = self._errors.read()[-2000:]
        self.stop()
        _log.error("printing ended with %s: %s", code, errors.decode(errors="replace"))
        reason = "exchange.pdf_missing" if code == printing.NO_LIBRARY else "exchange.paper_not_printed"
        return not_now(reason)

    def _line(self, until: float) -> bytes:
        found = b""
        while not found.endswith(b"\n"):
            found += self._some(1, until)
        return found

    def _bytes(self, size: int, until: float) -> bytes:
        found = bytearray()
        while len(found) < size:
            found += self._some(min(size - len(found), _AT_ONCE), until)
        return bytes(found)

    def _some(self, most: int, until: float) -> bytes:
        assert self._process is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        stream = self._process.stdout.fileno()
        ready, _, _ = select.select([stream], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        found = os.read(stream, most)
        if not found:
            raise EOFError
        return found


def print_page(page: str) -> bytes:
    """One page as PDF by a process of its own; refused as `Press.printed` says."""
    with Press() as press:
        return press.printed(page)


def _fonts() -> list[Path]:
    """The face of every paper, and the one of what stands large where there is one, as files of their own."""
    display = display_file()
    return [_kept(*font_file()), *([_kept(*display)] if display else [])]


def _kept(path: Path, face: int) -> Path:
    """A face as a file, made once; a font that was exchanged is another file."""
    about = path.stat()
    name = hashlib.sha256(f"{path}#{face}#{about.st_size}#{about.st_mtime_ns}".encode()).hexdigest()[:16]
    kept = Path(settings.VAR) / "fonts" / f"{name}.otf"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(single_face(path, face))
        fresh.replace(kept)
    return kept
