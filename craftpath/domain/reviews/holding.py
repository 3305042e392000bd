"""What happens in a review: each side says its part, goals are settled and set, it is held, the text is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from craftpath.domain.reviews import queries, rules
from craftpath.domain.reviews.facts import (
    GoalSet,
    GoalSettled,
    PartSaid,
    ReviewHeld,
    ReviewReopened,
    ReviewWritten,
)
from craftpath.domain.reviews.locking import locked
from craftpath.domain.reviews.models import LONGEST, LONGEST_GOAL, ROLES, Excuse, Goal, Part, Review
from craftpath.domain.reviews.states import GOAL, REVIEW
from craftpath.domain.reviews.wording import Figure, GoalLine, review_paper
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.signing import Document, Party, make_document, withdraw_document
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

MOST_GOALS = 12  # open at once


@action
def say_part(review: Review, *, words: str, by: Actor, at: datetime) -> Part:
    """Write the own side's part, or write it anew; it can be done before the talk."""
    row = locked(review)
    role = rules.role_in(by, row)
    require(rules.may_say(by, row))
    require(rules.can_say(row))
    words = words.strip()
    if not 0 < len(words) <= LONGEST:
        raise Refused(not_now("reviews.no_words", most=LONGEST))
    standing = Part.objects.filter(review=row, role=role).first()
    if standing is not None and standing.words == words:
        return standing
    values = {"words": words, "said_by": by.person, "said_at": at}
    part, _made = Part.objects.update_or_create(review=row, role=role, defaults=values)
    _touch(row)
    _tell(PartSaid(role), row, by=by, at=at)
    return part


@action
def set_goal(
    review: Review, *, text: str, owner: str, due_on: date | None = None, by: Actor, at: datetime
) -> Goal:
    """Agree on something; the same words twice are one goal."""
    row = locked(review)
    require(rules.may_say(by, row))
    require(rules.can_say(row))
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST_GOAL or owner not in ROLES:
        raise Refused(not_now("reviews.no_words", most=LONGEST_GOAL))
    open_goals = Goal._base_manager.filter(enrolment=row.enrolment_id, state="open")
    standing = open_goals.filter(text=text, owner=owner).first()
    if standing is not None:
        return standing
    if open_goals.count() >= MOST_GOALS:
        raise Refused(not_now("reviews.goals_too_many", most=MOST_GOALS))
    goal = Goal(
        enrolment=row.enrolment,
        set_in=row,
        text=text,
        owner=owner,
        due_on=due_on,
        set_by=by.person,
        set_at=at,
    )
    goal.save()
    _touch(row)
    _tell(GoalSet(goal.public_id, owner), row, by=by, at=at)
    return goal


@action
def meet_goals(goals: Sequence[Goal], review: Review, *, by: Actor, at: datetime) -> int:
    """Say in a review that these goals were met; returns how many were open until now."""
    return _settle(goals, review, "meet", by=by, at=at)


@action
def drop_goals(goals: Sequence[Goal], review: Review, *, by: Actor, at: datetime) -> int:
    """Say in a review that these goals are not followed any more."""
    return _settle(goals, review, "drop", by=by, at=at)


def _settle(goals: Sequence[Goal], review: Review, move: str, *, by: Actor, at: datetime) -> int:
    row = locked(review)
    require(rules.may_lead(by, row))
    require(rules.can_say(row))
    rows = list(
        Goal.objects.select_for_update(of=("self",))
        .filter(pk__in=[goal.pk for goal in goals], enrolment=row.enrolment_id, state="open")
        .order_by("pk")
    )
    for goal in rows:
        goal.state = GOAL.after(goal.state, move)
        goal.settled_in, goal.settled_by, goal.settled_at = row, by.person, at
    Goal.objects.bulk_update(rows, ["state", "settled_in", "settled_by", "settled_at"])
    if rows:
        _touch(row)
    for goal in rows:
        _tell(GoalSettled(goal.public_id, goal.state), row, by=by, at=at)
    return len(rows)


@action
def reach_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Say between two reviews that the own goal is met; the next review shows it, and by whom.

    Without a next one that can still be written it stands in the review in which it was agreed. Pressed twice, it is
    met once.
    """
    found = Goal.objects.annotate(asked=queries.goal_owner()).select_related("enrolment").get(pk=goal.pk)
    require(rules.may_reach(by, found.asked))
    row = locked(_shown_in(found))
    standing = Goal.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=goal.pk)
    person = by.person.pk if by.person else None
    if standing.state == "met" and standing.settled_by_id == person:
        return standing
    require(rules.can_reach(standing))
    standing.state = GOAL.after(standing.state, "meet")
    standing.settled_in, standing.settled_by, standing.settled_at = row, by.person, at
    standing.save(update_fields=["state", "settled_in", "settled_by", "settled_at"])
    if row.state in rules.OPEN:
        _touch(row)
    _tell(GoalSettled(standing.public_id, standing.state), row, by=by, at=at)
    return standing


def _shown_in(goal: Goal) -> Review:
    later = Review._base_manager.filter(
        enrolment=goal.enrolment_id, round__gt=goal.set_in.round, state__in=rules.OPEN
    )
    return later.order_by("round").first() or goal.set_in


@action
def hold_review(
    review: Review, *, colour: str, because: str = "", on: date | None = None, by: Actor, at: datetime
) -> Review:
    """Say that it took place, and how it stands: green, or amber and red with a reason."""
    row = locked(review)
    require(rules.may_lead(by, row))
    require(rules.can_hold(row, at))
    require(rules.can_colour(colour, because))
    row.state = REVIEW.after(row.state, "hold")
    row.colour, row.colour_because = colour, because.strip() if colour != "green" else ""
    row.held_on = on or at.astimezone(ZoneInfo(row.organisation.time_zone)).date()
    row.held_by, row.changed_at = by.person, at
    require(rules.can_have_been(row.held_on, at))
    require(rules.can_meet(row, row.held_on))
    row.save()
    _tell(ReviewHeld(colour, row.held_on <= row.due_on), row, by=by, at=at)
    return row


@action
def write_review(
    review: Review, *, seen: int, figures: Sequence[Figure] = (), by: Actor, at: datetime
) -> Review:
    """Fix the text for signing; `seen` is the revision that was read, `figures` what the record showed beside it."""
    row = locked(review)
    require(rules.may_lead(by, row))
    state = REVIEW.after(row.state, "write")
    if seen != row.revision:
        raise Refused(not_now("reviews.written_meanwhile"))
    row.document = _document(row, figures, by=by, at=at)
    row.state, row.changed_at = state, at
    row.save(update_fields=["state", "document", "changed_at"])
    _tell(ReviewWritten(), row, by=by, at=at)
    return row


@action
def reopen_review(review: Review, *, by: Actor, at: datetime) -> Review:
    """Take the text back before everybody has signed; signatures given so far bind nobody."""
    row = locked(review)
    require(rules.may_lead(by, row))
    row.state, row.changed_at = REVIEW.after(row.state, "reopen"), at
    if row.document is not None:
        withdraw_document(row.document, by=by, at=at)
    row.document = None
    Excuse.objects.filter(review=row).delete()
    row.save(update_fields=["state", "document", "changed_at"])
    _tell(ReviewReopened(), row, by=by, at=at)
    return row


def _document(row: Review, figures: Sequence[Figure], *, by: Actor, at: datetime) -> Document:
    parts = {
        part.role: (part.said_by.name, part.words)
        for part in Part.objects.filter(review=row).select_related("said_by").order_by("pk")
    }
    parts = {role: parts[role] for role in ROLES if role in parts}
    person, host = row.enrolment.person, row.enrolment.enterprise
    paper = review_paper(
        apprentice=person.name,
        number=row.enrolment.number,
        enterprise=host.title if host else Text("—", "—"),
        round_=row.round,
        held_on=row.held_on or timezone.localtime(at).date(),
        colour=row.colour,
        because=row.colour_because,
        parts=parts,
        goals=_goals(row),
        figures=figures,
    )
    parties = [Party("apprentice", person.name, person=person)]
    if row.mentor is not None:
        parties.append(Party("mentor", row.mentor.name, person=row.mentor))
    parties.append(Party("college", row.trainer.name, person=row.trainer))
    return make_document(
        row.ref,
        kind="review",
        content=paper.as_json(),
        text=paper.plain(),
        parties=parties,
        organisation=row.organisation,
        by=by,
        at=at,
    )


def _goals(row: Review) -> list[GoalLine]:
    """Those settled in this review, those that go on, and those that are new, the oldest first."""
    rows = Goal._base_manager.filter(enrolment=row.enrolment_id).order_by("pk")
    return [
        GoalLine(goal.text, goal.owner, goal.state, goal.due_on, goal.set_in_id == row.pk)
        for goal in rows
        if goal.state == "open" or row.pk in {goal.settled_in_id, goal.set_in_id}
    ]


def _touch(row: Review) -> None:
    row.revision += 1
    row.save(update_fields=["revision"])


def _tell(fact: Fact, row: Review, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
