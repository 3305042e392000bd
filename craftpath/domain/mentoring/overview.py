"""How pairs stand in their work: rhythm, goals, talk, agreement, and whether one could graduate; for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.dates import next_meeting, rhythm, talk_due
from craftpath.domain.mentoring.models import Graduation
from craftpath.domain.mentoring.queries import (
    agreements_of,
    goals_of,
    graduations_of,
    last_meetings,
    meeting_rules,
    shown_products,
    talks_of,
)
from craftpath.domain.pairing.queries import pairs
from craftpath.domain.pairing.seeing import learners_in

if TYPE_CHECKING:
    from django.db import models

    from craftpath.domain.mentoring.models import Goal, HalfwayTalk, MeetingRule, PairAgreement
    from craftpath.domain.pairing.models import Pair


LOOKED_BACK = timedelta(days=365)
"""For how long after its end a pair that has not graduated stands among those that could."""


def pairs_to_look_at(today: date) -> models.QuerySet[Pair]:
    """The pairs of the open scope that have begun and not graduated: those that hold, and those that ended lately."""
    done = Graduation._base_manager.filter(pair=OuterRef("pk"))
    lately = Q(state="active") | Q(state="ended", ends_on__gte=today - LOOKED_BACK)
    return pairs().filter(lately, ~Exists(done), starts_on__lte=today)


@dataclass(frozen=True, slots=True)
class AtWork:
    """One pair. `next_on` is the last day on which the next meeting is in time; `lacking` are ids of learners."""

    pair: Pair
    rule: MeetingRule
    goals: list[Goal]
    last: date | None
    meetings: int
    minutes: int
    next_on: date
    rhythm: str
    lacking: list[int]
    talk: HalfwayTalk | None
    talk_on: date | None
    agreement: PairAgreement | None
    shown: bool
    graduated: bool
    going: bool
    today: date

    @property
    def open_goals(self) -> int:
        """How many are still to be reached."""
        return sum(goal.state == "open" for goal in self.goals)

    @property
    def talk_is_due(self) -> bool:
        """Whether the halfway talk waits for somebody today."""
        return self.going and self.talk_on is not None and self.talk_on <= self.today

    @property
    def unsigned(self) -> bool:
        """Whether an agreement is missing where the house asks for one, or waits for signatures."""
        waits = self.agreement is not None and self.agreement.state == "awaiting"
        return self.going and (waits or (self.rule.needs_agreement and self.agreement is None))

    @property
    def ready(self) -> bool:
        """Whether everything that graduation asks for is there."""
        talked = self.talk is not None and self.talk.state != "open"
        fine = talked and not self.open_goals and not self.lacking
        product = self.shown or self.pair.kind != "red_white"
        in_order = bool(rules.ends_in_good_order(self.pair, self.today))
        return not self.graduated and fine and product and in_order


def at_work(pairs: Iterable[Pair], at: datetime) -> dict[int, AtWork]:
    """pair id → how it stands; eight queries however many."""
    rows, today = list(pairs), localdate(at)
    held = meeting_rules(row.organisation for row in rows)
    met, goals, talks = last_meetings(rows), goals_of(rows), talks_of(rows)
    agreements, shown, done = agreements_of(rows), shown_products(rows), graduations_of(rows)
    found = {}
    for row in rows:
        rule, own = held[row.organisation_id], goals.get(row.pk, [])
        last, n, minutes = met.get(row.pk, (None, 0, 0))
        talk = next(iter(talks.get(row.pk, [])), None)
        going = (
            row.state == "active" and row.starts_on <= today and (row.ends_on is None or row.ends_on > today)
        )
        found[row.pk] = AtWork(
            pair=row,
            rule=rule,
            goals=own,
            last=last,
            meetings=n,
            minutes=minutes,
            next_on=next_meeting(row.starts_on, last, rule.every_days),
            rhythm=rhythm(row.starts_on, last, rule.every_days, today),
            lacking=rules.lacking(own, [one.pk for one in learners_in(row)], row.kind),
            talk=talk,
            talk_on=due_of(row, rule, talk),
            agreement=next(iter(agreements.get(row.pk, [])), None),
            shown=shown.get(row.pk, False),
            graduated=row.pk in done,
            going=going and row.pk not in done,
            today=today,
        )
    return found


def due_of(pair: Pair, rule: MeetingRule, talk: HalfwayTalk | None) -> date | None:
    """When the talk that is open, or the next one, is due; None if no other is to come."""
    if talk is not None and talk.state == "open":
        return talk.due_on
    on = localdate(talk.settled_at) if talk is not None and talk.settled_at else None
    return talk_due(pair.starts_on, pair.ends_on, rule.talk_after_percent, on)
