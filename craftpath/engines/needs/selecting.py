"""Some of the people, or the people of several surveys together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from craftpath.engines.needs.types import Answers, Flags, Group, Places, Ratings


def chosen(answers: Answers, people: Flags) -> Answers:
    """The answers of some respondents; values of groups that none of them has are gone."""
    rows = np.flatnonzero(people[answers.respondent])
    place = np.cumsum(people) - 1
    return Answers(
        answers.items,
        int(people.sum()),
        place[answers.respondent[rows]],
        answers.item[rows],
        answers.importance[rows],
        answers.ability[rows],
        None if answers.mentor is None else answers.mentor[rows],
        {name: _used(group, people) for name, group in answers.groups.items()},
    )


def _used(group: Group, people: Flags) -> Group:
    of = group.of[people]
    there = np.bincount(of[of >= 0], minlength=len(group.values)) > 0
    places = np.append(np.cumsum(there) - 1, -1)  # the last is found by -1
    return Group(tuple(np.array(group.values, dtype=object)[there]), places[of])


def paired(answers: Answers) -> Flags:
    """Respondents with a complete pair at least: those on whom needs rest."""
    whole = ~np.isnan(answers.importance + answers.ability)
    return np.bincount(answers.respondent[whole], minlength=answers.respondents) > 0


def joined(parts: Sequence[Answers]) -> Answers:
    """The people of several surveys; items and values that are called the same are the same."""
    items = list(dict.fromkeys(item for part in parts for item in part.items))
    starts = np.cumsum([0, *(part.respondents for part in parts)])
    names = list(dict.fromkeys(name for part in parts for name in part.groups))

    def rows(columns: Sequence[Places]) -> Places:
        return np.concatenate([*columns, np.zeros(0, dtype=np.int64)])

    def ratings(name: str) -> Ratings:
        return np.concatenate([*(getattr(part, name) for part in parts), np.zeros(0)])

    return Answers(
        tuple(items),
        int(starts[-1]),
        rows([part.respondent + start for part, start in zip(parts, starts[:-1], strict=True)]),
        rows([_places(part.items, items)[part.item] for part in parts]),
        ratings("importance"),
        ratings("ability"),
        groups={name: _together([part.groups.get(name) for part in parts], parts) for name in names},
    )


def _places(mine: Sequence[str], all_of_them: Sequence[str]) -> Places:
    place = {name: at for at, name in enumerate(all_of_them)}
    return np.array([place[name] for name in mine], dtype=np.int64)


def _together(groups: Sequence[Group | None], parts: Sequence[Answers]) -> Group:
    values = list(dict.fromkeys(value for group in groups if group for value in group.values))
    columns = [
        np.full(part.respondents, -1)
        if group is None
        else np.append(_places(group.values, values), -1)[group.of]
        for group, part in zip(groups, parts, strict=True)
    ]
    return Group(tuple(values), np.concatenate(columns).astype(np.int64))
