"""Reading `problem.json` of `craftpath pair`: rows become the engine's columns, faults name their line and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from craftpath.delivery.commands.json_file import Document
from craftpath.delivery.commands.json_parts import Parts, told
from craftpath.delivery.commands.pairing_sentences import PAIRING

if TYPE_CHECKING:
    from craftpath.engines.pairing import Fault, Problem
    from craftpath.engines.pairing.mutual import People
    from craftpath.engines.pairing.types import Whole


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


class _Reading(Parts):
    """Pairs, and what the engine says of them."""

    document: Document

    def __init__(self, document: Document) -> None:
        super().__init__(document, PAIRING)

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
            facts = {"given": told(self.document.value(fault.place)), **fault.facts}
            if "before" in facts:
                part = fault.place.partition("[")[0]
                facts["before"] = self.document.line(f"{part}[{facts['before']}]")
            self.complain(fault.place, fault.code.removeprefix("pairing."), **facts)
        self.stop()
