"""The groups of respondents as columns: those kept with each answer, the wave, and choices marked as groups."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from craftpath.domain.surveys.models import GROUPS, OTHER, Survey
from craftpath.engines.needs.types import Group
from craftpath.values.text import Text

WAVE = "wave"


class Groups:
    """Collects, respondent by respondent, the place of each group's value."""

    def __init__(self, waves: Sequence[Survey]) -> None:
        self.respondents = 0
        self._kept = [name for name in GROUPS if any(name in wave.groups for wave in waves)]
        self._waves = {wave.pk: str(wave.wave) for wave in waves}
        self._own = own_groups(waves)
        self._values: dict[str, dict[str, int]] = {name: {} for name in (*self._kept, WAVE, *self._own)}
        self._of: dict[str, list[int]] = {name: [] for name in self._values}
        self._known: dict[str, dict[str, Any]] = {}

    def note(self, survey: int, who: str, said: Mapping[str, Any]) -> None:
        """One more respondent: of a survey, with the kept groups as their JSON stands in the row."""
        if who not in self._known:
            self._known[who] = json.loads(who)
        kept = self._known[who]
        self.respondents += 1
        for name in self._kept:
            self._put(name, kept.get(name))
        self._put(WAVE, self._waves[survey])
        for name in self._own:
            self._put(name, said.get(name))

    def _put(self, name: str, value: str | None) -> None:
        values = self._values[name]
        self._of[name].append(-1 if value is None else values.setdefault(value, len(values)))

    def columns(self) -> dict[str, Group]:
        """name → its values and the place of each respondent's."""
        return {
            name: Group(tuple(values), np.array(self._of[name], dtype=np.int64))
            for name, values in self._values.items()
        }


def own_groups(waves: Sequence[Survey]) -> list[str]:
    """The keys of the surveys' own questions by which answers are told apart."""
    found = [one.key for wave in waves for one in wave.asked_for if one.group and one.kind == "single"]
    return list(dict.fromkeys(found))


def names_of(surveys: Sequence[Survey]) -> dict[str, dict[str, Text]]:
    """group → value → its words, for every group of `answers_of`; `role`, `wave` and the value `other` have none.

    Those three are words of the program: `texts.ROLE_NAMES`, the number itself, and `texts.OTHER_NAME`.
    """
    found: dict[str, dict[str, Text]] = {}
    for survey in surveys:
        for name, values in survey.group_names.items():
            found.setdefault(name, {}).update({key: Text.of(text) for key, text in values.items()})
        for one in survey.asked_for:
            if one.group and one.kind == "single":
                found.setdefault(one.key, {}).update({part.key: part.text for part in one.options})
    for values in found.values():
        values.pop(OTHER, None)
    return found
