"""One draft: its versions, who drafts along, its pilots, and where it came from."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.forms import DraftForm
from craftpath.delivery.web.studio.listing import members_offered
from craftpath.delivery.web.studio.places import TONES, found_draft, to_draft, to_list
from craftpath.domain.studio import actions, queries, rules
from craftpath.domain.studio.finding import who_may_join
from craftpath.domain.studio.texts import ORIGINS, STATES
from craftpath.values.verdict import require


@require_GET
def draft(request: Request, organisation: str, draft: str) -> HttpResponse:
    """The page."""
    row = found_draft(request, draft)
    versions = list(row.versions.all())
    projects = queries.projects_by_version(one.pk for one in versions)
    context = {
        "row": row,
        "versions": [
            {
                "row": one,
                "state": STATES[one.state],
                "tone": TONES[one.state],
                "project": projects.get(one.pk),
            }
            for one in versions
        ],
        "members": [text(one.name) for one in queries.members_of(row)],
        "origin": ORIGINS[row.origin.get("kind", "")],
        "trials": queries.trials_of(row),
        "runs": bool(rules.may_run(request.actor, row)),
        "crumbs": to_list(request, here(text(row.name))),
    }
    return render(request, "studio/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, organisation: str, draft: str) -> HttpResponse:
    """Another name, other members."""
    row = found_draft(request, draft)
    require(rules.may_run(request.actor, row))
    able = {one.public_id: one for one in who_may_join(row.organisation, row)}
    now = tuple(one.public_id for one in queries.members_of(row))
    first = {"made_id": row.made_id, "zh": row.title.zh, "en": row.title.en, "members": list(now)}
    form = DraftForm(
        request.POST if request.method == "POST" else None, members=members_offered(able, now), grown=None,
        initial=first,
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, pgettext("what was written", "Kept."),
            lambda: actions.set_draft(
                row, name=form.name(), members=[able[key] for key in form.cleaned_data.get("members", ())],
                by=request.actor, at=request.at,
            ),
        )  # fmt: skip
        if not status:
            return redirect("studio:draft", organisation, row.public_id)
    context = {"form": form, "row": row, "crumbs": to_draft(request, row, here(_("Name and members")))}
    return render(request, "studio/new.html", context, status=status)
