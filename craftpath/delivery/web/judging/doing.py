"""Small buttons of practical work: publish, ask somebody else, excuse, look at a mark anew, close, cancel."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.judging.places import found, found_rater, found_work
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.judging import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require


def _word(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")


def _ticked(request: Request) -> dict[str, str]:
    """public id of an enrolment → the mark that was read beside its tick; empty where none stood there."""
    found = {}
    for value in request.POST.getlist("who"):
        public_id, _dot, mark = value.partition("=")
        if plain_id(public_id):
            found[public_id] = mark[:12]
    return found


@require_POST
@needs(Permission.IMPORT_MARKS)
def publish(request: Request, organisation: str, practical: str) -> HttpResponse:
    """Publish the marks that are ticked, as they were read."""
    row = found(practical)
    require(rules.may_publish(request.actor, row))
    seen = _ticked(request)
    ids = queries.enrolments_named(row, seen)
    if not ids:
        messages.warning(request, _("Tick at least one work whose mark is ready."))
        return redirect("judging:practical", organisation, practical)
    try:
        done = actions.publish_marks(
            row, {pk: seen[public_id] for public_id, pk in ids.items()}, by=request.actor, at=request.at
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return redirect("judging:practical", organisation, practical)
    said = ngettext(
        "%(count)s mark is published and stands in the results.",
        "%(count)s marks are published and stand in the results.",
        done.done,
    )
    messages.success(request, said % {"count": done.done})
    return redirect("judging:practical", organisation, practical)


@require_POST
@needs(Permission.IMPORT_MARKS)
def ask(request: Request, organisation: str, practical: str) -> HttpResponse:
    """Ask one more person to rate the works that are ticked."""
    row = found(practical)
    require(rules.may_publish(request.actor, row))
    ids = queries.enrolments_named(row, _ticked(request))
    known = {
        person.public_id: (person, kind)
        for person, kind in queries.candidates(row.evaluation.cohort, request.today)
    }
    chosen = known.get(_word(request, "person"))
    if not ids or chosen is None:
        messages.warning(request, _("Tick the works and choose who rates them."))
        return redirect("judging:practical", organisation, practical)
    person, kind = chosen
    try:
        asked = actions.ask_raters(
            row,
            list(ids.values()),
            person=person,
            kind=kind,
            chair=bool(request.POST.get("chair")),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return redirect("judging:practical", organisation, practical)
    said = ngettext(
        "%(name)s is asked to rate %(count)s work.", "%(name)s is asked to rate %(count)s works.", asked
    )
    messages.success(request, said % {"name": person.name, "count": asked})
    return redirect("judging:practical", organisation, practical)


@require_POST
@needs(Permission.IMPORT_MARKS)
def excuse(request: Request, organisation: str, rater: str) -> HttpResponse:
    """Do without somebody who cannot rate."""
    row = found_rater(rater)
    actions.excuse_rater(row, because=_word(request, "because"), by=request.actor, at=request.at)
    messages.success(request, _("Excused; the reason is kept."))
    return redirect("judging:practical", organisation, row.practical.public_id)


@require_POST
@needs(Permission.IMPORT_MARKS)
def reopen(request: Request, organisation: str, practical: str, enrolment: str) -> HttpResponse:
    """Look at a published mark once more."""
    row = found(practical)
    _whose, work = found_work(row, enrolment)
    if work.judgement is None:
        raise Http404
    actions.reopen_judgement(
        work.judgement, because=_word(request, "because"), by=request.actor, at=request.at
    )
    messages.success(
        request, _("Reopened. Its raters can rate anew; the mark stands until you publish again.")
    )
    return redirect("judging:work", organisation, practical, enrolment)


@require_POST
@needs(Permission.IMPORT_MARKS)
def move(request: Request, organisation: str, practical: str) -> HttpResponse:
    """Close, reopen or cancel."""
    row = found(practical)
    do = request.POST.get("do")
    by, at = request.actor, request.at
    if do == "close":
        actions.close_practical(row, by=by, at=at)
        messages.success(request, _("Closed. Nobody rates here any more."))
    elif do == "reopen":
        actions.reopen_practical(row, by=by, at=at)
        messages.success(request, _("Open again."))
    elif do == "cancel":
        actions.cancel_practical(row, because=_word(request, "because"), by=by, at=at)
        messages.success(request, _("Cancelled; it counts for nothing."))
        return redirect("judging:board", organisation)
    return redirect("judging:practical", organisation, practical)
