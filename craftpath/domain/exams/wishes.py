"""What a blueprint wants of each form, as plain values.

Stored as JSON: `rows` [{outcome, skill, kind, difficulty, least, most}], `questions` and `points` [least, most]
(`points` may be null), `minutes`, `forms`, `goal` ("even", "share" or "information"), `share`, `shared`, `overlap`;
where they are asked for, `thetas`, `information` and `named` [{item, where}]. Points, share and what has to do with
information are decimals written as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MOST_ROWS = 30
MOST_FORMS = 8
MOST_QUESTIONS = 200
MOST_POINTS = Decimal(10_000)
MOST_MINUTES = 600
MOST_THETAS = 3
MOST_NAMED = 60
GOALS = ("even", "share", "information")
WHERE = ("every", "some", "never")
"""A question that is named stands in every form, in one form at least, or in none."""
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Row:
    """So many questions that have all of these; an empty word asks for nothing."""

    least: int
    most: int
    outcome: int | None = None
    skill: str = ""
    kind: str = ""
    difficulty: str = ""

    @property
    def cell(self) -> tuple[int | None, str, str, str]:
        """Which questions are meant."""
        return (self.outcome, self.skill, self.kind, self.difficulty)


@dataclass(frozen=True, slots=True)
class Named:
    """A question, by its public id, that has to be in (`every` form, `some` form) or `never`."""

    item: str
    where: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What every form has to be. `share` is the mean expected share of the points, None where it is not asked for.

    `shared` questions stand in all forms, two forms have at most `overlap` others in common. With the goal
    "information" each form is to have `information` at each of `thetas`, or as much as the bank can give all forms.
    """

    rows: tuple[Row, ...]
    questions: tuple[int, int]
    minutes: int
    forms: int
    points: tuple[Decimal, Decimal] | None = None
    goal: str = "even"
    share: Decimal | None = None
    shared: int = 0
    overlap: int = 0
    thetas: tuple[Decimal, ...] = ()
    information: Decimal | None = None
    named: tuple[Named, ...] = ()

    def those(self, *where: str) -> list[str]:
        """The questions that are named so."""
        return [one.item for one in self.named if one.where in where]

    def as_json(self) -> dict[str, Any]:
        """As it is stored; what is not asked for leaves no trace, so that older blueprints stay the same."""
        more: dict[str, Any] = {}
        if self.goal == "information":
            more["thetas"] = [_plain(one) for one in self.thetas]
            more["information"] = None if self.information is None else _plain(self.information)
        if self.named:
            more["named"] = [{"item": one.item, "where": one.where} for one in self.named]
        return more | {
            "rows": [
                {
                    "outcome": row.outcome,
                    "skill": row.skill,
                    "kind": row.kind,
                    "difficulty": row.difficulty,
                    "least": row.least,
                    "most": row.most,
                }
                for row in self.rows
            ],
            "questions": list(self.questions),
            "points": None if self.points is None else [_plain(one) for one in self.points],
            "minutes": self.minutes,
            "forms": self.forms,
            "goal": self.goal,
            "share": None if self.share is None else _plain(self.share),
            "shared": self.shared,
            "overlap": self.overlap,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Wish:
        """From what is stored."""
        points, information = stored["points"], stored.get("information")
        return cls(
            rows=tuple(Row(**row) for row in stored["rows"]),
            questions=(stored["questions"][0], stored["questions"][1]),
            minutes=stored["minutes"],
            forms=stored["forms"],
            points=None if points is None else (Decimal(points[0]), Decimal(points[1])),
            goal=stored["goal"],
            share=None if stored["share"] is None else Decimal(stored["share"]),
            shared=stored["shared"],
            overlap=stored["overlap"],
            thetas=tuple(Decimal(one) for one in stored.get("thetas", ())),
            information=None if information is None else Decimal(information),
            named=tuple(Named(**one) for one in stored.get("named", ())),
        )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
