"""The bank of ready instruments: one file each in `presets/`, in our own words, to be copied and changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from craftpath.domain.surveys.questions import Question, read
from craftpath.values.text import Text

ORDER = (
    "core_skills", "apprentice_satisfaction", "employer", "tracer", "workshop_feedback",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instrument:
    """One ready set of questions; `minutes` is about how long it takes, `months` when a tracer asks again."""

    key: str
    title: Text
    about: Text
    intro: Text
    points: int
    minutes: int
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    months: tuple[int, ...]
    questions: tuple[Question, ...]


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every instrument, in the order in which they are offered."""
    folder = resources.files("craftpath.domain.surveys") / "presets"
    return tuple(_read(tomllib.loads((folder / f"{key}.toml").read_text("utf-8"))) for key in ORDER)


def instrument(key: str) -> Instrument | None:
    """One by its key."""
    return next((one for one in instruments() if one.key == key), None)


def tracer_months(key: str) -> tuple[int, ...]:
    """When a tracer asks, in months after the end of training: as its instrument says, else as the one of the bank."""
    said = (one.months for one in (instrument(key), instrument("tracer")) if one is not None)
    return next(filter(None, said), ())


def _read(table: Mapping[str, Any]) -> Instrument:
    scales = {name: tuple(labels) for name, labels in table.get("labels", {}).items()}
    questions = [
        one | ({"labels": scales[one["scale"]]} if "scale" in one else {}) for one in table["question"]
    ]
    return Instrument(
        key=table["key"],
        title=Text.of(table["title"]),
        about=Text.of(table["about"]),
        intro=Text.of(table["intro"]),
        points=table.get("points", 5),
        minutes=table["minutes"],
        roles=tuple(table["roles"]),
        groups=tuple(table["groups"]),
        months=tuple(table.get("months", ())),
        questions=tuple(read(questions)),
    )
