"""What logs say of core skills: jobs that somebody saw done, and confirmed entries that name one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.logbook.models import Entry, Observation


@dataclass(frozen=True, slots=True)
class Seen:
    """A job that was observed; `seen_as` is one of `SEEN_AS`."""

    enrolment: int
    skill: str
    on: date
    public_id: str
    job: str
    seen_as: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Practised:
    """A confirmed entry that names a skill."""

    enrolment: int
    skill: str
    on: date
    public_id: str
    text: str
    by: str


def seen(group: Group) -> Iterator[Seen]:
    """Observations of these apprentices that name a skill, whoever asks; one query."""
    rows = Observation._base_manager.filter(group.at("enrolment")).exclude(skill="").order_by("pk")
    told = ("enrolment_id", "skill", "on", "public_id", "job", "seen_as", "words", "observed_by__name")
    return (Seen(*row) for row in rows.values_list(*told) if row[0] in group)


def practised(group: Group) -> Iterator[Practised]:
    """Confirmed entries of these apprentices that name a skill, whoever asks; one query."""
    rows = Entry._base_manager.filter(group.at("enrolment"), state="confirmed").exclude(skill="")
    told = ("enrolment_id", "skill", "on", "public_id", "text", "confirmed_by__name")
    return (Practised(*row) for row in rows.order_by("pk").values_list(*told) if row[0] in group)


def minutes_by_skill(enrolment_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """enrolment id → key of a skill → minutes of confirmed entries that name it, whoever asks; one query.

    What was corrected counts as the correction says it.
    """
    rows = Entry._base_manager.filter(enrolment__in=list(enrolment_ids), state="confirmed", minutes__gt=0)
    rows = rows.exclude(skill="").exclude(corrections__state="confirmed")
    found: dict[int, dict[str, int]] = {}
    for row, skill, minutes in rows.order_by().values_list("enrolment_id", "skill").annotate(Sum("minutes")):
        found.setdefault(row, {})[skill] = minutes
    return found
