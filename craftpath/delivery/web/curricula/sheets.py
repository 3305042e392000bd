"""Sheets of units: a template, the library or a version as a file, and a file tried out and then taken in."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.curricula.reading import CellWrong, Reading, read_units
from craftpath.delivery.exchange.curricula.versions import wanted_of
from craftpath.delivery.exchange.curricula.writing import library_book, library_table, version_book
from craftpath.delivery.exchange.reading import SheetRefused, read_book
from craftpath.delivery.exchange.spelling import plain
from craftpath.delivery.web.curricula.places import (
    OFFICE,
    found_version,
    revision_of,
    to_curricula,
    to_version,
    version_url,
)
from craftpath.delivery.web.curricula.task_choices import cards_with_hidden, with_hidden, without_hidden
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import replace_content, take_in_cards
from craftpath.domain.curricula.cards import cards_by_key, values_of
from craftpath.domain.curricula.replacing import Wanted, said
from craftpath.domain.standards.queries import skills
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import not_now, require

if TYPE_CHECKING:
    from craftpath.domain.curricula.cards import CardValues
    from craftpath.domain.curricula.models import CurriculumVersion

LARGEST = 1024 * 1024
CSV = "text/csv; charset=utf-8"
SHOWN = 100


class SheetForm(forms.Form):
    """A file, or the bytes of one that was tried out on the page before."""

    file = forms.FileField(
        label=gettext_lazy("Choose the file, or drop it here"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The bytes of the file, at most a megabyte."""
        given = super().clean() or {}
        file = given.get("file")
        try:
            content = file.read() if file else base64.b64decode(given.get("kept", ""), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not content:
            raise forms.ValidationError(_("Choose a file."))
        if len(content) > LARGEST:
            raise forms.ValidationError(_("A sheet of units has at most %(most)s MB.") % {"most": 1})
        given |= {"content": content, "called": file.name[:120] if file else given.get("name", "")}
        return given


@dataclass(frozen=True, slots=True)
class Tried:
    """What a file would change: keys of what is new, changed and the same, and what is wrong with it."""

    new: list[str]
    changed: list[str]
    same: int
    wrong: list[tuple[CellWrong, str]]
    more: int
    wanted: Wanted | None = None
    values: tuple[CardValues, ...] = ()


@require_GET
@needs(*OFFICE)
def template(request: Request, organisation: str) -> HttpResponse:
    """An empty workbook with the columns."""
    return attachment(library_book([], _language()), _("units-template.xlsx"), XLSX)


@require_GET
@needs(*OFFICE)
def library_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The whole library, to be changed and taken in again."""
    rows = list(queries.cards().filter(organisation=request.organisation).prefetch_related("outcomes"))
    without_hidden([one for row in rows for one in row.outcomes.all()])
    if form == "csv":
        return attachment(library_table(rows, _language()), _("units.csv"), CSV)
    if form != "xlsx":
        raise Http404
    return attachment(library_book(rows, _language()), _("units.xlsx"), XLSX)


@require_GET
def version_file(request: Request, organisation: str, version: str) -> HttpResponse:
    """A version whole, to be changed and taken in again."""
    row = found_version(version)
    name = f"{row.curriculum.key}-{row.number}.xlsx"
    content = queries.content_of(row)
    without_hidden(content.outcomes)
    return attachment(version_book(content, _language()), name, XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def import_cards(request: Request, organisation: str) -> HttpResponse:
    """A file for the library: tried out first, then taken in whole."""
    require(rules.may_design(request.actor, request.organisation))
    return _imported(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def import_version(request: Request, organisation: str, version: str) -> HttpResponse:
    """A file for a draft: tried out first, then taken in whole."""
    row = found_version(version)
    require(rules.may_design(request.actor, row.curriculum.organisation))
    require(rules.can_edit(row))
    return _imported(request, row)


def _imported(request: Request, row: CurriculumVersion | None) -> HttpResponse:
    form = SheetForm(request.POST or None, request.FILES or None)
    tried: Tried | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            tried = _try(request, row, form)
            if tried is not None and not tried.wrong and request.POST.get("do") == "take":
                status = 409
                with refusals_in(form):
                    _take(request, row, tried)
                    messages.success(request, _("The sheet is taken in."))
                    return (
                        redirect(version_url(request, row))
                        if row
                        else redirect("curricula:library", request.organisation.key)
                    )
            status = status if form.errors else 422 if tried and tried.wrong else 200
    context = {
        "version": row,
        "form": form,
        "tried": tried,
        "kept": base64.b64encode(form.cleaned_data["content"]).decode() if tried and not tried.wrong else "",
        "called": form.cleaned_data["called"] if tried else "",
        "crumbs": _crumbs(request, row),
    }
    return render(request, "curricula/sheet.html", context, status=status)


def _try(request: Request, row: CurriculumVersion | None, form: SheetForm) -> Tried | None:
    owner = row.curriculum.organisation if row else request.organisation
    try:
        book = read_book(form.cleaned_data["content"], form.cleaned_data["called"])
    except SheetRefused as refused:
        form.add_error("file", texts.sentence(refused.code, refused.facts))
        return None
    library = {key: values_of(card) for key, card in cards_by_key(owner).items()}
    named = _skills()
    offer = queries.offer_of(owner.pk)
    reading = read_units(book, offer, named, library, _language(), whole=row is not None)
    if row is None:
        return _cards_tried(reading, library)
    content = queries.content_of(row)
    wanted = with_hidden(wanted_of(reading, content, named), content.outcomes)
    before, after = (
        {unit[0]: unit for unit in said(content)[0]},
        {values.key: stage for values, stage in wanted.units},
    )
    new = [key for key in after if key not in before]
    gone = [key for key in before if key not in after]
    return _tried(reading, new, gone, len(after) - len(new), wanted=wanted)


def _cards_tried(reading: Reading, library: dict[str, CardValues]) -> Tried:
    wanted = cards_with_hidden(reading.values, library)
    new = [key for key in wanted if key not in library]
    changed = [key for key, one in wanted.items() if key in library and library[key] != one]
    same = len(wanted) - len(new) - len(changed)
    return _tried(reading, new, changed, same, values=tuple(wanted.values()))


def _tried(reading: Reading, new: list[str], changed: list[str], same: int, **more: Any) -> Tried:
    wrong = [(one, sentence(not_now(one.code, **one.facts))) for one in reading.faults]
    return Tried(new, changed, same, wrong[:SHOWN], max(0, len(wrong) - SHOWN), **more)


def _take(request: Request, row: CurriculumVersion | None, tried: Tried) -> None:
    if row is None:
        take_in_cards(request.organisation, tried.values, by=request.actor, at=request.at)
    elif tried.wanted is not None:
        replace_content(
            row, tried.wanted, revision=revision_of(request.POST), by=request.actor, at=request.at
        )


def _skills() -> dict[str, str]:
    """How a core skill may be spelled in a cell → its key."""
    found: dict[str, str] = {}
    for skill in skills():
        name = skill.title
        found |= {plain(word): skill.key for word in (skill.key, name.zh, name.en) if word}
    return found


def _language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def _crumbs(request: Request, row: CurriculumVersion | None) -> Any:
    if row is not None:
        return to_version(request, row, here(_("Take over a sheet")))
    library = step(request, _("Library of units"), "curricula:library")
    return to_curricula(request, library, here(_("Take over a sheet")))
