"""Reading the answers of `craftpath needs`: one row a respondent and item, groups beside it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from craftpath.delivery.commands.columns_file import NO_NUMBERS, NUMBER, Reading
from craftpath.delivery.commands.complaints import Complaint
from craftpath.delivery.commands.needs_sentences import NEEDS
from craftpath.delivery.commands.speech import say

if TYPE_CHECKING:
    from craftpath.engines.needs import Answers

NEEDED = ("respondent", "item", "importance", "ability")
NOTHING = float("nan")
MOST_VALUES = 100
MOST_RATING = 1000
MOST_TOLD = 1000  # complaints; who turned two columns round does not want a million lines


def read_answers(path: Path, by: Sequence[str]) -> Answers:
    """The answers as columns, with the groups of `by`; raises `BadInput` with every fault."""
    return _Answers(path, by).read()


class _Answers:
    """The columns as they grow, and what is wrong with them."""

    def __init__(self, path: Path, by: Sequence[str]) -> None:
        self.reading = Reading(path)
        self.by = by
        self.people: dict[str, int] = {}
        self.items: dict[str, int] = {}
        self.lines = array("q")  # of each row
        self.respondent, self.item = array("q"), array("q")
        self.importance, self.ability = array("d"), array("d")
        self.values: list[dict[str, int]] = [{"": -1} for _ in by]
        self.groups = [array("q") for _ in by]  # one place a person
        self.first = array("q")  # the line of each person's first row
        self.judged: dict[str, float] = {"": NOTHING}

    def complain(self, line: int, field: str, code: str, **facts: object) -> None:
        if len(self.reading.complaints) < MOST_TOLD:
            reason = say(NEEDS, code, **facts)
            self.reading.complaints.append(Complaint(str(self.reading.path), line, field, reason))

    def read(self) -> Answers:
        rows = self.reading.rows()
        line, header = self.reading.header(rows)
        places = [self.place(line, header, name, exact=False) for name in NEEDED]
        places += [self.place(line, header, name, exact=True) for name in self.by]
        self.reading.stop()
        width = len(header)
        for line, row in rows:
            if len(row) != width:
                self.complain(line, "row", "cells_unequal", given=len(row), width=width)
            else:
                self.row(line, [row[place] for place in places])
        if not len(self.lines) and not self.reading.complaints:
            self.complain(1, "respondent", "no_rows")
        self.twice()
        self.reading.stop()
        return self.columns()

    def place(self, line: int, header: list[str], name: str, exact: bool) -> int:
        """Where a column stands; the four that are needed whatever their case, a group as it is written."""
        if exact and name.casefold() in NEEDED:
            self.complain(line, name, "column_taken")
            return 0
        found = [at for at, one in enumerate(header) if (one if exact else one.casefold()) == name]
        if not found:
            self.complain(line, name, "column_missing", columns=header)
        elif len(found) > 1:
            self.complain(line, name, "column_twice")
        return found[0] if found else 0

    def row(self, line: int, cells: list[str]) -> None:
        who, item, importance, ability, *groups = cells
        for field, name in (("respondent", who), ("item", item)):
            if not name or not name.isprintable():
                self.complain(line, field, "name_unprintable" if name else "name_empty", given=name)
        person = self.people.setdefault(who, len(self.people))
        self.lines.append(line)
        self.respondent.append(person)
        self.item.append(self.items.setdefault(item, len(self.items)))
        self.importance.append(self.rating(line, "importance", importance))
        self.ability.append(self.rating(line, "ability", ability))
        if person == len(self.first):
            self.first.append(line)
            for at, value in enumerate(groups):
                self.groups[at].append(self.value(line, at, value))
            return
        for at, value in enumerate(groups):
            if self.values[at].get(value) != self.groups[at][person]:
                self.differs(line, at, value, who, person)

    def rating(self, line: int, field: str, cell: str) -> float:
        """What a cell says; a file repeats the same few cells, so each is judged once."""
        if cell in self.judged:
            return self.judged[cell]
        if cell.casefold() in NO_NUMBERS or not NUMBER.fullmatch(cell):
            self.complain(line, field, "not_a_number", given=cell)
        elif (value := float(cell)) < 0:
            self.complain(line, field, "negative", given=cell)
        elif value > MOST_RATING:
            self.complain(line, field, "number_too_large", given=cell, most=MOST_RATING)
        else:
            self.judged[cell] = value
            return value
        return NOTHING

    def value(self, line: int, at: int, value: str) -> int:
        known = self.values[at]
        if value not in known:
            if not value.isprintable():
                self.complain(line, self.by[at], "name_unprintable", given=value)
            if len(known) == MOST_VALUES + 1:
                self.complain(line, self.by[at], "values_many", most=MOST_VALUES)
            known[value] = len(known) - 1
        return known[value]

    def differs(self, line: int, at: int, value: str, who: str, person: int) -> None:
        other = next(name for name, place in self.values[at].items() if place == self.groups[at][person])
        before = self.first[person]
        self.complain(
            line, self.by[at], "group_differs", respondent=who, given=value, other=other, before=before
        )

    def twice(self) -> None:
        """Complain of every row whose respondent has answered its item before."""
        import numpy as np  # noqa: PLC0415  (slow to import)

        from craftpath.engines.needs import doubled  # noqa: PLC0415  (the same)

        if not len(self.lines):
            return
        answers = self.columns()
        keys = answers.respondent * len(answers.items) + answers.item
        names = list(self.people), list(self.items)
        for row in np.flatnonzero(doubled(answers)).tolist()[:MOST_TOLD]:
            before = int(np.argmax(keys == keys[row]))
            self.complain(
                self.lines[row],
                "item",
                "pair_twice",
                respondent=names[0][self.respondent[row]],
                item=names[1][self.item[row]],
                before=self.lines[before],
            )

    def columns(self) -> Answers:
        import numpy as np  # noqa: PLC0415  (slow to import)

        from craftpath.engines.needs import Answers, Group  # noqa: PLC0415  (the same)

        groups = {
            name: Group(
                tuple(value for value in values if value), np.frombuffer(places, dtype=np.int64).copy()
            )
            for name, values, places in zip(self.by, self.values, self.groups, strict=True)
        }
        return Answers(
            tuple(self.items),
            len(self.people),
            np.frombuffer(self.respondent, dtype=np.int64),
            np.frombuffer(self.item, dtype=np.int64),
            np.frombuffer(self.importance, dtype=np.float64),
            np.frombuffer(self.ability, dtype=np.float64),
            groups=groups,
        )
