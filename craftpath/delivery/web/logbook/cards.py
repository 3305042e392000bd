"""An entry as a card says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.logbook.texts import ENTRY_STATES, ODD, PHRASES
from craftpath.domain.standards.queries import skills_by_key

if TYPE_CHECKING:
    from craftpath.domain.logbook.models import Entry, EntryFile, OtherVersion
    from craftpath.domain.logbook.oddities import Oddity
    from craftpath.domain.standards.models import Skill

TONES = {"draft": "plain", "submitted": "info", "returned": "attention", "confirmed": "good"}


@dataclass(frozen=True, slots=True)
class Said:
    """A remark in words: who, what."""

    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One entry; `meta` is where, how long and which skill in one line, `odd` why it stands out."""

    entry: Entry
    state: str
    tone: str
    meta: str
    files: Sequence[EntryFile]
    remarks: Sequence[Said]
    others: Sequence[OtherVersion]
    odd: Sequence[str]
    late_files: bool


def cards(entries: Sequence[Entry], odd: Mapping[int, Sequence[Oddity]] | None = None) -> list[Card]:
    """Cards of entries that came with their files, remarks and versions; one query for the skills' names."""
    skills = skills_by_key(entry.skill for entry in entries)
    return [_card(entry, skills, (odd or {}).get(entry.pk, ())) for entry in entries]


def _card(entry: Entry, skills: Mapping[str, Skill], odd: Iterable[Oddity]) -> Card:
    skill = skills.get(entry.skill)
    parts = [entry.place, hours(entry.minutes) if entry.minutes else "", text(skill.name) if skill else ""]
    files = list(entry.files.all())
    confirmed = entry.confirmed_at
    return Card(
        entry=entry,
        state=str(ENTRY_STATES[entry.state]),
        tone=TONES[entry.state],
        meta=" · ".join(part for part in parts if part),
        files=files,
        remarks=[
            Said(row.by.name, " ".join(part for part in (phrase(row.phrase), row.words) if part))
            for row in entry.remarks.all()
        ],
        others=list(entry.others.all()),
        odd=[str(ODD[one.code]) % one.values for one in odd],
        late_files=bool(confirmed and any(file.added_at > confirmed for file in files)),
    )


def phrase(key: str) -> str:
    """A phrase of the bank in words; nothing for none."""
    return str(PHRASES.get(key, ""))
