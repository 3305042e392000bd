"""From surveys to parts: each wave of each series with its own people, all on the scale of the newest wave."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from craftpath.domain.surveys.columns import answers_of, scales_of
from craftpath.domain.surveys.grouping import WAVE, own_groups
from craftpath.engines.needs import Answers, Group, Scales, chosen, paired
from craftpath.engines.needs.types import Flags
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Part:
    """One wave: `answers` of those who rated both sides of some skill, `everybody` with the mentors, `scales`."""

    survey: Survey
    answers: Answers
    everybody: Answers
    scales: Scales


def parts_of(surveys: Sequence[Survey]) -> list[Part]:
    """Every wave as a part, series after series, the oldest wave first."""
    series: dict[str, list[Survey]] = {}
    for survey in sorted(surveys, key=lambda one: (one.made_at, one.pk)):
        series.setdefault(survey.series, []).append(survey)
    return [part for waves in series.values() for part in _waves(sorted(waves, key=lambda one: one.wave))]


def newest(parts: Sequence[Part]) -> list[Part]:
    """The last wave of each series: what holds today."""
    return list({part.survey.series: part for part in parts}.values())


def names_of_items(parts: Sequence[Part]) -> dict[str, Text]:
    """item → how the newest wave calls it."""
    found: dict[str, Text] = {}
    for part in parts:
        found |= {one.item: one.title for one in part.survey.asked_for if one.kind == "need"}
    return found


def fingerprint(parts: Sequence[Part]) -> str:
    """A digest of everything that the figures rest on."""
    digest = hashlib.sha256()
    for part in parts:
        answers = part.everybody
        digest.update(repr((part.survey.public_id, answers.items, part.scales.items)).encode())
        columns = [answers.respondent, answers.item, answers.importance, answers.ability, part.scales.ratings]
        columns += [] if answers.mentor is None else [answers.mentor]
        for name, group in sorted(answers.groups.items()):
            digest.update(repr((name, group.values)).encode())
            columns.append(group.of)
        for column in columns:
            digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _waves(waves: Sequence[Survey]) -> list[Part]:
    answers, scales = answers_of(waves), scales_of(waves)
    return [_part(wave, answers, scales) for wave in waves]


def _part(survey: Survey, answers: Answers, scales: Scales) -> Part:
    everybody = _own(chosen(answers, _in_wave(answers.groups[WAVE], survey)), survey)
    rows = _in_wave(scales.groups[WAVE], survey)
    own = replace(scales, ratings=scales.ratings[rows], groups={})
    return Part(survey, chosen(everybody, paired(everybody)), everybody, own)


def _in_wave(group: Group, survey: Survey) -> Flags:
    value = str(survey.wave)
    if value not in group.values:
        return np.zeros(len(group.of), dtype=np.bool_)
    return np.asarray(group.of == group.values.index(value))


def _own(answers: Answers, survey: Survey) -> Answers:
    """With the group columns of this wave alone: those of another one would change what is hidden."""
    kept = {*survey.groups, *own_groups([survey])}
    groups = {name: group for name, group in answers.groups.items() if name in kept and group.values}
    return replace(answers, groups=groups)
