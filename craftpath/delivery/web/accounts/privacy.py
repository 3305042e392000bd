"""What is kept about me, why and for whom; saying yes and no; notices; taking everything along."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.own_record import write_record
from craftpath.delivery.exchange.sharing.basis import basis_of
from craftpath.delivery.exchange.sharing.own import on_me
from craftpath.delivery.exchange.sharing.register import columns_of
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.views import back
from craftpath.domain.sharing.queries import looked_at
from craftpath.domain.sharing.texts import FORMS
from craftpath.kernel.access import Actor, actor_in, memberships_on
from craftpath.kernel.consents import (
    ConsentEvent,
    consents_of,
    counts,
    give_consent,
    needs_guardian,
    withdraw_consent,
)
from craftpath.kernel.notices import Notice, notices_for, read_notice
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import PURPOSES, Purpose

BASES = {
    "contract": gettext_lazy("the agreement on your training"),
    "law": gettext_lazy("a law requires it"),
    "hr": gettext_lazy("management of staff under the enterprise's rules"),
    "consent": gettext_lazy("your consent"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A purpose, and what holds of it for one person."""

    purpose: Purpose
    basis: str
    event: ConsentEvent | None = None
    by_guardian: bool = False  # whether a guardian speaks for this person today

    @property
    def given(self) -> bool:
        """Whether a consent holds now."""
        event = self.event
        return event is not None and event.given and counts(event, event.person.birth_date)

    @property
    def too_young(self) -> bool:
        """Whether there is a yes that its writer was too young to say alone."""
        event = self.event
        return event is not None and event.given and not self.given and not self.grown

    @property
    def grown(self) -> bool:
        """Whether a consent was given to an earlier version, which serves no more."""
        event = self.event
        return event is not None and event.given and event.purpose_version != self.purpose.version


def purposes_of(person: Person, day: date) -> list[Said]:
    """Every purpose with the person's answer; one query."""
    events = consents_of(Person.objects.filter(pk=person.pk)).get(person.pk, {})
    return [
        Said(one, str(BASES[one.basis]), events.get(one.key), needs_guardian(person, one, day))
        for one in PURPOSES.values()
    ]


def _places(request: Request) -> list[Organisation]:
    rows = memberships_on(request.today).filter(person=request.user).order_by("organisation__path")
    return list(dict.fromkeys(row.organisation for row in rows))


def _actor(request: Request, places: Sequence[Organisation]) -> Actor:
    """Who acts for oneself: at the first of one's places, so that the history there knows of it."""
    found = actor_in(request.user, places[0], request.today) if places else None
    return found or Actor(organisation=None, person=request.user)


@require_GET
def privacy(request: Request) -> HttpResponse:
    """All purposes, those that ask first; the notices that hold; the own record."""
    said = purposes_of(request.user, request.today)
    return render(
        request,
        "accounts/privacy.html",
        {
            "asked": [one for one in said if one.purpose.asks],
            "needed": [one for one in said if not one.purpose.asks],
            "shared": _shared(request.user, request.today, said),
            "notices": notices_for(_places(request), request.today, request.user),
        },
    )


def _shared(person: Person, day: date, said: Sequence[Said]) -> list[dict[str, object]]:
    """Who sees what of oneself by a rule of sharing, with one's own answer where one is asked for it."""
    answers = {one.purpose.key: one for one in said}
    return [
        {
            "rule": one.standing.rule,
            "last": one.standing.last,
            "columns": columns_of(one.standing.rule),
            "purpose": PURPOSES[one.standing.rule.purpose],
            "basis": basis_of(one.standing.rule),
            "shows": one.shows,
            "said": answers.get(one.consent),
            "looks": one.looks,
            "looked": one.last,
        }
        for one in on_me(person, day)
    ]


A_PAGE = 50


@require_GET
def looks(request: Request) -> HttpResponse:
    """Every look of a partner that showed a line about oneself, the newest first."""
    page = Paginator(looked_at(request.user), A_PAGE).get_page(request.GET.get("page"))
    lines = [(row.look, FORMS[row.look.form]) for row in page]
    return render(request, "accounts/looks.html", {"page": page, "lines": lines})


@require_POST
def consent(request: Request) -> HttpResponse:
    """Say yes or take it back, by one press either way."""
    purpose = request.POST.get("purpose", "")
    actor = _actor(request, _places(request))
    if request.POST.get("do") == "give":
        give_consent(request.user, purpose, by=actor, at=request.at)
        messages.success(request, _("Your consent is noted. You can withdraw it here at any time."))
    else:
        withdraw_consent(request.user, purpose, by=actor, at=request.at)
        messages.success(request, _("Withdrawn. From now on nothing more is done for this purpose."))
    return redirect("accounts:privacy")


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Request, notice: str) -> HttpResponse:
    """A notice to read; by POST it is read, and the reader goes back to where the button stood."""
    found = get_object_or_404(Notice.objects.select_related("organisation"), public_id=plain_id(notice))
    if request.method == "POST":
        read_notice(found, by=Actor(organisation=None, person=request.user), at=request.at)
        return back(request)
    held = {row.pk: row for row in notices_for(_places(request), request.today, request.user)}
    context = {"notice": found, "to_read": found.pk in held and not getattr(held[found.pk], "read", True)}
    return render(request, "accounts/notice.html", context)


@never_cache
@require_GET
def record(request: Request) -> FileResponse:
    """Everything personal, as a zip file; made for this answer and kept nowhere."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    write_record(cast(IO[bytes], stream), request.user, at=request.at)
    stream.seek(0)
    answer = FileResponse(stream, as_attachment=True, filename="craftpath-record.zip")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
