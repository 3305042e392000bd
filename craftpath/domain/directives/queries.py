"""Reading notices, plans and quotas, and who has read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from craftpath.domain.directives.models import (
    Answer,
    Directive,
    DirectiveFile,
    DirectiveVersion,
    QuotaLine,
    Reading,
    Target,
)
from craftpath.domain.directives.reach import Seat, is_through, read_by, seats
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person

__all__ = ["Seat", "is_through"]


def directives() -> models.QuerySet[Directive]:
    """Those of the open scope with whom they are addressed to, the newest first."""
    rows = Directive.objects.exclude(state="discarded").select_related("organisation", "published_by")
    targets = Prefetch(
        "targets", Target.objects.select_related("organisation").order_by("organisation__path")
    )
    return rows.prefetch_related(targets, "addressees").order_by("-made_at", "-pk")


def issued_at(organisation: Organisation) -> models.QuerySet[Directive]:
    """What an office and those below it wrote."""
    return directives().filter(organisation__path__startswith=organisation.path)


def for_reader(person: Person, today: date, known: Sequence[int] | None = None) -> list[Directive]:
    """What is out and reaches somebody today, the newest first."""
    rows = directives().filter(state__in=["published", "withdrawn"], shown_from__lte=today)
    if known is not None:
        rows = rows.filter(pk__in=known)
    return _reaching(rows, person, today)


def _reaching(rows: models.QuerySet[Directive], person: Person, today: date) -> list[Directive]:
    found = list(rows.order_by("-shown_from", "-pk"))
    if not found:
        return []
    held = [(one.organisation.path, one.role) for one in memberships_on(today).filter(person=person)]
    return [one for one in found if _reaches(one, held)]


def _reaches(directive: Directive, held: Sequence[tuple[str, str]]) -> bool:
    roles = {one.role for one in directive.addressees.all()}
    return any(
        path == one.organisation.path or (one.below and path.startswith(one.organisation.path))
        for one in directive.targets.all()
        for path, role in held
        if role in roles
    )


def own_readings(person: Person, rows: Sequence[Directive]) -> dict[int, Reading]:
    """directive id → what somebody has read of these; an older version than must be read is left out."""
    asks = {one.pk: one.asks for one in rows}
    found = Reading.objects.filter(person=person, directive__in=list(asks))
    return {row.directive_id: row for row in found if row.number >= asks[row.directive_id]}


def waiting_for(person: Person, today: date) -> list[Directive]:
    """What somebody still has to read or to say yes to; what is done with is not looked at again."""
    done = Reading.objects.filter(
        Q(understood_at__isnull=False) | Q(directive__understood=False),
        directive=OuterRef("pk"), person=person, number__gte=OuterRef("asks"),
    )  # fmt: skip
    rows = directives().filter(~Exists(done), state="published", shown_from__lte=today)
    return _reaching(rows, person, today)


def unread(rows: Sequence[Directive], today: date) -> dict[int, list[Seat]]:
    """directive id → the seats of those who are not through with it; two queries however many directives."""
    reached, read = seats(rows, today), read_by(rows)
    return {
        one.pk: [
            seat for seat in reached[one.pk] if not is_through(one, read.get(one.pk, {}).get(seat.person))
        ]
        for one in rows
    }


@dataclass(frozen=True, slots=True)
class Count:
    """How many people it reaches, and how many of them have read it."""

    asked: int
    read: int

    @property
    def percent(self) -> int:
        """A whole number; nobody asked is all read."""
        return 100 * self.read // self.asked if self.asked else 100


def counts(rows: Sequence[Directive], today: date) -> dict[int, Count]:
    """directive id → its count; two queries however many."""
    reached, read = seats(rows, today), read_by(rows)
    found = {}
    for one in rows:
        people = {seat.person for seat in reached[one.pk]}
        done = {person for person in people if is_through(one, read.get(one.pk, {}).get(person))}
        found[one.pk] = Count(len(people), len(done))
    return found


@dataclass(frozen=True, slots=True)
class Receipt:
    """An organisation: how many of which role it reaches there, and who opened it first."""

    place: Organisation
    roles: Sequence[tuple[str, Count]]
    count: Count
    first: Person | None
    first_at: datetime | None
    answer: Answer | None


def receipts(directive: Directive, today: date) -> list[Receipt]:
    """Who has read it, organisation by organisation in the order of the tree; five queries."""
    reached = seats([directive], today)[directive.pk]
    read = read_by([directive]).get(directive.pk, {})
    places = Organisation.objects.in_bulk({seat.place for seat in reached})
    people = Person.objects.in_bulk(set(read) & {seat.person for seat in reached})
    answers = {row.organisation_id: row for row in answers_to(directive)}
    made = []
    for place in sorted(places.values(), key=lambda one: one.path):
        here = [seat for seat in reached if seat.place == place.pk]
        opened = sorted((read[one].opened_at, one) for one in {seat.person for seat in here} if one in read)
        roles = [
            (role, _count(directive, [seat for seat in here if seat.role == role], read))
            for role in sorted({seat.role for seat in here})
        ]
        first = opened[0] if opened else None
        made.append(
            Receipt(
                place, roles, _count(directive, here, read), people.get(first[1]) if first else None,
                first[0] if first else None, answers.get(place.pk),
            )
        )  # fmt: skip
    return made


def _count(directive: Directive, here: Sequence[Seat], read: dict[int, Reading]) -> Count:
    people = {seat.person for seat in here}
    return Count(len(people), sum(is_through(directive, read.get(one)) for one in people))


def answers_to(directive: Directive) -> models.QuerySet[Answer]:
    """What was answered, by place."""
    return Answer.objects.filter(directive=directive).select_related("organisation", "answered_by", "file")


def quotas_of(directive: Directive) -> list[QuotaLine]:
    """Its lines."""
    rows = QuotaLine.objects.filter(directive=directive).select_related("organisation")
    return list(rows.order_by("organisation__path", "pk"))


def files_of(directive: Directive) -> models.QuerySet[DirectiveFile]:
    """What goes with it."""
    return DirectiveFile.objects.filter(directive=directive).select_related("file").order_by("pk")


def versions_of(directive: Directive) -> list[DirectiveVersion]:
    """What it said before, the newest first."""
    rows = DirectiveVersion.objects.filter(directive=directive).select_related("corrected_by")
    return list(rows.order_by("-number"))
