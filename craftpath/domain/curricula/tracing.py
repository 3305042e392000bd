"""The chain need → outcome → unit → assessment of a version, from any of its links, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import VersionOutcome
    from craftpath.domain.curricula.queries import Content

KINDS = ("task", "skill", "outcome", "unit", "assessment")


@dataclass(frozen=True, slots=True)
class Node:
    """Something in the chain: its key (of a task its pointer, or its words) and name."""

    key: str
    name: Any


def chain(content: Content, start: tuple[str, str] | None) -> dict[str, list[Node]]:
    """kind → what hangs on `start` (a kind and a key), or all there is; outcomes are what everything hangs on."""
    outcomes = [one for one in content.outcomes if start is None or _hangs(content, one, *start)]
    keys = {one.key for one in outcomes}
    units = {unit for outcome, unit in content.teaches if outcome in keys}
    seen = {one for outcome, one in content.sees if outcome in keys}
    whole = start is None
    return {
        "task": _once(
            Node(task_key(one), Text.of(one.get("words"))) for row in outcomes for one in row.tasks
        ),
        "skill": _once(Node(key, key) for row in outcomes for key in row.skills),
        "outcome": [Node(one.key, one.title) for one in outcomes],
        "unit": [
            Node(one.key, one.title)
            for one in content.units
            if whole or one.key in units or start == ("unit", one.key)
        ],
        "assessment": [
            Node(one.key, one.title)
            for one in content.assessments
            if whole or one.key in seen or start == ("assessment", one.key)
        ],
    }


def task_key(task: dict[str, Any]) -> str:
    """What names a task: its pointer, else its words."""
    return task.get("ref") or Text.of(task.get("words")).both()


def _hangs(content: Content, outcome: VersionOutcome, kind: str, key: str) -> bool:
    match kind:
        case "task":
            return any(task_key(one) == key for one in outcome.tasks)
        case "skill":
            return key in outcome.skills
        case "outcome":
            return outcome.key == key
        case "unit":
            return (outcome.key, key) in content.teaches
        case _:
            return (outcome.key, key) in content.sees


def _once(nodes: Iterable[Node]) -> list[Node]:
    return list({node.key: node for node in nodes}.values())
