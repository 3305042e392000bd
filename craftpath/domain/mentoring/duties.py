"""Duties of pairs at work: to meet, to confirm, to have goals, to talk halfway, to draw up and sign an agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.dates import next_meeting, talk_due
from craftpath.domain.mentoring.models import (
    Graduation,
    HalfwayTalk,
    Meeting,
    MeetingRule,
    PairAgreement,
    TalkSide,
)
from craftpath.domain.mentoring.queries import goals_of
from craftpath.domain.pairing.queries import pairs
from craftpath.domain.pairing.rules import BOTH_WAYS
from craftpath.domain.pairing.seeing import learners_in, people_in
from craftpath.kernel.duties import Asked, Row, columns, duty

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair


def going(today: date, **more: Any) -> models.QuerySet[Pair]:
    """The pairs of the open scope that hold today and have not graduated."""
    done = Graduation._base_manager.filter(pair=OuterRef("pk"))
    rows = pairs().filter(~Exists(done), state="active", starts_on__lte=today, **more)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))


def _asked(asked: Asked, person: int) -> bool:
    return asked.people is None or asked.people[0] < person <= asked.people[1]


def _own(asked: Asked, rows: models.QuerySet[Any]) -> list[Any]:
    """Only the pairs of the people who are asked, if some are."""
    if asked.people is not None:
        after, until = asked.people
        teaches = Q(bonds__teacher__gt=after, bonds__teacher__lte=until)
        learns = Q(bonds__learner__gt=after, bonds__learner__lte=until)
        rows = rows.filter(teaches | learns).distinct()
    return list(rows.order_by("pk"))


def _by_rule(name: str) -> Coalesce:
    """What the nearest organisation at or above a pair's own holds to, else the default, as a column."""
    path = ExpressionWrapper(OuterRef("organisation__path"), output_field=models.CharField())
    there = MeetingRule._base_manager.annotate(asked=path)
    nearest = there.filter(asked__startswith=F("organisation__path")).order_by("-organisation__path")
    default = getattr(MeetingRule(), name)
    return Coalesce(Subquery(nearest.values(name)[:1]), Value(default))


@duty("mentoring.meet", subject="pairing.pair")
def meetings_due(asked: Asked) -> Iterator[Row]:
    """Pairs by the last day on which their next meeting is in time, of those who teach today. Two queries."""
    met = Meeting._base_manager.filter(pair=OuterRef("pk")).order_by("-on").values("on")[:1]
    for row in _own(asked, going(asked.today).annotate(last=Subquery(met), every=_by_rule("every_days"))):
        due = next_meeting(row.starts_on, row.last, row.every)
        for person in dict.fromkeys(bond.teacher_id for bond in row.bonds.all() if bond.on(asked.today)):
            if _asked(asked, person):
                yield row.public_id, due, row.organisation_id, person


@duty("mentoring.confirm", subject="mentoring.meeting")
def meetings_to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """Meetings that the other of the two may still answer."""
    done = Graduation._base_manager.filter(pair=OuterRef("pair"))
    since = asked.at - timedelta(days=rules.SILENT_DAYS)
    works = Q(pair__state__in=("active", "ended"))
    rows = Meeting.objects.filter(works, ~Exists(done), state="written", said_at__gte=since)
    other = Case(When(said_by=F("written_by"), then=F("other_id")), default=F("written_by_id"))
    return columns(rows, subject="public_id", anchor="said_at", place="pair__organisation_id", who=other)


@duty("mentoring.goal", subject="pairing.pair")
def sides_without_goal(asked: Asked) -> Iterator[Row]:
    """Pairs that ask goals of both sides and lack one, of everybody in them. Three queries."""
    rows = _own(asked, going(asked.today, kind__in=sorted(BOTH_WAYS)))
    known = goals_of(rows)
    for row in rows:
        if rules.lacking(known.get(row.pk, []), [one.pk for one in learners_in(row)], row.kind):
            for person in people_in(row):
                if _asked(asked, person.pk):
                    yield row.public_id, row.starts_on, row.organisation_id, person.pk


@duty("mentoring.talk", subject="pairing.pair")
def talks_to_answer(asked: Asked) -> Iterator[Row]:
    """Halfway talks of each side that has not answered. Three queries."""
    newest = HalfwayTalk._base_manager.filter(pair=OuterRef("pk")).order_by("-round")
    rows = going(asked.today).annotate(
        percent=_by_rule("talk_after_percent"),
        talk_state=Subquery(newest.values("state")[:1]),
        talk_due_on=Subquery(newest.values("due_on")[:1]),
        talk_at=Subquery(newest.values("settled_at")[:1]),
    )
    found = _own(asked, rows)
    silent: dict[int, list[int]] = defaultdict(list)
    waiting = TalkSide.objects.filter(talk__state="open", answers__isnull=True, talk__pair__in=found)
    for pair, person in waiting.order_by("pk").values_list("talk__pair_id", "person_id"):
        silent[pair].append(person)
    for row in found:
        if row.talk_state == "open":
            due, people = row.talk_due_on, silent[row.pk]
        else:
            on = localdate(row.talk_at) if row.talk_at else None
            due = talk_due(row.starts_on, row.ends_on, row.percent, on)
            people = [person.pk for person in people_in(row)]
        for person in people if due is not None else ():
            if _asked(asked, person):
                yield row.public_id, due, row.organisation_id, person


@duty("mentoring.draw", subject="pairing.pair")
def agreements_to_draw_up(asked: Asked) -> models.QuerySet[Any]:
    """Pairs without an agreement where the house asks for one: of the office."""
    known = PairAgreement._base_manager.filter(pair=OuterRef("pk"))
    rows = going(asked.today).annotate(needs=_by_rule("needs_agreement")).filter(~Exists(known), needs=True)
    return columns(
        rows.prefetch_related(None), subject="public_id", anchor="starts_on", place="organisation_id"
    )


@duty("mentoring.sign", subject="mentoring.agreement")
def agreements_to_sign(asked: Asked) -> models.QuerySet[Any]:
    """Each person who has not signed a version that waits; where only the office is missing, those who may for it."""
    done = Graduation._base_manager.filter(pair=OuterRef("pair"))
    lasts = Q(pair__ends_on__isnull=True) | Q(pair__ends_on__gt=asked.today)
    rows = PairAgreement.objects.filter(
        lasts,
        ~Exists(done),
        pair__state="active",
        state="awaiting",
        document__parties__signature__isnull=True,
    )
    return columns(
        rows,
        subject="public_id",
        anchor="made_at",
        place="pair__organisation_id",
        who="document__parties__person_id",
    )
