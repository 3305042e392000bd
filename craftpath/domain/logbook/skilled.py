"""What logs say of core skills: jobs that somebody saw done, and confirmed entries that name one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
