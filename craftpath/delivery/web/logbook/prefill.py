"""What is known before the first keystroke: the day, the place, the kind of hours, how long a day usually is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.logbook.queries import latest_entry
from craftpath.domain.training.queries import cells_on

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a new entry begins with."""

    on: date | None = None
    place: str = ""
    unit: str = ""
    bucket: str = ""
    minutes: int = 0


def prefill(enrolment: Enrolment, on: date) -> Prefill:
    """From the rotation, which knows where somebody is that day; else from the last entry."""
    last, cell = latest_entry(enrolment.pk, on), cells_on([enrolment.pk], on).get(enrolment.pk)
    minutes = last.minutes if last is not None else 0
    if cell is not None:
        return Prefill(on, text(cell.department), cell.unit_key, cell.bucket, minutes)
    if last is None:
        return Prefill(on)
    return Prefill(on, last.place, last.unit, last.bucket, minutes)
