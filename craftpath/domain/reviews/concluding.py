"""The page of a review as one writing: what somebody put down there is kept whole, or held and fixed in one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from craftpath.domain.reviews import rules
from craftpath.domain.reviews.facts import ReviewHeld
from craftpath.domain.reviews.holding import (
    drop_goals,
    hold_review,
    meet_goals,
    say_part,
    set_goal,
    write_review,
)
from craftpath.domain.reviews.locking import locked
from craftpath.domain.reviews.models import Goal, Part, Review
from craftpath.domain.reviews.wording import Figure
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

WRITTEN = ("written", "signed")


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal as it was typed."""

    text: str
    owner: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has put down: the own part ("" leaves it), goals met and dropped by public id, new goals."""

    words: str = ""
    met: Sequence[str] = ()
    dropped: Sequence[str] = ()
    fresh: Sequence[NewGoal] = ()


@action
def keep_review(review: Review, draft: Draft, *, seen: int, by: Actor, at: datetime) -> int:
    """Keep what was put down. `seen` is the revision that the page showed; returns the one that was read by now.

    That is the new one if nobody else wrote meanwhile, else `seen`, so that fixing the text asks to read it again.
    """
    row = locked(review)
    require(rules.may_say(by, row))
    before = row.revision
    _keep(row, draft, seen=seen, by=by, at=at)
    row.refresh_from_db(fields=["revision"])
    return row.revision if before == seen else seen


@action
def conclude_review(
    review: Review,
    draft: Draft,
    *,
    seen: int,
    colour: str,
    because: str = "",
    on: date | None = None,
    figures: Sequence[Figure] = (),
    by: Actor,
    at: datetime,
) -> Review:
    """Keep what was put down, say that it took place and how it stands, and fix the text: all of it, or nothing.

    The same person's second press changes nothing. A text that was taken back keeps its day and may change its colour.
    """
    row = locked(review)
    require(rules.may_lead(by, row))
    because = because.strip() if colour != "green" else ""
    if row.state in WRITTEN and (row.colour, row.colour_because, row.held_by) == (colour, because, by.person):
        return row
    if seen != row.revision:
        raise Refused(not_now("reviews.written_meanwhile"))
    require(rules.can_colour(colour, because))
    _keep(row, draft, seen=seen, by=by, at=at)
    if row.state == "held":
        _colour(row, colour, because, by=by, at=at)
    else:
        hold_review(row, colour=colour, because=because, on=on, by=by, at=at)
    row = locked(row)
    return write_review(row, seen=row.revision, figures=figures, by=by, at=at)


def _keep(row: Review, draft: Draft, *, seen: int, by: Actor, at: datetime) -> None:
    if draft.words.strip():
        _require_own(row, draft.words.strip(), seen, by)
        say_part(row, words=draft.words, by=by, at=at)
    for settle, ids in ((meet_goals, draft.met), (drop_goals, draft.dropped)):
        if ids:
            goals = Goal.objects.filter(enrolment=row.enrolment_id, public_id__in=list(ids))
            settle(list(goals), row, by=by, at=at)
    for goal in draft.fresh:
        set_goal(row, text=goal.text, owner=goal.owner, due_on=goal.due_on, by=by, at=at)


def _require_own(row: Review, words: str, seen: int, by: Actor) -> None:
    """Two people may speak for the college: what one has just written is not written over by the other's old page."""
    if seen == row.revision:
        return
    standing = Part.objects.filter(review=row, role=rules.role_in(by, row)).first()
    if standing is not None and standing.said_by != by.person and standing.words != words:
        raise Refused(not_now("reviews.written_meanwhile"))


def _colour(row: Review, colour: str, because: str, *, by: Actor, at: datetime) -> None:
    """How it stands, said anew before the text is fixed again."""
    if (row.colour, row.colour_because) == (colour, because):
        return
    row.colour, row.colour_because, row.held_by, row.changed_at = colour, because, by.person, at
    row.save(update_fields=["colour", "colour_because", "held_by", "changed_at"])
    told = ReviewHeld(colour, row.held_on is not None and row.held_on <= row.due_on)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
