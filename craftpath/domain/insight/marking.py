"""Which slices are stale: what facts were told of, and what a day changes without any fact.

The history is read like a queue, so that no action waits and no fact needs a job of its own. Everything here bears
being run twice and being killed: a slice that is marked without need is only read once more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from craftpath.domain.agreements import starred as agreements
from craftpath.domain.allowances import starred as allowances
from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.care import starred as care
from craftpath.domain.certificates import starred as certificates
from craftpath.domain.credits import starred as credits_
from craftpath.domain.evaluation import starred as evaluation
from craftpath.domain.growth import starred as growth
from craftpath.domain.insight.adding import definition
from craftpath.domain.insight.dimensions import quarter_of
from craftpath.domain.insight.models import Book, Heard, Slice
from craftpath.domain.insight.rows import CLASS_ROWS, HOUSE_ROWS, SIGN_IN, owners
from craftpath.domain.insight.shapes import CLASS_SHAPES, HOUSE_SHAPES
from craftpath.domain.learning import starred as learning
from craftpath.domain.logbook import starred as logbook
from craftpath.domain.offers import starred as offers
from craftpath.domain.pairing import starred as pairing
from craftpath.domain.partnership import starred as partnership
from craftpath.domain.progression import starred as progression
from craftpath.domain.questions import starred as questions
from craftpath.domain.subsidies import starred as subsidies
from craftpath.domain.training import starred as training
from craftpath.domain.workshops import starred as workshops
from craftpath.kernel.audit import AuditEntry

FACTS = "facts"
BATCH = 1_000  # entries that are heard at one time
WINDOW = 20_000  # entries among which one may still appear that was numbered before others
LATE = 5_000  # missing numbers that are remembered
CLASSES = (*(name for name in CLASS_ROWS if name != "mark"), *CLASS_SHAPES)
"""Tables whose slices are those of classes; marks are handed over and counted nowhere."""
HOUSES = (*HOUSE_ROWS, *HOUSE_SHAPES)
"""Tables whose slices are those of organisations."""
TABLES = (*CLASSES, *HOUSES)
WITH: Mapping[str, tuple[str, ...]] = {
    "*": CLASSES,
    "apprenticeship": ("apprenticeship", "funnel", "path"),
    "risk": ("risk", "curve"),
    "mentor": ("mentor", "layer"),
}
"""What stands on the same rows is stale together."""
BY_DAY = ("apprenticeship", "risk", "curve", "funnel", "path", "hours", "wage")
"""Tables of classes to which a new quarter adds rows."""

Marked = tuple[str, int]
"""(table, class or organisation)"""
_LISTENERS: tuple[Callable[[Sequence[AuditEntry]], Iterator[Marked]], ...] = (
    apprenticeships.concerned,
    progression.concerned,
    evaluation.concerned,
    training.concerned,
    learning.concerned,
    logbook.concerned,
    pairing.concerned,
    agreements.concerned,
    agreements.concerned_by_floors,
    questions.concerned,
    offers.concerned,
    care.concerned,
    partnership.concerned,
    subsidies.concerned,
    allowances.concerned,
    growth.concerned,
    workshops.concerned,
)


def concerned(entries: Sequence[AuditEntry]) -> set[Marked]:
    """Every slice that these facts may have changed; a fixed number of questions."""
    told = [pair for listener in _LISTENERS for pair in listener(entries)]
    for people, tables in (
        (credits_.people_of(entries), ("credit", "path")),
        (certificates.people_of(entries), ("funnel",)),
    ):
        if people:
            classes = apprenticeships.classes_of_people(people)
            told.extend((table, pk) for table in tables for pk in classes)
    return {(name, pk) for table, pk in told for name in WITH.get(table, (table,)) if name in TABLES}


def mark(pairs: Collection[Marked]) -> None:
    """Let these slices be stale, and be there."""
    for table in sorted({name for name, _pk in pairs}):
        _mark(table, {pk for name, pk in pairs if name == table})


def _mark(table: str, wanted: set[int]) -> None:
    by = "cohort_id" if table in CLASSES else "organisation_id"
    known: set[int | None] = set()
    for some in _portions(sorted(wanted)):
        rows = Slice.objects.filter(**{"table": table, f"{by}__in": some})
        known.update(rows.values_list(by, flat=True))
        rows.update(marks=F("marks") + 1)
    missing = sorted(wanted - known)
    if by == "cohort_id":
        colleges = apprenticeships.colleges_of(missing) if missing else {}
        new = [
            Slice(table=table, organisation_id=college, cohort_id=pk)
            for pk, college in sorted(colleges.items())
        ]
    else:
        new = [Slice(table=table, organisation_id=pk) for pk in missing]
    Slice.objects.bulk_create(new, batch_size=1_000, ignore_conflicts=True)


def _portions(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[first : first + BATCH] for first in range(0, len(keys), BATCH))


def mark_everything() -> None:
    """Let every slice be stale, and make those that are missing."""
    classes = {pk for pk, _college in apprenticeships.classes()}
    for table in CLASSES:
        _mark(table, classes)
    for table in HOUSES:
        _mark(
            table,
            owners(table) | set(Slice.objects.filter(table=table).values_list("organisation_id", flat=True)),
        )


def follow(at: datetime) -> bool:
    """Hear what was told since the last time and mark what it may have changed; True once all was heard.

    Without a last time everything is marked, and hearing begins with the next fact.
    """
    for table in TABLES:
        Book.objects.get_or_create(table=table)
    with transaction.atomic():
        place, new = Heard.objects.select_for_update().get_or_create(key=FACTS)
        newest = AuditEntry._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        if new:
            place.reached, place.day = newest, timezone.localtime(at).date()
            place.save(update_fields=["reached", "day"])
            mark_everything()
            return True
        _turn(place, at)
        missing = set(place.beyond)
        rows = AuditEntry._base_manager.filter(Q(pk__gt=place.reached) | Q(pk__in=missing)).order_by("pk")
        entries = list(rows[: BATCH + len(missing)])
        if entries:
            mark(concerned(entries))
            heard = {entry.pk for entry in entries}
            upto = max(place.reached, *heard)
            left = (missing | set(range(place.reached + 1, upto + 1))) - heard
            place.beyond = sorted(pk for pk in left if pk > upto - WINDOW)[-LATE:]
            place.reached = upto
        place.save(update_fields=["reached", "beyond", "day"])
        return place.reached >= newest


def _turn(place: Heard, at: datetime) -> None:
    """What begins, ends or is overdue by a new day; a new quarter adds rows to whatever runs."""
    today = timezone.localtime(at).date()
    last = place.day or today
    if last >= today:
        return
    first = last + timedelta(days=1)
    pairs: set[Marked] = set()
    for table in CLASSES:
        pairs |= {(table, pk) for pk in apprenticeships.turning(first, today)}
    pairs |= {(table, pk) for table in ("mentor", "layer") for pk in pairing.turning(first, today)}
    pairs |= {("entry", pk) for pk in logbook.turning(_midnight(last) - SIGN_IN, at - SIGN_IN)}
    mark(pairs)
    if quarter_of(last) != quarter_of(today):
        Slice.objects.filter(table__in=(*BY_DAY, "mentor")).update(marks=F("marks") + 1)
    for table in TABLES:
        Slice.objects.filter(table=table).exclude(definition__in=("", definition(table))).update(
            marks=F("marks") + 1
        )
    place.day = today


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def stale() -> models.QuerySet[Slice]:
    """Slices that are to be read, in the order in which they are."""
    return Slice.objects.filter(marks__gt=F("done")).order_by("pk")
