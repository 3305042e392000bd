"""The public door: workshops that everybody may come to, registering without an account, the shelf, certificates."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops import saying, shelf
from craftpath.delivery.web.workshops.calendar import events_of
from craftpath.delivery.web.workshops.cases import file_of
from craftpath.delivery.web.workshops.forms import ComerForm
from craftpath.domain.workshops import actions, queries, rules
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.notices import notice_at
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere, paths_to

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Registration, Workshop

WHY = "visitors read public workshops and register without an account"
A_PAGE = 20
SESSION = "workshop-"
View = Callable[..., HttpResponseBase]


def visitors(limit: str) -> Callable[[View], View]:
    """A page without an account. What one address sends is counted where a `limit` of the settings is named."""

    def wrap(view: View) -> View:
        @login_not_required
        @never_cache
        @sensitive_post_parameters()
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if limit and request.method == "POST":
                limited = ratelimit.consume_or_429(request, action=limit)
                if limited:
                    return limited
            with everywhere(WHY):
                return view(request, *args, **kwargs)

        return opened

    return wrap


for_visitors = visitors("workshop")


def visitor(request: Request) -> Actor:
    """Whoever looks: a person of this site, or a guest who is nobody here."""
    return Actor(organisation=None, person=request.user if request.user.is_authenticated else None)


def _own(request: Request, row: Workshop) -> Registration | None:
    return queries.own_registration(row, request.user) if request.user.is_authenticated else None


def _found(public_id: str) -> Workshop:
    row: Workshop = get_object_or_404(queries.reachable(), public_id=plain_id(public_id))
    return row


@for_visitors
def workshops(request: Request) -> HttpResponse:
    """Those that are open, and those that were held."""
    page = Paginator(queries.public_workshops(), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "cards": saying.cards(page.object_list, "workshop:page", own={})}
    return render(request, "workshops/public_list.html", context)


@for_visitors
def page(request: Request, workshop: str) -> HttpResponse:
    """Aims, days, sites, agenda; the way in."""
    row = _found(workshop)
    own = _own(request, row)
    context = {
        "workshop": row,
        "title": text(row.title),
        "state": saying.state(row),
        "when": saying.span(row.first, row.last),  # type: ignore[attr-defined]
        "holders": saying.holders(row),
        "sites": queries.sites_of(row),
        "agenda": saying.agenda(row),
        "can_register": rules.can_register(row, request.at.astimezone(row.zone).date()),
        "own_url": saying.link_of(request, own) if own else "",
    }
    return render(request, "workshops/public.html", context)


@for_visitors
def register(request: Request, workshop: str) -> HttpResponse:
    """The form, filled in as far as somebody is known; then the own page with link and code."""
    row = _found(workshop)
    own = _own(request, row)
    if own is not None:
        return redirect("workshop:mine", queries.token_of(own))
    by = visitor(request)
    notice = notice_at(row.organisation, request.today, by.person)
    form = ComerForm(
        request.POST if request.method == "POST" else None, workshop=row, sites=queries.sites_of(row),
        initial=_known(request, row), version=notice.version if notice else 0,
    )  # fmt: skip
    status, made = 200, []
    if request.method == "POST":
        status = tried(
            request, form, _("You are registered. This is your own page: keep its link and its code."),
            lambda: made.append(
                actions.register(row, form.comer, person=by.person, by=by, at=request.at)
            ),
        )  # fmt: skip
        if not status:
            request.session[f"{SESSION}{made[0].public_id}"] = True
            return redirect("workshop:mine", queries.token_of(made[0]))
    context = {
        "form": form, "workshop": row, "title": _("Register"), "notice": text(notice.text) if notice else "",
        "can_register": rules.can_register(row, request.at.astimezone(row.zone).date()), "guest": by.person is None,
    }  # fmt: skip
    return render(request, "workshops/register.html", context, status=status)


def _known(request: Request, row: Workshop) -> dict[str, Any]:
    """What this site knows of somebody who is signed in, so that two taps are enough."""
    sites = queries.sites_of(row)
    start: dict[str, Any] = {"place": sites[0].public_id if sites else "online"}
    if not request.user.is_authenticated:
        return start
    start |= {"name": request.user.name, "email": request.user.email or "", "phone": request.user.phone}
    held = memberships_on(request.today).filter(person=request.user).order_by("pk").first()
    if held is None:
        return start
    place = held.organisation
    above = Organisation.objects.filter(path__in=paths_to(place.path), kind="city")
    city = above.order_by("-path").first()
    kinds = {"enterprise": "enterprise", "college": "college", "campus": "college", "point": "centre"}
    known = {"site": "enterprise", "city": "public", "ministry": "public", **kinds}
    return start | {
        "organisation_name": text(place.name)[:120],
        "kind": known.get(place.kind, "other"),
        "city": text(city.name)[:60] if city is not None else "",
    }


@for_visitors
def calendar(request: Request, workshop: str) -> HttpResponse:
    """The days as an iCalendar file."""
    row = _found(workshop)
    response = HttpResponse(events_of(row), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="workshop-{row.public_id}.ics"'
    return response


@for_visitors
def shelves(request: Request) -> HttpResponse:
    """The shelf for whoever comes by."""
    context = shelf.shown(request.GET, shelf.things())
    return render(request, "workshops/public_shelf.html", context)


@for_visitors
def shelved(request: Request, case: str) -> HttpResponse:
    """A case of the shelf."""
    found = get_object_or_404(queries.shelved(), public_id=plain_id(case))
    count = len(found.files.all())
    files = [reverse("workshop:shelf_file", args=[case, n]) for n in range(1, count + 1)]
    return render(request, "workshops/public_case.html", shelf.read(found, files))


@for_visitors
def shelf_file(request: Request, case: str, number: int) -> HttpResponseBase:
    """A file of a case on the shelf."""
    return file_of(get_object_or_404(queries.shelved(), public_id=plain_id(case)), number)


@for_visitors
def check(request: Request) -> HttpResponse:
    """Whether a certificate is genuine, for whoever holds the paper: by its number and code."""
    number, code = (request.POST.get(name, "").replace("\0", "")[:40] for name in ("number", "code"))
    found = queries.certificate_by(number, code) if number and code else None
    days = queries.days_of(found.workshop) if found else []
    context = {
        "asked": request.method == "POST", "found": found, "number": number, "code": code,
        "when": saying.span(days[0].on, days[-1].on) if days else "",
        "days": saying.attended(found) if found else [],
    }  # fmt: skip
    if request.method == "POST" and found is None:
        messages.warning(request, _("No certificate has this number and code."))
    return render(request, "workshops/check.html", context)
