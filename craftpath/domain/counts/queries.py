"""Reading counts: of an organisation, of those right below it, of its cohorts, and people in need by an index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from craftpath.domain.counts.measures import (
    COLLEGE,
    EVER,
    GAP,
    HOST,
    KINDS,
    MEMBERS,
    PEOPLE,
    RESULTS,
    ROLE,
    SHOWN,
)
from craftpath.domain.counts.models import CohortCount, Count, Gap, Reading
from craftpath.kernel.organisations import Organisation, span

NAMED = 400
Side = str


@dataclass(slots=True)
class Figures:
    """What is counted at one place or in one cohort: measure → key → how many (of gaps those that are late)."""

    by: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, measure: str, key: str, n: int) -> None:
        """Count so many in."""
        here = self.by.setdefault(measure, {})
        here[key] = here.get(key, 0) + n

    @property
    def people(self) -> int:
        """Active apprentices."""
        return sum(self.by.get(PEOPLE, {}).values())

    @property
    def stages(self) -> Mapping[str, int]:
        """stage key → active apprentices who are in it; an empty key for those in none."""
        return self.by.get(PEOPLE, {})

    @property
    def late(self) -> Mapping[str, int]:
        """kind of gap → how many are late."""
        return self.by.get(GAP, {})

    @property
    def results(self) -> Mapping[str, int]:
        """complete, open, undecided, met → how many results."""
        return self.by.get(RESULTS, {})

    @property
    def roles(self) -> Mapping[str, int]:
        """role → people who have it at the place or below; of each organisation once."""
        return self.by.get(ROLE, {})

    @property
    def members(self) -> int:
        """People with any role at the place or below; of each organisation once."""
        return sum(self.by.get(MEMBERS, {}).values())

    def shown(self, what: str) -> dict[str, int]:
        """stage key → how many of what readers without persons may be told: people, told, complete."""
        return {
            stage: n
            for key, n in self.by.get(SHOWN, {}).items()
            for name, _, stage in [key.partition("/")]
            if name == what
        }


def _is_counted(today: date) -> Q:
    """Everything that counts on every day, and gaps that are late today."""
    late = Q(pk__in=[])
    for kind in KINDS.values():
        late |= Q(measure=GAP, key=kind.key, day__lte=kind.late_since(today))
    return Q(day=EVER) | late


def figures_of(places: Iterable[int], side: Side, today: date) -> dict[int, Figures]:
    """place → its figures on one side, of every one of them; one query."""
    found = {pk: Figures() for pk in places}
    rows = Count.objects.filter(_is_counted(today), place__in=list(found), side=side).order_by()
    for place, measure, key, n in rows.values_list("place_id", "measure", "key").annotate(sum=Sum("n")):
        found[place].add(measure, key, n)
    return found


def figures_at(place: Organisation, side: Side, today: date) -> Figures:
    """The figures of one place; one query."""
    return figures_of([place.pk], side, today)[place.pk]


def places_below(
    place: Organisation, after: str, most: int, *, but: Collection[str] = ()
) -> list[Organisation]:
    """The next organisations right below one, in their order in the tree, after a path, but some kinds; one query."""
    first, last = span(place.path)
    if after.startswith(place.path):
        first = after
    rows = Organisation.objects.filter(path__gt=first, path__lte=last, depth=place.depth + 1)
    return list(rows.exclude(kind__in=but).order_by("path")[:most])


def counted_on() -> date | None:
    """The day on which everything was counted last; None while nothing has been: then no figure is known."""
    return Reading.objects.filter(key="places").values_list("day", flat=True).first()


def stuck_cohorts(places: QuerySet[Organisation], today: date, most: int) -> list[tuple[int, Figures]]:
    """Cohorts of these organisations with the most that is late, the worst first, with their figures; two queries."""
    late = Q(pk__in=[])
    for kind in KINDS.values():
        late |= Q(key=kind.key, day__lte=kind.late_since(today))
    weight = Case(*[When(key=kind.key, then=Value(kind.weight)) for kind in KINDS.values()])
    rows = CohortCount.objects.filter(late, college__in=places.values("pk"), measure=GAP).order_by()
    worst = list(
        rows.values_list("cohort_id").annotate(sum=Sum(F("n") * weight)).order_by("-sum", "cohort_id")[:most]
    )
    figures = cohort_figures([pk for pk, _sum in worst], today)
    return [(pk, figures[pk]) for pk, _sum in worst]


def cohort_figures(cohorts: Sequence[int], today: date) -> dict[int, Figures]:
    """cohort id → its figures, of every one of them; one query."""
    found = {pk: Figures() for pk in cohorts}
    rows = CohortCount.objects.filter(_is_counted(today), cohort__in=list(found)).order_by()
    for cohort, measure, key, n in rows.values_list("cohort_id", "measure", "key").annotate(sum=Sum("n")):
        found[cohort].add(measure, key, n)
    return found


def in_need(places: Sequence[int], side: Side, today: date, most: int) -> list[int]:
    """Enrolment ids at these places with the most urgent gap of each kind, the heaviest kind first; one query a kind.

    Of one place each kind is read in the order of its index and no further than `most`. Whoever asks names places of
    its own, and looks the people up in its own scope.
    """
    column = {COLLEGE: "college", HOST: "host"}[side]
    here = {column: places[0]} if len(places) == 1 else {f"{column}__in": places}
    found: dict[int, None] = {}
    for kind in sorted(KINDS.values(), key=lambda kind: -kind.weight):
        rows = Gap._base_manager.filter(**here, kind=kind.key, since__lte=kind.late_since(today))
        found |= dict.fromkeys(rows.order_by("since", "pk").values_list("enrolment_id", flat=True)[:most])
    return list(found)


def size() -> int:
    """How many counts of organisations the open scope sees."""
    return Count.objects.count()
