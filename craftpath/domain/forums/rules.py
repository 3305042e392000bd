"""Who opens, hosts, writes and minds; what a forum, a meeting and a post need."""

from __future__ import annotations

from craftpath.domain.forums.models import Forum, Hiding, Meeting, Post, Takeaway, Thread, Topic
from craftpath.domain.forums.models.forums import (
    LONGEST_ABOUT,
    LONGEST_LINK,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_MINUTES,
    MOST_WEEKS,
)
from craftpath.domain.forums.models.meetings import LONGEST_LINE, LONGEST_REASON, MOST_ITEMS
from craftpath.domain.forums.owners import OWNERS, kind_of
from craftpath.domain.questions.rules import (
    can_hold,
    can_reason,
    may_ask,
    may_tend,
    standing_as,
)
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = [
    "LONGEST_ABOUT",
    "LONGEST_LINE",
    "LONGEST_LINK",
    "LONGEST_PLACE",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "MOST_ITEMS",
    "MOST_MINUTES",
    "MOST_PHOTOS",
    "MOST_WEEKS",
    "can_hold",
    "can_reason",
    "may_ask",
    "may_tend",
    "standing_as",
]

MOST_PHOTOS = 4  # of a post
MOST_SERIES = 12


def may_open(actor: Actor, organisation: Organisation, of: Ref | None) -> Verdict:
    """Whoever hosts forums at the organisation; for a thing, whom the thing lets host."""
    if of is None:
        return actor.may_at(Permission.HOST_FORUMS, organisation)
    return YES if _owner_lets(actor, of) else may_not("forums.not_the_host")


def _owner_lets(actor: Actor, of: Ref) -> bool:
    owner = OWNERS.get(kind_of(of))
    return actor.kind is ActorKind.SYSTEM or (owner is not None and owner.hosts(actor, of.public_id))


def may_host(actor: Actor, forum: Forum) -> Verdict:
    """Its host, whoever hosts forums at its organisation, or whom the thing that it belongs to lets host."""
    if actor.person is not None and forum.host_id == actor.person.pk:
        return YES
    verdict = may_open(actor, forum.organisation, forum.of)
    return verdict if verdict else may_not("forums.not_the_host")


def may_hold(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever hosts the meeting, or its forum."""
    own = actor.person is not None and meeting.host_id == actor.person.pk
    return YES if own else may_host(actor, meeting.forum)


def can_meet(forum: Forum) -> Verdict:
    """While the forum is open."""
    return YES if forum.state == "open" else not_now("forums.closed")


def can_plan(meeting: Meeting) -> Verdict:
    """Only what is planned changes."""
    return YES if meeting.state == "planned" else not_now("forums.not_planned")


def can_write(thread: Thread) -> Verdict:
    """While the thread stands and is open, in a forum that is open."""
    if thread.state != "open":
        return not_now("questions.closed")
    return not_now("forums.thread_closed") if thread.closed else can_meet(thread.forum)


def can_call(title: str, about: str = "") -> Verdict:
    """A title, and words that fit."""
    if not title or len(title) > LONGEST_TITLE:
        return not_now("forums.title_size", most=LONGEST_TITLE)
    return YES if len(about) <= LONGEST_ABOUT else not_now("questions.too_long", most=LONGEST_ABOUT)


def can_say(words: str) -> Verdict:
    """A line: a topic, an item of an agenda, something to take away."""
    fits = 0 < len(words) <= LONGEST_LINE
    return YES if fits else not_now("forums.line_size", most=LONGEST_LINE)


def is_own(actor: Actor, row: Post | Topic | Takeaway) -> bool:
    """Whether it is one's own."""
    return actor.person is not None and row.person_id == actor.person.pk


def may_change(actor: Actor, row: Post | Topic | Takeaway) -> Verdict:
    """Whoever wrote it, or took it on."""
    return YES if is_own(actor, row) else may_not("questions.not_own")


def may_appeal(actor: Actor, hiding: Hiding) -> Verdict:
    """Whoever wrote what was hidden."""
    return may_change(actor, hiding.post)


def may_finish(actor: Actor, row: Takeaway) -> Verdict:
    """Whoever took it on, or the host."""
    return YES if is_own(actor, row) else may_hold(actor, row.meeting)


def may_drop_topic(actor: Actor, topic: Topic) -> Verdict:
    """Whoever suggested it, or the host."""
    return YES if is_own(actor, topic) else may_host(actor, topic.forum)


def can_recur(every: int, weekday: int, has_hour: bool, minutes: int) -> Verdict:
    """A rhythm in weeks with a day and an hour, or none."""
    if not 0 < minutes <= MOST_MINUTES:
        return not_now("forums.minutes_out_of_range", most=MOST_MINUTES)
    whole = every == 0 or (0 < every <= MOST_WEEKS and has_hour)
    return YES if whole and 0 <= weekday <= 6 else not_now("forums.rhythm_incomplete", most=MOST_WEEKS)


def can_be_found(place: str, link: str) -> Verdict:
    """A place that fits, a link that a browser may follow."""
    if len(place.strip()) > LONGEST_PLACE:
        return not_now("forums.place_too_long", most=LONGEST_PLACE)
    link = link.strip()
    fits = not link or (link.startswith(("https://", "http://")) and len(link) <= LONGEST_LINK)
    return YES if fits else not_now("forums.no_link")
