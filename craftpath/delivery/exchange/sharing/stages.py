"""In which stage apprentices are, for kinds of data that say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import Step, paths_of

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def current(rows: Sequence[Enrolment]) -> dict[int, Step | None]:
    """enrolment id → the stage that is open, else the last one passed, else none; two queries."""
    return {pk: _current(steps) for pk, steps in paths_of(rows).items()}


def _current(steps: Sequence[Step]) -> Step | None:
    opened = next((one for one in steps if one.state == "open"), None)
    passed = [one for one in steps if one.state == "passed"]
    return opened or (passed[-1] if passed else None)
