"""Reading forums, their meetings and threads, what is new, and what the office minds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery

from craftpath.domain.forums.meeting import last_of
from craftpath.domain.forums.models import (
    Attendance,
    Follow,
    Forum,
    Hiding,
    Meeting,
    Photo,
    Post,
    Report,
    Support,
    Takeaway,
    Thread,
    Topic,
    Visit,
    Wording,
)
from craftpath.domain.forums.owners import kind_of
from craftpath.domain.forums.rhythm import next_moments
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref

__all__ = ["last_of", "next_moments"]


def forums() -> models.QuerySet[Forum]:
    """The forums of the open scope: open ones first, then those where somebody wrote last."""
    rows = Forum.objects.select_related("organisation", "cohort", "host")
    # `open` comes after `closed` in the alphabet.
    return rows.order_by("-state", F("last_at").desc(nulls_last=True), "-pk")


def forums_of(kind: str, public_id: str) -> models.QuerySet[Forum]:
    """The forums of one thing (`noun/kind`), in the open scope."""
    return forums().filter(of_kind=kind, of_id=public_id)


def forum_of(of: Ref) -> Forum | None:
    """The forum that belongs to a thing, whoever asks: for the noun of the thing."""
    return Forum._base_manager.filter(of_kind=kind_of(of), of_id=of.public_id).first()


def first_posts(threads: models.QuerySet[Any, Any]) -> list[Post]:
    """What some threads (ids) of the open scope began with and still stands, the newest first; one query."""
    standing = Thread.objects.filter(pk__in=threads, state="open").order_by()
    rows = Post._base_manager.filter(thread__in=standing.values("pk"), first=True, state="open")
    return list(rows.select_related("person", "thread").order_by("-made_at", "-pk"))


def has_written(forum: Forum, person: Person) -> bool:
    """Whether something that somebody wrote there stands."""
    return Post.objects.filter(thread__forum=forum, person=person, state="open").exists()


def follow_of(forum: Forum, person: Person) -> Follow | None:
    """Whether and how somebody follows a forum."""
    return Follow.objects.filter(forum=forum, person=person).first()


def follows_of(person: Person) -> dict[int, Follow]:
    """forum id → how somebody follows it; one query."""
    return {row.forum_id: row for row in Follow.objects.filter(person=person)}


def meetings() -> models.QuerySet[Meeting]:
    """The meetings of the open scope, the next first."""
    rows = Meeting.objects.select_related("forum__organisation", "host")
    return rows.order_by("starts_at", "pk")


def invited_to(person: Person) -> models.QuerySet[Attendance]:
    """Meetings to which somebody is invited, in the open scope."""
    seen = Meeting.objects.order_by().values("pk")
    rows = Attendance.objects.filter(person=person, meeting__in=seen)
    return rows.select_related("meeting__forum__organisation", "meeting__host").order_by("meeting__starts_at")


def hosted(person: Person) -> models.QuerySet[Meeting]:
    """Meetings that somebody hosts, in the open scope."""
    return meetings().filter(Q(host=person) | Q(host=None, forum__host=person))


def without_date(person: Person) -> models.QuerySet[Forum]:
    """Forums of the open scope with a rhythm that somebody hosts, whose next date is not planned."""
    ahead = Meeting.objects.filter(forum=OuterRef("pk"), state="planned")
    return forums().filter(host=person, state="open", every__gt=0).exclude(Exists(ahead))


def invited(meeting: Meeting) -> list[Attendance]:
    """Everybody who is invited or comes, by name; one query."""
    return list(meeting.invited.select_related("person").order_by("person__name", "pk"))


def own_line(meeting: Meeting, person: Person) -> Attendance | None:
    """What somebody said to a meeting."""
    return meeting.invited.filter(person=person).first()


def takeaways() -> models.QuerySet[Takeaway]:
    """What was taken away from meetings of the open scope, the newest meeting first."""
    rows = Takeaway.objects.filter(meeting__in=Meeting.objects.order_by().values("pk"))
    return rows.select_related("meeting__forum__organisation", "meeting__host", "person").order_by(
        "-meeting__starts_at", "made_at", "pk"
    )


def topics(forum: Forum, reader: Person) -> list[Topic]:
    """Topics that wait for a meeting, as they came, with `supported` and whether the reader does; one query.

    They are told in the order in which they came: nobody's wish stands above another's.
    """
    rows = Topic.objects.filter(forum=forum, state="suggested").select_related("person")
    own = Support.objects.filter(topic=OuterRef("pk"), person=reader)
    return list(rows.annotate(supported=Count("supports"), mine=Exists(own)).order_by("made_at", "pk"))


def agenda_topics(meeting: Meeting) -> list[Topic]:
    """Topics that stand on the agenda of a meeting."""
    return list(meeting.topics.select_related("person").order_by("made_at", "pk"))


def topic(public_id: str) -> models.QuerySet[Topic]:
    """A topic of a forum that the reader sees."""
    rows = Topic.objects.filter(public_id=public_id, forum__in=Forum.objects.order_by().values("pk"))
    return rows.select_related("forum__organisation", "person")


def threads() -> models.QuerySet[Thread]:
    """The threads of the open scope."""
    return Thread.objects.select_related("forum__organisation", "forum__host", "starter").order_by(
        "-last_at", "-pk"
    )


def to_find() -> models.QuerySet[Thread]:
    """Threads that stand, with what their first post says in `said`."""
    first = Post._base_manager.filter(thread=OuterRef("pk"), first=True, state="open").order_by()
    return threads().filter(state="open").annotate(said=Subquery(first.values("text")[:1]))


@dataclass(frozen=True, slots=True)
class Page:
    """Some threads in a row, and the key from which the next ones follow ("" at the end)."""

    rows: list[Thread]
    after: str


def page_of(forum: Forum, *, after: str = "", most: int = 25) -> Page:
    """The threads where somebody wrote last, from a key on; one query, however many there are.

    The forum is one that the reader sees already, so its threads are asked for by their index alone.
    """
    rows = Thread._base_manager.filter(forum=forum, state="open", pinned=False).select_related("starter")
    key = _key(after)
    if key is not None:
        moment, pk = key
        rows = rows.filter(Q(last_at__lt=moment) | Q(last_at=moment, pk__lt=pk), last_at__lte=moment)
    found = list(rows.order_by("-last_at", "-pk")[: most + 1])
    last = found[most - 1] if len(found) > most else None
    return Page(found[:most], f"{last.last_at.isoformat()}~{last.pk}" if last else "")


def pinned(forum: Forum) -> list[Thread]:
    """The threads that stand above the others; one query."""
    rows = Thread._base_manager.filter(forum=forum, state="open", pinned=True).select_related("starter")
    return list(rows.order_by("-last_at", "-pk"))


def _key(after: str) -> tuple[datetime, int] | None:
    moment, _, pk = after.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(pk)) if at.tzinfo and len(pk) < 19 else None
    except ValueError:
        return None


def unread(rows: Iterable[Thread], follow: Follow | None) -> set[int]:
    """The ids of threads in which something is new to somebody who follows; one query."""
    if follow is None:
        return set()
    fresh = {row.pk: row.last_at for row in rows if row.last_at > follow.seen_at}
    seen = dict(
        Visit.objects.filter(person=follow.person_id, thread__in=fresh).values_list("thread_id", "at")
    )
    return {pk for pk, last in fresh.items() if pk not in seen or seen[pk] < last}


def posts() -> models.QuerySet[Post]:
    """The posts of the open scope."""
    return Post.objects.select_related("thread__forum__organisation", "thread__forum__host", "person")


def in_thread(thread: Thread) -> models.QuerySet[Post]:
    """The posts of a thread in their order, with what each quotes, photos and earlier wordings; four queries."""
    rows = Post._base_manager.filter(thread=thread).select_related("person", "quoted__person")
    kept = Prefetch("photos", Photo.objects.order_by("pk"))
    return rows.prefetch_related(kept, Prefetch("wordings", Wording.objects.order_by("revision"))).order_by(
        "pk"
    )


def hidings_in(thread: Thread) -> dict[int, Hiding]:
    """post id → the last hiding of it; one query."""
    return {row.post_id: row for row in Hiding._base_manager.filter(post__thread=thread).order_by("pk")}


def photo(public_id: str) -> models.QuerySet[Photo]:
    """A photo of a post that the reader sees."""
    rows = Photo.objects.select_related("kept", "post__thread__forum__organisation", "post__person")
    return rows.filter(public_id=public_id, post__in=Post.objects.order_by().values("pk"))


def reports() -> models.QuerySet[Report]:
    """Reports of the open scope, the oldest first."""
    rows = Report.objects.select_related("post__thread__forum__organisation", "post__person", "person")
    return rows.order_by("made_at", "pk")


def hidings() -> models.QuerySet[Hiding]:
    """What the office has hidden, in the open scope, appeals first."""
    rows = Hiding.objects.select_related("post__thread__forum__organisation", "post__person", "hidden_by")
    appealed = models.Case(
        models.When(state="appealed", then=0), default=1, output_field=models.IntegerField()
    )
    return rows.order_by(appealed, "-hidden_at", "-pk")


def own_hidings(person: Person) -> list[Hiding]:
    """What of one's own was hidden and is still hidden, or was decided and not read; one query."""
    rows = Hiding._base_manager.filter(post__person=person).exclude(state="lifted", heard_at__isnull=False)
    return list(rows.select_related("post__thread__forum").order_by("-hidden_at"))


def next_meetings(rows: Iterable[Forum], at: datetime) -> dict[int, Meeting]:
    """forum id → its next planned meeting; one query."""
    ids = [row.pk for row in rows]
    nearest = Meeting._base_manager.filter(forum=OuterRef("forum"), state="planned", starts_at__gt=at)
    found = Meeting._base_manager.filter(
        forum__in=ids, pk=Subquery(nearest.order_by("starts_at", "pk").values("pk")[:1])
    )
    return {row.forum_id: row for row in found.select_related("host")}
