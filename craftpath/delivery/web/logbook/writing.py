"""The apprentice's own week: write, hand in, look back. Without JavaScript every form is an ordinary one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.logbook.cards import cards
from craftpath.delivery.web.logbook.forms import EntryForm
from craftpath.delivery.web.logbook.prefill import prefill
from craftpath.delivery.web.logbook.weeks import monday_asked, week
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.logbook import actions, queries
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.standards.guessing import guess, hints_of
from craftpath.domain.standards.queries import skills
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry
    from craftpath.domain.standards.models import Skill


def own_enrolment(request: Request) -> Enrolment:
    """The reader's apprenticeship here, the running one first; 404 for who has none."""
    inside = enrolments_of(request.user).filter(
        cohort__organisation__path__startswith=request.organisation.path
    )
    rows = sorted(inside, key=lambda row: row.state != "active")
    if not rows:
        raise Http404
    return rows[0]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_LOG)
@kept_offline
def own_week(request: Request, organisation: str) -> HttpResponse:
    """The week with its entries, and the form for one: a new one of today, or the one that is asked for."""
    enrolment = own_enrolment(request)
    known = skills()
    if request.method == "POST":
        return _save(request, enrolment, known)
    asked = queries.entry(plain_id(request.GET["entry"])) if request.GET.get("entry") else None
    if request.GET.get("entry") and (asked is None or asked.enrolment_id != enrolment.pk):
        raise Http404
    return _page(request, enrolment, known, asked=asked)


def _page(
    request: Request,
    enrolment: Enrolment,
    known: list[Skill],
    *,
    asked: Entry | None = None,
    form: EntryForm | None = None,
    fault: str = "",
) -> HttpResponse:
    monday = monday_asked(request.GET.get("from", asked.on.isoformat() if asked else ""), request.today)
    entries = queries.entries_of(enrolment.pk, monday, monday + timedelta(days=6))
    shown = week(monday, entries, request.today)
    ahead = request.today if shown.monday <= request.today <= shown.sunday else shown.sunday
    blank = form or EntryForm(
        buckets=_buckets(enrolment), skills=known, entry=asked, prefill=prefill(enrolment, ahead)
    )
    context = {
        "enrolment": enrolment,
        "week": shown,
        "cards": [card for card in cards(entries) if asked is None or card.entry.pk != asked.pk][::-1],
        "form": blank,
        "asked": asked,
        "fault": fault,
        "hints": {skill.key: hints_of(skill) for skill in known},
        "shown_day": asked.on if asked else ahead,
        "running": enrolment.state == "active",
    }
    return render(request, "logbook/week.html", context, status=422 if form else 200)


def _buckets(enrolment: Enrolment) -> Any:
    return buckets_by_programme([enrolment.cohort.programme_id]).get(enrolment.cohort.programme_id, [])


def _save(request: Request, enrolment: Enrolment, known: list[Skill]) -> HttpResponse:
    form = EntryForm(request.POST, request.FILES, buckets=_buckets(enrolment), skills=known)
    if not form.is_valid():
        return _page(request, enrolment, known, form=form)
    hand_in = request.POST.get("do") == "submit"
    try:
        saved = write(request, enrolment, form, hand_in=hand_in)
    except Refused as refusal:
        return _page(request, enrolment, known, form=form, fault=sentence(refusal.verdict))
    _told(request, saved, hand_in=hand_in, known=known)
    here = redirect("logbook:week", request.organisation.key)
    here["Location"] += f"?from={saved.entry.on.isoformat()}"
    return here


def write(request: Request, enrolment: Enrolment, form: EntryForm, *, hand_in: bool) -> actions.Saved:
    """Save what a valid form says with its photo, and hand it in; each step is safe to come twice."""
    given = form.cleaned_data
    saved = actions.save_entry(
        enrolment,
        made_id=given["made_id"],
        content=form.content,
        base=given["base"] or 0,
        by=request.actor,
        at=request.at,
    )
    if given["photo"]:
        actions.add_file(
            saved.entry,
            # The same photo, sent again with the same form, is the same file.
            made_id=uuid.uuid5(given["made_id"], f"{given['photo'].name} {given['photo'].size}"),
            kind="photo",
            content=given["photo"].read(),
            by=request.actor,
            at=request.at,
        )
    if hand_in and saved.how != "beside":
        actions.submit_entry(saved.entry, by=request.actor, at=request.at)
    return saved


def _told(request: Request, saved: actions.Saved, *, hand_in: bool, known: list[Skill]) -> None:
    if saved.how == "beside":
        messages.warning(
            request,
            _("Another device changed this entry meanwhile. Both versions are kept; choose one below."),
        )
    elif saved.how == "correction":
        messages.success(
            request, _("The confirmed entry stays as it is; your change waits beside it as a correction.")
        )
    elif hand_in:
        messages.success(request, _("Handed in."))
    else:
        messages.success(request, _("Kept as a draft; only you see it."))
    if not saved.entry.skill and saved.how in ("new", "changed"):
        found = guess(saved.entry.text, known, most=1)
        if found and not hand_in:
            messages.info(
                request,
                _("Does this fit? Skill: %(skill)s") % {"skill": found[0].title.say(request.LANGUAGE_CODE)},
            )


@require_POST
def settle(request: Request, organisation: str, version: str) -> HttpResponse:
    """Choose between two versions of an entry."""
    other = queries.other_version(plain_id(version))
    if other is None:
        raise Http404
    entry = actions.settle_version(
        other, take=request.POST.get("do") == "take", by=request.actor, at=request.at
    )
    messages.success(request, _("Settled; the other version stays in the record."))
    here = redirect("logbook:week", organisation)
    here["Location"] += f"?from={entry.on.isoformat()}"
    return here


@require_GET
@needs(Permission.SEE_RESULTS)
def file(request: Request, organisation: str, file: str) -> HttpResponse:
    """A photo or recording, to who sees its entry."""
    row = queries.file_of(plain_id(file))
    if row is None:
        raise Http404
    response = HttpResponse(row.kept.bytes(), content_type=row.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
