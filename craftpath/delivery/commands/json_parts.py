"""Parts of a JSON or TOML document as values of the wanted kind, and what is wrong with them, with line and place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.speech import Sentences, say

LARGEST = 2**63 - 1


class Document(Protocol):
    """What a file holds, and on which line a place of it stands."""

    @property
    def path(self) -> Path: ...

    @property
    def parts(self) -> dict[str, Any]: ...

    def line(self, place: str) -> int: ...


class Parts:
    """What a document holds. Columns that are all right are seen to be so without looking at rows one by one."""

    def __init__(self, document: Document, sentences: Sentences) -> None:
        self.document = document
        self.sentences = sentences
        self.complaints: list[Complaint] = []

    def complain(self, place: str, code: str, **facts: object) -> None:
        line = self.document.line(place)
        said = say(self.sentences, code, **facts)
        self.complaints.append(Complaint(str(self.document.path), line, place, said))

    def stop(self) -> None:
        """Raise what there is to complain about."""
        if self.complaints:
            raise BadInput(sorted(self.complaints, key=lambda one: one.line))

    def listed(self, part: str, needed: bool = True) -> list[Any]:
        if part not in self.document.parts:
            if needed:
                self.complain(part, "part_missing")
            return []
        found = self.document.parts[part]
        if not isinstance(found, list):
            self.complain(part, "not_a_list")
            return []
        return found

    def rows(self, part: str, needed: bool = True) -> list[Any]:
        found = self.listed(part, needed)
        if set(map(type, found)) <= {dict}:
            return found
        for at, row in enumerate(found):
            if type(row) is not dict:
                self.complain(f"{part}[{at}]", "not_an_object")
        return []

    def words(self, part: str, rows: list[Any], name: str) -> list[str]:
        found = [row.get(name) for row in rows]
        if set(map(type, found)) <= {str} and all(found) and writable("".join(found)):
            return found
        for at, value in enumerate(found):
            self.there(rows[at], f"{part}[{at}]", name) and self.is_word(f"{part}[{at}].{name}", value)
        return found

    def is_word(self, place: str, value: Any) -> bool:
        if type(value) is not str:
            self.complain(place, "id_not_text", given=told(value))
        elif not value:
            self.complain(place, "id_empty")
        elif not writable(value):
            self.complain(place, "id_unwritable")
        else:
            return True
        return False

    def numbers(self, part: str, rows: list[Any], name: str, default: int | None = None) -> list[int]:
        found = [row.get(name, default) for row in rows]
        if set(map(type, found)) <= {int} and all(-LARGEST <= one <= LARGEST for one in found):
            return found
        return [
            self.whole(f"{part}[{at}].{name}", value)
            if default is not None or self.there(rows[at], f"{part}[{at}]", name)
            else 0
            for at, value in enumerate(found)
        ]

    def number(self, part: str) -> int:
        return self.whole(part, self.document.parts[part]) if part in self.document.parts else 0

    def there(self, row: dict[str, Any], place: str, name: str) -> bool:
        if name not in row:
            self.complain(f"{place}.{name}", "field_missing")
        return name in row

    def whole(self, place: str, value: Any) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)  # other programs write 3.0 for 3
        if type(value) is not int:
            self.complain(place, "not_whole", given=told(value))
        elif not -LARGEST <= value <= LARGEST:
            self.complain(place, "number_too_large", given=told(value))
        else:
            return value
        return 0


def writable(text: str) -> bool:
    """Half a character, which JSON can escape, cannot be written again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def told(value: Any) -> str:
    """A value of the file in a sentence: text as it is, the rest by its kind where it is long."""
    if isinstance(value, list):
        return ", ".join(map(told, value))
    if isinstance(value, dict):
        return "{…}"
    names = {True: "true", False: "false", None: "null"}
    return names[value] if value is None or isinstance(value, bool) else str(value)
