"""Training projects that every place may read and take over."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.occupations.places import room_tabs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.studio.places import found_project
from craftpath.delivery.web.studio.saying import body
from craftpath.domain.studio import actions, queries, rules
from craftpath.domain.studio.content import Content

A_PAGE = 20
LONGEST_SEARCH = 60


@require_GET
def listed(request: Request, organisation: str) -> HttpResponse:
    """A page of them, found by name or code; three queries."""
    search = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    page = Paginator(queries.projects(search), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "tabs": room_tabs(request, "studio:projects")}
    return render(request, "studio/projects.html", context)


@require_GET
def project(request: Request, organisation: str, project: str) -> HttpResponse:
    """The page, with taking over for those who may begin drafts."""
    row = found_project(project)
    own = row.organisation_id == request.organisation.pk
    context = {
        "row": row,
        "runs": bool(rules.may_run(request.actor, row.version.draft)) and row.withdrawn_at is None,
        "takes": bool(rules.may_start(request.actor, request.organisation))
        and not own
        and row.withdrawn_at is None,
        "made_id": uuid.uuid4(),
        "became": _became(request, row),
        "public_url": request.build_absolute_uri(reverse("projects:project", args=[row.public_id])),
        "crumbs": [step(request, _("Training projects"), "studio:projects"), here(text(row.name))],
        **told(row),
    }
    return render(request, "studio/project.html", context)


def _became(request: Request, row: Any) -> dict[str, str]:
    """What it became → its page, where the reader sees that."""
    refs = {
        name: str(one.ref)
        for name in ("occupation", "framework", "curriculum")
        if (one := getattr(row, name))
    }
    known = subjects(set(refs.values()), request.organisation.key)
    return {name: known.get(ref, ("", ""))[1] for name, ref in refs.items()}


def told(row: Any) -> dict[str, Any]:
    """What a project says, inside and in public."""
    return {"makers": [text(one) for one in row.makers], "stages": [text(one) for one in row.stages],
            **body(Content.of(row.version.content))}  # fmt: skip


@require_POST
def take(request: Request, organisation: str, project: str) -> HttpResponse:
    """A draft of one's own from it."""
    row = found_project(project)
    try:
        made_id = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError as fault:
        raise Http404 from fault
    draft = actions.take_over(row, request.organisation, made_id=made_id, by=request.actor, at=request.at)
    messages.success(request, _("Taken over as a draft of your own. It says where it is from."))
    return redirect("studio:draft", organisation, draft.public_id)


@require_POST
def withdraw(request: Request, organisation: str, project: str) -> HttpResponse:
    """Show it no more."""
    row = found_project(project)
    actions.withdraw_project(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken down. Whoever took it over keeps what they have."))
    return redirect("studio:projects", organisation)
