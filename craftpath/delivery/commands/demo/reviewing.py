"""Reviews of the demo: two rounds held and signed, a third under way: some to sign, one this week, one overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.commands.demo.reviewing_words import SAID, Said
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.reviews import actions as reviewing
from craftpath.domain.reviews import queries
from craftpath.domain.reviews.patterns import Pattern
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role
from craftpath.kernel.signing import parties_of
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.reviews.models import Review

EVERY, ROUNDS = 4, 3  # weeks, and how many of them
LEFT = timedelta(days=4)  # until the round under way ends
ALL = ("apprentice", "mentor", "college")


def hold_reviews(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Plan, hold, sign; and leave something for everybody to do."""
    trainer = actor_in(staff.trainer, places.college, at.date())
    if trainer is None:
        raise RuntimeError("the demo's trainer has no role")
    classes = {row.occupation["en"]: row for row in cohorts() if row.state == "running"}
    for n, occupation in enumerate(("CNC turner", "Welder", "Robot maintenance technician")):
        _hold_all(_planned(classes[occupation], staff, by, at), n, staff, trainer, at)


def _planned(cohort: Cohort, staff: Staff, by: Actor, at: datetime) -> list[Review]:
    """Every four weeks in the afternoons, the third round ending this week or next."""
    first = timezone.localdate(at) + LEFT - timedelta(weeks=EVERY * ROUNDS) + timedelta(days=1)
    pattern = Pattern(
        first_on=first,
        weekdays=(0, 1, 2, 3, 4),
        from_at=time(9),
        until_at=time(17),
        minutes=30,
        every_weeks=EVERY,
        rounds=ROUNDS,
    )
    manner = reviewing.Manner(staff.trainer, place="车间办公室")
    found = reviewing.offer(cohort, pattern, manner, today=first)
    when = timezone.make_aware(datetime.combine(first, time(8))) - timedelta(days=5)
    return reviewing.plan_reviews(cohort, pattern, manner, seen=found.fingerprint, by=by, at=when)


def _hold_all(rows: Sequence[Review], n: int, staff: Staff, trainer: Actor, at: datetime) -> None:
    """Each in its turn; the last round differs from person to person."""
    known = {row.pk: row for row in queries.reviews().filter(pk__in=[row.pk for row in rows])}
    mentor, told = staff.mentors["jinheng"][0], False
    for k, row in enumerate(sorted(known.values(), key=lambda row: (row.round, row.starts_at))):
        person, place = row.enrolment.person, k + 3 * n
        said = SAID[place % (len(SAID) - (row.round < ROUNDS))]
        if row.round == ROUNDS and person.username == f"{DEMO_PREFIX}apprentice":
            _this_week(row, trainer, at)
        elif row.round == ROUNDS and row.mentor == mentor and not told:
            told = True
            _hold(row, said, trainer, at, signing=("apprentice", "college"))
        elif n == 1 and row.enrolment.number.endswith("05") and row.round > 1:
            continue  # overdue, and the next one still to be held
        elif row.round == ROUNDS and k % 11 == 4:
            _hold(row, said, trainer, at, signing=("apprentice", "mentor"))
        elif row.round == ROUNDS and k % 11 == 7:
            continue  # to be held
        else:
            _hold(row, said, trainer, at, signing=ALL)


def _this_week(row: Review, trainer: Actor, at: datetime) -> None:
    """Moved to the last day that is in time, to an hour at which everybody can."""
    for hour in (14, 15, 16, 10, 11, 9):
        start = timezone.make_aware(datetime.combine(row.due_on, time(hour, 30)))
        try:
            reviewing.move_review(
                row,
                starts_at=start,
                ends_at=start + timedelta(minutes=30),
                because="师傅出差，顺延到本周",
                by=trainer,
                at=at - timedelta(days=3),
            )
        except Refused:
            continue
        return


def _hold(row: Review, said: Said, trainer: Actor, at: datetime, *, signing: Sequence[str]) -> None:
    """Everybody says something; goals of last time are settled; whoever is named signs, in changing order."""
    apprentice = Actor(row.organisation, row.enrolment.person, frozenset({Role.APPRENTICE}))
    lead = Actor(row.enrolment.enterprise, row.mentor, frozenset({Role.MENTOR})) if row.mentor else trainer
    moment = min(row.ends_at, at - timedelta(hours=1))
    reviewing.say_part(row, words=said.apprentice, by=apprentice, at=moment - timedelta(hours=3))
    if lead is not trainer:
        reviewing.say_part(row, words=said.college, by=trainer, at=moment)
    open_ones = queries.open_goals([row.enrolment_id]).get(row.enrolment_id, [])
    settled = [goal.public_id for goal in open_ones[:1]]
    met = (row.enrolment_id + row.round) % 4 > 0
    draft = reviewing.Draft(
        said.mentor if lead is not trainer else said.college,
        met=settled if met else (),
        dropped=() if met else settled,
        fresh=[reviewing.NewGoal(said.goal, said.owner, row.due_on + timedelta(weeks=EVERY))],
    )
    row = queries.reviews().get(pk=row.pk)
    done = reviewing.conclude_review(
        row, draft, seen=row.revision, colour=said.colour, because=said.because, by=lead, at=moment
    )
    if done.document is None:
        raise RuntimeError("a review that was concluded has a text")
    actors = {"apprentice": apprentice, "mentor": lead, "college": trainer}
    parties = [party for party in parties_of(done.document) if party.role in signing]
    for step, party in enumerate(parties if row.round % 2 else parties[::-1], start=1):
        signed_at = min(moment + timedelta(minutes=40 * step), at)
        reviewing.sign_review(party, seen=done.document.sha256, by=actors[party.role], at=signed_at)
