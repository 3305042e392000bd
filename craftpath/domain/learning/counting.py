"""From attendance to the ledger of hours: what counts, and bringing the ledger to it.

Hours count only if they are evidenced: the roll call is the evidence. A line that the apprentice disputes, or of which
two roll calls say different things, waits. One minute of one person counts once: a line that overlaps another one whose
hours stand waits too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from craftpath.domain.learning.models import THERE, Attendance, OtherMark, Session
from craftpath.domain.learning.queries import online_bucket
from craftpath.domain.training.actions import Posting, post_hours, reverse_hours
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Verdict, not_now


def attendance_ref(row: Attendance) -> Ref:
    """The source that an hour line names."""
    return Ref("learning", "attendance", row.public_id)


def count_hours(rows: Sequence[Attendance], *, by: Actor, at: datetime) -> dict[str, Verdict]:
    """Make the ledger say what these lines say; returns attendance public id → why its hours wait.

    The caller has locked the sessions. Hours that stand and no longer hold are reversed, never removed.
    """
    ids = [row.pk for row in rows]
    found = list(
        Attendance._base_manager.filter(pk__in=ids)
        .select_related("session__organisation", "enrolment__cohort")
        .order_by("session__starts_at", "pk")
    )
    open_ids = set(
        OtherMark.objects.filter(attendance__in=ids, settled_at=None).values_list("attendance_id", flat=True)
    )
    due = {row.pk: 0 if row.pk in open_ids else _due(row) for row in found}
    changed = [row for row in found if row.counted != due[row.pk]]
    _reverse([row for row in changed if row.counted], by=by, at=at)
    taken = _stretches(changed)
    waiting: dict[str, Verdict] = {}
    postings: dict[int, list[Posting]] = {}
    online = online_bucket({row.enrolment.cohort.programme_id for row in changed})
    for row in changed:
        row.counted = 0
        row.revision += 1
        if not due[row.pk]:
            continue
        here = (row.session.starts_at, row.session.ends_at)
        if any(here[0] < end and start < here[1] for start, end in taken[row.enrolment.person_id]):
            waiting[row.public_id] = not_now("learning.overlaps")
            continue
        taken[row.enrolment.person_id].append(here)
        postings[row.pk] = _postings(row, online.get((row.enrolment.cohort.programme_id, row.session.bucket)))
        row.counted = due[row.pk]
    refused = post_hours([one for some in postings.values() for one in some], by=by, at=at)
    for row in changed:
        verdicts = [refused[one.key] for one in postings.get(row.pk, []) if one.key in refused]
        if verdicts:
            waiting[row.public_id] = verdicts[0]
            _reverse([row], by=by, at=at)
            row.counted = 0
    Attendance._base_manager.bulk_update(changed, ["counted", "revision"])
    return waiting


def _due(row: Attendance) -> int:
    """The minutes that should stand in the ledger for this line."""
    counts = row.session.state == "closed" and row.session.bucket and row.status in THERE
    return row.minutes if counts and not row.disputed else 0


def _stretches(rows: Sequence[Attendance]) -> dict[int, list[tuple[datetime, datetime]]]:
    """person id → when other lines of theirs count already, around these sessions; one query."""
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    if not rows:
        return found
    others = Attendance._base_manager.filter(
        enrolment__person__in={row.enrolment.person_id for row in rows},
        counted__gt=0,
        session__starts_at__lt=max(row.session.ends_at for row in rows),
        session__ends_at__gt=min(row.session.starts_at for row in rows),
    ).exclude(pk__in=[row.pk for row in rows])
    for person, start, end in others.values_list(
        "enrolment__person_id", "session__starts_at", "session__ends_at"
    ):
        found[person].append((start, end))
    return found


def _postings(row: Attendance, online: str | None) -> list[Posting]:
    """One line for each kind of hours: minutes online go to the kind inside the session's, if there is one."""
    session: Session = row.session
    minutes = {session.bucket: row.minutes}
    if online and session.online_minutes:
        there = row.minutes * session.online_minutes // session.minutes
        minutes = {session.bucket: row.minutes - there, online: there}
    source = attendance_ref(row)
    return [
        Posting(row.enrolment_id, bucket, session.on, count, source, f"{source}/{row.revision}/{bucket}")
        for bucket, count in minutes.items()
        if count
    ]


def _reverse(rows: Sequence[Attendance], *, by: Actor, at: datetime) -> None:
    by_college: dict[Organisation, list[Ref]] = {}
    for row in rows:
        by_college.setdefault(row.session.organisation, []).append(attendance_ref(row))
    for college, refs in by_college.items():
        reverse_hours(refs, because="learning.attendance_changed", organisation=college, by=by, at=at)
