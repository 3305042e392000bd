"""Evaluation schemes: the list, one scheme to read, the form of a draft, the next version, retiring."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.programmes import typed
from craftpath.delivery.web.programmes.editor import HUNDRED, Context, Editor
from craftpath.delivery.web.programmes.reading import (
    adds_up,
    cohorts_by_scheme,
    drawn_parts,
    sheet_of,
    shown_parts,
)
from craftpath.delivery.web.programmes.sentences import rule_sentence
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.delivery.web.shell.trail import here as page_itself
from craftpath.domain.programmes import actions, definition, queries, rules
from craftpath.domain.programmes.details import assumed, rule_id
from craftpath.domain.programmes.texts import MODES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

PRESET = "cn-334"


@require_GET
@needs(Permission.SEE_FIGURES)
def schemes(request: Request, organisation: str) -> HttpResponse:
    """Own schemes, then presets and those of organisations above."""
    every = list(queries.schemes())
    used = cohorts_by_scheme(every)
    rows: list[dict[str, Any]] = [
        {
            "scheme": scheme,
            "parts": shown_parts(definition.components(scheme.definition)) if adds_up(scheme) else [],
            "mode": "" if adds_up(scheme) else MODES[scheme.definition["mode"]],
            "cohorts": used.get(scheme.pk, []),
            "elsewhere": scheme.organisation_id not in (None, request.organisation.pk),
        }
        for scheme in every
    ]
    return render(
        request,
        "programmes/schemes.html",
        {
            "own": [row for row in rows if row["scheme"].organisation_id is not None],
            "presets": [row for row in rows if row["scheme"].organisation_id is None],
            "first": next((s for s in every if s.organisation_id is None and s.key == PRESET), None),
            "may_edit": rules.may_edit_schemes(request.actor),
        },
    )


@require_GET
@needs(Permission.SEE_FIGURES, Permission.SEE_RESULTS)
def scheme(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """One scheme in words: what counts how much, and what is needed to pass."""
    row = get_object_or_404(queries.schemes(), public_id=scheme)
    may_edit = rules.may_edit(request.actor, row)
    may_copy = rules.may_edit_schemes(request.actor)
    return render(
        request,
        "programmes/scheme.html",
        sheet_of(row)
        | {
            "crumbs": _crumbs(request, row),
            "cohorts": cohorts_by_scheme([row]).get(row.pk, []),
            "edit": may_edit if not may_edit else rules.can_change(row),
            "retire": may_edit if not may_edit else rules.can_retire(row),
            "copy": may_copy,
            "is_preset": row.organisation_id is None,
        },
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_SCHEMES)
def edit(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """The form of a draft. `do` says which button was pressed: add or remove a row, add up, or save."""
    row = get_object_or_404(queries.schemes(), public_id=scheme)
    fixed = _why_fixed(request, row)
    if not fixed:
        shown = {"scheme": row, "verdict": fixed, "crumbs": _crumbs(request, row, _("Edit"))}
        return render(request, "programmes/fixed.html", shown, status=409)
    context = _context(row)
    if request.method == "GET":
        return _form(request, row, Editor(typed.from_definition(row.name, row.definition), context))
    given = typed.from_post(request.POST)
    do, _dash, place = request.POST.get("do", "save").partition("-")
    if do == "sum":
        return render(request, "programmes/edit.html#sum", _sum(given))
    if do in ("add", "remove", "mode"):
        fresh = given.add(place) if do == "add" else ""
        if do == "remove":
            given.remove(place)
        editor = Editor(given, context)
        editor.focus(fresh)
        return _form(request, row, editor, seen=request.POST.get("seen", ""))
    return _save(request, row, Editor(given.without_blank_items(), context, judged=True))


def _crumbs(request: Request, row: Any, here: str = "") -> list[Crumb]:
    """The way here: the list, the scheme, and the page itself."""
    way = [step(request, _("Evaluation schemes"), "programmes:schemes")]
    if not here:
        return [*way, page_itself(text(row.name))]
    return [*way, step(request, text(row.name), "programmes:scheme", row.public_id), page_itself(here)]


def _why_fixed(request: Request, row: Any) -> Any:
    """A yes for a draft of one's own; the reason of the moment else. A refusal of the person is raised."""
    verdict = rules.may_edit(request.actor, row)
    if not verdict and verdict.who:
        require(verdict)
    return rules.can_change(row) if verdict else verdict


def _save(request: Request, row: Any, editor: Editor) -> HttpResponse:
    well_formed = editor.is_well_formed()
    if request.POST.get("seen", row.fingerprint) != row.fingerprint:
        well_formed = False
        said = _(
            "Somebody else has saved this draft since you opened it. Save again to put yours in its place."
        )
        editor.head.add_error(None, said)
    table = editor.definition()
    if not well_formed:
        editor.mark(definition.faults(table, row.key))
        return _form(request, row, editor)
    try:
        actions.save_scheme(row, name=editor.name, definition=table, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.reason != "programmes.scheme_faulty":
            raise
        editor.mark(refused.verdict.facts["faults"])
        return _form(request, row, editor)
    messages.success(request, _("Saved. The draft can be changed until a cohort follows it."))
    return redirect("programmes:scheme", request.organisation.key, row.public_id)


def _context(row: Any) -> Context:
    names = {part.key: part.name for part in definition.components(row.definition)}
    said = {rule_id(rule): rule_sentence(rule, names) for rule in row.definition.get("rule", [])}
    said["decimals"] = _("Decimal places and rounding, half up, once at the end")
    return Context(
        definition=row.definition,
        areas=[(area.key, text(area.name)) for area in queries.areas_of(row.programme_id)],
        unsure=[(key, said[key]) for key in assumed(row.definition) if key in said],
    )


def _form(request: Request, row: Any, editor: Editor, *, seen: str = "") -> HttpResponse:
    # `seen` says which state of the draft the reader began with, so that nobody's work is overwritten unawares.
    shown = {
        "scheme": row,
        "editor": editor,
        "seen": seen or row.fingerprint,
        "crumbs": _crumbs(request, row, _("Edit")),
    } | _sum(editor.typed)
    return render(request, "programmes/edit.html", shown)


def _sum(given: typed.Typed) -> dict[str, Any]:
    """What the weights come to; drawn only as far as they can be read."""
    total = given.total
    drawn = [
        (part.row.get("key", ""), typed.number(part.row.get("weight", "")) or Decimal(0))
        for part in given.parts
    ]
    return {
        "totals": not given.mode.grades,
        "total": total,
        "missing": HUNDRED - total if total < HUNDRED else None,
        "over": total - HUNDRED if total > HUNDRED else None,
        "drawn": drawn_parts(drawn),
    }


@require_POST
@needs(Permission.EDIT_SCHEMES)
def next_version(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """Copy a scheme into a draft of one's own and open its form."""
    row = get_object_or_404(queries.schemes(), public_id=scheme)
    draft = actions.next_draft(row, organisation=request.organisation, by=request.actor, at=request.at)
    messages.success(
        request, _("Version %(version)s is a draft now. Change what you need.") % {"version": draft.version}
    )
    return redirect("programmes:edit", request.organisation.key, draft.public_id)


@require_POST
@needs(Permission.EDIT_SCHEMES)
def retire(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """Offer a scheme no more; cohorts that follow it go on."""
    row = get_object_or_404(queries.schemes(), public_id=scheme)
    require(rules.may_edit(request.actor, row))
    require(rules.can_retire(row))
    actions.retire_scheme(row, by=request.actor, at=request.at)
    messages.success(request, _("Retired. Cohorts that follow it go on as before."))
    return redirect("programmes:scheme", request.organisation.key, row.public_id)
