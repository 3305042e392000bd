"""An examination on paper of three days ago: every sheet is keyed once, half of them twice, two differ."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.keyed import EMPTY, WRITTEN, blanks_of, places_of, shown
from craftpath.domain.exams.keying import Asked, asked_of
from craftpath.engines.scoring import Kind
from craftpath.kernel.access import Actor

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.exams.models import Paper

NAMESPACE = uuid.UUID("0c1e9a52-6d64-4f0e-8f3b-1a2f9c8e7b10")
TWICE = 11  # half of them were keyed a second time
ILL = 4  # the fifth by number did not come
DIFFER = (0, 6)


def on_paper(
    cohort: Cohort, paper: Paper, keyers: Sequence[Actor], begins: datetime, *, at: datetime
) -> None:
    """Planned, held and closed; then keyed by the first, and by the second as far as he got."""
    by = keyers[0]
    sitting = actions.plan_sitting(
        cohort,
        paper,
        made_id=uuid.uuid5(NAMESPACE, "on paper"),
        starts_at=begins,
        minutes=paper.minutes,
        place="教学楼 105",
        on_paper=True,
        by=by,
        at=begins - timedelta(days=7),
    )
    sitting = actions.open_sitting(sitting, by=by, at=begins)
    sitting = actions.close_sitting(sitting, by=by, at=begins + timedelta(minutes=paper.minutes + 5))
    luck = random.Random(105)  # noqa: S311  (a demo)
    people = list(queries.candidates_of(sitting))
    lines = asked_of(people[0])
    for n, candidate in enumerate(people):
        typed = {one.line.order: _typed(one, luck) for one in lines}
        when = at - timedelta(hours=26) + timedelta(minutes=2 * n)
        absent = n == ILL
        actions.key_sheet(candidate, typed, turn=1, count=1, absent=absent, done=True, by=by, at=when)
        if n < TWICE:
            if n in DIFFER:
                typed[1] = ["B" if typed[1] != ["B"] else "D"]
            later = when + timedelta(hours=3)
            actions.key_sheet(
                candidate, typed, turn=2, count=1, absent=absent, done=True, by=keyers[1], at=later
            )


def _typed(one: Asked, luck: random.Random) -> list[str]:
    """What stands on a sheet: mostly right, now and then another answer or none."""
    content = one.content
    details, kind, keys = content.details, content.kind, places_of(content)
    if kind is Kind.ESSAY:
        return shown(content, WRITTEN)
    if luck.random() < 0.06:
        return [EMPTY] * len(blanks_of(content))
    right = luck.random() < 0.72
    if kind is Kind.NUMERIC:
        return [str(details["value"]) if right else "100"]
    if kind is Kind.SHORT:
        return [blank["accepted"][0] if right else "不知道" for blank in details["blanks"]]
    if kind is Kind.MATCHING:
        return shown(
            content, details["pairs"] if right else {key: luck.choice(keys) for key in details["pairs"]}
        )
    if kind is Kind.ORDERING:
        return shown(content, details["order"] if right else [*details["order"][1:], details["order"][0]])
    return shown(content, details["right"] if right else [luck.choice(keys)])
