"""What a version says, as values: its words, duties with tasks, skills, and why the occupation is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from craftpath.domain.occupations.queries import DutyRow, TaskRow, letter
from craftpath.kernel.signing import canonical
from craftpath.values.text import Text

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class TaskSaid:
    """A task: its key stays the same in every version, also where it is worded anew or moved."""

    key: str
    statement: Words
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DutySaid:
    """A duty with its tasks."""

    key: str
    name: Words
    tasks: tuple[TaskSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something that shows the need, with where it is from."""

    words: Words
    source: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A version whole. `skills` are keys of published lists, `new_skills` those that no list has yet.

    `survey` is a Ref, as text, to a published analysis of needs; `workers` and `vacancies` count people.
    """

    about: Words = field(default_factory=dict)
    entry: Words = field(default_factory=dict)
    levels: tuple[Words, ...] = ()
    hours: int | None = None
    code_isco: str = ""
    code_cn: str = ""
    duties: tuple[DutySaid, ...] = ()
    skills: tuple[str, ...] = ()
    new_skills: tuple[Words, ...] = ()
    workers: int | None = None
    vacancies: int | None = None
    notes: tuple[Note, ...] = ()
    survey: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form that the column keeps."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Content:
        """What the column keeps."""
        given = dict(kept)
        given["duties"] = tuple(_duty(one) for one in given.get("duties", ()))
        given["notes"] = tuple(Note(**one) for one in given.get("notes", ()))
        for name in ("levels", "skills", "new_skills"):
            given[name] = tuple(given.get(name, ()))
        return cls(**given)

    @property
    def tasks(self) -> int:
        """How many tasks there are."""
        return sum(len(duty.tasks) for duty in self.duties)


PARTS: Mapping[str, tuple[str, ...]] = {
    "about": ("about", "entry", "levels", "hours", "code_isco", "code_cn"),
    "tasks": ("duties",),
    "skills": ("skills", "new_skills"),
    "need": ("workers", "vacancies", "notes", "survey"),
}
"""What is written on one page each: part → its fields."""


def _duty(kept: Mapping[str, Any]) -> DutySaid:
    tasks = tuple(TaskSaid(one["key"], one["statement"], tuple(one["skills"])) for one in kept["tasks"])
    return DutySaid(kept["key"], kept["name"], tasks)


def tidy(words: Mapping[str, str]) -> Words:
    """Words without blanks at their ends; an empty side is left out."""
    return Text(words.get("zh", "").strip(), words.get("en", "").strip()).as_json()


def board_of(duties: Sequence[DutySaid]) -> list[DutyRow]:
    """Duties and tasks as a chart draws them."""
    return [
        DutyRow(
            duty.key, letter(at), Text.of(duty.name),
            tuple(
                TaskRow(task.key, f"{letter(at)}{n}", Text.of(task.statement), task.skills, False, duty.key,
                        Text.of(duty.name))
                for n, task in enumerate(duty.tasks, start=1)
            ),
        )
        for at, duty in enumerate(duties)
    ]  # fmt: skip


def duties_from(board: Sequence[DutyRow]) -> tuple[DutySaid, ...]:
    """What a chart says, as a version keeps it; tasks that were left out at adoption do not come along."""
    return tuple(
        DutySaid(
            duty.public_id, duty.name.as_json(),
            tuple(
                TaskSaid(task.public_id, task.statement.as_json(), task.skills)
                for task in duty.tasks if not task.left_out
            ),
        )
        for duty in board
    )  # fmt: skip


def fingerprint(content: Mapping[str, Any]) -> str:
    """What tells whether a frozen version, sheet or project still says the same."""
    return hashlib.sha256(canonical(dict(content)).encode()).hexdigest()
