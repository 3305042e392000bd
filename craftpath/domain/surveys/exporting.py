"""Answers one by one, to be taken away: nothing in them that only one to four people share, alone or by subtraction."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from craftpath.domain.surveys.coarsening import coarsen
from craftpath.domain.surveys.grouping import own_groups
from craftpath.domain.surveys.models import FEWEST, OTHER, Answer, NamedAnswer, Survey
from craftpath.domain.surveys.questions import Question

Content = tuple[Mapping[str, str], Mapping[str, Any]]
Column = tuple[str, str]
"""The key of a question, and which part of it: of a need or a row of a matrix."""
NEED = ("importance", "own", "mentor")


def rows_for_export(survey: Survey) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
    """(name, kept groups, what was said) of each answer, by name where names were promised to be kept.

    Of anonymous ones the name is "", and what is left is that of `safe_rows`.
    """
    if not survey.anonymous:
        named = NamedAnswer.objects.filter(survey=survey).select_related("asked__person")
        told = [
            (one.asked.person.name if one.asked.person else one.asked.name, one.groups, one.said)
            for one in named
        ]
        return sorted(told, key=lambda one: one[0])
    found = safe_rows(survey, list(Answer.objects.filter(survey=survey).values_list("groups", "said")))
    random.SystemRandom().shuffle(found)
    return [("", groups, said) for groups, said in found]


def safe_rows(survey: Survey, contents: Sequence[Content]) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """The same answers without open words, and without what would single out fewer than `FEWEST`.

    - Mentors speak of no own level, which shows: where they are too few, or the others are, their rows are left out.
    - What too few answered is left out. So is what those answered whose rows are: results count them in, and the
      difference of results and file would be theirs. (Of needs, results count pairs: these are none, or too few.)
    - Kept groups and own choices by which answers are told apart are made coarse together.
    """
    questions = {one.key: one for one in survey.asked_for if one.kind not in ("text", "section")}
    asked = [
        (groups, {key: value for key, value in said.items() if key in questions}) for groups, said in contents
    ]
    rows, gone = _of_enough(asked, questions)
    if len(rows) < FEWEST:
        return []
    counts = Counter(column for _groups, said in rows for column in _columns(said, questions))
    away = {column for column, count in counts.items() if count < FEWEST}
    away |= {
        column
        for _groups, said in gone
        for column in _columns(said, questions)
        if questions[column[0]].kind != "need"
    }
    return _coarse(survey, [(groups, _without(said, questions, away)) for groups, said in rows])


def _of_enough(
    rows: Sequence[Content], questions: Mapping[str, Question]
) -> tuple[list[Content], list[Content]]:
    """Rows that are kept and rows that are left out: those of mentors and those of others, unless they are enough."""
    kinds: dict[bool, list[Content]] = {True: [], False: []}
    for row in rows:
        needs = [value for key, value in row[1].items() if questions[key].kind == "need"]
        kinds[bool(needs) and all(own is None for _importance, own, _view in needs)].append(row)
    few = {kind for kind, found in kinds.items() if len(found) < FEWEST}
    return (
        [row for kind in kinds if kind not in few for row in kinds[kind]],
        [row for kind in few for row in kinds[kind]],
    )


def _columns(said: Mapping[str, Any], questions: Mapping[str, Question]) -> list[Column]:
    """What of an answer was filled in."""
    return [(key, part) for key, value in said.items() for part in _parts(questions[key], value)]


def _parts(one: Question, value: Any) -> list[str]:
    if one.kind == "need":
        return [part for part, tick in zip(NEED, value, strict=True) if tick is not None]
    return list(value) if one.kind == "matrix" else [""]


def _without(said: Mapping[str, Any], questions: Mapping[str, Question], away: set[Column]) -> dict[str, Any]:
    """What was said but for some columns."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        left = [part for part in _parts(questions[key], value) if (key, part) not in away]
        if not left:
            continue
        if questions[key].kind == "need":
            found[key] = [tick if part in left else None for part, tick in zip(NEED, value, strict=True)]
        elif questions[key].kind == "matrix":
            found[key] = {part: value[part] for part in left}
        else:
            found[key] = value
    return found


def _coarse(survey: Survey, rows: Sequence[Content]) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """With every combination of what tells answers apart shared by enough rows; "" stands for a choice left out."""
    kept, own = list(survey.groups), own_groups([survey])
    cells = [
        (*(groups.get(name, OTHER) for name in kept), *(said.get(key, "") for key in own))
        for groups, said in rows
    ]
    found = []
    for cell, (_groups, said) in zip(coarsen(cells), rows, strict=True):
        chosen = dict(zip(own, cell[len(kept) :], strict=True))
        told = {key: value for key, value in {**said, **chosen}.items() if value != ""}
        found.append((dict(zip(kept, cell, strict=False)), told))
    return found
