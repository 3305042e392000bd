"""A round begins: who, for which days, and what matters; and later, who takes part after all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.matching import saying
from craftpath.delivery.web.matching.choosing import Groups, People, likely_first
from craftpath.delivery.web.matching.forms import RoundForm, numbers_of, sliders, weights_of
from craftpath.delivery.web.matching.places import LOOKS_AFTER, found, may_run, to_round, to_rounds
from craftpath.delivery.web.matching.proposing import propose_now
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.matching import rules
from craftpath.domain.matching.actions import change_seats, open_round
from craftpath.domain.matching.gathering import seats_of
from craftpath.domain.matching.rules import KINDS, OF_APPRENTICES, USUAL
from craftpath.domain.pairing.texts import HINTS
from craftpath.domain.pairing.texts import KINDS as KIND_NAMES
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Round, Seat


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOKS_AFTER)
def new(request: Request, organisation: str) -> HttpResponse:
    """One screen: everybody whom the office would most likely choose is ticked, and what usually matters is set."""
    kind = request.GET.get("kind", "master_apprentice")
    kind = kind if kind in KINDS else "master_apprentice"
    leaving = Person.objects.filter(public_id=plain_id(request.GET.get("leaving", ""))).first()
    cohort = plain_id(request.GET.get("cohort", ""))
    people = People(request, kind, cohort, leaving)
    if leaving is not None and not _teaches_here(people):
        leaving = None
        people = People(request, kind, cohort)
    name = _name(kind, leaving, request)
    form = RoundForm(
        request.POST if request.method == "POST" else None, kind=kind, name=name, today=request.today,
        keep=leaving is not None,
    )  # fmt: skip
    said, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = _open(request, kind, people, form, leaving)
            except Refused as refused:
                if refused.verdict.who:
                    raise
                said, status = sentence(refused.verdict), 409
            else:
                propose_now(request, row)
                return redirect("matching:round", organisation, row.public_id)
    context = _context(request, kind, people) | {
        "form": form,
        "said": said,
        "leaving": leaving,
        "cohort": cohort,
        "cohorts": [(row.public_id, text(row.name)) for row in cohorts().exclude(state="planned")],
        "kinds": _kinds(request, kind),
        "hint": HINTS[kind],
        "crumbs": to_rounds(request, here(_("New round"))),
    }
    return render(request, "matching/new.html", context, status=status)


def _teaches_here(people: People) -> bool:
    """Whether the leaver teaches somebody whom the reader may pair, so that nobody else's name can be asked for."""
    return any(one.likely for _, some in people.learn for one in some)


def _name(kind: str, leaving: Person | None, request: Request) -> str:
    if leaving is not None:
        return _("Instead of %(name)s, %(day)s") % {"name": leaving.name, "day": day(request.today)}
    return _("%(kind)s, %(day)s") % {"kind": KIND_NAMES[kind], "day": day(request.today)}


def _open(request: Request, kind: str, people: People, form: RoundForm, leaving: Person | None) -> Round:
    given = form.cleaned_data
    return open_round(
        given["name"],
        kind,
        _ticked(request, people),
        organisation=request.organisation,
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        method=given.get("method", "worth"),
        shares=form.shares,
        keep=bool(given.get("keep")),
        leaving=leaving,
        weights=weights_of(request.POST),
        made_id=given["made_id"],
        by=request.actor,
        at=request.at,
    )


def _ticked(request: Request, people: People) -> list[rules.Sitting]:
    data = request.POST
    most, levels = numbers_of(data, "most-"), numbers_of(data, "level-")
    return people.sittings(data.getlist("learn"), data.getlist("teach"), most, levels)


def _context(
    request: Request, kind: str, people: People, chosen: Mapping[str, Collection[str]] | None = None
) -> dict[str, Any]:
    """The lists with what is ticked: what was posted, else what is chosen, else what is likely."""
    posted = request.method == "POST"
    learn = set(request.POST.getlist("learn")) if posted else chosen and chosen["learns"]
    teach = set(request.POST.getlist("teach")) if posted else chosen and chosen["teaches"]
    names = request.POST if posted else {}
    weights: Mapping[str, int] = weights_of(request.POST) if posted else USUAL
    criteria = saying.criteria(kind)
    return {
        "kind": kind,
        "kind_name": KIND_NAMES[kind],
        "learn": _ticks(people.learn, learn),
        "teach": _ticks(people.teach, teach),
        "smocks": _smocks(people.teach, learn) if kind == "red_white" else [],
        "both": kind in ("layered", "mutual"),
        "levels": list(range(1, 9)) if kind == "layered" else [],
        "cut": people.cut,
        "limits": kind in OF_APPRENTICES or kind == "layered",
        "typed": {name: value for name, value in names.items() if name.startswith(("most-", "level-"))},
        "sliders": sliders(weights, criteria),
    }


def _ticks(groups: Groups, chosen: Collection[str] | None) -> Groups:
    if chosen is None:
        return groups
    return [(label, [replace(one, likely=one.key in chosen) for one in some]) for label, some in groups]


def _smocks(groups: Groups, chosen: Collection[str] | None) -> Groups:
    """The same people on the side of professionals."""
    if chosen is not None:
        return _ticks(groups, chosen)
    return likely_first({label: [replace(one, likely=one.smock) for one in some] for label, some in groups})


def _kinds(request: Request, current: str) -> list[dict[str, Any]]:
    address = reverse("matching:new", args=[request.organisation.key])
    return [
        {"label": KIND_NAMES[key], "url": f"{address}?kind={key}", "current": key == current} for key in KINDS
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOKS_AFTER)
def people(request: Request, organisation: str, row: str) -> HttpResponse:
    """Who takes part after all; what was pinned of those who stay, stays."""
    round_ = found(request, row)
    require(rules.may_match(request.actor, round_.organisation))
    if not may_run(request, round_):
        raise Refused(not_now("matching.over"))
    seats = seats_of(round_)
    seated = {seat.enrolment_id for seat in seats if seat.enrolment_id is not None}
    some = People(request, round_.kind, leaving=round_.leaving, seated=seated)
    said, status = "", 200
    if request.method == "POST":
        try:
            round_ = change_seats(round_, _ticked(request, some), by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409
        else:
            propose_now(request, round_)
            messages.success(request, _("Kept, and proposed anew."))
            return redirect("matching:round", organisation, round_.public_id)
    chosen = {
        side: {_key(seat) for seat in seats if seat.side in (side, "both")} for side in ("teaches", "learns")
    }
    context = _context(request, round_.kind, some, chosen) | {
        "row": round_,
        "said": said,
        "most": {f"most-{_key(seat)}": seat.most for seat in seats if seat.most is not None},
        "crumbs": to_round(request, round_, here(_("Who takes part"))),
    }
    if request.method != "POST":
        context["typed"] = context["most"] | {f"level-{_key(seat)}": str(seat.level) for seat in seats}
    return render(request, "matching/people.html", context, status=status)


def _key(seat: Seat) -> str:
    if seat.enrolment is not None:
        return seat.enrolment.public_id
    return f"{seat.place.key}:{seat.person.public_id}"
