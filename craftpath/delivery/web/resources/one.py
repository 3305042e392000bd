"""One resource: what it is, its versions, what people say of it, and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.exchange.resources.forms import FORMS
from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.resources import saying
from craftpath.delivery.web.resources.places import TONES, seen, to_list
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.programmes.queries import areas_everywhere, stages_everywhere
from craftpath.domain.resources import actions, queries, rules
from craftpath.domain.resources.states import CRITERIA
from craftpath.domain.resources.texts import CRITERIA as CRITERIA_WORDS
from craftpath.domain.resources.texts import KINDS, LANGUAGES, LICENCES, REACHES, STATES, VERSION_STATES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource, Version


class ReviewForm(forms.Form):
    """What holds, and words about what does not."""

    holds = forms.MultipleChoiceField(
        label=gettext_lazy("What holds"), choices=list(CRITERIA_WORDS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("What lacks, or what is good"), max_length=rules.LONGEST_REASON, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class StarForm(forms.Form):
    """One to five."""

    stars = forms.TypedChoiceField(
        label=gettext_lazy("How useful was it?"), coerce=int, choices=[(n, "★" * n) for n in range(1, 6)],
        widget=forms.RadioSelect,
    )  # fmt: skip


@require_safe
def resource(request: Request, organisation: str, resource: str) -> HttpResponse:
    """The page; what was merged leads to what was kept."""
    row = seen(request, resource)
    if row.state == "merged" and row.into is not None:
        return redirect("resources:resource", organisation, row.into.public_id)
    return render(request, "resources/resource.html", page(request, row))


def page(
    request: Request, row: Resource, review: ReviewForm | None = None, star: StarForm | None = None
) -> Any:
    """All that the page shows."""
    person = request.user
    marks = queries.marks_of([row])[row.pk]
    changes = bool(rules.may_change(request.actor, row))
    versions = queries.versions_of(row)
    names = skills_by_key(row.skills)
    words, tone = saying.badge(row, marks)
    stages, areas = (
        {one.key: text(one.name) for one in some} for some in (stages_everywhere(), areas_everywhere())
    )
    return {
        "row": row,
        "title": text(row.title),
        "abstract": text(row.abstract),
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "best": words,
        "best_tone": tone,
        "kind": KINDS[row.kind],
        "form": saying.form(row.current),
        "licence": LICENCES.get(row.licence, ""),
        "allows": saying.allows(row.licence),
        "spoken": LANGUAGES[row.language],
        "reach": REACHES[row.reach],
        "skills": [text(names[key].name) for key in row.skills if key in names],
        "occupation": text(row.occupation.name) if row.occupation else "",
        "stage": stages.get(row.stage, row.stage),
        "area": areas.get(row.area, row.area),
        "changes": changes,
        "tends": bool(rules.may_tend(request.actor, row.organisation)),
        "keeps": bool(rules.may_keep(request.actor, request.organisation)),
        "versions": [_version(request, row, one) for one in versions if changes or one.state == "ready"],
        "uses": _uses(request, row),
        "older": queries.older_at(row, request.organisation).count(),
        "stars": saying.stars(marks),
        "reviews": [
            {"row": one, "whole": saying.whole(one), "lacks": _lacks(one)} for one in queries.reviews_of(row)
        ],
        "review": (review or ReviewForm()) if _reviews(request, row) else None,
        "star": star or _star(request, row, queries.own_star(row, person)),
        "alike": queries.like(row) if changes else [],
        "exports": bool(rules.may_pass_on(row)) and row.state == "shared",
        "crumbs": to_list(request),
    }


def _reviews(request: Request, row: Resource) -> bool:
    return row.state == "shared" and bool(rules.may_review(request.actor, row))


def _star(request: Request, row: Resource, own: int) -> StarForm | None:
    if row.state != "shared" or rules.is_maker(request.actor, row):
        return None
    return StarForm(initial={"stars": own or None})


def _lacks(review: Any) -> list[Any]:
    return [CRITERIA_WORDS[one] for one in CRITERIA if one not in review.holds]


def _version(request: Request, row: Resource, one: Version) -> dict[str, Any]:
    refusal = one.refusal
    url = reverse("resources:file", args=[request.organisation.key, row.public_id, one.public_id])
    return {
        "row": one,
        "form": saying.form(one),
        "name": one.file.name if one.file is not None else one.link,
        "url": url if one.file is not None else one.link,
        "outside": one.file is None and bool(one.link),
        "state": VERSION_STATES[one.state],
        "current": one.pk == row.current_id,
        "reason": sentence(Verdict(refusal["reason"], refusal.get("facts", {}))) if refusal else "",
    }


def _uses(request: Request, row: Resource) -> dict[str, Any]:
    """Where it is used: named where the reader sees it, else only counted."""
    uses = queries.uses_of(row)
    named = subjects({one.subject for one in uses}, request.organisation.key)
    shown = [
        {"name": named[one.subject][0], "url": named[one.subject][1], "number": one.version.number,
         "older": one.version_id != row.current_id}
        for one in uses
        if one.subject in named
    ]  # fmt: skip
    hidden = [one for one in uses if one.subject not in named]
    older = sum(one.version_id != row.current_id for one in hidden)
    return {"shown": shown, "hidden": len(hidden), "hidden_older": older, "count": len(uses)}


@require_safe
def file(request: Request, organisation: str, resource: str, version: str) -> HttpResponseBase:
    """A file of it to save, the one that is offered or an older one that is still used."""
    row = queries.version(plain_id(version))
    if row is None or row.file is None or row.resource.public_id != resource:
        raise Http404
    if not rules.may_see(request.actor, row.resource) and row.resource.state != "merged":
        raise Http404
    media = FORMS[row.form].media_type if row.form in FORMS else "application/octet-stream"
    return streamed(row.file.opened(), row.file.size, row.file.name, media)


@require_POST
def review(request: Request, organisation: str, resource: str) -> HttpResponse:
    """What a second person says."""
    row, form = seen(request, resource), ReviewForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        actions.review_resource(row, given["holds"], given["words"], by=request.actor, at=request.at)

    status = tried(request, form, pgettext("what was written", "Kept."), act)
    if not status:
        return redirect("resources:resource", organisation, row.public_id)
    return render(request, "resources/resource.html", page(request, row, review=form), status=status)


@require_POST
def star(request: Request, organisation: str, resource: str) -> HttpResponse:
    """Stars."""
    row, form = seen(request, resource), StarForm(request.POST)

    def act() -> None:
        actions.star_resource(row, form.cleaned_data["stars"], by=request.actor, at=request.at)

    status = tried(request, form, _("Thank you. Others see the mean, never who gave what."), act)
    if not status:
        return redirect("resources:resource", organisation, row.public_id)
    return render(request, "resources/resource.html", page(request, row, star=form), status=status)
