"""Reading appraisals: schemes in force, rounds, one's own, what is published. Nothing here sorts people by a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from craftpath.domain.appraisals.definition import BUILT_IN, Band, Definition
from craftpath.domain.appraisals.inputs import Inputs, read
from craftpath.domain.appraisals.models import (
    Appraisal,
    AppraisalContest,
    AppraisalCorrection,
    AppraisalRound,
    AppraisalScheme,
    VoiceAsked,
)
from craftpath.domain.appraisals.states import SHOWN
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def scheme_for(organisation: Organisation, day: date) -> AppraisalScheme | None:
    """The scheme in force on a day: the newest of its own, else of the nearest above; None without any. One query."""
    paths = [
        organisation.path[:end]
        for end in range(organisation.steplen, len(organisation.path) + 1, organisation.steplen)
    ]
    rows = AppraisalScheme._base_manager.filter(organisation__path__in=paths, valid_from__lte=day)
    found = list(rows.select_related("organisation"))
    return max(found, key=lambda row: (len(row.organisation.path), row.valid_from, row.version), default=None)


def definition_for(organisation: Organisation, day: date) -> Definition:
    """What it says; the built-in one where nobody wrote any."""
    row = scheme_for(organisation, day)
    return row.value if row is not None else BUILT_IN


def schemes_of(organisation: Organisation) -> models.QuerySet[AppraisalScheme]:
    """An organisation's own versions, the newest first."""
    rows = AppraisalScheme.objects.filter(organisation=organisation).select_related("made_by")
    return rows.order_by("-version")


def rounds() -> models.QuerySet[AppraisalRound]:
    """The rounds of the open scope, the newest period and version first."""
    rows = AppraisalRound.objects.select_related(
        "organisation", "scheme", "opened_by", "computed_by", "published_by", "replaces"
    )
    return rows.order_by("-ends_on", "-starts_on", "-version", "-pk")


def with_counts(rows: models.QuerySet[AppraisalRound]) -> models.QuerySet[AppraisalRound]:
    """The same with `people`, `scored` and `contested` (open contests)."""
    return rows.annotate(
        people=Count("appraisals", distinct=True),
        scored=Count("appraisals", filter=Q(appraisals__why=""), distinct=True),
        contested=Count("appraisals__contests", filter=Q(appraisals__contests__state="open"), distinct=True),
    )


def has_later(row: AppraisalRound) -> bool:
    """Whether a later version is on its way or there."""
    return AppraisalRound._base_manager.filter(replaces=row).exists()


def appraisals_of(row: AppraisalRound) -> models.QuerySet[Appraisal]:
    """The appraisals of a round, by name and by nothing else."""
    rows = Appraisal.objects.filter(round=row).select_related("person")
    return rows.defer("lines", "left_out").order_by("person__name", "person_id")


def appraisals() -> models.QuerySet[Appraisal]:
    """The appraisals of the open scope, with round, scheme and parts."""
    rows = Appraisal.objects.select_related(
        "person", "round__organisation", "round__scheme", "round__computed_by"
    )
    return rows.prefetch_related("parts")


def own_appraisals(person: Person) -> models.QuerySet[Appraisal]:
    """What was shown to somebody of themselves, the newest first."""
    rows = appraisals().filter(person=person, round__state__in=SHOWN)
    return rows.order_by("-round__ends_on", "-round__version", "-pk")


def contests() -> models.QuerySet[AppraisalContest]:
    """The contests of the open scope, what waits first, then the newest."""
    rows = AppraisalContest.objects.select_related(
        "appraisal__person",
        "appraisal__round__organisation",
        "appraisal__round__scheme",
        "answered_by",
        "correction",
    )
    return rows.order_by(models.Case(models.When(state="open", then=0), default=1), "-raised_at", "-pk")


def corrections_of(row: AppraisalRound) -> models.QuerySet[AppraisalCorrection]:
    """What upheld contests of this version change in the next one."""
    return AppraisalCorrection.objects.filter(contest__appraisal__round=row)


def voices_of(person: Person, today: date) -> models.QuerySet[VoiceAsked]:
    """What somebody is asked about trainers, and can still answer or has answered in rounds that still ask."""
    rows = VoiceAsked.objects.filter(
        enrolment__person=person, round__state="draft", round__voices_until__gte=today
    )
    return rows.select_related("trainer", "round__organisation", "round__scheme").order_by(
        "trainer__name", "pk"
    )


def voices_to(row: AppraisalRound) -> models.QuerySet[VoiceAsked]:
    """All that a round asks, whoever looks: for the demo, which answers as each of them."""
    rows = VoiceAsked._base_manager.filter(round=row, answered=False)
    return rows.select_related("round__organisation", "enrolment__person").order_by("pk")


def voices_in(row: AppraisalRound) -> tuple[int, int]:
    """(asked, answered) in a round; nobody is named."""
    told = VoiceAsked._base_manager.filter(round=row).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered=True))
    )
    return told["asked"], told["answered"]


def inputs_of(row: AppraisalRound) -> Inputs:
    """What a computed round was computed from."""
    return read(row.inputs.content)


@dataclass(frozen=True, slots=True)
class Published:
    """What counts of somebody on a day: the result of 0–100 (50 as expected), its band, since when, of which round."""

    result: int
    place: int
    band: Band
    published_on: date
    round: str

    @property
    def name(self) -> Text:
        """The name of the band."""
        return self.band.name


def published_band(people: Iterable[int], day: date) -> dict[int, Published]:
    """person id → what is published of them on a day; who has no score is left out. One query, whoever asks.

    Of several rounds the one that was published last by that day counts, so a later version does not change the past.
    """
    rows = Appraisal._base_manager.filter(
        person__in=set(people),
        round__published_at__lt=_after(day),
        round__state__in=("published", "replaced"),
        why="",
    ).select_related("round__scheme")
    found: dict[int, Published] = {}
    for row in rows.defer("lines", "left_out").order_by("round__published_at", "round_id"):
        at = row.round.published_at
        if at is None or row.result is None or row.band is None:
            continue
        band = row.round.scheme.value.bands[row.band]
        found[row.person_id] = Published(
            row.result, row.band, band, timezone.localdate(at), row.round.public_id
        )
    return found


def _after(day: date) -> datetime:
    """The first moment after a day, in the site's time zone."""
    next_day = day + timedelta(days=1)
    return timezone.make_aware(datetime(next_day.year, next_day.month, next_day.day))  # noqa: DTZ001
