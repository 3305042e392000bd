"""One part of a version, written on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.frameworks.choosing import Grouped, skill_groups
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.forms import AboutForm, NeedForm, PartForm, SkillsForm, TasksForm
from craftpath.delivery.web.studio.places import found_version, to_version
from craftpath.domain.needs.queries import published
from craftpath.domain.studio import actions, rules
from craftpath.domain.studio.content import PARTS, Content
from craftpath.domain.studio.texts import PARTS as PART_NAMES
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.studio.models import DraftVersion

CONFLICT = 409
MOST_OFFERED = 40


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, organisation: str, version: str, part: str) -> HttpResponse:
    """The form of a part."""
    row = found_version(request, version)
    if part not in PARTS:
        raise Http404
    require(rules.may_run(request.actor, row.draft))
    content = Content.of(row.content)
    groups = skill_groups(stored=content.skills) if part == "skills" else []
    form, status = _form(request, row, part, content, groups), 200
    if request.method == "POST":
        status = tried(
            request, form, pgettext("what was written", "Kept."),
            lambda: actions.write_part(
                row, part, revision=form.cleaned_data["revision"], by=request.actor, at=request.at,
                **form.fields_said(content),
            ),
        )  # fmt: skip
        if not status:
            return redirect("studio:version", organisation, row.public_id)
        if status == CONFLICT:
            _from_here(form, row)
    ticked = set(form["skills"].value() or []) if part == "skills" else set()
    context = {
        "row": row,
        "part": part,
        "name": PART_NAMES[part],
        "form": form,
        "groups": [(name, [(key, said, key in ticked) for key, said in some]) for name, some in groups],
        "crumbs": to_version(request, row, here(str(PART_NAMES[part]))),
    }
    return render(request, "studio/write.html", context, status=status)


def _form(request: Request, row: DraftVersion, part: str, content: Content, groups: Grouped) -> PartForm:
    data = request.POST if request.method == "POST" else None
    given: dict[str, Any] = {"content": content, "revision": row.revision}
    if part == "about":
        return AboutForm(data, **given)
    if part == "tasks":
        return TasksForm(data, **given)
    if part == "skills":
        return SkillsForm(data, groups=groups, **given)
    rows = published(request.organisation).defer("figures")[:MOST_OFFERED]
    surveys = [(str(one.ref), f"{text(one.title)} · {day(one.published_at)}") for one in rows]
    return NeedForm(data, surveys=surveys, **given)


def _from_here(form: PartForm, row: DraftVersion) -> None:
    """After a refusal pressing again goes on from what stands there now."""
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed["revision"] = str(row.revision)
    form.data = typed
