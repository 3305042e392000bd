"""Marking essays one after the other, without knowing whose they are; the own marks can be looked through."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.exams.showing import addresses, block, candidate, plain
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.delivery.web.sittings.saying import points_of, points_typed
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.codes import plain_code
from craftpath.domain.exams.essays import THIRD, Essay, essays_of
from craftpath.domain.exams.marking import Desk, desk_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

MOST_STEPS = 20
"""Points up to which each has a button of its own."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def essays(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The next essay with its guide; points, a word, next. `after` passes over one, `essay` opens one of the own."""
    row = found(sitting)
    desk = desk_of(row, request.actor)
    one, fault, status, typed = _asked_for(request, desk), "", 200, {}
    if request.method == "POST":
        one = desk.find(_key(request.POST)) or _anybodys(row, request)
        if one is None:  # never there
            return redirect("sittings:essays", organisation, sitting)
        own = _own(one, request)
        if own is not None and request.POST.get("standing") != str(own.pk):
            return _again(request, organisation, sitting, one)
        typed = {name: request.POST.get(name, "").replace("\0", "") for name in ("points", "words")}
        try:
            actions.mark_essay(
                one.candidate,
                one.line,
                points=points_typed(typed["points"]),
                words=typed["words"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
        else:
            messages.success(
                request, _("Marked.") if own is None else _("Marked anew; your mark of before is kept.")
            )
            return redirect("sittings:essays" if own is None else "sittings:given", organisation, sitting)
    code = request.GET.get("code", "")[:20].replace("\0", "")
    context: dict[str, Any] = {
        "sitting": row,
        "essay": one,
        "desk": desk,
        "done": len(desk.given),
        "all": len(desk.given) + len(desk.left),
        "fault": fault,
        "piles": any(one.code for one in desk.left),
        "asked_code": code,
        "unknown": bool(plain_code(code)) and _of_sheet(desk, code) is None,
        "crumbs": _crumbs(request, row, here(_("Essays"))),
    }
    if one is not None:
        context |= _shown(request, one, typed)
    return render(request, "sittings/essays.html", context, status=status)


@require_GET
@needs(Permission.IMPORT_MARKS)
def given(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """All marks that this person has given, to be looked through; each opens its essay."""
    row = found(sitting)
    desk = desk_of(row, request.actor)
    address = reverse("sittings:essays", args=[organisation, sitting])
    marks = [
        {
            "essay": one,
            "url": f"{address}?essay={one.key}",
            "points": points_of(mark.points),
            "most": points_of(one.most),
            "words": mark.words,
            "start": one.text[:60],
            "at": mark.marked_at,
        }
        for one in desk.given
        if (mark := _own(one, request)) is not None
    ]
    context = {
        "sitting": row,
        "marks": marks,
        "left": len(desk.left),
        "crumbs": _crumbs(request, row, here(_("Marked by you"))),
    }
    return render(request, "sittings/given.html", context)


def essay_shown(request: Request, one: Essay) -> dict[str, Any]:
    """What a page shows of an essay: the question, how it is marked, the points that there are."""
    content = queries.content_of(one.line.version, one.line.version.item.kind)
    address = addresses(request.organisation.key)
    return {
        "asked": candidate(content, address, None, one.line.version.stimulus),
        "guide": block(content.details.get("guide"), address),
        "most": one.most,
        "question": plain(one.line.version.stem, 60),
    }


def _shown(request: Request, one: Essay, typed: dict[str, str]) -> dict[str, Any]:
    own = _own(one, request)
    standing = {"points": points_of(own.points), "words": own.words} if own is not None else {}
    whole = int(one.most)
    return essay_shown(request, one) | {
        "typed": typed or standing,
        "own": own,
        "closed": own is not None and one.candidate.sitting.published_at is not None,
        "third": own is None and one.free == THIRD,
        "steps": range(whole + 1) if whole == one.most and whole <= MOST_STEPS else (),
        "half": Decimal("0.5"),
    }


def _asked_for(request: Request, desk: Desk) -> Essay | None:
    """The one that the address names, the one after another, or the next."""
    named = desk.find(_key(request.GET))
    if named is not None:
        return named
    if "essay" in request.GET and request.method != "POST":
        raise Http404
    of_sheet = _of_sheet(desk, request.GET.get("code", ""))
    if of_sheet is not None:
        return of_sheet
    keys = [one.key for one in desk.left]
    after = request.GET.get("after", "")
    at = keys.index(after) + 1 if after in keys else 0
    return (desk.left[at:] or desk.left)[0] if desk.left else None


def _of_sheet(desk: Desk, typed: str) -> Essay | None:
    """The next essay on the sheet of paper with this code."""
    code = plain_code(typed[:20])
    return next((one for one in desk.left if code and plain_code(one.code) == code), None)


@require_GET
@needs(Permission.IMPORT_MARKS)
def essay_file(request: Request, organisation: str, sitting: str, essay: str, file: str) -> HttpResponse:
    """A file beside an essay, without the name that it was sent by."""
    row = found(sitting)
    one = next((one for one in essays_of(row) if one.key == essay[:16]), None)
    kept = next((one for one in one.files if one.public_id == file), None) if one is not None else None
    if kept is None:
        raise Http404
    return shown_or_saved(kept.kept.bytes(), essay[:16], kept.media_type)


def _anybodys(row: Any, request: Request) -> Essay | None:
    """An essay that stands on the desk no more, since somebody was quicker; the action says why."""
    return next((one for one in essays_of(row) if one.key == _key(request.POST)), None)


def _again(request: Request, organisation: str, sitting: str, one: Essay) -> HttpResponse:
    """A second press of the same form changes nothing; other points of an old form are shown where they belong."""
    own = _own(one, request)
    same = own is not None and points_typed(request.POST.get("points", "")) == own.points
    if same:
        return redirect("sittings:essays", organisation, sitting)
    messages.info(
        request, _("You have marked this essay already. Nothing was changed; change it here if you like.")
    )
    return redirect(f"{reverse('sittings:essays', args=[organisation, sitting])}?essay={one.key}")


def _own(one: Essay, request: Request) -> Any:
    person = request.actor.person
    return None if person is None else one.by(person.pk)


def _key(given: Any) -> str:
    return str(given.get("essay", ""))[:16]


def _crumbs(request: Request, row: Any, last: Any) -> Any:
    return to_list(request, step(request, row.paper.title, "sittings:sitting", row.public_id), last)
