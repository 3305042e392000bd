"""Units of cmi5: opened by a press, since that begins a session; and for those who look after packages, who is how far
in one of them, with what can be done about it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.exchange.courses.origin import content_origin, site_origin, way_back
from craftpath.delivery.exchange.courses.units import open_unit
from craftpath.delivery.web.packages import saying
from craftpath.delivery.web.packages.places import ATTEMPT_TONES, kept, seen, to_package
from craftpath.delivery.web.shell.refusals import refusal_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.packages import actions, queries, rules
from craftpath.domain.packages.texts import ATTEMPTS, MOVES_ON
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package


class WaivingForm(forms.Form):
    """Why somebody need not do a unit."""

    because = forms.CharField(label=gettext_lazy("Reason"), max_length=rules.LONGEST_REASON)


@require_POST
def open_part(request: Request, organisation: str, package: str, part: str) -> HttpResponse:
    """Begin a session: in a frame where the unit allows it and lies here, otherwise in the whole window."""
    row = seen(request, package)
    entry = _part(row, part)
    require(rules.can_launch(row, part))
    trial = bool(rules.may_keep(request.actor, row.organisation))
    mode = "Browse" if trial else _mode(row, part, request)
    back = reverse("packages:package", args=[organisation, row.public_id])
    framed = not entry.get("address") and entry.get("method") != "OwnWindow"
    home = way_back(request, row.public_id, back) if framed else f"{site_origin(request)}{back}"
    opened = open_unit(
        request, row, part, request.user, mode=mode, return_url=home, by=request.actor, at=request.at
    )
    title = saying.part_title(row, entry)
    context = {
        "row": row,
        "title": title,
        "mode": mode,
        "framed": framed,
        "address": opened.address,
        "origin": content_origin(request),
        "back": back,
        "words": {"whole": _("Full screen"), "small": pgettext("out of the full screen", "Smaller")},
        "crumbs": to_package(request, row, here(title)),
    }
    response = render(request, "packages/unit.html", context)
    response.headers["Cache-Control"] = "no-store"
    if framed:
        response._csp_update = {"frame-src": [content_origin(request)]}  # type: ignore[attr-defined]
    return response


def _mode(row: Package, part: str, request: Request) -> str:
    """To do it, until there is nothing left to say: a unit that is passed, or done without a mark to reach."""
    held = queries.registration_of(row, request.user)
    said = held.said.get(part, ()) if held is not None else ()
    through = "passed" in said or "waived" in said
    return "Review" if through or ("completed" in said and not row.parts[part].get("mastery")) else "Normal"


@require_safe
def part(request: Request, organisation: str, package: str, part: str) -> HttpResponse:
    """Who is how far in a unit; four queries, however many there are."""
    row = kept(request, package)
    require(rules.may_read_attempts(request.actor))
    entry = _part(row, part)
    require(rules.can_show_units(row))
    context = {
        "row": row,
        "title": saying.part_title(row, entry),
        "about": _about(entry),
        "key": part,
        "lines": _lines(row, part),
        "most": rules.LONGEST_REASON,
        "crumbs": to_package(request, row, here(saying.part_title(row, entry))),
    }
    return render(request, "packages/part.html", context)


def _about(entry: dict[str, Any]) -> list[tuple[str, str]]:
    told = [(_("To go on"), str(MOVES_ON[entry.get("move_on", "NotApplicable")]))]
    if entry.get("mastery"):
        told.append((_("Mark to reach"), saying.percent_of(entry["mastery"])))
    if entry.get("address"):
        told.append((pgettext("of a part of a package", "Lies at"), entry["address"]))
    return told


def _lines(row: Package, key: str) -> list[dict[str, Any]]:
    attempts = {one.person_id: one for one in queries.attempts_at(row, key)}
    open_ones = {one.registration_id: one for one in queries.sessions_at(row, key)}
    lines = []
    for one in queries.learners_in(row):
        attempt, session = attempts.get(one.person_id), open_ones.get(one.pk)
        state = attempt.state if attempt is not None else "not_started"
        said = one.said.get(key, [])
        lines.append(
            {
                "name": one.person.name,
                "registration": str(one.registration),
                "state": ATTEMPTS[state],
                "tone": ATTEMPT_TONES[state],
                "score": saying.percent(attempt.score if attempt is not None else None),
                "spent": saying.spent(attempt.seconds if attempt is not None else 0),
                "saved_at": attempt.saved_at if attempt is not None else None,
                "waived": "waived" in said,
                "session": str(session.session) if session is not None else "",
                "open": not queries.is_satisfied(row, key, said),
            }
        )
    return lines


@require_POST
def waive(
    request: Request, organisation: str, package: str, part: str, registration: uuid.UUID
) -> HttpResponse:
    """Somebody need not do it."""
    row = kept(request, package)
    _part(row, part)
    held = get_object_or_404(queries.registrations().filter(package=row), registration=registration)
    form = WaivingForm(request.POST)
    because = " ".join(form.data.get("because", "").split())
    refused = refusal_of(lambda: actions.waive_unit(held, part, because, by=request.actor, at=request.at))
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, _("Waived for %(name)s.") % {"name": held.person.name})
    return redirect("packages:part", organisation, row.public_id, part)


@require_POST
def abandon(request: Request, organisation: str, package: str, session: uuid.UUID) -> HttpResponse:
    """End a session that is still open."""
    row = kept(request, package)
    held = get_object_or_404(queries.sessions().filter(registration__package=row), session=session)
    actions.abandon_session(held, by=request.actor, at=request.at)
    messages.success(request, _("The session is ended; the part can be opened anew."))
    return redirect("packages:part", organisation, row.public_id, held.entry)


def _part(row: Package, key: str) -> dict[str, Any]:
    entry = row.parts.get(key)
    if entry is None:
        raise Http404
    return entry
