"""What is open about apprentices, asked of the record: what pages show of a few, and what is kept of everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from craftpath.domain.apprenticeships.counting import Placed
from craftpath.domain.counts.measures import ALONE, KINDS, LOG, QUIET, REVIEW, Kind
from craftpath.domain.logbook.since import waiting_since, written_last
from craftpath.domain.reviews.queries import due_since


@dataclass(frozen=True, slots=True)
class Late:
    """One gap that is late on a day, and since when."""

    kind: Kind
    since: date


def gaps_of(rows: Sequence[Placed]) -> dict[int, dict[str, date]]:
    """enrolment id → kind of gap → its day, of these active apprentices; three queries however many."""
    ids = [row.pk for row in rows]
    waiting, written, due = waiting_since(ids), written_last(ids), due_since(ids)
    found: dict[int, dict[str, date]] = {}
    for row in rows:
        here = found[row.pk] = {}
        if not row.mentored:
            here[ALONE.key] = row.starts_on
        if row.pk in waiting:
            here[LOG.key] = waiting[row.pk]
        if row.pk in due:
            here[REVIEW.key] = due[row.pk]
        if row.pk in written:  # whoever has never written may keep the log on paper
            here[QUIET.key] = written[row.pk]
    return found


def late_of(rows: Sequence[Placed], today: date) -> dict[int, list[Late]]:
    """enrolment id → what is late about it today, the most urgent first; three queries however many."""
    return {pk: late for pk, here in gaps_of(rows).items() if (late := late_among(here, today))}


def late_among(gaps: Mapping[str, date], today: date) -> list[Late]:
    """Those of one apprentice's gaps that are late today, the most urgent first."""
    found = [Late(KINDS[key], day) for key, day in gaps.items() if day <= KINDS[key].late_since(today)]
    return sorted(found, key=lambda late: (-late.kind.weight, late.since))


def urgency(late: Sequence[Late]) -> tuple[int, date]:
    """The order of people: the heavier all their gaps together, the earlier; of two alike the one who waits longer."""
    return -sum(one.kind.weight for one in late), min(one.since for one in late)
