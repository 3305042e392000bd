"""A framework as pages show it: nodes with their words in the reader's language and in the other one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language

from craftpath.delivery.web.shell.requests import Request
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework, Skill

COLOURS = 8
DEEPEST = 4
"""How far rows are moved in; deeper ones stand as far as these."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the reader's language, and in the other one where it says something else."""

    here: str
    there: str = ""
    there_in: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One node of the tree as a line of the page."""

    node: Skill
    url: str
    name: Words
    meaning: Words
    indicators: Sequence[Words]
    levels: Sequence[tuple[Words, Words]]
    colour: int
    step: int
    heads: bool
    """whether it opens a part of the page: it stands at the top, or is a domain"""


def words(value: Mapping[str, str]) -> Words:
    """Both languages of a text, the reader's first."""
    chinese = (get_language() or "zh").startswith("zh")
    said = Text.of(value)
    here, there = (said.zh, said.en) if chinese else (said.en, said.zh)
    if not here or here == there:
        return Words(here or there)
    return Words(here, there, "en" if chinese else "zh-hans")


def rows_of(request: Request, framework: Framework, nodes: Iterable[Skill]) -> list[Row]:
    """The nodes of a version, in order, each with the colour of the part that it stands in."""
    colours: dict[str, int] = {}
    rows = []
    for node in nodes:
        colour = colours.setdefault(node.domain, len(colours) % COLOURS + 1)
        rows.append(row_of(request, framework, node, colour))
    return rows


def row_of(request: Request, framework: Framework, node: Skill, colour: int) -> Row:
    """One node."""
    return Row(
        node=node,
        url=reverse("frameworks:skill", args=[request.organisation.key, framework.public_id, node.key]),
        name=words(node.name),
        meaning=words(node.meaning),
        indicators=[words(one) for one in node.indicators],
        levels=[
            (words(level["name"]), words(node.levels[level["key"]]))
            for level in framework.levels
            if node.levels.get(level["key"])
        ],
        colour=colour,
        step=min(node.depth, DEEPEST),
        heads=node.kind == "domain",
    )


def scale_of(framework: Framework) -> list[tuple[Words, Words]]:
    """The levels with what they mean, lowest first."""
    return [(words(level["name"]), words(level.get("meaning", {}))) for level in framework.levels]


def field(value: Any) -> str:
    """A value of a comparison in plain words: texts in both languages, lists line by line."""
    if isinstance(value, Mapping):
        if set(value) <= {"zh", "en"} and all(isinstance(one, str) for one in value.values()):
            return Text.of(value).both()
        return "\n".join(f"{key}: {field(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(field(one) for one in value)
    if hasattr(value, "name"):
        return field(value.name)
    return "" if value is None else str(value)
