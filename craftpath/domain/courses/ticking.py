"""Checklists at the workbench: the apprentice ticks, and where the author wants it the mentor confirms each point."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from craftpath.domain.apprenticeships.queries import working_with
from craftpath.domain.courses import rules
from craftpath.domain.courses.content import Content, read
from craftpath.domain.courses.doing import activity_in, begun, following, learner, moved
from craftpath.domain.courses.models import Activity, Run, Tick
from craftpath.domain.courses.queries import place_in
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def tick_points(run: Run, key: str, points: Iterable[str], *, by: Actor, at: datetime) -> list[Tick]:
    """Exactly these points are ticked; what a mentor has confirmed stays. The same again changes nothing."""
    person, enrolment = learner(run, by, at)
    one = activity_in(run, key)
    require(rules.of_kind(one, "checklist"))
    content = read(one.kind, one.content)
    known = [point.key for point in content.points]
    wanted = set(points)
    if not wanted <= set(known):
        raise Refused(not_now("courses.gone"))
    following(run, person, enrolment, at)
    begun(run, key, person, enrolment, by, at)
    there = {row.point: row for row in _ticks(run, person, key)}
    for row in [row for row in there.values() if row.point not in wanted and row.confirmed_at is None]:
        row.delete()
        del there[row.point]
    # Whoever learns without an enrolment has no mentor: the own word counts.
    asks = content.confirmed and enrolment is not None
    Tick.objects.bulk_create(
        Tick(
            run=run, person=person, enrolment=enrolment, activity_key=key, point=point, at=at, to_confirm=asks
        )
        for point in known
        if point in wanted and point not in there
    )  # fmt: skip
    rows = list(_ticks(run, person, key))
    _weigh(run, one, content, rows, person, by, at)
    return rows


def _ticks(run: Run, person: Person, key: str) -> Iterable[Tick]:
    return Tick._base_manager.filter(run=run, person=person, activity_key=key)


def _weigh(
    run: Run, one: Activity, content: Content, rows: list[Tick], person: Person, by: Actor, at: datetime
) -> None:
    """All points ticked: done, or waiting for the mentor."""
    ticked = {row.point for row in rows}
    if not {point.key for point in content.points} <= ticked:
        return
    waits = any(row.to_confirm and row.confirmed_at is None for row in rows)
    enrolment = rows[0].enrolment if rows else None
    moved(run, one, person, enrolment, "waiting" if waits else "done", by=by, at=at)


@action
def confirm_points(
    run: Run, key: str, person: Person, *, confirmed: Iterable[str], returned: Iterable[str] = (), by: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """A mentor has seen these points, and gives others back to be done again. Returns how many were settled."""
    if by.person is None:
        raise Refused(may_not("courses.not_your_apprentice"))
    enrolment = place_in(run, person)[1]
    require(rules.may_confirm(enrolment.pk if enrolment else None, working_with(by.person)))
    one = activity_in(run, key)
    rows = list(
        Tick._base_manager.select_for_update(of=("self",)).filter(
            run=run, person=person, activity_key=key, to_confirm=True, confirmed_at__isnull=True
        )
    )
    wanted, back = set(confirmed), set(returned)
    settled = 0
    for row in rows:
        if row.point in wanted:
            row.confirmed_by, row.confirmed_at = by.person, at
            row.save(update_fields=["confirmed_by", "confirmed_at"])
            settled += 1
        elif row.point in back:
            row.delete()
            settled += 1
    if not settled:
        return 0
    left = list(
        Tick._base_manager.filter(run=run, person=person, activity_key=key).select_related("enrolment")
    )
    if back:
        moved(run, one, person, enrolment, "again", by=by, at=at)
    else:
        _weigh(run, one, read(one.kind, one.content), left, person, by, at)
    return settled
