"""The layouts of an organisation, and of one stage: which there are, what they may ask for, filled by one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.layout_example import example as example_workbook
from craftpath.delivery.exchange.layout_filling import Values
from craftpath.delivery.exchange.layout_kinds import fill, fill_one, kind_of
from craftpath.delivery.exchange.layout_letter import letter as example_letter
from craftpath.delivery.exchange.layout_names import Asked, Names
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.layouts.finding import find_layout, find_stage
from craftpath.delivery.web.layouts.forms import NameForm
from craftpath.delivery.web.layouts.values import language, names_of, said, values_of
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.evaluation.queries import decimals_of
from craftpath.kernel.layouts import layouts, may_keep, remove_layout, rename_layout
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"xlsx": XLSX, "docx": DOCX}


@require_GET
@needs(Permission.SEE_RESULTS)
def layout_list(request: Request, organisation: str) -> HttpResponse:
    """Every layout that is offered here: the organisation's own, those above it, those below."""
    rows = [] if request.actor.sees_only_own else list(layouts().filter(state="kept"))
    return render(request, "layouts/list.html", {"rows": rows})


@require_GET
@needs(Permission.SEE_RESULTS)
def layout(request: Request, organisation: str, layout: str) -> HttpResponse:
    """One layout: its file, its name, and the way to end it."""
    found = find_layout(request, layout)
    return _layout_page(request, found, NameForm(initial={"name": found.name}))


def _layout_page(request: Request, found: Any, form: NameForm, status: int = 200) -> HttpResponse:
    context = {
        "layout": found,
        "form": form,
        "may_keep": bool(may_keep(request.actor, found.organisation)),
        "crumbs": [step(request, _("Layouts"), "layouts:list"), here(found.name)],
    }
    return render(request, "layouts/layout.html", context, status=status)


@require_POST
@needs(Permission.MANAGE_COHORTS)
def rename(request: Request, organisation: str, layout: str) -> HttpResponse:
    """Another name; one that is taken is said beside the field."""
    found = find_layout(request, layout)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            found = rename_layout(found, name=form.cleaned_data["name"], by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error("name", sentence(refused.verdict))
        else:
            messages.success(request, _("The layout is called “%(name)s” now.") % {"name": found.name})
            return redirect("layouts:layout", organisation, found.public_id)
    return _layout_page(request, found, form, 422)


@require_POST
@needs(Permission.MANAGE_COHORTS)
def remove(request: Request, organisation: str, layout: str) -> HttpResponse:
    """Offered no more; whoever is filling it at this moment gets the file still."""
    found = remove_layout(find_layout(request, layout, ended=True), by=request.actor, at=request.at)
    messages.success(
        request,
        _("“%(name)s” is not offered any more. Its file is kept for the record.") % {"name": found.name},
    )
    return redirect("layouts:list", organisation)


@require_GET
@needs(Permission.SEE_RESULTS)
def original(request: Request, organisation: str, layout: str) -> HttpResponse:
    """The file as the office gave it, byte for byte."""
    found = find_layout(request, layout)
    name, content = found.file.name, found.file.bytes()
    kind = kind_of(content)
    return attachment(content, name if name.lower().endswith(f".{kind}") else f"{name}.{kind}", KINDS[kind])


@require_GET
@needs(Permission.SEE_RESULTS)
def filled(request: Request, organisation: str, evaluation: str, layout: str) -> HttpResponse:
    """The layout with the figures of this stage, for the rows that the address filters; with `only`, for one person."""
    stage = find_stage(request, evaluation)
    found = find_layout(request, layout, stage)
    content, names, values = found.file.bytes(), names_of(stage), values_of(request, stage)
    title = f"{found.name}-{text(stage.cohort.name)}-{text(stage.stage.name)}"
    only = request.GET.get("only")
    if only:
        person = person_of(values, only)
        if person is None:
            raise Http404
        made = fill_one(content, names, values, person)
        title = f"{person['number']}-{person['name']}-{title}"
    else:
        made = fill(content, names, values)
    kind = kind_of(content)
    return attachment(made, f"{slugify(title, allow_unicode=True)}.{kind}", KINDS[kind])


def person_of(values: Values, number: str) -> Any:
    """Whoever has this number among those that the reader sees; None where nobody has."""
    return next((one for one in values.people if str(one.get("number")) == number), None)


@require_GET
@needs(Permission.SEE_RESULTS)
def example(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """A layout to begin with, made for this stage's scheme in the reader's language."""
    stage = find_stage(request, evaluation)
    content = example_workbook(names_of(stage), language(), decimals_of(stage))
    name = _("layout-example")
    return attachment(content, f"{name}.xlsx", XLSX)


@require_GET
@needs(Permission.SEE_RESULTS)
def letter(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """A document about one person to begin with."""
    stage = find_stage(request, evaluation)
    content = example_letter(names_of(stage), language())
    return attachment(content, f"{_('letter-example')}.docx", DOCX)


@require_GET
@needs(Permission.SEE_RESULTS)
def placeholders(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """Everything that a layout may ask for here, with what it means and what it is at this moment."""
    stage = find_stage(request, evaluation)
    names, values = names_of(stage), values_of(request, stage)
    first = values.people[0] if values.people else {}
    groups = [
        (_("Once"), [_line(one, names, values.once) for one in names.once]),
        (_("For each person"), [_line(one, names, first) for one in names.each]),
    ]
    context = {
        "evaluation": stage,
        "groups": groups,
        "crumbs": to_stage(
            request,
            stage,
            step(request, _("Your own layout"), "layouts:choose", stage.public_id),
            here(_("Placeholders")),
        ),
    }
    return render(request, "layouts/placeholders.html", context)


def _line(one: Asked, names: Names, known: Any) -> dict[str, str]:
    own = "zh" if language().startswith("zh") else "en"
    other = "en" if own == "zh" else "zh"
    return {
        "own": f"{{{names.call(one, own)}}}",
        "other": f"{{{names.call(one, other)}}}",
        "other_language": other,
        "meaning": one.meaning.say(language()),
        "now": said(known.get(one.key)),
    }


def example_of(one: Asked, values: Values) -> str:
    """What a placeholder is at this moment, for the first person."""
    known = {**values.once, **(values.people[0] if values.people else {})}
    return said(known.get(one.key))
