"""What a survey asks, as plain values: what is stored, and back.

A stored question is a table with `key`, `kind`, `title` and whatever differs from the defaults of `Question`; texts
are `{"zh": …, "en": …}`. What somebody answered (`said`) is kept by the question's key, by kind:

- need: [importance, own level, the mentor's view], each 1 … points or None
- scale: 1 … points
- matrix: {row: 1 … points}
- single: key of an option; multiple: [keys]; ranking: [keys, the first first]
- text: the words; number: a number
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from craftpath.values.text import Text

KINDS = ("need", "scale", "single", "multiple", "ranking", "matrix", "text", "number", "section")
CHOICES = frozenset({"single", "multiple", "ranking"})
OPERATORS = ("is", "is_not", "at_least", "at_most")
ROLES = ("apprentice", "mentor", "trainer", "graduate", "guest")
"""Whom one can ask; a guest comes by a link."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, or a row of a matrix."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class When:
    """Ask only if an earlier answer is one of `values`, is none of them, or is at least or at most the number."""

    question: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or the head of a section; `roles` empty: it goes to everybody.

    `labels` name the points of a scale from the low end: all of them, the two ends, or none. `turned`: the high end
    means little of the construct. `mentor`: mentors give their view of the ability. `group`: answers are told apart
    by this choice. `least` and `most` bound a number.
    """

    key: str
    kind: str
    title: Text
    hint: Text = Text()
    required: bool = False
    turned: bool = False
    construct: str = ""
    skill: str = ""
    mentor: bool = False
    group: bool = False
    roles: tuple[str, ...] = ()
    labels: tuple[Text, ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    least: float | None = None
    most: float | None = None
    when: When | None = None

    @property
    def item(self) -> str:
        """By what the answers are known in an analysis: the skill that is asked about, else the question."""
        return self.skill or self.key


def read(stored: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The questions of a survey as stored; unknown names of a table are passed over."""
    return [_question(one) for one in stored]


def _question(one: Mapping[str, Any]) -> Question:
    return Question(
        key=str(one["key"]),
        kind=str(one["kind"]),
        title=Text.of(one.get("title")),
        hint=Text.of(one.get("hint")),
        required=bool(one.get("required", False)),
        turned=bool(one.get("turned", False)),
        construct=str(one.get("construct", "")),
        skill=str(one.get("skill", "")),
        mentor=bool(one.get("mentor", False)),
        group=bool(one.get("group", False)),
        roles=tuple(one.get("roles", ())),
        labels=tuple(Text.of(label) for label in one.get("labels", ())),
        options=_options(one.get("options", ())),
        rows=_options(one.get("rows", ())),
        least=one.get("least"),
        most=one.get("most"),
        when=_when(one.get("when")),
    )


def _options(stored: Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(str(one["key"]), Text.of(one.get("text"))) for one in stored)


def _when(stored: Mapping[str, Any] | None) -> When | None:
    if not stored:
        return None
    return When(str(stored["question"]), str(stored["operator"]), tuple(map(str, stored.get("values", ()))))


def stored(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The form that a survey keeps; defaults are left out."""
    return [_stored(one) for one in questions]


def _stored(one: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"key": one.key, "kind": one.kind, "title": one.title.as_json()}
    if one.hint != Text():
        found["hint"] = one.hint.as_json()
    plain = ("required", "turned", "construct", "skill", "mentor", "group")
    found |= {name: getattr(one, name) for name in plain if getattr(one, name)}
    found |= {name: getattr(one, name) for name in ("least", "most") if getattr(one, name) is not None}
    if one.roles:
        found["roles"] = list(one.roles)
    if one.labels:
        found["labels"] = [label.as_json() for label in one.labels]
    for name in ("options", "rows"):
        if getattr(one, name):
            found[name] = [{"key": part.key, "text": part.text.as_json()} for part in getattr(one, name)]
    if one.when is not None:
        when = one.when
        found["when"] = {"question": when.question, "operator": when.operator, "values": list(when.values)}
    return found
