"""What was dropped and read: a few fields with a guess in each, confirmed by one press for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.resources import saying
from craftpath.delivery.web.resources.doing import PLAYED
from craftpath.delivery.web.resources.forms import DraftForm, skill_names, trades
from craftpath.delivery.web.resources.places import to_list
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.resources import actions, queries, rules
from craftpath.domain.resources.texts import KINDS
from craftpath.values.verdict import Verdict, require

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource, Version

ALL = "all"
Forms = dict[str, DraftForm]


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, organisation: str) -> HttpResponse:
    """The reader's own drafts. Asked by htmx while files are read: the whole page again once they are."""
    require(rules.may_keep(request.actor, request.organisation))
    page = Paginator(queries.drafts_of(request.user), rules.MOST_AT_ONCE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    newest = queries.newest_of(rows)
    if request.htmx and request.method != "POST" and not _reads(rows, newest):
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    forms, status = _forms(request, rows, newest), 200
    if request.method == "POST":
        status = _share(request, forms)
        if not status:
            left = queries.drafts_of(request.user).exists()
            return redirect("resources:confirm" if left else "resources:list", organisation)
    part = "#waiting" if request.htmx and request.method != "POST" else ""
    context = {
        "cards": [_card(request, row, newest.get(row.pk), forms.get(row.public_id)) for row in rows],
        "reads": _reads(rows, newest),
        "any": bool(forms),
        "page": page,
        "crumbs": to_list(request, here(_("Confirm and share"))),
    }
    return render(request, f"resources/confirm.html{part}", context, status=status)


def _reads(rows: list[Resource], newest: dict[int, Version]) -> bool:
    return any(newest[row.pk].state == "reading" for row in rows if row.pk in newest)


def _forms(request: Request, rows: list[Resource], newest: dict[int, Version]) -> Forms:
    """A form for each that was read; what is pressed says which of them are sent."""
    ready = [row for row in rows if row.pk in newest and newest[row.pk].state == "ready"]
    if not ready:
        return {}
    known, skills = trades(), {key: name for _group, some in skill_names() for key, name in some}
    data = request.POST if request.method == "POST" else None
    # What was not on the page when it was pressed was not confirmed: it keeps its guesses.
    sent = {row.public_id for row in ready if data is not None and f"{row.public_id}-title" in data}
    return {
        row.public_id: DraftForm(
            data if row.public_id in sent else None, row=row, trades=known, skills=skills
        )
        for row in ready
    }


def _share(request: Request, forms: Forms) -> int:
    """Share what was pressed: each for itself, so that one that lacks something keeps no other back."""
    pressed = request.POST.get("share", "")
    chosen = [form for key, form in forms.items() if form.is_bound and pressed in (ALL, key)]
    done, refused = [], 0
    for form in chosen:
        if not form.is_valid():
            refused = refused or 422
            continue
        with refusals_in(form):
            done.append(actions.share_resource(form.row, form.details(), by=request.actor, at=request.at))
        if form.errors:
            refused = 409
    if done:
        said = ngettext("%(count)s resource is shared.", "%(count)s resources are shared.", len(done))
        messages.success(request, said % {"count": len(done)})
    return refused if chosen else (409 if forms and not done and pressed else 0)


def _card(request: Request, row: Resource, version: Version | None, form: DraftForm | None) -> dict[str, Any]:
    refusal = version.refusal if version is not None else {}
    guesses = row.guesses
    alike = queries.like(row) if form is not None else []
    return {
        "row": row,
        "form": form,
        "name": version.file.name if version is not None and version.file is not None else text(row.title),
        "about": " · ".join(one for one in (str(KINDS[row.kind]), saying.form(version)) if one),
        "reads": version is not None and version.state == "reading",
        "reason": sentence(Verdict(refusal["reason"], refusal.get("facts", {}))) if refusal else "",
        "cartridge": version is not None and version.form == "imscc",
        "played": version is not None and version.form in PLAYED,
        "without_text": version is not None and version.without_text,
        "sure": {
            name: saying.sure(guesses.get(name, {})) for name in ("title", "occupation", "skills", "licence")
        },
        "alike": [
            {
                "title": text(other.title),
                "url": reverse("resources:resource", args=[request.organisation.key, other.public_id]),
                "why": saying.why(pair),
            }
            for other, pair in alike
            if rules.may_see(request.actor, other)
        ],
        "anchor": plain_id(row.public_id),
    }
