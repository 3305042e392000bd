"""Reviews: when, of whom, with whom, and one's own part in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, somebody
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, Id, Named, NamedText, Shape, named, said
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.reviews.actions import say_part, sign_review
from craftpath.domain.reviews.queries import reviews, taken_part_by, to_sign, whole
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import parties_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.reviews.models import Review as Row

room = Room("reviews", Area.REVIEWS)


class ReviewPart(Shape):
    """What one side says."""

    role: str
    by: Named | None
    at: datetime
    words: str


class Review(Shape):
    """One review of one apprentice; what the sides say is for those who take part."""

    id: str
    apprentice: Named = Field(description="with the id of the enrolment")
    cohort: NamedText
    round: int
    state: str
    due_on: date
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str
    mentor: Named | None
    trainer: Named | None
    held_on: date | None
    colour: str
    signed_at: datetime | None
    revision: int
    parts: list[ReviewPart] | None


class ReviewsAsked(Turn, Asked):
    """Which reviews."""

    enrolment: Id | None = None
    state: Literal["scheduled", "held", "written", "signed", "missed", "cancelled"] | None = None
    first: Day | None = None
    last: Day | None = None


class ReviewText(Shape):
    """The text that waits for a signature."""

    text: dict[str, str] = Field(description="language, and the whole text in it")
    sha256: str


class Signing(Asked):
    """What one has read."""

    seen: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="its hash")]


class OwnPart(Asked):
    """The own side's part."""

    words: Annotated[str, Field(min_length=1, max_length=2000, pattern=PLAIN)]


@room.read("/reviews", Page[Review])
def list_reviews(request: HttpRequest, asked: Query[ReviewsAsked]) -> Any:
    """Reviews that one takes part in, or looks after; the latest first."""
    rows, mine = _seen(request)
    rows = given(
        rows,
        enrolment__public_id=asked.enrolment,
        state=asked.state,
        starts_at__date__gte=asked.first,
        starts_at__date__lte=asked.last,
    )
    found = page_of(whole(rows), ("-starts_at", "-pk"), asked, request)
    own = set(mine.filter(pk__in=[row.pk for row in found.rows]).values_list("pk", flat=True))
    return {"items": [_review(row, row.pk in own) for row in found.rows], "next": found.next}


@room.read("/reviews/{review}", Review, one=True)
def read_review(request: HttpRequest, review: str) -> Review:
    """One review."""
    rows, mine = _seen(request)
    row = one(whole(rows), review)
    return _review(row, mine.filter(pk=row.pk).exists())


@room.write("/reviews/{review}/part", Review, name="say_part", method="PUT")
def write_review_part(request: HttpRequest, review: str, body: OwnPart) -> Review:
    """Write the own side's part, or write it anew; it can be done before the talk."""
    rows, _mine = _seen(request)
    say_part(one(rows, review), words=body.words, by=actor(request), at=at(request))
    return _review(one(whole(rows), review), True)


@room.read("/reviews/{review}/text", ReviewText, one=True)
def read_review_text(request: HttpRequest, review: str) -> ReviewText:
    """The text that is signed, in each language, and its hash, by which one says what one has read."""
    row = one(to_sign(somebody(request)), review)
    return ReviewText(text=row.document.text, sha256=row.document.sha256)


@room.write("/reviews/{review}/sign", Review, name="sign_review")
def sign_review_text(request: HttpRequest, review: str, body: Signing) -> Review:
    """Sign as the own side, in any order; `seen` is the hash of the text that was read."""
    me = somebody(request)
    row = one(to_sign(me), review)
    [party] = [party for party in parties_of(row.document) if party.person_id == me.pk]
    sign_review(party, seen=body.seen, by=actor(request), at=at(request))
    rows, _mine = _seen(request)
    return _review(one(whole(rows), review), True)


def _seen(request: HttpRequest) -> tuple[QuerySet[Row], QuerySet[Row]]:
    """(those that the caller may know of, those in which the caller takes part)."""
    needs(request, Permission.SEE_RESULTS)
    who = actor(request)
    mine = reviews().filter(taken_part_by(who.person)) if who.person is not None else reviews().none()
    return (reviews() if Permission.SEE_FIGURES in who.permissions else mine), mine


def _review(row: Row, own: bool) -> Review:
    return Review(
        id=row.public_id,
        apprentice=Named(id=row.enrolment.public_id, name=row.enrolment.person.name),
        cohort=NamedText(id=row.enrolment.cohort.public_id, name=said(row.enrolment.cohort.name)),
        round=row.round,
        state=row.state,
        due_on=row.due_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        mode=row.mode,
        place=row.place,
        mentor=named(row.mentor),
        trainer=named(row.trainer),
        held_on=row.held_on,
        colour=row.colour,
        signed_at=row.signed_at,
        revision=row.revision,
        parts=[
            ReviewPart(role=part.role, by=named(part.said_by), at=part.said_at, words=part.words)
            for part in row.parts.all()
        ]
        if own
        else None,
    )
