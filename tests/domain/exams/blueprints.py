"""A bank of many small questions, and a blueprint of three forms by it, built by actions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from craftpath.domain.exams.actions import Draft, ask_forms, carry_out, make_blueprint, write_items
from craftpath.domain.exams.models import Assembly, Blueprint, Item
from craftpath.domain.exams.queries import Tags
from craftpath.domain.exams.wishes import Row, Wish
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.exams.samples import single

LEVELS = ("easy", "medium", "hard")
WISH = Wish(
    rows=(
        Row(2, 2, difficulty="easy"),
        Row(1, 3, difficulty="medium"),
        Row(1, 1, kind="single", difficulty="hard"),
    ),
    questions=(5, 5),
    minutes=10,
    forms=3,
)
TYPED: dict[str, Any] = {
    "rows": [
        {"difficulty": "easy", "least": "2"},
        {"difficulty": "medium", "least": "1", "most": "3"},
        {"kind": "single", "difficulty": "hard", "least": "1"},
    ],
    "questions_least": "5",
    "minutes": "10",
    "forms": "3",
    "goal": "even",
}
"""What somebody types for WISH."""


def bank(cast: Cast, count: int = 24, **tags: Any) -> Sequence[Item]:
    """Released questions of one point and a minute, a third of them of each difficulty, with shares that differ."""
    drafts = [
        Draft(
            single(stem=Text(f"第 {n} 题", f"Question {n}"), points=Decimal(1)),
            Tags(
                **{
                    "difficulty": LEVELS[n % 3],
                    "expected_p": Decimal(85 - 20 * (n % 3) - n % 7) / 100,
                    "seconds": 60,
                }
                | tags
            ),
            ready=True,
        )
        for n in range(count)
    ]
    return write_items(cast.college, drafts, by=cast.actor("trainer"), at=AT).items


def blueprint(cast: Cast, wish: Wish = WISH, **other: Any) -> Blueprint:
    given = {"made_id": uuid.uuid4(), "title": "车工理论期末"} | other
    return make_blueprint(wish, organisation=cast.college, **given, by=cast.actor("trainer"), at=AT)


def asked(cast: Cast, row: Blueprint, **other: Any) -> Assembly:
    given = {"made_id": uuid.uuid4()} | other
    made = ask_forms(row, **given, by=cast.actor("trainer"), at=AT)
    carry_out(
        Assembly.objects.get(pk=made.pk), by=cast.actor("trainer"), at=AT
    )  # nothing, if the job ran at once
    return Assembly.objects.select_related("blueprint__organisation").get(pk=made.pk)
