"""Reading who may need a word and why, one person's page, what came of it, and models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Max
from django.utils import timezone

from craftpath.domain.apprenticeships.noticed import ended_between
from craftpath.domain.apprenticeships.queries import enrolments_worked_with
from craftpath.domain.support.models import Act, Correction, Fitted, Look, Sign, Use
from craftpath.domain.support.states import STANDING
from craftpath.engines.forewarning import Proportion, wilson
from craftpath.kernel.organisations import Organisation, span

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.people import Person

AHEAD = timedelta(days=180)
"""Whether somebody left is asked of the half year after a sign."""
BACK = timedelta(days=2 * 365)
ALARM = 20
"""Points from which on a sign is about the person: a review that is a few days late is not."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds: its code, the figure that it rests on (texts.UNITS), and its points.

    0 points: somebody has acted on it already and looks again on a day.
    """

    code: str
    value: int
    points: int


@dataclass(frozen=True, slots=True)
class Need:
    """How much one apprenticeship asks for somebody's time: `weight` 0 is nobody's business.

    `next_act` is the code of what can be done next, "" for nothing (texts.NEXT_ACTS says it in words). `share` is the
    model's figure per mille where the college uses one, else None.
    """

    enrolment: int
    weight: int
    reasons: tuple[Reason, ...]
    next_act: str
    share: int | None
    looked_at: datetime


def need_of(enrolments: Iterable[int]) -> dict[int, Need]:
    """enrolment id → its need, of those in the open scope at which anybody has looked; one query however many.

    Whoever shows it asks `rules.may_see` or `rules.sees_all_at` first: the scope is wider than that.
    """
    rows = Look.objects.filter(pk__in=list(enrolments)).order_by()
    told = rows.values_list("pk", "weight", "reasons", "next_act", "share", "looked_at")
    return {pk: _need(pk, *rest) for pk, *rest in told}


def _need(
    pk: int, weight: int, reasons: list[list[int]], act: str, share: int | None, looked_at: datetime
) -> Need:
    return Need(pk, weight, tuple(Reason(*one) for one in reasons), act, share, looked_at)  # type: ignore[arg-type]


def need_in(look: Look) -> Need:
    """The same of a row that was read."""
    return _need(look.pk, look.weight, look.reasons, look.next_act, look.share, look.looked_at)


def of_college(organisation: Organisation) -> models.QuerySet[Look]:
    """The looks at everybody of a college and those below it."""
    below = Organisation.objects.filter(path__range=span(organisation.path)).order_by()
    ids = list(below.values_list("pk", flat=True)[:500])
    return Look.objects.filter(college__in=ids if len(ids) < 500 else below.values("pk"))


def of_people_worked_with(person: Person) -> models.QuerySet[Look]:
    """The looks at those to whom somebody is mentor or trainer today."""
    return Look.objects.filter(pk__in=enrolments_worked_with(person))


def by_need(rows: models.QuerySet[Look]) -> models.QuerySet[Look]:
    """Those who may need a word, whoever needs most first; with person, cohort and enterprise."""
    found = rows.filter(weight__gt=0).order_by("-weight", "pk")
    return found.select_related("enrolment__person", "enrolment__cohort", "enrolment__enterprise")


def speaking(rows: models.QuerySet[Look], rule: str) -> models.QuerySet[Look]:
    """Those of these of whom one rule speaks now."""
    signs = Sign._base_manager.filter(rule=rule, state__in=STANDING, ended_at__isnull=True).order_by()
    return rows.filter(pk__in=signs.values("enrolment_id"))


def acted_on(rows: models.QuerySet[Look]) -> models.QuerySet[Act]:
    """What was done for them and nobody has looked at again, the nearest day first."""
    found = Act.objects.filter(state="open", enrolment__in=rows.order_by().values("pk"))
    return found.select_related("enrolment__person", "enrolment__cohort", "by").order_by("look_on", "pk")


def look_of(enrolment: Enrolment) -> Look | None:
    """How one stands; one query."""
    return Look.objects.select_related("model").filter(pk=enrolment.pk).first()


def signs_of(enrolment: Enrolment) -> list[Sign]:
    """Everything that was said of one, what holds first, then the newest; with corrections. Two queries."""
    rows = Sign.objects.filter(enrolment=enrolment).prefetch_related("corrections__answered_by")
    return sorted(rows[:100], key=lambda sign: sign.ended_at is not None)


def sign(public_id: str) -> Sign | None:
    """A sign of the open scope."""
    rows = Sign.objects.select_related("enrolment__cohort__organisation", "enrolment__person")
    return rows.filter(public_id=public_id).first()


def acts_of(enrolment: Enrolment) -> list[Act]:
    """What was done for one, the newest first; one query."""
    return list(Act.objects.filter(enrolment=enrolment).select_related("by", "looked_by")[:50])


def act(public_id: str) -> Act | None:
    """An act of the open scope."""
    rows = Act.objects.select_related("enrolment__cohort__organisation", "enrolment__person", "by")
    return rows.filter(public_id=public_id).first()


def correction(public_id: str) -> Correction | None:
    """A correction of the open scope."""
    rows = Correction.objects.select_related(
        "sign__enrolment__cohort__organisation", "sign__enrolment__person"
    )
    return rows.filter(public_id=public_id).first()


def corrections_at(organisation: Organisation) -> models.QuerySet[Correction]:
    """What waits for an answer at a college and below, the oldest first."""
    rows = Correction.objects.filter(
        state="asked", sign__enrolment__cohort__organisation__path__range=span(organisation.path)
    )
    return rows.select_related("sign__enrolment__person", "sign__enrolment__cohort").order_by(
        "asked_at", "pk"
    )


@dataclass(frozen=True, slots=True)
class Record:
    """What signs were worth: of the people who had one, how many left within half a year; of those who left, how many
    had one before. `outcomes` counts what came of acts. A talk that helps makes a sign look wrong: both stand together.
    """

    precision: Proportion
    recall: Proportion
    outcomes: dict[str, int]
    acts: int


def record_at(organisation: Organisation, at: datetime) -> Record:
    """The last two years of a college; five queries. Of all who had a sign only those who left are read one by one."""
    today = timezone.localdate(at)
    ripe = timezone.make_aware(datetime.combine(today - AHEAD, time.min))
    rows = Sign.objects.filter(
        enrolment__cohort__organisation__path__range=span(organisation.path),
        given_at__gte=at - BACK,
        points__gte=ALARM,
    ).exclude(state="corrected")
    ends = ended_between(organisation, today - BACK, today + timedelta(days=1))
    left = {who: ended for who, (ended, early) in ends.items() if early}
    over = rows.filter(enrolment__state="ended", enrolment__ended_on__gte=today - BACK).order_by()
    warned: set[int] = set()
    old: set[int] = set()
    for who, given_at in over.values_list("enrolment_id", "given_at"):
        if who in left and timezone.localdate(given_at) <= left[who] <= timezone.localdate(given_at) + AHEAD:
            warned.add(who)
        if given_at < ripe:
            old.add(who)
    named = rows.filter(given_at__lt=ripe).order_by().values("enrolment_id").distinct().count()
    acts = Act.objects.filter(
        enrolment__cohort__organisation__path__range=span(organisation.path), at__gte=at - BACK
    ).exclude(state="taken_back")
    outcomes = Counter(
        {key: n for key, n in acts.order_by().values_list("outcome").annotate(n=Count("pk")) if key}
    )
    return Record(
        wilson(len(warned), named + len(warned - old)),
        wilson(len(warned), len(left)),
        dict(outcomes),
        acts.count(),
    )


def fitted() -> models.QuerySet[Fitted]:
    """Every model that was fitted here, the newest first."""
    return Fitted.objects.order_by("-version")


def newest_model() -> Fitted | None:
    """The last one that was fitted, also where there were too few cases."""
    return fitted().first()


def model(public_id: str) -> Fitted | None:
    """One of them."""
    return Fitted.objects.filter(public_id=public_id).first()


def uses_at(organisation: Organisation) -> list[Use]:
    """Who switched what on or off here and above, the newest first."""
    rows = Use.objects.filter(organisation__path__in=_above(organisation))
    return list(rows.select_related("model", "organisation", "by").order_by("-pk")[:20])


def _above(organisation: Organisation) -> list[str]:
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def last_looked_at(rows: models.QuerySet[Look]) -> datetime | None:
    """When anybody of these was looked at last."""
    found: datetime | None = rows.order_by().aggregate(last=Max("looked_at"))["last"]
    return found
