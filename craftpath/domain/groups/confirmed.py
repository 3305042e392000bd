"""What members did by the record of their group, and what of it a trainer has confirmed.

Only what is confirmed may count in an evaluation: `contribution_counts` hands it over as plain counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import each_within
from craftpath.domain.groups.models import Contribution, GroupSession, Member, NotesVersion, Presence, Task

if TYPE_CHECKING:
    from craftpath.domain.groups.models import StudyGroup
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Done:
    """So many of something by one member; `out_of` where there is a most."""

    person: Person
    enrolment: int
    kind: str
    count: int
    out_of: int = 0


def contributions(group: StudyGroup) -> list[Done]:
    """What the record says of each member, former ones too; what is disputed is left out. Five queries.

    Whoever had a turn and was away did not take it.
    """
    held = list(GroupSession._base_manager.filter(group=group, state="held").order_by())
    asked: Counter[int] = Counter()
    came: set[tuple[int, int]] = set()
    for row in Presence.objects.filter(session__in=held).order_by():
        asked[row.person_id] += 1
        if row.there and not row.disputed:
            came.add((row.session_id, row.person_id))
    there = Counter(person for _session, person in came)
    led = Counter(row.host_id for row in held if (row.pk, row.host_id) in came)
    brought = Counter(row.brings_id for row in held if (row.pk, row.brings_id) in came)
    notes = Counter(NotesVersion.objects.filter(group=group).order_by().values_list("person_id", flat=True))
    done = Task.objects.filter(group=group, state="done").order_by()
    tasks = Counter(done.values_list("done_by_id", flat=True))
    found = []
    members = Member.objects.filter(group=group, joined_at__isnull=False).select_related("person")
    for member in members.order_by("joined_at", "pk"):
        pk = member.person_id
        counts = (
            ("led", led[pk], 0), ("brought", brought[pk], 0), ("attended", there[pk], asked[pk]),
            ("notes", notes[pk], 0), ("tasks", tasks[pk], 0),
        )  # fmt: skip
        found += [
            Done(member.person, member.enrolment_id, kind, count, out_of)
            for kind, count, out_of in counts
            if count
        ]
    return found


def confirmed(group: StudyGroup) -> list[Contribution]:
    """What a trainer has confirmed of a group; one query."""
    rows = Contribution.objects.filter(group=group).select_related("person")
    return list(rows.order_by("person_id", "kind"))


def contribution_counts(windows: Mapping[int, tuple[date, date]]) -> dict[int, dict[str, int]]:
    """Enrolment id → confirmed contributions between its two days, by kind; `groups` counts the groups. One query."""
    rows = Contribution.objects.filter(each_within(windows, "on")).order_by()
    found: dict[int, dict[str, int]] = {}
    groups: dict[int, set[int]] = {}
    for row in rows:
        counts = found.setdefault(row.enrolment_id, {})
        counts[row.kind] = counts.get(row.kind, 0) + row.count
        groups.setdefault(row.enrolment_id, set()).add(row.group_id)
    for enrolment, some in groups.items():
        found[enrolment]["groups"] = len(some)
    return found
