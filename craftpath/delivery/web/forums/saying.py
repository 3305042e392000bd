"""Meetings, threads and posts as a reader sees them: who wrote it, what stands there, what can be pressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.exchange.authored.pages import page as as_html
from craftpath.delivery.web.questions.saying import name_of, role_name
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import queries, rules
from craftpath.domain.forums.texts import MEETING_STATES
from craftpath.domain.questions.texts import HIDING_STATES

if TYPE_CHECKING:
    from datetime import datetime

    from craftpath.domain.forums.models import Follow, Hiding, Meeting, Photo, Post, Thread, Wording

__all__ = ["name_of"]
QUOTED = 160  # characters of a quoted post


@dataclass(frozen=True, slots=True)
class Line:
    """A thread in a list."""

    row: Thread
    url: str
    who: str
    count: str
    new: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A post with what its reader may do to it."""

    row: Post
    name: str
    role: str
    own: bool
    html: SafeString
    gone: str
    photos: list[tuple[Photo, str]]
    before: Sequence[Wording]
    quoted: tuple[str, str, str] | None
    do: str
    can: frozenset[str]
    hiding: Hiding | None
    hiding_state: str


def html_of(text: str, anchor: str = "") -> SafeString:
    """What somebody wrote in Markdown, as it leaves the sanitiser."""
    return mark_safe(as_html(text, anchor=anchor))  # noqa: S308  (out of the sanitiser)


def when(meeting: Meeting) -> str:
    """Thursday 17 September, 16:00–17:30, by the clock of the reader's organisation."""
    return span(meeting.starts_at, meeting.ends_at)


def span(first: datetime, last: datetime) -> str:
    """A day with its hours."""
    begin, end = timezone.localtime(first), timezone.localtime(last)
    return _("%(weekday)s, %(day)s, %(from)s–%(to)s") % {
        "day": date_format(begin, "DATE_FORMAT"), "weekday": date_format(begin, "l"),
        "from": f"{begin:%H:%M}", "to": f"{end:%H:%M}",
    }  # fmt: skip


def badge(meeting: Meeting) -> tuple[str, str]:
    """(tone, words) of how far a meeting is."""
    tone = {"held": "good", "cancelled": "wrong"}.get(meeting.state, "info")
    return tone, str(MEETING_STATES[meeting.state])


def lines(request: Request, rows: Iterable[Thread], follow: Follow | None) -> list[Line]:
    """Threads for a list; one query for what is new."""
    rows = list(rows)
    new = queries.unread(rows, follow)
    return [
        Line(
            row, reverse("forums:thread", args=[request.organisation.key, row.public_id]), name_of(row.starter),
            ngettext("%(count)s reply", "%(count)s replies", _replies(row)) % {"count": _replies(row)},
            row.pk in new,
        )
        for row in rows
    ]  # fmt: skip


def _replies(row: Thread) -> int:
    return max(0, row.posts - 1)


def posts(request: Request, thread: Thread, rows: Iterable[Post], hidings: dict[int, Hiding]) -> list[Said]:
    """The posts of a page for this reader."""
    tends = bool(rules.may_tend(request.actor, thread.forum.organisation))
    writes = bool(rules.may_ask(request.actor)) and bool(rules.can_write(thread))
    return [_said(request, row, hidings.get(row.pk), tends, writes) for row in rows]


def _said(request: Request, row: Post, hiding: Hiding | None, tends: bool, writes: bool) -> Said:
    own = rules.is_own(request.actor, row)
    reads = row.state == "open" or tends or (own and row.state == "hidden")
    place = request.organisation.key
    photos = [
        (one, reverse("forums:photo", args=[place, one.public_id]))
        for one in (row.photos.all() if reads else ())
    ]
    gone = {"withdrawn": _("Withdrawn by its writer."), "hidden": _("Hidden by the office.")}.get(
        row.state, ""
    )
    shown = hiding if hiding is not None and (own or tends) else None
    can = set()
    if row.state == "open":
        can |= {"withdraw"} if own else {"report"}
        can |= {"hide"} if tends else set()
        if writes:
            can |= {"quote"} | ({"change"} if own else set())
    return Said(
        row, name_of(row.person), role_name(row.role), own, html_of(row.text, f"p{row.pk}") if reads else mark_safe(""),
        gone, photos, list(row.wordings.all()) if reads else [], _quoted(row.quoted),
        reverse("forums:post_do", args=[place, row.public_id, "x"])[: -len("x/")], frozenset(can), shown,
        str(HIDING_STATES[shown.state]) if shown else "",
    )  # fmt: skip


def _quoted(row: Post | None) -> tuple[str, str, str] | None:
    """(public id, name, beginning of the words) of what is answered; the words go when the post does."""
    if row is None:
        return None
    words = " ".join(row.text.split())
    shown = words if len(words) <= QUOTED else f"{words[: QUOTED - 1]}…"
    return row.public_id, name_of(row.person), shown if row.state == "open" else _("This post is gone.")
