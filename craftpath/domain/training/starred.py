"""What the training plan and the ledger give to counting: minutes by quarter, on and off the job. Whoever asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Sum

from craftpath.domain.apprenticeships import starred as contracts
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.training.models import HourLine, RotationPattern, Stay, TrainingPlan
from craftpath.kernel.audit import AuditEntry

MONTHS = 3
HEARD = dict.fromkeys(
    (
        "training.hours_reversed",
        "training.plan_changed",
        "training.unit_added",
        "training.unit_taken_out",
        "training.pattern_published",
        "training.stays_added",
        "training.pattern_undone",
        "training.stay_moved",
        "training.stay_ended",
        "training.stay_cancelled",
    ),
    ("hours",),
)
"""Facts, and the tables of the star that they may change; whoever posts hours tells a fact of its own."""


def hours(
    cohorts: Collection[int], programmes: Collection[int]
) -> Iterator[tuple[int, int, int, str, int, int]]:
    """(enrolment, year, quarter, on or off, minutes planned, minutes confirmed); four questions.

    What is planned of a stay is spread over its days; a minute that no day can be given goes to the last one.
    """
    places = {
        (pk, one.key): _kind(one.place)
        for pk, buckets in buckets_by_programme(programmes).items()
        for one in buckets
    }
    found: dict[tuple[int, int, int, str], list[int]] = defaultdict(lambda: [0, 0])
    lines = HourLine._base_manager.filter(enrolment__cohort__in=cohorts).order_by()
    told = lines.values_list(
        "enrolment_id", "enrolment__cohort__programme_id", "bucket", "on__year", "on__quarter"
    ).annotate(minutes=Sum("minutes"))
    for who, programme, bucket, year, quarter, minutes in told:
        kind = places.get((programme, bucket))
        if kind is not None:
            found[who, year, quarter, kind][1] += minutes
    stays = Stay._base_manager.filter(enrolment__cohort__in=cohorts).exclude(state="cancelled").order_by()
    for who, place, minutes, first, last in stays.values_list(
        "enrolment_id", "unit__place", "unit__minutes", "starts_on", "ends_on"
    ):
        for (year, quarter), share in spread(minutes, first, last).items():
            found[who, year, quarter, _kind(place)][0] += share
    for (who, year, quarter, kind), (planned, confirmed) in sorted(found.items()):
        yield who, year, quarter, kind, planned, confirmed


def spread(minutes: int, first: date, last: date) -> dict[tuple[int, int], int]:
    """(year, quarter) → its part of these minutes, by days; together they are all of them."""
    days, given = (last - first).days + 1, 0
    found: dict[tuple[int, int], int] = {}
    day = first
    while day <= last:
        quarter = (day.month - 1) // MONTHS + 1
        after = date(day.year + quarter // 4, quarter % 4 * MONTHS + 1, 1)
        upto = minutes * (min(after - timedelta(days=1), last) - first + timedelta(days=1)).days // days
        found[day.year, quarter], given, day = upto - given, upto, after
    return found


def _kind(place: str) -> str:
    return "on" if place == "workplace" else "off"


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; at most four questions."""
    about = [entry for entry in entries if entry.fact in HEARD]
    plans = {entry.payload["plan"] for entry in about if "plan" in entry.payload}
    patterns = {entry.payload["pattern"] for entry in about if "pattern" in entry.payload}
    stays = {entry.payload["stay"] for entry in about if "stay" in entry.payload}
    lines = {
        entry.subject.rpartition("/")[2] for entry in about if entry.subject.startswith("training/line/")
    }
    found: set[int] = set()
    if plans:
        found.update(
            TrainingPlan._base_manager.filter(public_id__in=plans).values_list("cohort_id", flat=True)
        )
    if patterns:
        rows = RotationPattern._base_manager.filter(public_id__in=patterns)
        found.update(rows.values_list("cohort_id", flat=True))
    if stays:
        moved = Stay._base_manager.filter(public_id__in=stays)
        found.update(moved.values_list("enrolment__cohort_id", flat=True))
    if lines:
        reversed_ = HourLine._base_manager.filter(public_id__in=lines)
        found.update(reversed_.values_list("enrolment__cohort_id", flat=True))
    named = {one for entry in about for one in contracts.named(entry, "cohort")}
    found.update(contracts.classes_named(named) if named else ())
    yield from (("hours", pk) for pk in found)
