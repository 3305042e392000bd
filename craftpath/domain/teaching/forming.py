"""Forming teams: proposed to those in it, or appointed by the office; changed, answered and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.teaching import rules
from craftpath.domain.teaching.facts import TeamChanged, TeamDeclined, TeamEnded, TeamFormed, TeamProposed
from craftpath.domain.teaching.models import OPEN, WHOLE, PlannedHours, TaughtHours, Team, TeamMember
from craftpath.domain.teaching.rules import Guest, Wanted
from craftpath.domain.teaching.sharing import monday_of
from craftpath.domain.teaching.states import TEAM
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.training.models import PlanUnit


@action
def form_team(
    unit: PlanUnit,
    wanted: Sequence[Wanted],
    *,
    cohort: Cohort,
    starts_on: date,
    ends_on: date,
    ask: bool = False,
    by: Actor,
    at: datetime,
) -> Team:
    """Make the team of a unit. With `ask` it waits for a yes of everybody with an account; else it teaches at once.

    The same once more gives the team that is there; another one is refused while it is.
    """
    require(rules.may_form(by, cohort.organisation))
    if unit.plan.cohort_id != cohort.pk:
        raise Refused(not_now("teaching.unit_of_another"))
    span = _span(starts_on, ends_on)
    require(rules.can_team(unit, wanted, span))
    hold_office(cohort.organisation)
    there = Team._base_manager.filter(unit=unit, state__in=OPEN).first()
    if there is not None:
        if _is_same(there, wanted, span):
            return there
        raise Refused(not_now("teaching.team_already", unit=unit.title.both()))
    team = Team.objects.create(
        unit=unit, cohort=cohort, organisation=cohort.organisation, starts_on=starts_on, ends_on=ends_on,
        made_at=at,
    )  # fmt: skip
    members = [_new_member(team, one, None if ask and one.guest is None else at) for one in wanted]
    told = TeamProposed if ask else TeamFormed
    tell(told(_people(members)), by=by, at=at, organisation=team.organisation, subject=team.ref)
    if not ask or all(row.accepted_at for row in members):
        _agreed(team, at)
    return team


@action
def change_team(
    team: Team, wanted: Sequence[Wanted], *, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Team:
    """Write members, shares and days anew; the same changes nothing. Who has taught is not taken out, but may end.

    Who is new in a team that teaches is appointed; in a proposal the person is asked.
    """
    team = held(team)
    require(rules.may_form(by, team.organisation))
    if team.state not in OPEN:
        raise Refused(not_now("teaching.not_teaching"))
    span = _span(starts_on, ends_on)
    require(rules.can_team(team.unit, wanted, span))
    if _is_same(team, wanted, span):
        return team
    before = {row.person_id: row for row in team.members.select_related("person").order_by("pk")}
    kept = {one.person.pk for one in wanted if one.person is not None}
    _take_out([row for pk, row in before.items() if pk not in kept])
    TeamMember.objects.filter(team=team).update(role="member")  # one lead at a time, also while rows change
    members = []
    for one in sorted(wanted, key=lambda one: one.role != "lead"):
        row = before.get(one.person.pk) if one.person is not None else None
        asked = team.state == "proposed" and one.guest is None
        members.append(_changed(row, one) if row else _new_member(team, one, None if asked else at))
    team.starts_on, team.ends_on = starts_on, ends_on
    team.save(update_fields=["starts_on", "ends_on"])
    told = TeamChanged(_people(members), WHOLE - sum(one.share for one in wanted))
    tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    if team.state == "proposed" and all(row.accepted_at for row in members):
        _agreed(team, at)
    return team


@action
def agree_to_team(team: Team, *, by: Actor, at: datetime) -> Team:
    """Say yes; with the last yes the team teaches. Once more changes nothing."""
    team = held(team)
    members = list(team.members.select_related("person").order_by("pk"))
    mine = rules.member_of(by, members)
    if mine is None:
        raise Refused(may_not("teaching.not_in_it"))
    if team.state == "active":
        return team
    TEAM.after(team.state, "agree")
    if mine.accepted_at is None:
        mine.accepted_at = at
        mine.save(update_fields=["accepted_at"])
    if all(row.accepted_at for row in members):
        _agreed(team, at)
        told = TeamFormed(_people(members))
        tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    return team


@action
def decline_team(team: Team, *, because: str, by: Actor, at: datetime) -> Team:
    """Say no to a proposal, with a reason that the office reads."""
    team = held(team)
    if rules.member_of(by, team.members.all()) is None:
        raise Refused(may_not("teaching.not_in_it"))
    return _closed(team, "decline", because, TeamDeclined(because.strip()), by, at)


@action
def withdraw_team(team: Team, *, because: str, by: Actor, at: datetime) -> Team:
    """Take a proposal back."""
    team = held(team)
    require(rules.may_form(by, team.organisation))
    return _closed(team, "withdraw", because, TeamDeclined(because.strip()), by, at)


@action
def end_team(team: Team, *, because: str, by: Actor, at: datetime) -> Team:
    """End a team: what it planned from this week on is gone, what it taught stays."""
    team = held(team)
    require(rules.may_form(by, team.organisation))
    closed = _closed(team, "end", because, TeamEnded(because.strip()), by, at)
    PlannedHours.objects.filter(member__team=team, week__gte=monday_of(localdate(at))).delete()
    return closed


def _closed(
    team: Team, move: str, because: str, told: TeamDeclined | TeamEnded, by: Actor, at: datetime
) -> Team:
    require(rules.can_give_reason(because))
    if team.state in TEAM.moves[move].values() and team.because == because.strip():
        return team
    team.state = TEAM.after(team.state, move)
    team.because = because.strip()
    team.save(update_fields=["state", "because"])
    tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    return team


def hold_office(organisation: Organisation) -> None:
    """Teams of one office are formed one after another, so that two at once cannot take the same unit."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def held(team: Team) -> Team:
    """The team as it is now, kept from others until the open transaction ends."""
    rows = Team.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "unit", "cohort__organisation").get(pk=team.pk)


def _span(starts_on: date, ends_on: date) -> Period:
    return Period(starts_on, max(starts_on, ends_on))


def _agreed(team: Team, at: datetime) -> None:
    team.state, team.agreed_at = TEAM.after(team.state, "agree"), at
    team.save(update_fields=["state", "agreed_at"])


def _people(members: Sequence[TeamMember]) -> list[str]:
    return sorted(row.person.public_id for row in members)


def _is_same(team: Team, wanted: Sequence[Wanted], span: Period) -> bool:
    """Whether a team is already what is wanted; a guest by name counts as the guest of that name."""
    if team.span != span:
        return False
    rows = team.members.select_related("person")
    there = sorted((row.person.name, row.kind, row.role, row.share, row.topics, str(row.place_id),
                    str(row.starts_on), str(row.ends_on), row.affiliation, row.contact) for row in rows)  # fmt: skip
    asked = sorted((one.name.strip(), one.kind, one.role, one.share, one.topics.strip(),
                    str(one.place.pk if one.place and not one.guest else None), str(one.starts_on), str(one.ends_on),
                    one.guest.affiliation.strip() if one.guest else "", one.guest.contact.strip() if one.guest else "")
                   for one in wanted)  # fmt: skip
    return there == asked


def _values(one: Wanted) -> dict[str, object]:
    guest = one.guest
    return {
        "kind": one.kind,
        "role": one.role,
        "share": one.share,
        "topics": one.topics.strip(),
        "place": None if guest else one.place,
        "guest": guest is not None,
        "affiliation": guest.affiliation.strip() if guest else "",
        "contact": guest.contact.strip() if guest else "",
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }


def _new_member(team: Team, one: Wanted, accepted_at: datetime | None) -> TeamMember:
    person = one.person if one.person is not None else _new_guest(one.guest)
    return TeamMember.objects.create(team=team, person=person, accepted_at=accepted_at, **_values(one))


def _changed(row: TeamMember, one: Wanted) -> TeamMember:
    for name, value in _values(one).items():
        setattr(row, name, value)
    row.save()
    return row


def _new_guest(guest: Guest | None) -> Person:
    """A person who cannot sign in: a name, and nothing else of the kernel."""
    if guest is None:
        raise Refused(not_now("teaching.nobody"))
    person = Person(username=f"guest-{new_public_id()}", name=guest.name.strip())
    person.set_unusable_password()
    person.save()
    return person


def _take_out(rows: Sequence[TeamMember]) -> None:
    taught = TaughtHours._base_manager.filter(member__in=rows).select_related("person").first()
    if taught is not None:
        raise Refused(not_now("teaching.has_taught", name=taught.person.name))
    TeamMember.objects.filter(pk__in=[row.pk for row in rows]).delete()
