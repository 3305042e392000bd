"""Writing a request: a new one of the own organisation, or of one below it; an own one anew."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.offers.forms import RequestForm
from craftpath.delivery.web.offers.places import READERS, found, to_here
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.accreditation.trades import known_trades, trade_named
from craftpath.domain.offers import actions, rules
from craftpath.domain.offers.kinds import kinds_of
from craftpath.domain.standards.queries import core_skills
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.offers.models import DeskRequest
    from craftpath.kernel.organisations import Organisation

MOST_PLACES = 200
_PLAIN = ("title", "words", "gives", "people", "starts_on", "ends_on", "where", "contact_name", "contact_way")
_LISTS = ("skills", "languages")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Ask for something, or offer it."""
    places = list(request.organisation.below().order_by("path")[:MOST_PLACES])
    asked = request.GET.get("kind", "")
    first: dict[str, Any] = {
        "made_id": uuid.uuid4(), "place": request.organisation.key, "kind": asked, "languages": ["zh"],
        "contact_name": request.user.name, "contact_way": request.user.phone or request.user.email,
    }  # fmt: skip
    return _write(request, None, places, kinds_of(request.organisation), first)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def edit(request: Request, organisation: str, request_id: str) -> HttpResponse:
    """Write it anew while nobody has agreed."""
    row = found(request_id)
    require(rules.may_lead(request.actor, row))
    require(rules.can_change(row))
    first = {name: getattr(row, name) for name in (*_PLAIN, *_LISTS, "kind")}
    first |= {"made_id": row.made_id, "place": row.organisation.key, "occupation": text(row.occupation)}
    return _write(request, row, [row.organisation], kinds_of(row.organisation), first)


def _write(
    request: Request,
    row: DeskRequest | None,
    places: list[Organisation],
    kinds: tuple[str, ...],
    first: dict[str, Any],
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    known = known_trades()
    form = RequestForm(
        data,
        places=[(one.key, text(one.name)) for one in places],
        kinds=kinds,
        skills=[(one.key, text(one.name)) for one in core_skills()],
        initial=first,
    )
    status, kept = 200, []

    def act() -> None:
        given = form.cleaned_data
        asked = actions.Asked(
            kind=given["kind"], occupation=trade_named(given["occupation"], known),
            **{name: given[name] for name in (*_PLAIN, *_LISTS)},
        )  # fmt: skip
        who: dict[str, Any] = {"by": request.actor, "at": request.at}
        if row is not None:
            kept.append(actions.change_request(row, asked, **who))
            return
        place = next(one for one in places if one.key == given["place"])
        kept.append(actions.open_request(place, asked, made_id=given["made_id"], **who))

    if data is not None:
        said = _("Kept.") if row else _("It is with the service desk. You see here when somebody answers.")
        status = tried(request, form, said, act)
        if not status:
            return redirect("offers:request", request.organisation.key, kept[0].public_id)
    context = {
        "form": form,
        "row": row,
        "trades": sorted({said for one in known for said in one.values() if said}),
        "crumbs": to_here(request, row.title if row else _("New request")),
    }
    return render(request, "offers/form.html", context, status=status)
