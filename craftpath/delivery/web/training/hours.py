"""Hours: one apprentice's ledger against what is asked and planned, and a cohort's sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head, Listing
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours as in_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.training.buckets import Bucket, Years, bars, years_of
from craftpath.delivery.web.training.evidence import evidence, why
from craftpath.delivery.web.training.trail import tabs, to_plan
from craftpath.delivery.web.training.views import cohort_of
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.training.coverage import together
from craftpath.domain.training.queries import lines_of, minutes_by_bucket
from craftpath.domain.training.rotation import planned_minutes
from craftpath.kernel.roles import Permission, Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import HourBucket
    from craftpath.domain.training.models import HourLine

LINES = 60  # on one page
PEOPLE = 100


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of the ledger with its evidence, and the line that takes it back, if one does."""

    line: HourLine
    bucket: str
    label: str
    url: str
    back: HourLine | None
    because: str


def _enrolment(public_id: str) -> Enrolment:
    return get_object_or_404(enrolments(), public_id=public_id)


@require_GET
@needs(Permission.SEE_RESULTS)
def hours(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """A bar for each kind of hours, then every line with its evidence."""
    found = _enrolment(enrolment)
    buckets = _buckets(found)
    years = years_of(found, request.today, request.GET.get("year", ""))
    names = {one.key: text(one.name) for one in buckets}
    page = Paginator(lines_of(found.pk).filter(reversal_of=None), LINES).get_page(request.GET.get("page"))
    own = request.actor.person is not None and found.person_id == request.actor.person.pk
    name = here(_("My hours") if own else _("Hours of %(name)s") % {"name": found.person.name})
    rotation = step(request, _("Hours"), "training:cohort_hours", found.cohort.public_id)
    context = {
        "enrolment": found,
        "own": own,
        "crumbs": [step(request, _("Where I am next"), "training:mine"), name]
        if own and Role.APPRENTICE in request.actor.roles
        else to_plan(request, found.cohort, *([] if request.actor.sees_only_own else [rotation]), name),
        "bars": _bars(found, buckets, years, request),
        "years": years,
        "page": page,
        "lines": [_shown(line, names, organisation) for line in page.object_list],
        "ways": ways_out(request, "hour_lines", enrolment),
    }
    return render(request, "training/hours.html", context)


def _buckets(found: Enrolment) -> list[HourBucket]:
    return buckets_by_programme([found.cohort.programme_id]).get(found.cohort.programme_id, [])


def _bars(found: Enrolment, buckets: list[HourBucket], years: Years, request: Request) -> list[Bucket]:
    """Of the year for buckets that count by years, of the whole for the others; four queries."""
    who, until = [found.pk], min(years.last, request.today)
    year = (
        minutes_by_bucket(who, years.first, years.last).get(found.pk, {}),
        planned_minutes(who, years.first, until).get(found.pk, {}),
    )
    whole = (
        minutes_by_bucket(who).get(found.pk, {}),
        planned_minutes(who, None, request.today).get(found.pk, {}),
    )
    return bars(buckets, {"year": year, "programme": whole})


def _shown(line: HourLine, names: dict[str, str], organisation: str) -> LineShown:
    label, url = evidence(line.source, organisation)
    back: HourLine | None = getattr(line, "reversed_by", None)
    return LineShown(
        line, names.get(line.bucket, line.bucket), label, url, back, why(back.because) if back else ""
    )


@require_GET
@needs(Permission.SEE_RESULTS)
def hours_export(request: Request, organisation: str, enrolment: str, form: str) -> HttpResponse:
    """Every line as a file; of one that was taken back it says when and why, and that nothing of it counts."""
    require_form(form)
    found = _enrolment(enrolment)
    names = {one.key: text(one.name) for one in _buckets(found)}
    heads = [
        _("Day"), _("Counts as"), Head(_("Minutes"), figures=True),
        Head(_("Minutes that count"), figures=True, beyond=True), _("Evidence"), Head(_("Source"), beyond=True),
        _("Confirmed by"), Head(_("Recorded"), beyond=True), Head(_("Taken back on"), beyond=True),
        Head(_("Reason"), beyond=True),
    ]  # fmt: skip
    rows = []
    for line in lines_of(found.pk).filter(reversal_of=None):
        shown = _shown(line, names, organisation)
        rows.append(
            (
                line.on, shown.bucket, Told(line.minutes, in_words(line.minutes)), 0 if shown.back else line.minutes,
                shown.label, line.source.rsplit("/", 1)[-1], line.posted_by.name if line.posted_by else "",
                timezone.localtime(line.posted_at).date(),
                timezone.localtime(shown.back.posted_at).date() if shown.back else None, shown.because,
            )
        )  # fmt: skip
    return sent(request, listing(_("Hours"), f"{found.number} {found.person.name}", heads, rows), form)


exported("hour_lines", screen="training:hours", file="training:hours_export", caption="Lines of hours")


@dataclass(frozen=True, slots=True)
class PersonHours:
    """One apprentice: (confirmed, planned by now) for each bucket, and how far behind."""

    enrolment: Enrolment
    sums: list[tuple[int, int]]
    behind: int


@require_GET
@needs(Permission.SEE_RESULTS)
def cohort_hours(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Everybody of a cohort, those farthest behind the plan first; the same few queries for 3 and for 60."""
    found = cohort_of(cohort)
    buckets, rows = _everybody(request, found)
    page = Paginator(rows, PEOPLE).get_page(request.GET.get("page"))
    context = {
        "cohort": found,
        "crumbs": to_plan(request, found, here(_("Hours"))),
        "tabs": tabs(request, found, "cohort_hours"),
        "ways": ways_out(request, "hours", cohort),
        "buckets": buckets,
        "page": page,
        "behind": sum(row.behind > 0 for row in rows),
    }
    return render(request, "training/cohort_hours.html", context)


def _everybody(request: Request, found: Cohort) -> tuple[list[HourBucket], list[PersonHours]]:
    """The kinds of hours, and everybody's sums by need; what page and files are made of."""
    people = list(enrolments().filter(cohort=found, state="active"))
    buckets = buckets_by_programme([found.programme_id]).get(found.programme_id, [])
    ids = [row.pk for row in people]
    done, planned = minutes_by_bucket(ids), planned_minutes(ids, None, request.today)
    rows = [_person(row, buckets, done.get(row.pk, {}), planned.get(row.pk, {})) for row in people]
    return buckets, sorted(rows, key=lambda row: (-row.behind, row.enrolment.number))


@require_GET
@needs(Permission.SEE_RESULTS)
def cohort_hours_export(request: Request, organisation: str, cohort: str, form: str) -> HttpResponse:
    """The page as a file, all of it; sheets hold minutes."""
    require_form(form)
    found = cohort_of(cohort)
    buckets, people = _everybody(request, found)
    heads = [Head(_("Apprentice"))]
    for one in buckets:
        heads += [
            Head(_("%(name)s (minutes)") % {"name": text(one.name)}, figures=True),
            Head(_("%(name)s, planned (minutes)") % {"name": text(one.name)}, figures=True),
        ]
    heads.append(Head(_("Behind (minutes)"), figures=True))
    rows: list[Any] = [
        (row.enrolment.person.name, *(minutes for pair in row.sums for minutes in pair), row.behind or None)
        for row in people
    ]
    told = [[str(row[0]), *(in_words(minutes) for minutes in row[1:])] for row in rows]
    return sent(request, Listing(_("Hours of the cohort"), text(found.name), heads, rows, told), form)


exported(
    "hours",
    screen="training:cohort_hours",
    file="training:cohort_hours_export",
    caption="Hours of the cohort",
)


def _person(
    enrolment: Enrolment, buckets: list[HourBucket], done: dict[str, int], planned: dict[str, int]
) -> PersonHours:
    confirmed, asked = together(done, buckets), together(planned, buckets)
    missing = [max(0, asked[one.key] - confirmed[one.key]) for one in buckets if not one.within]
    return PersonHours(enrolment, [(confirmed[one.key], asked[one.key]) for one in buckets], sum(missing))
