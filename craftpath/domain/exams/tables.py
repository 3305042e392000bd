"""Scored sittings as sheets, kept in this process while nothing changes: the pages of one report count once.

What is kept stands under `_version`, which the database is asked for every time and which changes with every answer,
mark, decision, appeal and settled sheet, and with whom the reader sees; so no page, in whichever process, shows more or
less than the rows say. Nothing in a kept table is ever written to.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Sum

from craftpath.domain.exams.analysis.sheets import Sheet, sheets_of
from craftpath.domain.exams.marking import Scored, scored
from craftpath.domain.exams.models import (
    Answer,
    AnswerFile,
    AppealedLine,
    Candidate,
    EssayDecision,
    EssayMark,
    Sitting,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_CELLS = 500_000
"""Cells, people by questions, that a process keeps in all: some 250 bytes each."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Sittings as a table, and paper id → its sheet, the form that most had first."""

    table: Scored
    sheets: Mapping[int, Sheet]

    @property
    def cells(self) -> int:
        """People by questions."""
        return len(self.table.candidates) * len(self.table.lines)


_kept: OrderedDict[str, Counted] = OrderedDict()
_lock = Lock()


def counted(sitting: Sitting, *others: Sitting) -> Counted:
    """What was answered at these sittings; six queries if it is kept, else those of `scored` and one more.

    The version is read first: a mark that comes in between is kept under what was before it, which nobody finds.
    """
    key = _version([sitting, *others])
    found = _found(key)
    if found is not None:
        return found
    table = scored(sitting, *others)
    made = Counted(table, sheets_of(table))
    with _lock:
        _kept[key] = made
        while len(_kept) > 1 and sum(one.cells for one in _kept.values()) > MOST_CELLS:
            _kept.popitem(last=False)
    return made


def known(sitting: Sitting, *others: Sitting) -> Counted | None:
    """The same if it is kept, so that nobody has to wait for it."""
    return _found(_version([sitting, *others]))


def _found(key: str) -> Counted | None:
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
        return found


def forget() -> None:
    """Begin anew: for measurements of the first look."""
    with _lock:
        _kept.clear()


def _version(held: Sequence[Sitting]) -> str:
    """What tells one state of these sittings, as the reader sees them, from every other."""
    there = Candidate.objects.filter(sitting__in=held).order_by()
    people = there.order_by("enrolment__number", "pk").values_list(
        "public_id", "enrolment__person", "paper", "started_at", "on_paper", "settlement__settled_at"
    )
    who = there.values("pk")
    plans = [
        (one.pk, one.starts_at, one.essay_raters, one.essay_sample, one.essay_gap, one.essay_gap_in, one.essay_third)
        for one in held
    ]  # fmt: skip
    said = (
        plans,
        list(people),
        _state(Answer._base_manager.filter(candidate__in=who), Sum("count"), Max("saved_at")),
        _state(AnswerFile._base_manager.filter(candidate__in=who), Max("added_at")),
        *(
            _state(
                of._base_manager.filter(candidate__in=who),
                Sum("points"),
                Count("superseded_at"),
                Max("superseded_at"),
            )
            for of in (EssayMark, EssayDecision)
        ),
        _state(
            AppealedLine._base_manager.filter(appeal__candidate__in=who),
            Sum("points"),
            Count("points"),
            Max("appeal__ended_at"),
        ),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _state(rows: QuerySet[Any], *more: Count | Max | Sum) -> tuple[object, ...]:
    return tuple(rows.aggregate(Count("pk"), Max("pk"), *more).values())
