"""What groups do when somebody leaves the college, and what goes down to `participation` and `activity`."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.apprenticeships.facts import EnrolmentsEnded
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.groups.actions import part_with
from craftpath.domain.groups.facts import ContributionConfirmed, MemberMoved, SessionHeld
from craftpath.domain.groups.models import Contribution, Member, Presence, StudyGroup
from craftpath.domain.participation.actions import Act, confirm_acts
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


@on(EnrolmentsEnded)
def on_enrolments_ended(told: Told) -> None:
    """Whoever has left the college is in no group of it."""
    rows = list(enrolments().filter(public_id__in=told.fact.enrolments))
    part_with(rows, by=system(told.entry.organisation), at=told.entry.at)


@on(MemberMoved)
def on_member_moved(told: Told) -> None:
    """Somebody came in."""
    group = _group(told)
    if told.fact.move != "accept" or group is None:
        return
    member = Member.objects.filter(group=group, person__public_id=told.fact.person).first()
    if member is not None:
        _hand_down(told, group, [member.person], "registered", f"group:{group.public_id}:joined")


@on(SessionHeld)
def on_session_held(told: Told) -> None:
    """Whoever was there attended."""
    group = _group(told)
    if group is None:
        return
    rows = Presence.objects.filter(session__public_id=told.fact.session, there=True).select_related("person")
    people = [row.person for row in rows.order_by("pk")]
    _hand_down(told, group, people, "attended", f"group-session:{told.fact.session}")


@on(ContributionConfirmed)
def on_confirmed(told: Told) -> None:
    """A group in which a trainer confirmed something of somebody is one activity of theirs, however much it was."""
    group = _group(told)
    row = Contribution.objects.filter(
        group=group, person__public_id=told.fact.person, kind=told.fact.kind
    ).first()
    if group is None or row is None:
        return
    act, place = Act("group", group.ref, group.goal, row.on), group.organisation
    confirm_acts(
        act,
        [row.person_id],
        confirmed_by=told.entry.person,
        organisation=place,
        by=system(place),
        at=told.entry.at,
    )


@on(ContributionConfirmed)
def on_contribution_confirmed(told: Told) -> None:
    """A trainer confirmed what somebody did; the counts come with it."""
    group = _group(told)
    row = Contribution.objects.filter(
        group=group, person__public_id=told.fact.person, kind=told.fact.kind
    ).first()
    if group is None or row is None:
        return
    counts = {f"{settings.ADDRESS}/groups/{row.kind}": row.count}
    key = f"group:{group.public_id}:{row.kind}"
    _hand_down(told, group, [row.person], "completed", key, {"extensions": counts})


def _group(told: Told) -> StudyGroup | None:
    public_id = Ref.parse(told.entry.subject).public_id
    return StudyGroup._base_manager.filter(public_id=public_id).first()


def _hand_down(
    told: Told,
    group: StudyGroup,
    people: Iterable[Person],
    verb: str,
    key: str,
    result: dict[str, object] | None = None,
) -> None:
    statements = [
        NewStatement(
            key=f"{key}:{person.public_id}",
            person=person,
            verb=verb,
            object_id=f"{settings.ADDRESS}/groups/{group.public_id}",
            object_name={"zh-Hans": "学习小组", "en": "Study group"},
            at=told.entry.at,
            result=result or {},
        )
        for person in people
    ]
    place = told.entry.organisation
    record_statements(statements, organisation=place, by=system(place), at=told.entry.at)
