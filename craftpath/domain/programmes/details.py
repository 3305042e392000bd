"""What a definition holds beside the engine's figures: names of grades and levels, units, days to contest, assumptions.

The engine ignores these; they are read, checked and defaulted here, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from craftpath.engines.evaluation import Fault, Mode, Scheme
from craftpath.values.text import Text

Definition = Mapping[str, Any]

UNITS = ("hour", "percent", "confirmation")
"""In what a target is counted."""
WITHIN_DAYS, ANSWER_DAYS = 15, 10
MOST_DAYS = 365
_IMPLIED = {"not_met": Text(zh="未达到", en="Not met"), "met": Text(zh="达到", en="Met")}
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class ContestTerms:
    """In how many days after the decision a result may be contested, and in how many more it is answered."""

    within_days: int = WITHIN_DAYS
    answer_days: int = ANSWER_DAYS


def contest_terms(definition: Definition) -> ContestTerms:
    """The scheme's own terms (`{"contest": {"within_days", "answer_days"}}`), else the usual ones."""
    given = definition.get("contest") or {}
    return ContestTerms(
        int(given.get("within_days", WITHIN_DAYS)), int(given.get("answer_days", ANSWER_DAYS))
    )


def level_names(definition: Definition) -> dict[str, Text]:
    """level key → its name, lowest first; empty where points are added up. One without a name is called by its key."""
    if not Mode(definition.get("mode") or "weighted").grades:
        return {}
    named = {key: name.as_json() for key, name in _IMPLIED.items()} | (definition.get("level_names") or {})
    levels = definition.get("levels") or Scheme.from_table({"key": "levels", **definition}).levels
    return {key: Text.of(named.get(key) or key) for key in levels}


def grade_names(part: Mapping[str, Any]) -> dict[str, Text]:
    """grade key → its name, lowest first, for one component of the definition."""
    named = part.get("grade_names") or {}
    return {key: Text.of(named.get(key) or key) for key in part.get("grades", ())}


def assumed(definition: Definition) -> tuple[str, ...]:
    """What nobody has confirmed yet: `decimals`, or a pass rule as `rule_id` names it."""
    return tuple(definition.get("assumed") or ())


def rule_id(rule: Mapping[str, Any]) -> str:
    """A pass rule's kind, with its component where it has one."""
    component = rule.get("component", "")
    return f"{rule['kind']}:{component}" if component else str(rule["kind"])


def detail_faults(definition: Definition) -> Iterator[Fault]:
    """What is wrong with these details, in the form of the engine's faults."""
    yield from _names(definition.get("level_names"), "level_names")
    for index, part in enumerate(definition.get("component") or ()):
        yield from _names(part.get("grade_names"), f"component[{index}].grades")
        unit = part.get("unit") or ""
        if unit and unit not in UNITS:
            place = f"component[{index}].unit"
            yield Fault("evaluation.not_one_of", place, {"given": unit, "allowed": ", ".join(UNITS)})
    contest = definition.get("contest") or {}
    if not isinstance(contest, Mapping):
        yield Fault("evaluation.not_tables", "contest")
        return
    for name in ("within_days", "answer_days"):
        days = contest.get(name, 1)
        if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MOST_DAYS:
            facts = {"given": str(days)[:80], "most": MOST_DAYS}
            yield Fault("evaluation.days_out_of_range", f"contest.{name}", facts)
    said = definition.get("assumed") or []
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        yield Fault("evaluation.not_a_list", "assumed")


def _names(given: Any, place: str) -> Iterator[Fault]:
    if given is None:
        return
    if not isinstance(given, Mapping):
        yield Fault("evaluation.not_tables", place)
        return
    for name in given.values():
        words = name.values() if isinstance(name, Mapping) else [name]
        for word in words:
            if not isinstance(word, str) or not word.isprintable() or len(word) > _LONGEST_NAME:
                yield Fault("evaluation.text_unprintable", place)
                return
