"""What is known before the first keystroke: the day, the place, the kind of hours, how long a day usually is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.logbook.queries import latest_entry

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
    """From the last entry: most days are like the day before."""
    last = latest_entry(enrolment.pk, on)
    if last is None:
        return Prefill(on=on)
    return Prefill(on=on, place=last.place, unit=last.unit, bucket=last.bucket, minutes=last.minutes)
