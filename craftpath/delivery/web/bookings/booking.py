"""Booking a thing, once or every week, and what becomes of a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.bookings import saying
from craftpath.delivery.web.bookings.busy import busy_in
from craftpath.delivery.web.bookings.forms import BookForm, WhyForm
from craftpath.delivery.web.bookings.places import the_booking, the_thing, to_thing
from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.bookings import actions, queries, rules
from craftpath.domain.bookings.queries import Wish
from craftpath.domain.bookings.states import BOOKING
from craftpath.domain.bookings.texts import STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Booking, Thing

MOST_CLASSES = 200
MOST_OF_SERIES = 60
Act = Callable[..., object]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK_THINGS)
def book(request: Request, organisation: str, thing: str) -> HttpResponse:
    """Book a time; every week after a look at what is free."""
    row = the_thing(thing)
    form = BookForm(
        request.POST if request.method == "POST" else None,
        initial=_asked(request),
        thing=row,
        classes=_classes(),
    )
    context: dict[str, Any] = {"form": form, "row": row, "answers": None}
    status = 200
    if request.method == "POST":
        made: list[Booking] = []
        step = request.POST.get("step", "")
        if form.is_valid() and form.cleaned_data["weeks"] > 1 and step not in ("all", "free"):
            context["answers"] = _answers(request, row, form)
            context["free"] = sum(not why for _when, why in context["answers"])
        else:
            status = tried(request, form, "", lambda: made.extend(_book(request, row, form, step)))
            if not status:
                return _booked(request, made)
            if status == 409 and form.cleaned_data["weeks"] > 1:
                context["answers"] = _answers(request, row, form)
                context["free"] = sum(not why for _when, why in context["answers"])
    title = _("Book it")
    context |= {"title": title, "crumbs": to_thing(request, row, title), "name": text(row.name)}
    context["facts"] = saying.facts(row)
    return render(request, "bookings/book.html", context, status=status)


def _asked(request: Request) -> dict[str, str]:
    """What a free time of the week, or of the search, has filled in."""
    given = {name: request.GET.get(name, "") for name in ("day", "since", "until")}
    if given["since"] and not given["until"]:
        try:
            start = datetime.strptime(given["since"], "%H:%M")  # noqa: DTZ007 - only a time of day
        except ValueError:
            return {}
        given["until"] = f"{start + timedelta(hours=1):%H:%M}"
    return {name: value for name, value in given.items() if value}


def _classes() -> list[tuple[str, str]]:
    rows = cohorts().exclude(state="completed")[:MOST_CLASSES]
    return [(f"apprenticeships/cohort/{row.public_id}", text(row.name)) for row in rows]


def _wish(request: Request, row: Thing, form: BookForm) -> Wish:
    return Wish(request.organisation, form.cleaned_data["seats"], busy_in(row, form.spans()))


def _answers(request: Request, row: Thing, form: BookForm) -> list[tuple[str, str]]:
    """(when, why not) of each time of a series; "" where it is free."""
    judged = queries.judged(row, form.spans(), _wish(request, row, form), request.at)
    return [
        (saying.when(row, span.starts_at, span.ends_at), "" if verdict else sentence(verdict))
        for span, verdict, _basis in judged
    ]


def _book(request: Request, row: Thing, form: BookForm, step: str) -> list[Booking]:
    given = form.cleaned_data
    wish, spans = _wish(request, row, form), form.spans()
    new = actions.NewBooking(given["purpose"], given["made_id"], given["whom"])
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if len(spans) == 1:
        return [actions.book(row, spans[0], wish, new, **by)]
    return actions.book_series(row, spans, wish, new, only_free=step == "free", **by)


def _booked(request: Request, made: list[Booking]) -> HttpResponse:
    asked = made[0].state == "asked"
    if len(made) > 1:
        said = ngettext("%(count)s time booked.", "%(count)s times booked.", len(made)) % {"count": len(made)}
    else:
        said = _("Booked.")
    messages.success(request, _("Asked. The owner answers.") if asked else said)
    return redirect("bookings:booking", request.organisation.key, made[0].public_id)


@require_GET
@needs(Permission.BOOK_THINGS, Permission.LEND_THINGS)
def booking(request: Request, organisation: str, booking: str) -> HttpResponse:
    """One booking, and what can be done about it."""
    return render(request, "bookings/booking.html", _page(request, the_booking(booking)))


def _page(request: Request, row: Booking, *, why: WhyForm | None = None) -> dict[str, Any]:
    whom, address = subjects([row.whom], request.organisation.key).get(row.whom, ("", ""))
    when = saying.when(row.thing, row.starts_at, row.ends_at)
    return {
        "row": row,
        "title": text(row.thing.name),
        "crumbs": to_thing(request, row.thing, when),
        "when": when,
        "who": name_of(row.person),
        "whom": whom,
        "whom_url": address,
        "badge": (saying.TONES[row.state], STATES[row.state]),
        "because": saying.why(row),
        "cost": saying.cost(row),
        "can": _can(request, row),
        "form": why or WhyForm(),
        "series": saying.lines(request, queries.series_of(row).exclude(pk=row.pk)[:MOST_OF_SERIES]),
    }


def _can(request: Request, row: Booking) -> set[str]:
    lends = bool(rules.may_lend(request.actor, row.thing.organisation))
    changes = bool(rules.may_change(request.actor, row))
    allowed = {
        "approve": lends and bool(rules.can_cancel(row, request.at)),
        "decline": lends,
        "cancel": changes and bool(rules.can_cancel(row, request.at)),
        "use": changes and bool(rules.can_tell(row, request.at)),
        "miss": changes and bool(rules.can_tell(row, request.at)),
    }
    return {move for move, yes in allowed.items() if yes and BOOKING.can(row.state, move)}


_PLAIN: dict[str, tuple[Act, Callable[[], str]]] = {
    "approve": (actions.approve_booking, lambda: _("Approved.")),
    "use": (actions.use_booking, lambda: _("Noted: used.")),
    "miss": (actions.miss_booking, lambda: _("Noted: not used.")),
}
_WITH_WHY: dict[str, tuple[Act, Callable[[], str]]] = {
    "decline": (actions.decline_booking, lambda: _("Declined. The time is free again.")),
    "cancel": (actions.cancel_booking, lambda: _("Cancelled. The time is free again.")),
}


@require_POST
@needs(Permission.BOOK_THINGS, Permission.LEND_THINGS)
def booking_do(request: Request, organisation: str, booking: str, verb: str) -> HttpResponse:
    """Approve, decline, cancel, say whether it was used."""
    row = the_booking(booking)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in _PLAIN:
        act, done = _PLAIN[verb]
        act(row, **by)
        messages.success(request, done())
    elif verb in _WITH_WHY:
        lends = rules.may_lend(request.actor, row.thing.organisation)
        require(lends if verb == "decline" else rules.may_change(request.actor, row))
        ask, told = _WITH_WHY[verb]
        form = WhyForm(request.POST)
        more = {"later": True} if verb == "cancel" and request.POST.get("later") else {}
        status = tried(
            request, form, told(), lambda: ask(row, because=form.cleaned_data["because"], **more, **by)
        )
        if status:
            return render(request, "bookings/booking.html", _page(request, row, why=form), status=status)
    else:
        raise Http404
    if request.POST.get("back") == "desk":
        return redirect("bookings:desk", organisation)
    return redirect("bookings:booking", organisation, row.public_id)
