"""One version: what it says, what is next, and what members say about it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_words
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.forms import CommentForm, lacking
from craftpath.delivery.web.studio.places import TONES, found_version, numbered, to_draft, version_tabs
from craftpath.delivery.web.studio.saying import body
from craftpath.domain.committees.queries import motions
from craftpath.domain.studio import actions, queries, rules
from craftpath.domain.studio.content import PARTS, Content
from craftpath.domain.studio.texts import PARTS as PART_NAMES
from craftpath.domain.studio.texts import STATES
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.studio.models import DraftVersion

A_PAGE = 50


@require_GET
def version(request: Request, organisation: str, version: str) -> HttpResponse:
    """The page."""
    return _page(request, found_version(request, version), CommentForm(initial={"made_id": uuid.uuid4()}))


def _page(request: Request, row: DraftVersion, form: CommentForm, status: int = 200) -> HttpResponse:
    content = Content.of(row.content)
    runs = bool(rules.may_run(request.actor, row.draft))
    project = queries.projects_by_version([row.pk]).get(row.pk)
    context = {
        "row": row,
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "runs": runs,
        "writes": runs and row.state == "writing",
        "parts": [(one, PART_NAMES[one]) for one in PARTS],
        "lacks": lacking(rules.lacks(content)) if row.state == "writing" else [],
        "decided_on": date.fromisoformat(row.decision["on"]) if row.decision else None,
        "tries": runs and bool(rules.can_try(row)),
        "motion_url": _motion(request, row),
        "project": project,
        "comments": Paginator(queries.comments_of(row), A_PAGE).get_page(request.GET.get("page")),
        "says": bool(rules.may_comment(request.actor)),
        "form": form,
        "tabs": version_tabs(request, row, "studio:version"),
        "crumbs": to_draft(request, row.draft, here(numbered(row))),
        **body(content),
    }
    return render(request, "studio/version.html", context, status=status)


def _motion(request: Request, row: DraftVersion) -> str:
    """The page of the motion, for those who see the committee that votes."""
    if row.state != "voting":
        return ""
    public_id = Ref.parse(row.motion).public_id
    seen = motions().filter(public_id=public_id).exists()
    return reverse("committees:motion", args=[request.organisation.key, public_id]) if seen else ""


@require_POST
def move(request: Request, organisation: str, version: str) -> HttpResponse:
    """Propose it, set it aside, or begin the next one."""
    row = found_version(request, version)
    do = request.POST.get("do", "")
    there, said = row, ""
    if do == "propose":
        actions.propose_version(row, why=plain_words(request, "why"), by=request.actor, at=request.at)
        said = _("Proposed. From now on nothing of it changes; members comment, and a class may try it.")
    elif do == "aside":
        actions.shelve_version(row, by=request.actor, at=request.at)
        said = _("Set aside. It stays to be read.")
    elif do == "next":
        there = actions.begin_version(row, why=plain_words(request, "why"), by=request.actor, at=request.at)
        said = _("The next version begins with everything that this one says.")
    else:
        raise Http404
    messages.success(request, said)
    return redirect("studio:version", organisation, there.public_id)


@require_POST
def comment(request: Request, organisation: str, version: str) -> HttpResponse:
    """Say something about it; what is refused stays in the form."""
    row = found_version(request, version)
    form = CommentForm(request.POST)

    def act() -> Any:
        given = form.cleaned_data
        return actions.comment(
            row, made_id=given["made_id"], words=given["words"], by=request.actor, at=request.at
        )

    status = tried(request, form, _("Said."), act)
    if status:
        return _page(request, row, form, status)
    return redirect("studio:version", organisation, row.public_id)
