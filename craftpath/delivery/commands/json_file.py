"""Reading a JSON file of named parts, so that every fault names its line and its place in the file."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, NoReturn

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import FILES, file_complaint, file_trouble, not_utf8_line
from craftpath.delivery.commands.speech import say

SPACE = re.compile(r"[ \t\n\r]*")
STEP = re.compile(r"\[(\d+)\]|\.?(\w+)")
FREE = re.compile(
    r"((?:needs|limits\.\w+|units\[\d+\]\.skills)\.)(.+)", re.DOTALL
)  # then a key of any characters
DECODER = json.JSONDecoder()


class Document:
    """The parts of a JSON object by name. Values are decoded at once; places are looked for where there is a fault.

    A place is written `edges[3].score` or `pinned[0][1]`, counted from 0 as in the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = _text(path)
        self.parts: dict[str, Any] = {}
        self._starts: dict[str, int] = {}
        self._elements: dict[
            int, list[int]
        ] = {}  # where the elements of an array begin, by where the array does
        self._newlines: list[int] | None = None
        try:
            self._read()
        except JSONDecodeError as error:
            self._refuse(error.lineno, error.msg)
        except RecursionError:
            self._refuse(1, "too many brackets in brackets")
        except ValueError as error:  # a number of thousands of digits
            self._refuse(1, str(error))

    def _refuse(self, line: int, why: str) -> NoReturn:
        raise BadInput([Complaint(str(self.path), line, "json", say(FILES, "json", why=why))]) from None

    def _read(self) -> None:
        """One part after another, so that a part that stands twice is seen."""
        at = self._skip(0)
        if at == len(self.text):
            raise BadInput([file_complaint(self.path, 1, "empty")])
        if self.text[at] != "{":
            DECODER.decode(self.text)  # what is no JSON at all is told as such
            raise BadInput([file_complaint(self.path, self._line(at), "not_object")])
        at = self._skip(at + 1)
        while self._mark(at) != "}":
            name, start = self._key(at)
            if name in self.parts:
                raise BadInput([file_complaint(self.path, self._line(at), "part_twice", given=name)])
            self.parts[name], at = DECODER.raw_decode(self.text, start)
            self._starts[name] = start
            at = self._skip(at)
            if self._mark(at) == "," and self._mark(self._skip(at + 1)) != "}":
                at = self._skip(at + 1)
            elif self._mark(at) != "}":
                raise JSONDecodeError("Expecting ',' delimiter", self.text, at)
        if (end := self._skip(at + 1)) != len(self.text):
            raise JSONDecodeError("Extra data", self.text, end)

    def _skip(self, at: int) -> int:
        found = SPACE.match(self.text, at)
        return found.end() if found else at

    def _mark(self, at: int) -> str:
        return self.text[at : at + 1]

    def _key(self, at: int) -> tuple[str, int]:
        """The name that begins here, and where its value does."""
        if self._mark(at) != '"':
            raise JSONDecodeError("Expecting property name enclosed in double quotes", self.text, at)
        name, at = scanstring(self.text, at + 1)
        at = self._skip(at)
        if self._mark(at) != ":":
            raise JSONDecodeError("Expecting ':' delimiter", self.text, at)
        return name, self._skip(at + 1)

    def value(self, place: str) -> Any:
        """What stands at a place; None where nothing does."""
        found: Any = self.parts
        for step in _steps(place):
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def line(self, place: str) -> int:
        """The line of a place, or of the nearest thing around it that is there."""
        first, *rest = _steps(place)
        if first not in self._starts:
            return 1
        at = self._starts[str(first)]
        for step in rest:
            inner = self._inside(at, step)
            if inner is None:
                break
            at = inner
        return self._line(at)

    def _inside(self, at: int, step: str | int) -> int | None:
        if isinstance(step, int) and self._mark(at) == "[":
            starts = self._array(at)
            return starts[step] if step < len(starts) else None
        if isinstance(step, str) and self._mark(at) == "{":
            return self._member(at, step)
        return None

    def _array(self, at: int) -> list[int]:
        if at not in self._elements:
            starts, here = [], self._skip(at + 1)
            while self._mark(here) != "]":
                starts.append(here)
                here = self._skip(DECODER.raw_decode(self.text, here)[1])
                if self._mark(here) == ",":
                    here = self._skip(here + 1)
            self._elements[at] = starts
        return self._elements[at]

    def _member(self, at: int, name: str) -> int | None:
        found, here = None, self._skip(at + 1)
        while self._mark(here) != "}":
            key, start = self._key(here)
            found = start if key == name else found  # of a name that stands twice the last counts
            here = self._skip(DECODER.raw_decode(self.text, start)[1])
            if self._mark(here) == ",":
                here = self._skip(here + 1)
        return found

    def _line(self, at: int) -> int:
        if self._newlines is None:
            self._newlines = [found.start() for found in re.finditer("\n", self.text)]
        return bisect_left(self._newlines, at) + 1


def _steps(place: str) -> list[str | int]:
    free = FREE.fullmatch(place)
    if free:
        return [*_steps(free[1]), free[2]]
    return [int(number) if number else name for number, name in STEP.findall(place)]


def _text(path: Path) -> str:
    try:
        with file_trouble(path, "unreadable"):
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput([file_complaint(path, not_utf8_line(path), "not_utf8")]) from None
