"""Who signs in here, and the slips with first passwords."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.people import listing
from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.people.rows import person_rows
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.apprenticeships import queries
from craftpath.kernel.factors import ask_second_factor
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import make_first_passwords, people_of

PAGE = 100
MOST_SLIPS = 200  # hashing takes some 30 ms each


@require_GET
@needs(Permission.MANAGE_PEOPLE)
def people(request: Request, organisation: str) -> HttpResponse:
    """The people of the organisation and of its cohorts; ticked ones get a slip."""
    cohorts = queries.cohorts().values_list("public_id", "name")
    chosen = request.GET.get("cohort", "")
    if chosen and not chosen.isalnum():
        raise Http404
    cohort = get_object_or_404(queries.cohorts(), public_id=chosen) if chosen else None
    found = listing.people(request, request.GET.dict(), cohort)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = listing.lines(request, page.object_list)
    return render(
        request,
        "people/people.html",
        {
            "page": page,
            "lines": lines,
            "body": person_rows(request, lines, ticked=cohort is not None),
            "cohort": cohort,
            "cohort_choices": [(public_id, text(name)) for public_id, name in cohorts],
            "role_choices": [(role.value, name) for role, name in ROLE_NAMES.items()],
            "state_choices": list(listing.STATES.items()),
            "wanted": request.GET,
            "tabs": tabs(request, "people:list"),
            "may_ask": bool(request.actor.may(Permission.RUN_ORGANISATION)),
            "asks": request.organisation.second_factor,
            "filtered": any(request.GET.get(name) for name in ("q", "cohort", "role", "state")),
        },
    )


@sensitive_variables()
@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def slips(request: Request, organisation: str) -> HttpResponse:
    """Make first passwords and show them, once; an id of somebody else's people is not found.

    Who comes back by GET (a reload, another language) is told that the slips are gone.
    """
    if request.method == "GET":
        messages.info(request, _("Slips are shown once. Make new ones for those that were not printed."))
        return redirect("people:list", request.organisation.key)
    ids = set(request.POST.getlist("person"))
    if not ids:
        messages.warning(request, _("Nobody is ticked. Tick the people who need a slip."))
        return redirect("people:list", request.organisation.key)
    if len(ids) > MOST_SLIPS:
        said = _("At most %(most)s slips at a time; you ticked %(given)s.")
        messages.warning(request, said % {"most": MOST_SLIPS, "given": len(ids)})
        return redirect("people:list", request.organisation.key)
    if not all(public_id.isalnum() for public_id in ids):
        raise Http404
    found = list(people_of(request.organisation, request.today).filter(public_id__in=ids))
    if len(found) != len(ids):
        raise Http404
    if request.POST.get("do") == "invite":
        chosen = urlencode([("person", person.public_id) for person in found])
        return redirect(f"{reverse('people:invite', args=[request.organisation.key])}?{chosen}")
    factors = request.POST.get("factors") == "1"
    made = make_first_passwords(found, factors=factors, by=request.actor, at=request.at)
    context = {"slips": made, "address": request.build_absolute_uri("/")}
    return render(request, "people/slips.html", context)


@require_POST
@needs(Permission.RUN_ORGANISATION)
def second_factor(request: Request, organisation: str) -> HttpResponse:
    """Ask the organisation's staff for a second factor, or no longer."""
    asked = request.POST.get("asked") == "1"
    if ask_second_factor(request.organisation, asked=asked, by=request.actor, at=request.at):
        on = _(
            "From now on staff sign in with a second factor; whoever has none sets one up at the next visit."
        )
        messages.success(request, on if asked else _("A second factor is not asked for any more."))
    return redirect("people:list", request.organisation.key)
