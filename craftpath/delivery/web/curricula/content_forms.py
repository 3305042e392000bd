"""An outcome or an assessment of a draft: written, changed, left out, on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.curricula import source_choices, task_choices
from craftpath.delivery.web.curricula.card_forms import LONGEST_OUTCOME, offer_tasks, task_lines, task_values
from craftpath.delivery.web.curricula.forms import BothNames
from craftpath.delivery.web.curricula.places import found_version, revision_of, to_version, version_url
from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.programmes.keys import fresh_key
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula import queries
from craftpath.domain.curricula.actions import (
    drop_assessment,
    drop_outcome,
    save_assessment,
    save_outcome,
)
from craftpath.domain.curricula.linking import AssessmentWanted, OutcomeWanted, key_of_same
from craftpath.domain.programmes.definition import components
from craftpath.domain.programmes.queries import areas_of
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion


class OutcomeOfVersion(BothNames):
    """An outcome with the units that teach it, its skills, area and tasks."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Taught in"), widget=forms.CheckboxSelectMultiple, required=False
    )
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"), widget=forms.CheckboxSelectMultiple, required=False
    )
    area = forms.ChoiceField(label=gettext_lazy("Learning area"), required=False)
    served = forms.MultipleChoiceField(
        label=gettext_lazy("Serves the tasks"), widget=forms.CheckboxSelectMultiple, required=False
    )
    tasks = forms.CharField(
        label=gettext_lazy("Further tasks in words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Tasks that stand on no chart, one in each line."),
    )

    field_order = ("name_zh", "name_en", "units", "served", "tasks", "skills", "area")

    def __init__(self, version: CurriculumVersion, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("name_zh", "name_en"):
            self.fields[name].max_length = LONGEST_OUTCOME  # type: ignore[attr-defined]
        own = (more.get("initial") or {}).get("skills", ())
        offered: dict[str, Any] = {
            "units": [(unit.key, text(unit.name)) for unit in queries.content_of(version).units],
            "skills": skill_groups(stored=own),
            "area": [("", "–"), *((a.key, text(a.name)) for a in areas_of(version.curriculum.programme_id))],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        had = (more.get("initial") or {}).get("task_rows", ())
        curriculum = version.curriculum
        self.offer = task_choices.offer_of(curriculum.organisation, curriculum, also=had)
        self.initial.setdefault("served", self.offer.chosen(had))
        offer_tasks(self, self.offer)

    def wanted(self, key: str) -> OutcomeWanted:
        """What the action takes."""
        given = self.cleaned_data
        return OutcomeWanted(
            key,
            self.name(),
            given["skills"],
            given["area"],
            task_values(self, self.offer),
            given["units"],
        )


class AssessmentOfVersion(BothNames):
    """An assessment: which part of the scheme it is, and what is looked at: a rubric, an examination, or words."""

    part = forms.ChoiceField(label=gettext_lazy("Part of the evaluation"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Rubric or examination"), required=False)
    words = forms.CharField(
        label=pgettext_lazy("of an assessment", "By what"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A rubric, an examination, a work sample: in a few words."),
    )

    def __init__(self, version: CurriculumVersion, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        standing = (more.get("initial") or {}).get("source", "")
        offered = source_choices.choices(version.curriculum.organisation, standing)
        self.fields["source"].choices = offered  # type: ignore[attr-defined]
        parts = components(version.scheme.definition) if version.scheme else ()
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((f"{part.key}/", text(part.name)) for part in parts),
            *(
                (f"{part.key}/{item.key}", f"{text(part.name)} · {text(item.name)}")
                for part in parts
                for item in part.items
                if item.key != part.key
            ),
        ]

    def wanted(self, key: str) -> AssessmentWanted:
        """What the action takes."""
        given = self.cleaned_data
        component, _slash, item = given["part"].partition("/")
        return AssessmentWanted(key, self.name(), component, item, given["source"], given["words"].strip())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def new_outcome(request: Request, organisation: str, version: str) -> HttpResponse:
    """An outcome more."""
    row = found_version(version)
    taken = list(row.outcomes.values_list("key", flat=True))
    asked = plain_id(request.GET.get("task", ""))
    form = OutcomeOfVersion(row, request.POST or None, initial={"served": [asked]} if asked else None)
    return _edited(request, row, form, _("New outcome"), save_outcome, taken, "")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def outcome(request: Request, organisation: str, version: str, key: str) -> HttpResponse:
    """One outcome of a draft."""
    row = found_version(version)
    one = row.outcomes.prefetch_related("units").filter(key=key).first()
    if one is None:
        raise Http404
    initial = {
        "name_zh": one.name.get("zh", ""), "name_en": one.name.get("en", ""), "skills": one.skills,
        "area": one.area, "tasks": task_lines(one.tasks), "task_rows": one.tasks,
        "units": [unit.key for unit in one.units.all()],
    }  # fmt: skip
    form = OutcomeOfVersion(row, request.POST or None, initial=initial)
    return _edited(request, row, form, text(one.name), save_outcome, [], one.key)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def new_assessment(request: Request, organisation: str, version: str) -> HttpResponse:
    """An assessment more."""
    row = found_version(version)
    taken = list(row.assessments.values_list("key", flat=True))
    form = AssessmentOfVersion(row, request.POST or None)
    return _edited(request, row, form, _("New assessment"), save_assessment, taken, "")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def assessment(request: Request, organisation: str, version: str, key: str) -> HttpResponse:
    """One assessment of a draft."""
    row = found_version(version)
    one = row.assessments.filter(key=key).first()
    if one is None:
        raise Http404
    initial = {
        "name_zh": one.name.get("zh", ""), "name_en": one.name.get("en", ""), "words": one.words,
        "source": one.source, "part": f"{one.component}/{one.item}" if one.component else "",
    }  # fmt: skip
    form = AssessmentOfVersion(row, request.POST or None, initial=initial)
    return _edited(request, row, form, text(one.name), save_assessment, [], one.key)


@require_POST
@needs(Permission.DESIGN_CURRICULA)
def drop(request: Request, organisation: str, version: str, kind: str, key: str) -> HttpResponse:
    """Leave an outcome or an assessment out of a draft."""
    row = found_version(version)
    act = {"assessment": drop_assessment, "outcome": drop_outcome}.get(kind)
    if act is None:
        raise Http404
    act(row, key, revision=revision_of(request.POST), by=request.actor, at=request.at)
    messages.success(request, _("It is out of this version."))
    return redirect(version_url(request, row, "coverage"))


def _edited(
    request: Request,
    row: CurriculumVersion,
    form: Any,
    title: str,
    act: Callable[..., object],
    taken: list[str],
    key: str,
) -> HttpResponse:
    status = 200
    if request.method == "POST":

        def keep() -> None:
            name, kind = form.cleaned_data["name_en"], form.__class__.__name__[:7].lower()
            made = key or key_of_same(row, form.wanted("")) or fresh_key(name, kind, taken)
            act(row, form.wanted(made), revision=revision_of(request.POST), by=request.actor, at=request.at)

        status = tried(request, form, _("It is kept."), keep)
        if not status:
            return redirect(version_url(request, row, "coverage"))
        row = found_version(row.public_id)
    context = {
        "version": row,
        "form": form,
        "title": title,
        "key": key,
        "kind": "assessment" if isinstance(form, AssessmentOfVersion) else "outcome",
        "back": version_url(request, row, "coverage"),
        "crumbs": to_version(
            request, row, step(request, _("Coverage"), "curricula:coverage", row.public_id), here(title)
        ),
    }
    return render(request, "curricula/content.html", context, status=status)
