"""A sitting on paper of the fixed cast, and what people key from its sheets."""

from __future__ import annotations

from typing import Any

from craftpath.domain.exams.actions import close_sitting, key_sheet, open_sitting
from craftpath.domain.exams.models import Candidate, Keying, Sitting
from tests.cast import Cast
from tests.domain.exams.hall import OPENS, planned

TYPED: dict[int, list[str]] = {
    1: ["b"], 2: ["dab"], 3: ["错"], 4: ["125.7"], 5: ["G00", "G01"], 6: ["ab"], 7: ["bca"], 8: ["y"],
}  # fmt: skip
"""What is right on each line of the paper, as it is keyed; an essay is written."""


def over(cast: Cast, **other: Any) -> Sitting:
    """Everybody had a sheet; it is closed and nothing is keyed."""
    by = cast.actor("trainer")
    row = open_sitting(planned(cast, on_paper=True, **other), by=by, at=OPENS)
    return close_sitting(row, by=by, at=OPENS)


def key(cast: Cast, candidate: Candidate, who: str, changed: Any = None, **other: Any) -> Keying:
    """A whole sheet, right but for what is changed; the first free turn."""
    typed = TYPED | (changed or {})
    values = {"turn": 1, "count": 1, "done": True, "at": OPENS} | other
    by = values.pop("by", None) or cast.actor(who)
    return key_sheet(candidate, typed, by=by, **values)
