"""Reading requests: the desk's list, one thread, who fits, how the desk does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When

from craftpath.domain.accreditation.trades import trade_words
from craftpath.domain.offers.fit import Fit, Side, best_fits
from craftpath.domain.offers.kinds import answering
from craftpath.domain.offers.models import DeskRequest, Message, of_parties
from craftpath.domain.offers.states import GOING, SEEKING
from craftpath.domain.places.queries import Minutes, ways_among
from craftpath.kernel.tenancy import current_scope

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

COMPARED = 500
"""Requests of a city with which one is compared at most, the newest first."""
BY = "bus"
"""How one gets from one to the other where two are compared: as most can."""


def requests() -> QuerySet[DeskRequest]:
    """What the reader sees."""
    return DeskRequest.objects.select_related("organisation", "authority", "partner", "made_by")


def listed(today: date) -> QuerySet[DeskRequest]:
    """The same as the desk reads it: overdue ones first, then what waits, what goes on, what has ended."""
    place = Case(
        When(state="open", promised_on__lt=today, then=Value(0)),
        When(state="open", then=Value(1)),
        When(state__in=GOING, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return requests().alias(place=place).order_by("place", "promised_on", "-pk")


def thread(request: DeskRequest) -> list[Message]:
    """What the reader may read of the thread, in order; one query."""
    rows = Message.objects.filter(request=request).select_related("author", "counterpart", "kept")
    return list(rows)


def whole_thread(request: DeskRequest) -> list[Message]:
    """All of it, for whoever speaks for the asker behind a link."""
    rows = Message._base_manager.filter(request=request).select_related("author", "counterpart", "kept")
    return list(rows.order_by("at", "pk"))


def message_with_file(public_id: str) -> QuerySet[Message]:
    """A message of the reader's that has a file."""
    rows = Message.objects.filter(public_id=public_id, kept__isnull=False)
    return rows.select_related("kept", "request")


def talking(messages: Iterable[Message]) -> list[Organisation]:
    """The organisations that talk with the asker, each once, in the order in which they came."""
    found = {one.counterpart_id: one.counterpart for one in messages if one.counterpart is not None}
    return list(found.values())


def side_of(row: DeskRequest, way: Minutes | None = None) -> Side:
    """A request as it is compared, with the way to it where that is known."""
    return Side(
        key=row.public_id,
        kind=row.kind,
        trade=trade_words(row.occupation),
        skills=frozenset(row.skills),
        people=row.people,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        languages=frozenset(row.languages),
        minutes=way.minutes if way is not None else None,
        stated=way is not None and way.stated,
    )


def fitting(row: DeskRequest, today: date, most: int = 6) -> list[tuple[DeskRequest, Fit]]:
    """Requests of the same city that fit this one and are still open to it, the best first; three queries."""
    rows = requests().filter(authority=row.authority_id, kind__in=answering(row.kind), state__in=SEEKING)
    rows = rows.exclude(pk=row.pk).exclude(ends_on__lt=today)
    near = {one.public_id: one for one in rows.order_by("-pk")[:COMPARED]}
    places = {one.organisation_id for one in near.values()} - {row.organisation_id}
    ways = ways_among([row.organisation_id, *places], BY)
    minutes = {place: ways.between(row.organisation_id, place) for place in places}
    others = [side_of(one, minutes.get(one.organisation_id)) for one in near.values()]
    fits = best_fits(side_of(row), others, most)
    return [(near[fit.key], fit) for fit in fits]


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon a desk answers: of so many answered, half within so many workdays; so many wait; None for none."""

    answered: int
    median: int | float | None
    in_time: int
    waiting: int


def pace_of(authority: Organisation, since: datetime) -> Pace:
    """The pace of a city's desk for what came in since a moment, whoever asks; one query."""
    return paces_of([authority], since)[authority.pk]


def paces_of(authorities: Iterable[Organisation], since: datetime) -> dict[int, Pace]:
    """The same of many, by their ids; one query."""
    told: dict[int, list[tuple[int | None, bool | None, str]]] = {one.pk: [] for one in authorities}
    rows = DeskRequest._base_manager.filter(authority__in=list(told), made_at__gte=since).order_by()
    for authority, days, in_time, state in rows.values_list("authority", "answer_days", "in_time", "state"):
        told[authority].append((days, in_time, state))
    return {pk: _pace(some) for pk, some in told.items()}


def _pace(rows: Iterable[tuple[int | None, bool | None, str]]) -> Pace:
    rows = list(rows)
    days = sorted(day for day, _in_time, _state in rows if day is not None)
    in_time = sum(bool(one) for _days, one, _state in rows)
    return Pace(len(days), median(days), in_time, sum(state == "open" for _days, _in_time, state in rows))


def median(days: Sequence[int]) -> int | float | None:
    """The middle of sorted numbers; of an even count the mean of the two in the middle."""
    if not days:
        return None
    half = len(days) // 2
    if len(days) % 2:
        return days[half]
    both = days[half - 1] + days[half]
    return both / 2 if both % 2 else both // 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report: by what, and how many were asked, answered, in time, came to a result, people, stars."""

    key: str
    asked: int
    answered: int
    in_time: int
    done: int
    trained: int
    stars: float | None


def report(by: str, first: date, last: date) -> list[Line]:
    """Requests of the reader's parties from a day to a day, by `kind`, `occupation` or `authority`.

    What others of the city still look for is seen and not counted: it would leave the sums once it is settled. What is
    withdrawn counts as asked too: somebody had wanted it. One query, grouped here, since an occupation has
    names in several languages.
    """
    scope = current_scope()
    own = Q() if scope is None or scope.everything else of_parties(scope)
    rows = DeskRequest.objects.filter(own, made_at__date__gte=first, made_at__date__lte=last).order_by()
    column = {"kind": "kind", "occupation": "occupation", "authority": "authority__key"}[by]
    groups: dict[str, list[tuple[int, ...]]] = {}
    names: dict[str, str] = {}
    told = rows.values_list(column, "answered_at", "in_time", "state", "trained", "stars")
    for key, answered, in_time, state, trained, stars in told.iterator(5_000):
        name = _named(key, names) if by == "occupation" else str(key)
        groups.setdefault(name, []).append(
            (answered is not None, bool(in_time), state == "done", trained or 0, stars or 0)
        )
    lines = [_line(key, found) for key, found in groups.items()]
    return sorted(lines, key=lambda line: (-line.asked, line.key))


def _named(name: dict[str, str], names: dict[str, str]) -> str:
    """One label for a trade, whichever of its names a row carries; `names`: word → label of those before."""
    words = sorted(trade_words(name))
    label = next((names[word] for word in words if word in names), name.get("zh") or name.get("en") or "")
    names.update(dict.fromkeys(words, label))
    return label


def _line(key: str, rows: Sequence[tuple[int, ...]]) -> Line:
    answered, in_time, done, trained, _stars = (sum(column) for column in zip(*rows, strict=True))
    judged = [row[4] for row in rows if row[4]]
    stars = round(sum(judged) / len(judged), 1) if judged else None
    return Line(key, len(rows), answered, in_time, done, trained, stars)


def last_word(rows: Iterable[DeskRequest]) -> dict[int, datetime]:
    """request id → when somebody spoke last, as far as the reader may know; one query."""
    said = Message.objects.filter(request__in=[row.pk for row in rows]).order_by()
    return dict(said.values("request").annotate(last=Max("at")).values_list("request", "last"))
