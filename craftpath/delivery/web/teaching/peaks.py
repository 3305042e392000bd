"""Production peaks of each enterprise: half a year as a strip, a list, a form for thumbs, rows from a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.days import DAY, EARLIEST, LATEST
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.delivery.web.teaching import saying
from craftpath.delivery.web.teaching.forms import PasteForm, PeakForm
from craftpath.delivery.web.teaching.places import found_peak, require_sees_teams, tabs
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.teaching import queries, rules
from craftpath.domain.teaching.actions import note_peak, withdraw_peak
from craftpath.domain.teaching.sharing import monday_of
from craftpath.domain.teaching.texts import LEVELS
from craftpath.domain.training.queries import departments
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.teaching.models import ProductionPeak
    from craftpath.domain.training.models import Department
    from craftpath.kernel.organisations import Organisation

WEEKS, BEFORE, MOST_LINES = 26, 2, 100
TONES = {"light": "plain", "hard": "attention", "nobody": "wrong"}
SPELLED = {
    "light": "light", "lightly busy": "light", "轻度": "light", "略忙": "light", "较忙": "light",
    "hard": "hard", "very busy": "hard", "繁忙": "hard", "很忙": "hard", "重度": "hard",
    "nobody": "nobody", "nobody can be spared": "nobody", "不能抽人": "nobody", "无法抽人": "nobody", "全员": "nobody",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A peak in the strip, in percent of its width; `lane` from 0."""

    begins: str
    length: str
    lane: int
    level: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A peak in words."""

    peak: ProductionPeak
    days: str
    where: str
    level: str
    tone: str


@dataclass(frozen=True, slots=True)
class Place:
    """An enterprise with its peaks; forms for whoever may note them."""

    place: Organisation
    bars: Sequence[Bar]
    lanes: int
    lines: Sequence[Line]
    over: int
    may: bool
    forms: dict[str, Form] = field(default_factory=dict)
    wrong: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_FIGURES)
def peaks(request: Request, organisation: str) -> HttpResponse:
    """All enterprises that matter here; the same queries for few peaks and many."""
    require_sees_teams(request)
    places = queries.enterprises_of(request.organisation)
    hosts = hosts_below(request.organisation)
    wrong: tuple[str, str, Form] | None = None
    status = 200
    if request.method == "POST":
        place = next((one for one in places if one.key == request.POST.get("place", "")), None)
        if place is None:
            raise Http404
        require(rules.may_note_peak(request.actor, place, hosts))
        pasted = "lines" in request.POST
        form: Form = _paste(request, place) if pasted else _note(request, place)
        if not form.errors:
            return redirect("teaching:peaks", organisation)
        wrong, status = (place.key, "paste" if pasted else "note", form), 422
    monday = monday_of(request.today) - timedelta(weeks=BEFORE)
    rooms = _rooms(places)
    rows = list(queries.peaks())
    shown = [_place(request, one, rows, rooms, hosts, monday, wrong) for one in places]
    context = {
        "places": shown,
        "weeks": [_head(monday + timedelta(weeks=n), n) for n in range(WEEKS)],
        "today": f"{100 * ((request.today - monday).days + 0.5) / (WEEKS * 7):.2f}",
        "legend": list(LEVELS.items()),
        "tabs": tabs(request, "teaching:peaks"),
    }
    return render(request, "teaching/peaks.html", context, status=status)


def _head(monday: date, n: int) -> tuple[str, str, str]:
    """(where it stands in percent, number of the week, its day at the first week of a month)."""
    # The first Monday of a month has its day; at the right end there is no room for one.
    first = monday.day <= 7 and n < WEEKS - 1  # noqa: PLR2004
    return f"{100 * n / WEEKS:.2f}", str(monday.isocalendar().week), saying.short(monday) if first else ""


def _rooms(places: Sequence[Organisation]) -> dict[int, list[Department]]:
    found: dict[int, list[Department]] = {}
    for row in departments():
        for place in places:
            if row.host.path.startswith(place.path):
                found.setdefault(place.pk, []).append(row)
    return found


def _place(
    request: Request,
    place: Organisation,
    rows: Sequence[ProductionPeak],
    rooms: dict[int, list[Department]],
    hosts: set[int],
    monday: date,
    wrong: tuple[str, str, Form] | None,
) -> Place:
    own = [row for row in rows if row.organisation_id == place.pk]
    ahead = [row for row in own if row.ends_on > request.today]
    may = bool(rules.may_note_peak(request.actor, place, hosts))
    forms: dict[str, Form] = {}
    if may:
        here = rooms.get(place.pk, [])
        forms = {
            "note": PeakForm(None, departments=here, key=f"note-{place.key}", today=request.today),
            "paste": PasteForm(auto_id=f"paste-{place.key}_%s"),
        }
    named = ""
    if wrong is not None and wrong[0] == place.key:
        named = wrong[1]
        forms[named] = wrong[2]
    bars = _bars(own, monday)
    lanes = max((bar.lane for bar in bars), default=0) + 1
    return Place(place, bars, lanes, [_line(row) for row in ahead], len(own) - len(ahead), may, forms, named)


def _bars(rows: Sequence[ProductionPeak], monday: date) -> list[Bar]:
    """Those that touch the strip, in lanes, so that none covers another."""
    whole, end = WEEKS * 7, monday + timedelta(weeks=WEEKS)
    found: list[Bar] = []
    lanes: list[date] = []
    for row in rows:
        if row.ends_on <= monday or row.starts_on >= end:
            continue
        lane = next((n for n, free in enumerate(lanes) if free <= row.starts_on), len(lanes))
        lanes[lane:] = [row.ends_on, *lanes[lane + 1 :]]
        first, last = max(row.starts_on, monday), min(row.ends_on, end)
        said = f"{saying.days(row.starts_on, row.ends_on)} · {LEVELS[row.level]}"
        begins, length = (first - monday).days, (last - first).days
        found.append(Bar(f"{100 * begins / whole:.2f}", f"{100 * length / whole:.2f}", lane, row.level, said))
    return found


def _line(row: ProductionPeak) -> Line:
    where = listed(text(one.name) for one in row.departments.all()) or _("all departments")
    return Line(row, saying.days(row.starts_on, row.ends_on), where, str(LEVELS[row.level]), TONES[row.level])


def _note(request: Request, place: Organisation) -> Form:
    rooms = _rooms([place]).get(place.pk, [])
    form = PeakForm(request.POST, departments=rooms, key=f"note-{place.key}", today=request.today)
    if form.is_valid():
        given = form.cleaned_data
        try:
            note_peak(
                place, starts_on=given["starts_on"], ends_on=given["ends_on"], level=given["level"],
                departments=form.chosen(), words=given["words"], by=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error(None, sentence(refused.verdict))
        else:
            messages.success(request, _("Noted. Teams keep to it the next time that their hours are laid."))
    return form


def _paste(request: Request, place: Organisation) -> Form:
    """All rows or none; a line that cannot be read is named."""
    form = PasteForm(request.POST, auto_id=f"paste-{place.key}_%s")
    if not form.is_valid():
        return form
    try:
        with transaction.atomic():
            rows = _read(form.cleaned_data["lines"])
            for first, end, level, words in rows:
                note_peak(place, starts_on=first, ends_on=end, level=level, words=words,
                          by=request.actor, at=request.at)  # fmt: skip
    except Refused as refused:
        if refused.verdict.who:
            raise
        form.add_error("lines", sentence(refused.verdict))
    else:
        told = ngettext("%(count)s peak noted.", "%(count)s peaks noted.", len(rows))
        messages.success(request, told % {"count": len(rows)})
    return form


def _read(lines: str) -> list[tuple[date, date, str, str]]:
    """(first day, first day after, level, words) of each line that is not empty."""
    found = []
    for number, line in enumerate(lines.replace("\0", "").splitlines()[:MOST_LINES], start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in re.split(r"\t|[,，;；]", line)]
        days = [_day(cell) for cell in cells[:2]]
        level = SPELLED.get(cells[2].lower()) if len(cells) > 2 else None  # noqa: PLR2004
        if len(days) < 2 or days[0] is None or days[1] is None or level is None:  # noqa: PLR2004
            raise Refused(_unclear(number))
        words = " ".join(cell for cell in cells[3:] if cell)
        found.append((days[0], days[1] + DAY, level, words))
    return found


def _unclear(number: int) -> Verdict:
    return not_now("teaching.line_unclear", line=number)


def _day(cell: str) -> date | None:
    match = _DAY.fullmatch(cell)
    if match is None:
        return None
    try:
        found = date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


@require_POST
def withdraw_one(request: Request, organisation: str, peak: str) -> HttpResponse:
    """Take a peak back."""
    withdraw_peak(found_peak(peak), by=request.actor, at=request.at)
    messages.success(request, _("Taken back. Hours move when they are laid anew."))
    return redirect("teaching:peaks", organisation)
