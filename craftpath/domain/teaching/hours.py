"""Who taught what: hours of sessions taken over once, hours at the workplace written down and confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Sum
from django.utils.timezone import localdate, make_aware

from craftpath.domain.learning.teaching import TaughtSession, sessions_taught_by
from craftpath.domain.teaching import rules
from craftpath.domain.teaching.facts import (
    TaughtConfirmed,
    TaughtEntered,
    TaughtSentBack,
    TaughtTakenOver,
    TaughtWithdrawn,
)
from craftpath.domain.teaching.forming import held
from craftpath.domain.teaching.models import A_DAY, TaughtHours, Team, TeamMember
from craftpath.domain.teaching.planning import may_lay
from craftpath.domain.teaching.states import TAUGHT
from craftpath.domain.teaching.times import hold_person
from craftpath.domain.training.unit_days import stays_in_units
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.values.verdict import Refused, not_now, require

HELD = ("held", "closed")
"""Sessions whose roll was called: the register says that they took place."""
STANDING = ("entered", "confirmed")


@action
def take_over_sessions(team: Team, *, by: Actor, at: datetime) -> list[TaughtHours]:
    """Take hours of held sessions over where they can only be this team's; each once, however often this is pressed."""
    team = held(team)
    members = list(team.members.select_related("person").order_by("pk"))
    require(may_lay(by, team, members))
    sure, _ = sort_sessions(team, members)
    return _taken(team, members, sure, by, at)


@action
def take_over_session(team: Team, *, session: str, by: Actor, at: datetime) -> list[TaughtHours]:
    """Say of one session that it was this team's: of everybody in the team who taught it. Once more changes nothing."""
    team = held(team)
    members = list(team.members.select_related("person").order_by("pk"))
    require(may_lay(by, team, members))
    sure, unsure = sort_sessions(team, members)
    mine = [one for one in [*sure, *unsure] if one.public_id == session]
    if not mine:
        there = TaughtHours._base_manager.filter(team=team, key__startswith=f"session/{session}/")
        if there.exists():
            return []
        raise Refused(not_now("teaching.session_elsewhere"))
    return _taken(team, members, mine, by, at)


def sort_sessions(
    team: Team, members: Sequence[TeamMember]
) -> tuple[list[TaughtSession], list[TaughtSession]]:
    """(those that can only be this team's, those that may be) of the held sessions that nobody took over. Six queries.

    Several teams of a class may have the same teacher: then the rotation decides, where the class is in one of the
    units on that day. Sessions that count as other hours than the unit's are never sure.
    """
    days = {member.person_id: member.within(team.span) for member in members}
    start, end = (make_aware(datetime.combine(day, time())) for day in (team.starts_on, team.ends_on))
    told = sessions_taught_by(days, start, end, cohorts=[team.cohort_id])
    told = [one for one in told if one.state in HELD and one.on in days[one.person_id]]
    keys = {_key(one, member) for one in told for member in members if member.person_id == one.person_id}
    known = set(TaughtHours._base_manager.filter(key__in=keys).values_list("key", flat=True))
    people = {member.person_id: member for member in members}
    told = [one for one in told if _key(one, people[one.person_id]) not in known]
    others = TeamMember.objects.filter(
        team__cohort=team.cohort_id, team__state__in=("active", "ended"), person__in=people
    )
    others = others.exclude(team=team).select_related("team__unit")
    rivals = list(others)
    stays = stays_in_units({team.unit_id, *(row.team.unit_id for row in rivals)})

    def here(unit: int, on: date) -> bool:
        return any(stay.starts_on <= on <= stay.ends_on for stay in stays.get(unit, ()))

    sure: list[TaughtSession] = []
    unsure: list[TaughtSession] = []
    for one in told:
        beside = [
            row for row in rivals
            if row.person_id == one.person_id and one.on in row.within(row.team.span)
            and row.team.unit.bucket == one.bucket
        ]  # fmt: skip
        mine = not beside or (
            here(team.unit_id, one.on) and not any(here(row.team.unit_id, one.on) for row in beside)
        )
        (sure if mine and one.bucket == team.unit.bucket else unsure).append(one)
    return sure, unsure


def _key(session: TaughtSession, member: TeamMember) -> str:
    return f"session/{session.public_id}/{member.person.public_id}"


def _taken(
    team: Team, members: Sequence[TeamMember], sessions: Sequence[TaughtSession], by: Actor, at: datetime
) -> list[TaughtHours]:
    people = {member.person_id: member for member in members}
    rows = [
        TaughtHours(
            team=team, member=people[one.person_id], person_id=one.person_id, on=one.on,
            minutes=min(one.minutes, A_DAY), title=dict(one.title), source="session",
            key=_key(one, people[one.person_id]), state="confirmed", entered_by=by.person, entered_at=at,
            confirmed_by=by.person, confirmed_at=at,
        )
        for one in sessions
        if one.minutes > 0
    ]  # fmt: skip
    TaughtHours.objects.bulk_create(rows)
    if rows:
        told = TaughtTakenOver([row.public_id for row in rows])
        tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    return rows


@action
def enter_taught(
    team: Team,
    *,
    member: TeamMember,
    on: date,
    minutes: int,
    topic: str,
    made_id: str = "",
    by: Actor,
    at: datetime,
) -> TaughtHours:
    """Write down what was taught at the workplace; the lead or the office confirms it. One press is one row."""
    team = held(team)
    if member.team_id != team.pk:
        raise Refused(not_now("teaching.not_teaching"))
    require(rules.may_say(by, member, team))
    if team.state not in ("active", "ended"):
        raise Refused(not_now("teaching.not_teaching"))
    hold_person(member.person)
    key = f"entered/{member.person.public_id}/{made_id or new_public_id()}"[:80]
    there = TaughtHours._base_manager.filter(key=key).first()
    if there is not None:
        return there
    require(rules.can_enter(member, member.within(team.span), on, minutes, topic, localdate(at)))
    _require_room(member, on, minutes)
    row = TaughtHours.objects.create(
        team=team, member=member, person=member.person, on=on, minutes=minutes, topic=topic.strip(),
        source="entered", key=key, entered_by=by.person, entered_at=at,
    )  # fmt: skip
    told = TaughtEntered(member.person.public_id, on.isoformat(), minutes)
    tell(told, by=by, at=at, organisation=team.organisation, subject=row.ref)
    return row


@action
def correct_taught(
    row: TaughtHours, *, on: date, minutes: int, topic: str, by: Actor, at: datetime
) -> TaughtHours:
    """Write an own row anew that is not confirmed yet; the same changes nothing."""
    row = _held(row)
    require(rules.may_say(by, row.member, row.team))
    if row.state == "entered" and (row.on, row.minutes, row.topic) == (on, minutes, topic.strip()):
        return row
    row.state = TAUGHT.after(row.state, "correct")
    require(rules.can_enter(row.member, row.member.within(row.team.span), on, minutes, topic, localdate(at)))
    _require_room(row.member, on, minutes, but=row)
    row.on, row.minutes, row.topic, row.because = on, minutes, topic.strip(), ""
    row.save()
    told = TaughtEntered(row.person.public_id, on.isoformat(), minutes)
    tell(told, by=by, at=at, organisation=row.team.organisation, subject=row.ref)
    return row


@action
def withdraw_taught(row: TaughtHours, *, by: Actor, at: datetime) -> TaughtHours:
    """Take an own row back that is not confirmed yet; once more changes nothing."""
    row = _held(row)
    require(rules.may_say(by, row.member, row.team))
    if row.state == "withdrawn":
        return row
    row.state = TAUGHT.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    tell(TaughtWithdrawn(), by=by, at=at, organisation=row.team.organisation, subject=row.ref)
    return row


@action
def confirm_taught(rows: Sequence[TaughtHours], *, by: Actor, at: datetime) -> int:
    """Confirm hours, all or none; those that are confirmed already stay as they are. Says how many were."""
    found = _all_held([row.pk for row in rows])
    changed = []
    for row in found:
        require(rules.may_confirm(by, row.team, row.team.members.all(), row))
        if row.state == "confirmed":
            continue
        row.state = TAUGHT.after(row.state, "confirm")
        row.confirmed_by, row.confirmed_at = by.person, at
        changed.append(row)
    TaughtHours.objects.bulk_update(changed, ["state", "confirmed_by", "confirmed_at"])
    for team in {row.team for row in changed}:
        told = TaughtConfirmed([row.public_id for row in changed if row.team == team])
        tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    return len(changed)


@action
def return_taught(row: TaughtHours, *, because: str, by: Actor, at: datetime) -> TaughtHours:
    """Send hours back to whoever entered them, with a reason; the same again changes nothing."""
    row = _held(row)
    require(rules.may_confirm(by, row.team, row.team.members.all(), row))
    require(rules.can_give_reason(because))
    if row.state == "sent_back" and row.because == because.strip():
        return row
    row.state = TAUGHT.after(row.state, "return")
    row.because = because.strip()
    row.save(update_fields=["state", "because"])
    tell(TaughtSentBack(row.because), by=by, at=at, organisation=row.team.organisation, subject=row.ref)
    return row


def _require_room(member: TeamMember, on: date, minutes: int, but: TaughtHours | None = None) -> None:
    rows = TaughtHours._base_manager.filter(person=member.person, on=on, state__in=STANDING)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    beside = rows.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    if beside + minutes > A_DAY:
        raise Refused(not_now("teaching.day_full", on=on))


def _held(row: TaughtHours) -> TaughtHours:
    return _all_held([row.pk])[0]


def _all_held(ids: Sequence[int]) -> list[TaughtHours]:
    rows = TaughtHours.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    rows = rows.select_related("team__organisation", "member__person", "person")
    return list(rows.prefetch_related("team__members").order_by("pk"))
