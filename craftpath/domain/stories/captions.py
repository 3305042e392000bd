"""Captions from a transcript: where every line begins with its time, the browser shows it while it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIMED = re.compile(r"^\[?(\d{1,2}):([0-5]\d)\]?\s+(\S.*)$")
LAST = 8
"""Seconds for which the last line stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a transcript; `at` is None where it says no time."""

    at: int | None
    words: str

    @property
    def clock(self) -> str:
        """1:05, or nothing."""
        return "" if self.at is None else f"{self.at // 60}:{self.at % 60:02}"


def lines(transcript: str) -> list[Line]:
    """The lines that say something, each with its time where it begins with one (`0:12 words`)."""
    found = []
    for raw in transcript.splitlines():
        timed = _TIMED.match(raw.strip())
        if timed:
            found.append(Line(int(timed[1]) * 60 + int(timed[2]), timed[3]))
        elif raw.strip():
            found.append(Line(None, raw.strip()))
    return found


def vtt(transcript: str) -> str:
    """The transcript as WebVTT; empty unless every line has a time and they follow one another."""
    said = lines(transcript)
    times = [line.at for line in said if line.at is not None]
    if not said or len(times) != len(said) or any(b <= a for a, b in zip(times, times[1:], strict=False)):
        return ""
    ends = [*times[1:], times[-1] + LAST]
    cues = [
        f"{_clock(start)} --> {_clock(end)}\n{_escaped(line.words)}\n"
        for start, end, line in zip(times, ends, said, strict=True)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
