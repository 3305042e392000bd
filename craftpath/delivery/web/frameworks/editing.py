"""Writing a draft: its head, its tree, its skills one by one, its scale."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.frameworks import saying
from craftpath.delivery.web.frameworks.forms import AboutForm, NodeForm, ScaleForm
from craftpath.delivery.web.frameworks.places import found_draft, found_node, to_editor, to_framework, to_list
from craftpath.delivery.web.frameworks.reading import ROWS, head
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.standards import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework

FORMS = ["GET", "HEAD", "POST"]


def _draft(request: Request, public_id: str) -> Framework:
    row = found_draft(request, public_id)
    require(rules.can_edit(row))
    return row


@require_http_methods(FORMS)
@needs(Permission.EDIT_FRAMEWORKS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin a list of this organisation, or of the whole site where the site was opened."""
    form = AboutForm(
        request.POST if request.method == "POST" else None, publisher=text(request.organisation.name)
    )
    shared = bool(rules.may_write(request.actor, None))
    owner = None if shared and request.POST.get("for") == "site" else request.organisation
    made: list[Any] = []

    def act() -> None:
        row = actions.draft_framework(
            organisation=owner, name=form.words("name"), about=form.given(), by=request.actor, at=request.at
        )
        made.append(row)

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Begun. Add its domains and skills, or import a file."), act)
        if not status:
            return redirect("frameworks:edit", organisation, made[0].public_id)
    context = {"form": form, "shared": shared, "for": request.POST.get("for", "own"),
               "crumbs": to_list(request, here(_("New framework")))}  # fmt: skip
    return render(request, "frameworks/about.html", context, status=status)


@require_http_methods(FORMS)
@needs(Permission.EDIT_FRAMEWORKS)
def describe(request: Request, organisation: str, framework: str) -> HttpResponse:
    """What a draft says of itself."""
    row, status = _draft(request, framework), 200
    form = AboutForm(request.POST if request.method == "POST" else None, row=row)

    def act() -> None:
        actions.describe_framework(
            row, name=form.words("name"), **form.given(), by=request.actor, at=request.at
        )

    if request.method == "POST":
        status = tried(request, form, _("Saved."), act)
        if not status:
            return redirect("frameworks:edit", organisation, framework)
    context = {
        "form": form,
        "framework": row,
        "crumbs": to_editor(request, row, here(_("About the framework"))),
    }
    return render(request, "frameworks/about.html", context, status=status)


@require_GET
@needs(Permission.EDIT_FRAMEWORKS)
def edit(request: Request, organisation: str, framework: str) -> HttpResponse:
    """The tree of a draft with a row of buttons for each node."""
    return _tree(request, _draft(request, framework))


def _tree(request: Request, row: Framework, moved: str = "") -> HttpResponse:
    rows = saying.rows_of(request, row, queries.nodes(row))
    at = next((n for n, one in enumerate(rows) if one.node.key == moved), 0)
    page = Paginator(rows, ROWS).get_page(at // ROWS + 1 if moved else request.GET.get("page"))
    context = head(request, row) | {
        "page": page,
        "rows": page.object_list,
        "scale": saying.scale_of(row),
        "moved": moved,
        "skills": sum(one.node.kind == "skill" for one in rows),
        "crumbs": to_framework(request, row, here(_("Edit"))),
    }
    return render(request, "frameworks/edit.html", context)


@require_http_methods(FORMS)
@needs(Permission.EDIT_FRAMEWORKS)
def add(request: Request, organisation: str, framework: str) -> HttpResponse:
    """A domain or a skill, under the node that `under` names or at the top."""
    row, status = _draft(request, framework), 200
    under = request.POST.get("under", request.GET.get("under", ""))
    parent = found_node(row, under) if under else None
    kind = "skill" if parent is not None or request.GET.get("kind") != "domain" else "domain"
    form = NodeForm(
        request.POST if request.method == "POST" else None, framework=row, kind=kind, made_id=uuid.uuid4()
    )

    def act() -> None:
        actions.add_node(row, form.node(under), by=request.actor, at=request.at)

    if request.method == "POST":
        status = tried(request, form, _("Added."), act)
        if not status:
            return _after(request, row, under)
    context = {
        "form": form,
        "framework": row,
        "parent": parent,
        "crumbs": to_editor(request, row, here(_("Add"))),
    }
    return render(request, "frameworks/node.html", context, status=status)


def _after(request: Request, row: Framework, under: str) -> HttpResponse:
    """On to the next one, or back to the tree."""
    if request.POST.get("then") == "another":
        there = redirect("frameworks:add", request.organisation.key, row.public_id)
        there["Location"] += f"?under={under}" if under else ""
        return there
    return redirect("frameworks:edit", request.organisation.key, row.public_id)


@require_http_methods(FORMS)
@needs(Permission.EDIT_FRAMEWORKS)
def node(request: Request, organisation: str, framework: str, key: str) -> HttpResponse:
    """Everything that one node says, in both languages."""
    row, status = _draft(request, framework), 200
    kept = found_node(row, key)
    form = NodeForm(request.POST if request.method == "POST" else None, framework=row, node=kept)

    def act() -> None:
        actions.change_node(row, key, **form.given(), by=request.actor, at=request.at)

    if request.method == "POST":
        status = tried(request, form, _("Saved."), act)
        if not status:
            there = redirect("frameworks:edit", organisation, framework)
            there["Location"] += f"#n-{key}"
            return there
    context = {"form": form, "framework": row, "node": kept,
               "crumbs": to_editor(request, row, here(text(kept.name)))}  # fmt: skip
    return render(request, "frameworks/node.html", context, status=status)


@require_POST
@needs(Permission.EDIT_FRAMEWORKS)
def move(request: Request, organisation: str, framework: str, key: str) -> HttpResponse:
    """Up, down, in or out; the tree comes back with the focus where it was."""
    row = _draft(request, framework)
    actions.move_node(row, key, move=request.POST.get("move", ""), by=request.actor, at=request.at)
    if request.htmx:
        return _tree(request, row, moved=key)
    there = redirect("frameworks:edit", organisation, framework)
    there["Location"] += f"#n-{key}"
    return there


@require_POST
@needs(Permission.EDIT_FRAMEWORKS)
def remove(request: Request, organisation: str, framework: str, key: str) -> HttpResponse:
    """Take a node out with everything under it; other versions and what is tagged keep it."""
    row = _draft(request, framework)
    gone = actions.remove_node(row, key, by=request.actor, at=request.at)
    messages.success(request, _("Taken out of this version: %(count)s.") % {"count": gone})
    return redirect("frameworks:edit", organisation, framework)


@require_http_methods(FORMS)
@needs(Permission.EDIT_FRAMEWORKS)
def levels(request: Request, organisation: str, framework: str) -> HttpResponse:
    """The scale of a draft."""
    row, status = _draft(request, framework), 200
    form = ScaleForm(request.POST if request.method == "POST" else None, framework=row)

    def act() -> None:
        by = form.cleaned_data["levels_by"] or "own"
        actions.set_levels(row, form.levels(), levels_by=by, by=request.actor, at=request.at)

    if request.method == "POST":
        status = tried(request, form, _("Saved."), act)
        if not status:
            return redirect("frameworks:edit", organisation, framework)
    context = {
        "form": form,
        "framework": row,
        "crumbs": to_editor(request, row, here(pgettext("of skills", "Levels"))),
    }
    return render(request, "frameworks/levels.html", context, status=status)
