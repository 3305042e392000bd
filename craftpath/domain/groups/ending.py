"""The end: what came out, signed by the members, read by the trainer, who confirms who contributed what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.groups import rules
from craftpath.domain.groups.confirmed import Done, contributions
from craftpath.domain.groups.facts import (
    ContributionConfirmed,
    GroupEnded,
    GroupReopened,
    ResultConfirmed,
    ResultSigned,
)
from craftpath.domain.groups.holding import held, people_of, today_at, told
from craftpath.domain.groups.models import LONGEST, REACHED, Contribution, Member, StudyGroup
from craftpath.domain.groups.planning import plan_ahead
from craftpath.domain.groups.states import GROUP
from craftpath.domain.groups.talk import end_talk
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, may_not, not_now, require


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: in a sentence or two, whether the goal was reached, what they would do again, a link, a file."""

    result: str
    reached: str
    again: str = ""
    link: str = ""
    file: bytes = b""
    name: str = ""


@action
def end_group(group: StudyGroup, result: Result, *, by: Actor, at: datetime) -> StudyGroup:
    """End with a result; whoever writes it has signed it, the others sign by a tap. Said anew all sign anew."""
    group = held(group)
    members = people_of(group)
    require(rules.may_lead(by, group, members))
    said, again = clean(result.result), clean(result.again)
    require(rules.can_say(said, reason="groups.no_result"))
    if len(again) > LONGEST:
        raise Refused(not_now("groups.too_long", most=LONGEST))
    if result.reached not in REACHED:
        raise Refused(not_now("groups.choice_unknown"))
    same = (said, result.reached, again, result.link) == (
        group.result, group.reached, group.again, group.result_link,
    )  # fmt: skip
    if group.state == "ended" and same and not result.file:
        return group
    if group.state == "alive":
        group.state, group.ended_at, group.ended_by = GROUP.after(group.state, "end"), at, by.person
        group.sessions.filter(state="planned", starts_at__gt=at).delete()
        Member.objects.filter(group=group, state__in=("invited", "asking")).update(state="outside", since=at)
    elif group.state != "ended":
        raise Refused(not_now("groups.over"))
    group.result, group.reached, group.again, group.result_link = said, result.reached, again, result.link
    if result.file:
        looked = look_at(result.file)
        group.result_file = keep(
            looked.content, result.name or "result", organisation=group.organisation, by=by, at=at
        )
        group.result_type = looked.media_type
    group.save()
    rows = Member.objects.filter(group=group, state="in")
    rows.update(signed_at=None)
    rows.filter(person=by.person).update(signed_at=at)
    told(GroupEnded(reached=group.reached), group, by=by, at=at)
    return group


@action
def reopen_group(group: StudyGroup, *, by: Actor, at: datetime) -> StudyGroup:
    """Take the end back while nobody has confirmed it: the group meets again. Twice is once."""
    group = held(group)
    members = people_of(group)
    require(rules.may_lead(by, group, members))
    if group.state == "alive":
        return group
    group.state = GROUP.after(group.state, "reopen")
    group.ended_at, group.ended_by = None, None
    group.save(update_fields=["state", "ended_at", "ended_by"])
    Member.objects.filter(group=group).update(signed_at=None)
    plan_ahead(group, at)
    told(GroupReopened(), group, by=by, at=at)
    return group


@action
def sign_result(group: StudyGroup, *, by: Actor, at: datetime) -> StudyGroup:
    """Sign off what came out, as a member; twice is once."""
    group = held(group)
    row = rules.row_of(by, people_of(group))
    if row is None or row.state != "in":
        raise Refused(may_not("groups.not_inside"))
    if row.signed_at is not None:
        return group
    if group.state != "ended":
        raise Refused(not_now("groups.over"))
    row.signed_at = at
    row.save(update_fields=["signed_at"])
    told(ResultSigned(), group, by=by, at=at)
    return group


@action
def confirm_result(
    group: StudyGroup, *, facts: Collection[tuple[str, str]], by: Actor, at: datetime
) -> StudyGroup:
    """Read the result and confirm what members did, each as (public id of the person, kind). Twice is once.

    The figures are those of the group's own record and never typed. Nobody confirms an own one.
    """
    group = held(group)
    require(rules.may_tend(by, group.organisation))
    members = people_of(group)
    if rules.row_of(by, members) is not None:
        raise Refused(may_not("groups.own_result"))
    if group.state == "confirmed":
        return group
    require(rules.can_confirm(group, members, at))
    known = {(one.person.public_id, one.kind): one for one in contributions(group)}
    if not set(facts) <= known.keys():
        raise Refused(not_now("groups.nothing_such"))
    group.state = GROUP.after(group.state, "confirm")
    group.confirmed_by, group.confirmed_at = by.person, at
    group.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    end_talk(group, by=by, at=at)
    for key in sorted(set(facts)):
        _confirm(known[key], group, by, at)
    told(ResultConfirmed(contributions=len(set(facts))), group, by=by, at=at)
    return group


def _confirm(one: Done, group: StudyGroup, by: Actor, at: datetime) -> None:
    Contribution.objects.create(
        group=group, person=one.person, enrolment_id=one.enrolment, kind=one.kind, count=one.count,
        out_of=one.out_of, on=today_at(group.organisation, group.ended_at or at), confirmed_by=by.person,
        confirmed_at=at,
    )  # fmt: skip
    fact = ContributionConfirmed(
        person=one.person.public_id, kind=one.kind, count=one.count, out_of=one.out_of
    )
    told(fact, group, by=by, at=at)
