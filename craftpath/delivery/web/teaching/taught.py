"""Who taught what: by kind, by unit and by person, with every row; and the same as a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.shell.days import EARLIEST, LATEST
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.teaching import saying
from craftpath.delivery.web.teaching.places import require_sees_teams, tabs
from craftpath.delivery.web.teaching.team import line
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.teaching import queries, rules
from craftpath.domain.teaching.texts import KINDS, TAUGHT_STATES
from craftpath.kernel.roles import Permission
from craftpath.values.period import month_of

if TYPE_CHECKING:
    from craftpath.domain.teaching.models import TaughtHours, Team

A_PAGE, MOST = 50, 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filters by: a class, a month as 2027-03."""

    cohort: str
    month: str

    @property
    def first(self) -> date | None:
        """The first day of the month, if it is one of this century."""
        try:
            day = date.fromisoformat(f"{self.month}-01")
        except ValueError:
            return None
        return day if EARLIEST <= day < LATEST else None


@dataclass(frozen=True, slots=True)
class Sum:
    """Confirmed minutes of a unit or a person, as a bar of kinds."""

    name: str
    note: str
    minutes: int
    pieces: Sequence[saying.Piece]
    url: str = ""


@require_GET
@needs(Permission.SEE_FIGURES)
def taught(request: Request, organisation: str) -> HttpResponse:
    """Confirmed hours in sums, all rows below; the same queries for few and many."""
    require_sees_teams(request)
    wanted = _wanted(request)
    rows = _filtered(wanted)
    told = list(
        rows.filter(state="confirmed")
        .order_by()
        .values_list("team_id", "person_id", "member__kind")
        .annotate(minutes=models.Sum("minutes"))
    )
    teams = {row.pk: row for row in queries.teams().filter(pk__in={team for team, *_rest in told})}
    names = {
        one.person_id: (one.person.name, saying.where(one))
        for team in teams.values()
        for one in team.members.all()
    }
    page = Paginator(rows.exclude(state="withdrawn"), A_PAGE).get_page(request.GET.get("page"))
    kinds: dict[str, int] = defaultdict(int)
    for *_rest, kind, minutes in told:
        kinds[kind] += minutes
    waiting = [
        one for one in rows.filter(state="entered").prefetch_related("team__members")[:A_PAGE]
        if rules.may_confirm(request.actor, one.team, one.team.members.all(), one)
    ]  # fmt: skip
    context = {
        "kinds": saying.by_kind(kinds),
        "minutes": sum(kinds.values()),
        "units": _sums(
            ((team, kind, minutes) for team, _person, kind, minutes in told),
            lambda key: (
                text(teams[key].unit.name),
                text(teams[key].cohort.name),
                saying.team_url(request, teams[key]),
            ),
        ),
        "people": _sums(
            ((person, kind, minutes) for _team, person, kind, minutes in told), lambda key: (*names[key], "")
        ),
        "legend": list(KINDS.items()),
        "page": page,
        "lines": [line(one) for one in page.object_list],
        "waiting": waiting,
        "cohort_choices": [(row.public_id, text(row.name)) for row in cohorts().exclude(state="planned")],
        "month_choices": _months(),
        "wanted": wanted,
        "ways": ways_out(request, "taught"),
        "tabs": tabs(request, "teaching:taught"),
    }
    return render(request, "teaching/taught.html", context)


def _of_team(request: Request, team: Team) -> tuple[str, str, str]:
    return text(team.unit.name), text(team.cohort.name), saying.team_url(request, team)


def _wanted(request: Request) -> Wanted:
    found = Wanted(plain_id(request.GET.get("cohort", "")), request.GET.get("month", "")[:7])
    return found if found.first else Wanted(found.cohort, "")


def _filtered(wanted: Wanted) -> models.QuerySet[TaughtHours]:
    rows = queries.taught()
    if wanted.cohort:
        rows = rows.filter(team__cohort__public_id=wanted.cohort)
    if wanted.first is not None:
        days = month_of(wanted.first)
        rows = rows.filter(on__gte=days.start, on__lt=days.end)
    return rows


def _months() -> list[tuple[str, str]]:
    """The months in which something was taught, the newest first; one query."""
    days: Any = queries.taught().order_by("-on").dates("on", "month", order="DESC")
    return [(day.strftime("%Y-%m"), date_format(day, "YEAR_MONTH_FORMAT")) for day in days[:36]]


def _sums(told: Iterable[tuple[int, str, int]], name: Any) -> list[Sum]:
    """Bars in percent of the longest, the longest first."""
    by_key: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, kind, minutes in told:
        by_key[key][kind] += minutes
    longest = max((sum(kinds.values()) for kinds in by_key.values()), default=1)
    found = []
    for key, kinds in by_key.items():
        pieces, begun = [], 0
        for kind in KINDS:
            some = kinds.get(kind, 0)
            if some:
                pieces.append(
                    saying.Piece(kind, f"{100 * begun / longest:.2f}", f"{100 * some / longest:.2f}")
                )
                begun += some
        said, note, url = name(key)
        found.append(Sum(said, note, begun, pieces, url))
    return sorted(found, key=lambda one: (-one.minutes, one.name))


@require_GET
@needs(Permission.SEE_FIGURES)
def export(request: Request, organisation: str, form: str) -> HttpResponse:
    """Every row of the filter, with its state."""
    require_sees_teams(request)
    require_form(form)
    heads = [
        _("Day"), pgettext("of teaching", "Name"), Head(_("as"), beyond=True), Head(_("Organisation"), beyond=True),
        _("Cohort"), _("Unit"), Head(_("Minutes"), figures=True), _("What was taught"),
        Head(_("Where it comes from"), beyond=True), Head(_("State"), beyond=True),
    ]  # fmt: skip
    sources = {"session": _("session"), "entered": _("entered")}
    found = _filtered(_wanted(request)).exclude(state="withdrawn").select_related("member__place")
    rows = [
        (
            row.on, row.person.name, str(KINDS[row.member.kind]), saying.where(row.member), text(row.team.cohort.name),
            text(row.team.unit.name), Told(row.minutes, hours(row.minutes)), saying.what(row), sources[row.source],
            str(TAUGHT_STATES[row.state]),
        )
        for row in found[:MOST]
    ]  # fmt: skip
    made = listing(_("Who taught what"), text(request.organisation.name), heads, rows)
    return sent(request, made, form)


exported("taught", screen="teaching:taught", file="teaching:export", caption="Every entry")
