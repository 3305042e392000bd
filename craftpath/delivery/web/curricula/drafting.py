"""Drafts from needs: the list of a version's drafts, the form that asks for one, and what is done with it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.curricula.draft_forms import Choices, DraftForm
from craftpath.delivery.web.curricula.draft_saying import share
from craftpath.delivery.web.curricula.draft_sources import analyses, weights_from
from craftpath.delivery.web.curricula.places import (
    found_version,
    numbered,
    revision_of,
    to_version,
    version_tabs,
    version_url,
)
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula import drafting_queries as queries
from craftpath.domain.curricula import rules
from craftpath.domain.curricula.drafting import ask_draft, cancel_draft, take_draft
from craftpath.domain.curricula.drafting_problem import Inputs, inputs_of, own_units
from craftpath.domain.curricula.drafting_texts import DRAFT_STATES
from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.planning import pin_card
from craftpath.domain.curricula.queries import cards, content_of, pins_of
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion, Draft

TONES = {
    "asked": "info",
    "done": "good",
    "impossible": "wrong",
    "refused": "attention",
    "cancelled": "plain",
    "taken": "good",
}
OF_A_PAGE = 20
MOST_COMPARED = 3
MIDDLE = Decimal(5)
PIN = "pin-"
KINDS = ("", "pin", "forbid")


def found_draft(public_id: str) -> Draft:
    """A draft of a version that the reader sees."""
    return get_object_or_404(queries.drafts(), public_id=plain_id(public_id))


def found_to_draft(request: Request, public_id: str) -> CurriculumVersion:
    """A version whose drafts the reader sees; whoever is only asked to review it finds none of them."""
    row = found_version(public_id)
    if not rules.may_see_drafts(request.actor, row):
        raise Http404
    return row


def may_draft(request: Request, version: CurriculumVersion) -> bool:
    """Whether the reader may ask for drafts of it now."""
    return bool(rules.may_design(request.actor, version.curriculum.organisation)) and bool(
        rules.can_edit(version)
    )


def called(draft: Draft) -> str:
    """Draft 3."""
    return _("Draft %(number)s") % {"number": draft.number}


def gist(draft: Draft) -> str:
    """What came of it in one line."""
    found = draft.found
    if draft.state not in ("done", "taken"):
        return ""
    minutes = sum(unit["minutes"] for unit in found["units"])
    return _("%(share)s of the need · %(hours)s · %(count)s units") % {
        "share": share(found["objective"], found["whole"]),
        "hours": hours(minutes),
        "count": len(found["units"]),
    }


@require_GET
@needs(Permission.DESIGN_CURRICULA, Permission.APPROVE_CURRICULA)
def drafts(request: Request, organisation: str, version: str) -> HttpResponse:
    """The drafts of a version, with what they cover, to open or to lay beside one another."""
    row = found_to_draft(request, version)
    page = Paginator(queries.drafts_of(row), OF_A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, called(one), gist(one), str(DRAFT_STATES[one.state]), TONES[one.state]) for one in page]
    context = {
        "version": row,
        "title": text(row.curriculum.name),
        "name": numbered(row),
        "lines": lines,
        "page": page,
        "comparable": sum(one.state in ("done", "taken") for one in page) > 1,
        "most": MOST_COMPARED,
        "may": may_draft(request, row),
        "tabs": version_tabs(request, row, "curricula:drafts"),
        "crumbs": to_version(request, row, here(_("Draft from needs"))),
    }
    return render(request, "curricula/drafts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def new_draft(request: Request, organisation: str, version: str) -> HttpResponse:
    """What the plan shall be: weights from an analysis or by hand, hours, least hours, capacity."""
    row = found_to_draft(request, version)
    inputs, listed = inputs_of(row), analyses(request)
    like = _like(request, row, inputs, listed)
    choices = _choices(row, inputs, like)
    form = DraftForm(choices, like, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with refusals_in(form):
                made = _asked(request, row, form.wish())
            if not form.errors:
                return redirect("curricula:shown_draft", organisation, made.public_id)
            status = 409
    context = {
        "version": row,
        "title": text(row.curriculum.name),
        "form": form,
        "like": request.POST.get("like", request.GET.get("like", ""))[:16],
        "source": like.source,
        "sources": listed,
        "made_id": request.POST.get("made_id") or uuid.uuid4(),
        "pins": _pinned(like, inputs),
        "count": len(inputs["units"]),
        "own": [text(unit.name) for unit in own_units(row, inputs)],
        "may": may_draft(request, row),
        "crumbs": to_version(request, row, _to_drafts(request, row), here(_("New draft"))),
    }
    return render(request, "curricula/draft_new.html", context, status=status)


def _to_drafts(request: Request, row: CurriculumVersion) -> Any:
    return step(request, _("Draft from needs"), "curricula:drafts", row.public_id)


def _asked(request: Request, row: CurriculumVersion, wish: DraftWish) -> Draft:
    """Asked for once by a form with these wishes; gone back to and sent with others, it asks for another draft."""
    try:
        form = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        form = uuid.uuid4()
    made_id = uuid.uuid5(form, json.dumps(wish.as_json(), sort_keys=True))
    return ask_draft(row, wish, made_id=made_id, by=request.actor, at=request.at)


def _like(
    request: Request, row: CurriculumVersion, inputs: Inputs, listed: list[tuple[str, str]]
) -> DraftWish:
    """What the form begins with: another draft's wishes, else the hours of the version and equal weights."""
    sent = request.POST if request.method == "POST" else request.GET
    known = queries.drafts_of(row).filter(public_id=sent.get("like", "")[:16]).first()
    if known is not None:
        like = DraftWish.of(known.wanted)
        keys = {unit["key"] for unit in inputs["units"]}
        like = replace(like, pins={key: kind for key, kind in like.pins.items() if key in keys})
    else:
        like = _from_version(row, inputs)
    chosen = sent.get("from", listed[0][0] if listed and known is None else "")[:16]
    weights = weights_from(chosen, listed)
    return replace(like, weights=weights, source=chosen) if weights else like


def _from_version(row: CurriculumVersion, inputs: Inputs) -> DraftWish:
    content = content_of(row)
    tops = {bucket.key for bucket in content.buckets if not bucket.within}
    practised = {key for unit in inputs["units"] for key in unit["skills"]}
    offered = {unit["key"] for unit in inputs["units"]}
    return DraftWish(
        weights=dict.fromkeys(practised, MIDDLE),
        cells={cell: minutes for cell, minutes in content.targets.items() if cell[1] in tops},
        pins={key: pin.kind for key, pin in pins_of(row).items() if key in offered},
    )


def _choices(row: CurriculumVersion, inputs: Inputs, like: DraftWish) -> Choices:
    content, units = content_of(row), inputs["units"]
    keys = {key for unit in units for key in unit["skills"]} | set(like.weights)
    skills = sorted(skills_by_key(keys).values(), key=lambda one: (one.framework_id, one.order))
    used = {unit["kind"] for unit in units}
    return Choices(
        skills=skills,
        stages=content.stages,
        kinds=[one for one in content.buckets if one.key in used and not one.within],
        areas=content.areas,
        trainers=sorted({unit["trainer"] for unit in units} - {""}),
        rooms=sorted({unit["room"] for unit in units} - {""}),
    )


def _pinned(like: DraftWish, inputs: Inputs) -> list[tuple[str, str]]:
    """(name, kind) of units about which something is said."""
    names = {unit["key"]: text(unit["name"]) for unit in inputs["units"]}
    return sorted((names[key], kind) for key, kind in like.pins.items() if key in names)


@require_POST
@needs(Permission.DESIGN_CURRICULA)
def do(request: Request, organisation: str, draft: str) -> HttpResponse:
    """Take the wish back, take the plan into the version, or draft again with other pins."""
    row, verb = found_draft(draft), request.POST.get("do", "")
    if verb == "cancel":
        try:
            cancel_draft(row, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            messages.warning(request, _("It is too late to cancel: this draft is there."))
        else:
            messages.success(request, _("Taken back; nothing is kept."))
    elif verb == "take":
        after = take_draft(row, revision=revision_of(request.POST), by=request.actor, at=request.at)
        messages.success(request, _("The version now has the units of this draft, in its order."))
        return redirect(version_url(request, after))
    elif verb == "again":
        made = _again(request, row)
        return redirect("curricula:shown_draft", organisation, made.public_id)
    return redirect("curricula:shown_draft", organisation, row.public_id)


def _again(request: Request, row: Draft) -> Draft:
    """The same wishes with the pins that were chosen; these are kept for the version's next drafts too."""
    wish = DraftWish.of(row.wanted)
    known = {unit["key"] for unit in row.inputs["units"]}
    said = {
        key.removeprefix(PIN): kind
        for key, kind in request.POST.items()
        if key.startswith(PIN) and kind in KINDS and key.removeprefix(PIN) in known
    }
    pins = {key: kind for key, kind in {**wish.pins, **said}.items() if kind}
    _keep_pins(request, row.version, said)
    return _asked(request, row.version, replace(wish, pins=pins))


def _keep_pins(request: Request, version: CurriculumVersion, said: Mapping[str, str]) -> None:
    standing = {key: pin.kind for key, pin in pins_of(version).items()}
    differ = [key for key, kind in said.items() if standing.get(key, "") != kind]
    rows = cards().filter(organisation=version.curriculum.organisation, key__in=differ)
    for card in rows:
        pin_card(version, card, kind=said[card.key], by=request.actor, at=request.at)


def drafts_url(request: Request, version: CurriculumVersion) -> str:
    """The list of a version's drafts."""
    return reverse("curricula:drafts", args=[request.organisation.key, version.public_id])
