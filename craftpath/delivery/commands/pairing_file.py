"""Reading `problem.json` of `craftpath pair`: rows become the engine's columns, faults name their line and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.json_file import Document
from craftpath.delivery.commands.pairing_sentences import PAIRING
from craftpath.delivery.commands.speech import say

if TYPE_CHECKING:
    from craftpath.engines.pairing import Fault, Problem
    from craftpath.engines.pairing.mutual import People
    from craftpath.engines.pairing.types import Whole

LARGEST = 2**63 - 1


def read_problem(path: Path) -> Problem:
    """The problem of a file, checked; raises `BadInput` with every fault."""
    from craftpath.engines.pairing import Problem, check  # noqa: PLC0415  (slow to import)
    from craftpath.engines.pairing.types import places  # noqa: PLC0415  (the same)

    reading = _Reading(Document(path))
    trainers, apprentices = reading.rows("trainers"), reading.rows("apprentices")
    edges = reading.rows("edges")
    ids = reading.words("trainers", trainers, "id"), reading.words("apprentices", apprentices, "id")
    capacity = reading.numbers("trainers", trainers, "capacity")
    need = reading.numbers("apprentices", apprentices, "need", default=1)
    ends = reading.words("edges", edges, "trainer"), reading.words("edges", edges, "apprentice")
    score = reading.numbers("edges", edges, "score")
    pinned, forbidden = reading.pairs("pinned"), reading.pairs("forbidden")
    penalty = reading.number("unmatched_penalty")
    reading.stop()
    problem = Problem(
        trainers=tuple(ids[0]),
        capacity=_whole(capacity),
        apprentices=tuple(ids[1]),
        need=_whole(need),
        trainer=places(ids[0], ends[0]),
        apprentice=places(ids[1], ends[1]),
        score=_whole(score),
        pinned=_table(ids, pinned),
        forbidden=_table(ids, forbidden),
        unmatched_penalty=penalty,
    )
    reading.tell(check(problem))
    return problem


def read_people(path: Path) -> People:
    """The people and possible pairs of a file, checked; raises `BadInput` with every fault."""
    from craftpath.engines.pairing.mutual import People, check_people  # noqa: PLC0415  (slow to import)
    from craftpath.engines.pairing.types import places  # noqa: PLC0415  (the same)

    reading = _Reading(Document(path))
    people, edges = reading.listed("people"), reading.rows("edges")
    names = [one for at, one in enumerate(people) if reading.is_word(f"people[{at}]", one)]
    ends = reading.words("edges", edges, "a"), reading.words("edges", edges, "b")
    score = reading.numbers("edges", edges, "score")
    reading.stop()
    found = People(tuple(names), places(names, ends[0]), places(names, ends[1]), _whole(score))
    reading.tell(check_people(found))
    return found


def _whole(numbers: Sequence[int]) -> Whole:
    import numpy as np  # noqa: PLC0415  (slow to import)

    return np.array(numbers, dtype=np.int64)


def _table(ids: tuple[list[str], list[str]], pairs: list[list[str]]) -> Whole:
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.pairing.types import places  # noqa: PLC0415  (the same)

    return np.column_stack([places(ids[side], (pair[side] for pair in pairs)) for side in (0, 1)])


class _Reading:
    """Parts of a document as columns of the wanted kind, and what is wrong with them.

    A column that is all right is seen to be so without looking at its rows one by one.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.complaints: list[Complaint] = []

    def complain(self, place: str, code: str, **facts: object) -> None:
        line = self.document.line(place)
        self.complaints.append(Complaint(str(self.document.path), line, place, say(PAIRING, code, **facts)))

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

    def rows(self, part: str) -> list[Any]:
        found = self.listed(part)
        if set(map(type, found)) <= {dict}:
            return found
        for at, row in enumerate(found):
            if type(row) is not dict:
                self.complain(f"{part}[{at}]", "not_an_object")
        return []

    def words(self, part: str, rows: list[Any], name: str) -> list[str]:
        found = [row.get(name) for row in rows]
        if set(map(type, found)) <= {str} and all(found) and _writable("".join(found)):
            return found
        for at, value in enumerate(found):
            self._there(rows[at], f"{part}[{at}]", name) and self.is_word(f"{part}[{at}].{name}", value)
        return found

    def is_word(self, place: str, value: Any) -> bool:
        if type(value) is not str:
            self.complain(place, "id_not_text", given=_told(value))
        elif not value:
            self.complain(place, "id_empty")
        elif not _writable(value):
            self.complain(place, "id_unwritable")
        else:
            return True
        return False

    def numbers(self, part: str, rows: list[Any], name: str, default: int | None = None) -> list[int]:
        found = [row.get(name, default) for row in rows]
        if set(map(type, found)) <= {int} and all(-LARGEST <= one <= LARGEST for one in found):
            return found
        return [
            self._number(f"{part}[{at}].{name}", value)
            if default is not None or self._there(rows[at], f"{part}[{at}]", name)
            else 0
            for at, value in enumerate(found)
        ]

    def number(self, part: str) -> int:
        return self._number(part, self.document.parts[part]) if part in self.document.parts else 0

    def _there(self, row: dict[str, Any], place: str, name: str) -> bool:
        if name not in row:
            self.complain(f"{place}.{name}", "field_missing")
        return name in row

    def _number(self, place: str, value: Any) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)  # other programs write 3.0 for 3
        if type(value) is not int:
            self.complain(place, "not_whole", given=_told(value))
        elif not -LARGEST <= value <= LARGEST:
            self.complain(place, "number_too_large", given=_told(value))
        else:
            return value
        return 0

    def pairs(self, part: str) -> list[list[str]]:
        found = self.listed(part, needed=False)
        good = []
        for at, pair in enumerate(found):
            if not isinstance(pair, list) or len(pair) != 2:
                self.complain(f"{part}[{at}]", "not_a_pair")
            else:
                ends = [self.is_word(f"{part}[{at}][{side}]", one) for side, one in enumerate(pair)]
                good += [pair] if all(ends) else []
        return good

    def tell(self, faults: Iterable[Fault]) -> None:
        """Raise the engine's faults, with what stands in the file."""
        for fault in faults:
            facts = {"given": _told(self.document.value(fault.place)), **fault.facts}
            if "before" in facts:
                part = fault.place.partition("[")[0]
                facts["before"] = self.document.line(f"{part}[{facts['before']}]")
            self.complain(fault.place, fault.code.removeprefix("pairing."), **facts)
        self.stop()


def _writable(text: str) -> bool:
    """Half a character, which JSON can escape, cannot be written again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _told(value: Any) -> str:
    """A value of the file in a sentence: text as it is, the rest by its kind where it is long."""
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    if isinstance(value, dict):
        return "{…}"
    names = {True: "true", False: "false", None: "null"}
    return names[value] if value is None or isinstance(value, bool) else str(value)
