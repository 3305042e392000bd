"""All pairs at work: who keeps the rhythm, whose talk is due, who has to sign, who could graduate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.mentoring.places import TONES
from craftpath.delivery.web.pairing import saying
from craftpath.delivery.web.pairing.board import plain_key
from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.mentoring.overview import AtWork, at_work, pairs_to_look_at
from craftpath.domain.mentoring.texts import RHYTHMS
from craftpath.domain.pairing.loads import places_of
from craftpath.domain.pairing.rules import BOTH_WAYS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from craftpath.domain.pairing.models import Pair

A_PAGE = 50
SHOWN: dict[str, Callable[[AtWork], bool]] = {
    "in_time": lambda one: one.going and one.rhythm == "in_time",
    "late": lambda one: one.going and one.rhythm == "late",
    "never": lambda one: one.going and one.rhythm == "never",
    "talk": lambda one: one.talk_is_due,
    "unsigned": lambda one: one.unsigned,
    "goals": lambda one: one.going and bool(one.lacking),
    "ready": lambda one: one.ready,
}
"""What the figures count, and what the table may be filtered by."""
_ORDER = {"never": 0, "late": 1, "in_time": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as a row."""

    now: AtWork
    names: str
    kind: str
    place: str
    url: str
    rhythm: tuple[Any, str]


@require_GET
@needs(Permission.FORM_PAIRS)
def board(request: Request, organisation: str) -> HttpResponse:
    """Pairs that hold, and those that ended and may graduate; the same queries for five and for five hundred."""
    place = plain_key(request.GET.get("place", ""))
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    known, chosen = _chosen(request, place, shown)
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    here = reverse("mentoring:board", args=[request.organisation.key])
    context = {
        "figures": {
            key: {"n": sum(map(test, known)), "url": f"{here}?{urlencode({'show': key, 'place': place})}"}
            for key, test in SHOWN.items()
        },
        "going": sum(one.going for one in known),
        "page": page,
        "ways": ways_out(request, "pairs"),
        "rows": [_line(request, one) for one in page.object_list],
        "places": [(row.key, text(row.name)) for row in places_of(request.organisation)],
        "place": place,
        "shown": shown,
        "filters": _names(),
        "tabs": tabs(request, "mentoring:board"),
    }
    return render(request, "mentoring/board.html", context)


def _chosen(request: Request, place: str, shown: str) -> tuple[list[AtWork], list[AtWork]]:
    """All pairs of the place that are looked at, and those asked for, by need."""
    known = [
        one for one in at_work(list(_rows(request, place)), request.at).values() if one.going or one.ready
    ]
    chosen = [one for one in known if not shown or SHOWN[shown](one)]
    chosen.sort(key=lambda one: (not one.going, _ORDER[one.rhythm], one.next_on, one.pair.pk))
    return known, chosen


@require_GET
@needs(Permission.FORM_PAIRS)
def as_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The table of the page, all of it."""
    require_form(form)
    shown = request.GET.get("show", "")
    _known, chosen = _chosen(
        request, plain_key(request.GET.get("place", "")), shown if shown in SHOWN else ""
    )
    heads = [
        _("Pair"), pgettext("of a pair", "Kind"), pgettext("of pairs", "Place"), _("Rhythm"), _("Last meeting"),
        Head(_("Meetings"), figures=True), Head(_("Time together (minutes)"), figures=True),
        Head(_("Open goals"), figures=True), _("What waits"),
    ]  # fmt: skip
    rows = [
        (
            line.names, line.kind, line.place, str(line.rhythm[0]) if one.going else "", one.last,
            one.meetings, Told(one.minutes, hours(one.minutes)), one.open_goals,
            Told("; ".join(words), "; ".join(words)),
        )
        for one in chosen
        for line in (_line(request, one),)
        for words in (waits(one),)
    ]  # fmt: skip
    return sent(request, listing(_("Pairs at work"), text(request.organisation.name), heads, rows), form)


exported("pairs", screen="mentoring:board", file="mentoring:as_file", caption="Pairs at work")


def waits(one: AtWork) -> list[str]:
    """What waits for somebody in a pair, in words."""
    told = (
        (one.ready, _("ready to graduate")),
        (one.talk_is_due, _("halfway talk")),
        (one.unsigned, _("agreement")),
        (bool(one.lacking) and one.going, _("a goal is missing")),
    )
    return [words for holds, words in told if holds]


def _names() -> list[tuple[str, Any]]:
    return [
        ("in_time", RHYTHMS["in_time"]),
        ("late", RHYTHMS["late"]),
        ("never", RHYTHMS["never"]),
        ("talk", _("Halfway talk due")),
        ("unsigned", _("Agreement not signed")),
        ("goals", _("A side without a goal")),
        ("ready", _("Ready to graduate")),
    ]


def _rows(request: Request, place: str) -> Iterable[Pair]:
    rows = pairs_to_look_at(request.today)
    if place:
        rows = rows.filter(bonds__place__key=place).distinct()
    return rows.order_by("pk")


def _line(request: Request, one: AtWork) -> Line:
    bonds = [bond for bond in one.pair.bonds.all() if bond.role != "deputy"]
    lasting = [bond for bond in bonds if bond.ends_on in (None, one.pair.ends_on)] or bonds
    teachers = "、".join(dict.fromkeys(bond.teacher.name for bond in lasting))
    learners = dict.fromkeys(bond.learner.name for bond in lasting)
    together = one.pair.kind in BOTH_WAYS
    return Line(
        one,
        " ⇄ ".join(learners) if together else f"{teachers} → {'、'.join(learners)}",
        saying.kind(one.pair),
        text(lasting[0].place.name),
        reverse("mentoring:pair", args=[request.organisation.key, one.pair.public_id]),
        (RHYTHMS[one.rhythm], TONES[one.rhythm]),
    )
