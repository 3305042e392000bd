"""Who forms teams, notes peaks and confirms hours; what a team, a peak and taught hours must keep to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.teaching.models import (
    A_DAY,
    KINDS,
    LEVELS,
    LONGEST_TOPICS,
    LONGEST_WORDS,
    WHOLE,
    ProductionPeak,
    TaughtHours,
    Team,
    TeamMember,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.period import Period
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.training.models import Department, PlanUnit
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

__all__ = ["KINDS", "LEVELS", "LONGEST_TOPICS", "LONGEST_WORDS", "MOST", "WHOLE", "Guest", "Wanted"]

MOST = 12
"""Members of one team."""
MOST_YEARS = 5
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account, in words."""

    name: str
    affiliation: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A member that somebody wants: `person` with the `place` where he or she works, or a guest.

    A guest who was in a team before is `person` and `guest` both. `ends_on` is the first day without.
    """

    kind: str
    share: int
    person: Person | None = None
    place: Organisation | None = None
    guest: Guest | None = None
    role: str = "member"
    topics: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.person.name if self.person is not None else self.guest.name if self.guest else ""


# ---- Who ------------------------------------------------------------------------------------------


def may_form(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever plans training where the class belongs."""
    return actor.may_at(Permission.PLAN_TRAINING, organisation)


def may_note_peak(actor: Actor, place: Organisation, hosts: Collection[int]) -> Verdict:
    """The enterprise's own office, or the college whose apprentices learn there (`hosts`: ids of such places)."""
    verdict = actor.may_at(Permission.FORM_PAIRS, place)
    return actor.may(Permission.PLAN_TRAINING) if not verdict and place.pk in hosts else verdict


def member_of(actor: Actor, members: Iterable[TeamMember]) -> TeamMember | None:
    """The actor's own row of a team."""
    mine = actor.person.pk if actor.person else None
    return next((row for row in members if mine is not None and row.person_id == mine), None)


def may_confirm(actor: Actor, team: Team, members: Iterable[TeamMember], row: TaughtHours) -> Verdict:
    """The office that plans the team, or its lead; nobody the own hours."""
    if actor.person is not None and actor.person.pk == row.person_id:
        return may_not("teaching.own_hours")
    mine = member_of(actor, members)
    if may_form(actor, team.organisation) or (mine is not None and mine.role == "lead"):
        return YES
    return may_not("teaching.not_yours_to_confirm")


def may_say(actor: Actor, member: TeamMember, team: Team) -> Verdict:
    """Everybody what he or she taught; of a guest the office of the team, or its lead, which a caller has found."""
    if actor.person is not None and actor.person.pk == member.person_id:
        return YES
    if member.guest and may_form(actor, team.organisation):
        return YES
    return may_not("teaching.not_own")


# ---- Whether now ----------------------------------------------------------------------------------


def can_team(unit: PlanUnit, wanted: Sequence[Wanted], span: Period) -> Verdict:
    """What a team looks like: members once each, one lead, shares up to the whole, days within the team's."""
    if not unit.minutes:
        return not_now("teaching.no_minutes", unit=unit.title.both())
    if not span.days:
        return not_now("teaching.ends_before_start")
    if span.days > MOST_YEARS * _YEAR:
        return not_now("teaching.too_long", years=MOST_YEARS)
    if not wanted:
        return not_now("teaching.nobody")
    if len(wanted) > MOST:
        return not_now("teaching.too_many", most=MOST)
    over = sum(one.share for one in wanted) - WHOLE
    if over > 0:
        return not_now("teaching.shares_over", percent=percent(WHOLE + over), over=percent(over))
    for one in wanted:
        verdict = _can_be_member(one, span)
        if not verdict:
            return verdict
    people = [one.person.pk if one.person else one.name.strip() for one in wanted]
    twice = next((one for at, one in enumerate(wanted) if people[at] in people[:at]), None)
    if twice is not None:
        return not_now("teaching.twice_in_it", name=twice.name)
    leads = sum(one.role == "lead" for one in wanted)
    if leads != 1:
        return not_now("teaching.one_lead", count=leads)
    return YES


def _can_be_member(one: Wanted, span: Period) -> Verdict:
    if not one.name.strip():
        return not_now("teaching.guest_unnamed")
    if one.kind not in KINDS:
        return not_now("teaching.kind_unknown", name=one.name)
    if not 1 <= one.share <= WHOLE:
        return not_now("teaching.share_out_of_range", name=one.name)
    if len(one.topics) > LONGEST_TOPICS:
        return not_now("teaching.words_too_long", most=LONGEST_TOPICS)
    first, end = one.starts_on or span.start, one.ends_on or span.end
    if end <= first:
        return not_now("teaching.ends_before_start")
    if first < span.start or end > span.end:
        last = span.end.fromordinal(span.end.toordinal() - 1)
        return not_now("teaching.member_outside", name=one.name, start=span.start, end=last)
    return YES


def percent(thousandths: int) -> str:
    """A share as people say it: 60, 33.3."""
    whole, rest = divmod(thousandths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def can_peak(
    span: Period,
    level: str,
    words: str,
    departments: Sequence[Department],
    place: Organisation,
    others: Iterable[tuple[ProductionPeak, Collection[int]]],
) -> Verdict:
    """Some days, a known level, departments of the place; no day and department that another peak has."""
    if not span.days:
        return not_now("teaching.ends_before_start")
    if level not in LEVELS:
        return not_now("teaching.no_level")
    if len(words) > LONGEST_WORDS:
        return not_now("teaching.words_too_long", most=LONGEST_WORDS)
    if any(not one.host.path.startswith(place.path) for one in departments):
        return not_now("teaching.peak_of_another")
    wanted = {one.pk for one in departments}
    for peak, theirs in others:
        same = not wanted or not theirs or wanted & set(theirs)
        if same and peak.span.overlaps(span):
            last = peak.ends_on.fromordinal(peak.ends_on.toordinal() - 1)
            return not_now("teaching.peak_overlaps", start=peak.starts_on, end=last)
    return YES


def can_enter(member: TeamMember, days: Period, on: date, minutes: int, topic: str, today: date) -> Verdict:
    """A day of the member in the unit that has come, some minutes of it, and what was taught."""
    if not 1 <= minutes <= A_DAY:
        return not_now("teaching.minutes_out_of_range", most=A_DAY // 60)
    if not topic.strip() or len(topic) > LONGEST_TOPICS:
        return not_now("teaching.no_topic", most=LONGEST_TOPICS)
    if on > today:
        return not_now("teaching.day_ahead", on=on)
    if on not in days:
        last = days.end.fromordinal(days.end.toordinal() - 1)
        return not_now("teaching.day_outside", on=on, name=member.person.name, start=days.start, end=last)
    return YES


def can_give_reason(because: str) -> Verdict:
    """Some words, and not too many."""
    given = because.strip()
    return YES if given and len(given) <= LONGEST_WORDS else not_now("teaching.no_reason", most=LONGEST_WORDS)
