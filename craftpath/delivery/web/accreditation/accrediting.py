"""Accredited places: what is asked for, the list of what ends first, one of them, a new one, the rule of the city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.accreditation import saying
from craftpath.delivery.web.accreditation.forms import PlaceForm, ReasonForm, RoomForm, RuleForm
from craftpath.delivery.web.offers.places import READERS, tabs, to_desk
from craftpath.delivery.web.shell.lists import exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.accreditation import actions, queries, rules
from craftpath.domain.accreditation.states import PLACE
from craftpath.domain.accreditation.trades import known_trades, trade_named
from craftpath.domain.agreements.places import learning_at, taken_at
from craftpath.kernel.organisations import Kind
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.accreditation.models import TrainingPlace

A_PAGE = 30
A_FEW = 5
MOST_ENTERPRISES = 1000
LASTS = timedelta(days=3 * 365)
_ROOM = ("workers", "mentors", "capacity", "valid_from", "valid_until", "conditions")


def crumbs_to(request: Request, name: str) -> list[Crumb]:
    """Crumbs to a page below the accredited places."""
    way = step(request, pgettext("at the service desk", "Accredited places"), "accreditation:places")
    return to_desk(request, way, here(name))


def _in_a_city(request: Request) -> None:
    """A register belongs to a city: nothing is accredited from elsewhere."""
    if request.organisation.kind != Kind.CITY:
        raise Http404
    require(rules.may_accredit(request.actor, request.organisation))


def _found(public_id: str) -> TrainingPlace:
    return get_object_or_404(queries.training_places(), public_id=plain_id(public_id))


@require_GET
@needs(*READERS)
def places(request: Request, organisation: str) -> HttpResponse:
    """What ends first on top; the ended ones on demand."""
    ended = "ended" in request.GET
    rows = _asked(ended)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    taken = taken_at([(row.organisation, row.occupation) for row in page.object_list])
    keeps = Permission.ACCREDIT_PLACES in request.actor.permissions and request.organisation.kind == Kind.CITY
    applied = Paginator(queries.applications(), A_FEW).get_page(request.GET.get("applied"))
    context = {
        "tabs": tabs(request, "accreditation:places"),
        "page": page,
        "lines": [
            {"row": row, "badge": saying.place_badge(row, request.today), "taken": count}
            for row, count in zip(page.object_list, taken, strict=True)
        ],
        "ended": ended,
        "ways": ways_out(request, "accredited"),
        "keeps": keeps,
        "applied": applied,
        "applications": [{"row": row, "badge": saying.application_badge(row)} for row in applied.object_list],
        "applies": request.organisation.kind in (Kind.ENTERPRISE, Kind.SITE)
        and queries.authority_of(request.organisation) is not None,
    }
    return render(request, "accreditation/places.html", context)


def _asked(ended: bool) -> QuerySet[TrainingPlace]:
    rows = queries.training_places()
    return rows.filter(state="ended") if ended else rows.exclude(state="ended")


@require_GET
@needs(*READERS)
def places_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The table of the page, all of it."""
    require_form(form)
    rows = list(_asked("ended" in request.GET))
    taken = taken_at([(row.organisation, row.occupation) for row in rows])
    heads = [
        _("Occupation"), _("Enterprise or site"), Head(pgettext("for apprentices", "Places"), figures=True),
        Head(pgettext("places", "Taken"), figures=True), _("Valid until"), pgettext("of a request", "State"),
    ]  # fmt: skip
    cells = [
        (
            text(row.occupation), text(row.organisation.name), row.capacity, count, row.valid_until,
            str(saying.place_badge(row, request.today)[0]),
        )
        for row, count in zip(rows, taken, strict=True)
    ]  # fmt: skip
    title = pgettext("at the service desk", "Accredited places")
    return sent(request, listing(title, text(request.organisation.name), heads, cells), form)


exported(
    "accredited",
    screen="accreditation:places",
    file="accreditation:places_file",
    caption="Accredited training places",
)


@require_GET
@needs(*READERS)
def place(request: Request, organisation: str, place: str) -> HttpResponse:
    """One of them; how many of which class learn there only the enterprise reads, and who is above it."""
    return render(request, "accreditation/place.html", _page(request, _found(place)))


def _page(request: Request, row: TrainingPlace, wrong: str = "", form: Any = None) -> dict[str, Any]:
    keeps = bool(rules.may_accredit(request.actor, row.authority))
    forms: dict[str, Any] = {}
    if keeps and row.state != "ended":
        forms["renew"] = RoomForm(initial={name: getattr(row, name) for name in _ROOM})
        for verb in ("suspend", "end"):
            if PLACE.can(row.state, verb):
                forms[verb] = ReasonForm(key=verb)
    if wrong in forms:
        forms[wrong] = form
    rule = queries.rule_for(row.authority)
    own = row.organisation.path.startswith(request.organisation.path)
    [taken] = taken_at([(row.organisation, row.occupation)])
    return {
        "row": row,
        "badge": saying.place_badge(row, request.today),
        "taken": taken,
        "classes": learning_at(row.organisation, row.occupation) if own else [],
        "most": rules.most_places(row.workers, row.mentors, rule),
        "forms": forms,
        "wrong": wrong,
        "resumes": keeps and PLACE.can(row.state, "resume"),
        "crumbs": crumbs_to(request, f"{text(row.organisation.name)} · {text(row.occupation)}"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ACCREDIT_PLACES)
def new(request: Request, organisation: str) -> HttpResponse:
    """Accredit places at an enterprise or a site of the city."""
    _in_a_city(request)
    known = known_trades()
    rows = request.organisation.below().filter(kind__in=[Kind.ENTERPRISE, Kind.SITE]).order_by("path")
    below = {one.public_id: one for one in rows[:MOST_ENTERPRISES]}
    below |= {one.public_id: one for one in rows.filter(public_id=plain_id(request.GET.get("at", "")))}
    data = request.POST if request.method == "POST" else None
    values: dict[str, Any] = {"valid_from": request.today, "valid_until": request.today + LASTS}
    values |= {"organisation": request.GET.get("at", "")}
    form = PlaceForm(
        data, organisations=[(key, text(one.name)) for key, one in below.items()], initial=values
    )
    status, kept = 200, []

    def act() -> None:
        given = form.cleaned_data
        kept.append(
            actions.accredit_place(
                request.organisation,
                organisation=below[given["organisation"]],
                occupation=trade_named(given["occupation"], known),
                room=room_of(given),
                by=request.actor,
                at=request.at,
            )  # fmt: skip
        )

    if data is not None:
        status = tried(request, form, _("Accredited."), act)
        if not status:
            return redirect("accreditation:place", organisation, kept[0].public_id)
    context = {
        "form": form,
        "rule": queries.rule_for(request.organisation),
        "trades": sorted({said for one in known for said in one.values() if said}),
        "crumbs": crumbs_to(request, _("Accredit places")),
    }
    return render(request, "accreditation/place_new.html", context, status=status)


def room_of(given: dict[str, Any]) -> actions.Room:
    """What a form says of a place."""
    return actions.Room(**{name: given[name] for name in _ROOM})


@require_POST
@needs(*READERS)
def place_move(request: Request, organisation: str, place: str, verb: str) -> HttpResponse:
    """Renew it, put it on hold, take it up again, end it."""
    row = _found(place)
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    require(rules.may_accredit(request.actor, row.authority))
    if verb == "resume":
        actions.resume_place(row, **who)
        messages.success(request, _("Taken up again."))
        return redirect("accreditation:place", organisation, row.public_id)
    reasoned: dict[str, Callable[..., object]] = {"suspend": actions.suspend_place, "end": actions.end_place}
    if verb == "renew":
        form: Any = RoomForm(request.POST)
        status = tried(
            request, form, _("Renewed."), lambda: actions.renew_place(row, room_of(form.cleaned_data), **who)
        )
    elif verb in reasoned:
        form = ReasonForm(request.POST, key=verb)
        done = _("On hold. Apprentices who are there go on.") if verb == "suspend" else _("Ended.")
        status = tried(
            request, form, done, lambda: reasoned[verb](row, because=form.cleaned_data["because"], **who)
        )
    else:
        raise Http404
    if not status:
        return redirect("accreditation:place", organisation, row.public_id)
    return render(request, "accreditation/place.html", _page(request, row, verb, form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ACCREDIT_PLACES)
def rule(request: Request, organisation: str) -> HttpResponse:
    """What the city holds to."""
    _in_a_city(request)
    row = queries.rule_for(request.organisation)
    data = request.POST if request.method == "POST" else None
    first = {name: getattr(row, name) for name in ("workers", "per_mentor", "visit", "level")}
    form, status = RuleForm(data, initial=first), 200
    if data is not None:
        status = tried(
            request, form, pgettext("what was written", "Kept."),
            lambda: actions.set_rule(request.organisation, **form.cleaned_data, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("accreditation:places", organisation)
    context = {"form": form, "crumbs": crumbs_to(request, _("Rule of the city"))}
    return render(request, "accreditation/rule.html", context, status=status)
