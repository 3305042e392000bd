"""A rubric as it is typed: what the form shows, what it stands for, and rows that come and go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from craftpath.domain.judging.rubrics import (
    FEWEST_LEVELS,
    LONGEST_ANCHOR,
    LONGEST_NAME,
    MOST_CRITERIA,
    MOST_LEVELS,
    Definition,
    RubricFault,
)
from craftpath.kernel.keys import new_public_id

LEVELS = (
    ("1", "不合格", "Not yet"),
    ("2", "合格", "Sufficient"),
    ("3", "良好", "Good"),
    ("4", "优秀", "Excellent"),
)


@dataclass
class TypedLevel:
    """One level."""

    value: str = ""
    zh: str = ""
    en: str = ""


@dataclass
class TypedCriterion:
    """One row with an anchor for each level, in both languages."""

    key: str = ""
    zh: str = ""
    en: str = ""
    weight: str = ""
    area: str = ""
    skill: str = ""
    outcome: str = ""
    anchors: list[dict[str, str]] = field(default_factory=list)


@dataclass
class TypedRubric:
    """The whole form."""

    zh: str = ""
    en: str = ""
    unobserved: str = "shared_out"
    levels: list[TypedLevel] = field(default_factory=list)
    criteria: list[TypedCriterion] = field(default_factory=list)

    @property
    def name(self) -> dict[str, str]:
        """The name as it is stored."""
        return _text(self.zh, self.en)

    def definition(self) -> dict[str, Any]:
        """The definition as it would be stored."""
        return {
            "unobserved": self.unobserved,
            "levels": [{"value": one.value, "name": _text(one.zh, one.en)} for one in self.levels],
            "criteria": [
                {
                    "key": one.key,
                    "name": _text(one.zh, one.en),
                    "weight": one.weight,
                    "area": one.area,
                    "skill": one.skill,
                    "outcome": one.outcome,
                    "anchors": [_text(anchor["zh"], anchor["en"]) for anchor in one.anchors],
                }
                for one in self.criteria
            ],
        }

    def act(self, do: str) -> None:
        """Add or take out a row; what is no such press changes nothing."""
        what, _colon, which = do.partition(":")
        n = int(which) if which.isascii() and which.isdecimal() and len(which) < 3 else -1
        if what == "criterion" and len(self.criteria) < MOST_CRITERIA:
            self.criteria.append(_criterion(len(self.levels)))
        elif what == "level" and len(self.levels) < MOST_LEVELS:
            self.levels.append(TypedLevel(value=str(len(self.levels) + 1)))
            for one in self.criteria:
                one.anchors.append({"zh": "", "en": ""})
        elif what == "drop_criterion" and 0 <= n < len(self.criteria):
            del self.criteria[n]
        elif what == "drop_level" and 0 <= n < len(self.levels) > FEWEST_LEVELS:
            del self.levels[n]
            for one in self.criteria:
                del one.anchors[n]


def _text(zh: str, en: str) -> dict[str, str]:
    return {language: words.strip() for language, words in (("zh", zh), ("en", en)) if words.strip()}


def _criterion(levels: int) -> TypedCriterion:
    # A key that stays the same whatever the row is called, and that ratings keep.
    return TypedCriterion(key=new_public_id(), anchors=[{"zh": "", "en": ""} for _level in range(levels)])


def blank() -> TypedRubric:
    """A new rubric: four levels with names, one criterion."""
    levels = [TypedLevel(*one) for one in LEVELS]
    return TypedRubric(levels=levels, criteria=[_criterion(len(levels))])


def typed_of(name: Mapping[str, str], definition: Definition) -> TypedRubric:
    """A stored rubric in the form."""
    return TypedRubric(
        zh=name.get("zh", ""),
        en=name.get("en", ""),
        unobserved=definition["unobserved"],
        levels=[
            TypedLevel(one["value"], one["name"].get("zh", ""), one["name"].get("en", ""))
            for one in definition["levels"]
        ],
        criteria=[
            TypedCriterion(
                key=one["key"],
                zh=one["name"].get("zh", ""),
                en=one["name"].get("en", ""),
                weight=one["weight"],
                area=one.get("area", ""),
                skill=one.get("skill", ""),
                outcome=one.get("outcome", ""),
                anchors=[{"zh": a.get("zh", ""), "en": a.get("en", "")} for a in one["anchors"]],
            )
            for one in definition["criteria"]
        ],
    )


def typed_from(given: QueryDict) -> TypedRubric:
    """What a form sends; more rows than there may be are not read."""
    levels = _count(given, "levels", MOST_LEVELS)

    def word(name: str, most: int = 3 * LONGEST_NAME) -> str:
        return given.get(name, "").replace("\0", "").replace("\r\n", "\n")[:most]

    return TypedRubric(
        zh=word("zh"),
        en=word("en"),
        unobserved=word("unobserved", 20),
        levels=[
            TypedLevel(word(f"level-{n}-value", 8).strip(), word(f"level-{n}-zh"), word(f"level-{n}-en"))
            for n in range(levels)
        ],
        criteria=[
            TypedCriterion(
                key=word(f"criterion-{n}-key", 40),
                zh=word(f"criterion-{n}-zh"),
                en=word(f"criterion-{n}-en"),
                weight=word(f"criterion-{n}-weight", 8).strip(),
                area=word(f"criterion-{n}-area", 60),
                skill=word(f"criterion-{n}-skill", 60),
                outcome=word(f"criterion-{n}-outcome", 60),
                anchors=[
                    {
                        "zh": " ".join(word(f"criterion-{n}-{at}-zh", 3 * LONGEST_ANCHOR).split()),
                        "en": " ".join(word(f"criterion-{n}-{at}-en", 3 * LONGEST_ANCHOR).split()),
                    }
                    for at in range(levels)
                ],
            )
            for n in range(_count(given, "criteria", MOST_CRITERIA))
        ],
    )


def _count(given: QueryDict, name: str, most: int) -> int:
    value = given.get(name, "")
    return min(int(value), most) if value.isascii() and value.isdecimal() and len(value) < 4 else 0


def by_place(found: tuple[RubricFault, ...]) -> dict[str, list[RubricFault]]:
    """place → its faults, in their order."""
    places: dict[str, list[RubricFault]] = {}
    for one in found:
        places.setdefault(one.place, []).append(one)
    return places
