"""Seats against demand: what places say they have, and who asked, waits and began; counted over all, naming nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from craftpath.delivery.web.directives.progress import same
from craftpath.domain.agreements.queries import applications
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.places import queries
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere

if TYPE_CHECKING:
    from craftpath.domain.places.models import Seats

WHY = "free seats are counted over everybody who began, and nobody is named"
A_YEAR = timedelta(days=365)
OPEN = ("applied", "offered")


@dataclass(frozen=True, slots=True)
class Load:
    """Of a place: seats of terms that are not over, how many of them are taken; who learns, asked and waits."""

    seats: int = 0
    taken: int = 0
    enrolled: int = 0
    asked: int = 0
    waiting: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(
            self.seats + other.seats, self.taken + other.taken, self.enrolled + other.enrolled,
            self.asked + other.asked, self.waiting + other.waiting,
        )  # fmt: skip

    @property
    def free(self) -> int:
        """Seats that nobody has taken."""
        return max(0, self.seats - self.taken)

    @property
    def need(self) -> int:
        """How many wait for whom there is no seat; below nothing where seats are left."""
        return self.waiting - (self.seats - self.taken)

    @property
    def look(self) -> str:
        """`unknown`, `free`, `tight` (four of five seats are taken) or `full`."""
        if not self.seats:
            return "unknown"
        if self.taken >= self.seats:
            return "full"
        return "tight" if 5 * self.taken >= 4 * self.seats else "free"


@dataclass(frozen=True, slots=True)
class Line:
    """An occupation in a term at a place, with how many of its seats are taken."""

    seats: Seats
    taken: int

    @property
    def free(self) -> int:
        """What is left."""
        return max(0, self.seats.count - self.taken)


def lines_of(seats: Sequence[Seats]) -> list[Line]:
    """Each with how many began in its term; one query."""
    if not seats:
        return []
    first, last = min(one.starts_on for one in seats), max(one.ends_on for one in seats)
    with everywhere(WHY):
        rows = enrolments().order_by().exclude(state="ended").filter(
            starts_on__gte=first, starts_on__lte=last,
            cohort__organisation__in={one.organisation_id for one in seats},
        )  # fmt: skip
        begun = list(
            rows.values_list("cohort__organisation_id", "cohort__occupation", "starts_on").annotate(
                count=Count("pk")
            )
        )
    return [
        Line(
            one,
            sum(
                count
                for place, occupation, day, count in begun
                if place == one.organisation_id
                and one.starts_on <= day <= one.ends_on
                and same(occupation, one.occupation)
            ),
        )
        for one in seats
    ]


def loads(organisations: Iterable[Organisation], today: date) -> dict[int, Load]:
    """organisation id → what is there, without what lies below; four queries."""
    ids = {one.pk for one in organisations}
    found = dict.fromkeys(ids, Load())
    for line in lines_of(list(queries.seats_on(today).filter(organisation__in=ids))):
        found[line.seats.organisation_id] += Load(seats=line.seats.count, taken=line.taken)
    with everywhere(WHY):
        learn = enrolments().order_by().exclude(state="ended").filter(cohort__organisation__in=ids)
        for place, count in learn.values_list("cohort__organisation_id").annotate(count=Count("pk")):
            found[place] += Load(enrolled=count)
        asked = applications().order_by().filter(
            Q(state__in=OPEN) | Q(made_at__date__gte=today - A_YEAR), cohort__organisation__in=ids
        )  # fmt: skip
        for place, count, waiting in asked.values_list("cohort__organisation_id").annotate(
            count=Count("pk"), waiting=Count("pk", filter=Q(state__in=OPEN))
        ):
            found[place] += Load(asked=count, waiting=waiting)
    return found


def rolled_up(organisations: Sequence[Organisation], own: Mapping[int, Load]) -> dict[int, Load]:
    """The same with all that lies below."""
    return {
        one.pk: sum((own[it.pk] for it in organisations if it.path.startswith(one.path)), Load())
        for one in organisations
    }
