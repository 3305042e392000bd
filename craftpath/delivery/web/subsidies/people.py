"""The people of a file: who counts and why not, what became of the training, by what they are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.exchange.subsidies.sheets import identities as read_identities
from craftpath.delivery.exchange.subsidies.sheets import identities_sheet
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.file import may_do
from craftpath.delivery.web.subsidies.forms import DayForm, ExcludeForm, SheetForm
from craftpath.delivery.web.subsidies.places import READERS, decides, file_tabs, files, found, to_file
from craftpath.domain.subsidies import actions, queries, rules
from craftpath.domain.subsidies.texts import EXCLUSIONS, OUTCOMES
from craftpath.values.period import months_between
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePerson, SubsidyFile

CHOSEN = ("certified", "uncertified", "left")
TONES = {"certified": "good", "uncertified": "attention", "left": "plain", "training": "plain"}


@require_GET
@needs(*READERS)
def people(request: Request, organisation: str, file: str) -> HttpResponse:
    """Everybody of the file, by student number."""
    return render(request, "subsidies/people.html", _page(request, found(file)))


@require_GET
@needs(*READERS)
def people_file(request: Request, organisation: str, file: str, form: str) -> HttpResponse:
    """Everybody of the file, by student number."""
    require_form(form)
    row = found(file)
    heads = [
        _("Apprentice"), Head(_("Student number"), text=True), pgettext("of subsidies", "Outcome"),
        Head(_("Months until leaving"), figures=True, beyond=True), _("Does not count, because"), _("In words"),
    ]  # fmt: skip
    cells = [
        (
            one.person.name, one.enrolment.number, Told(None, "–") if one.excluded else str(OUTCOMES[one.outcome]),
            one.months, str(EXCLUSIONS.get(one.excluded, "")), one.words or Told(None, ""),
        )
        for one in queries.people_of(row)
    ]  # fmt: skip
    return sent(request, listing(_("People of this file"), saying.title(row), heads, cells), form)


exported("subsidised", screen="subsidies:people", file="subsidies:people_file", caption="People of this file")


def _page(request: Request, row: SubsidyFile, **forms: Any) -> dict[str, Any]:
    rows = queries.people_of(row)
    mine, office = files(request.actor, row), decides(request.actor, row)
    completes = may_do(request, row)["complete"]
    changes = (mine and row.state in rules.CHANGES_PEOPLE) or (
        office and row.state in rules.CHECKS_PEOPLE and request.user.pk not in queries.filers(row)
    )
    return {
        "file": row,
        "ways": ways_out(request, "subsidised", row.public_id),
        "title": saying.title(row),
        "badge": saying.badge(row),
        "rows": [_line(request, row, one, completes) for one in rows],
        "counted": sum(not one.excluded for one in rows),
        "completes": completes,
        "outcomes": [(key, str(OUTCOMES[key])) for key in CHOSEN],
        "day": forms.get("day")
        or DayForm(auto_id="complete_%s", initial={"on": max(row.since, request.today)}),
        "exclude": (forms.get("exclude") or ExcludeForm(None, people=_named(rows))) if changes else None,
        "identities": (forms.get("identities") or SheetForm(auto_id="identities_%s")) if mine else None,
        "wrong": next(iter(forms), ""),
        "tabs": file_tabs(request, row, "people", {"people": len(rows)}),
        "crumbs": to_file(request, row),
    }


def _named(rows: Sequence[FilePerson]) -> list[tuple[str, str]]:
    return [(one.public_id, saying.person(one)) for one in rows]


def _line(request: Request, file: SubsidyFile, one: FilePerson, completes: bool) -> dict[str, Any]:
    outcome, months = one.outcome, one.months
    if completes and one.outcome == "training":  # what the record says is offered
        ended = one.enrolment.ended_on
        outcome = "left" if ended else "certified"
        months = (
            min(months_between(file.starts_on, ended), file.months) if ended and ended > file.starts_on else 0
        )
    return {
        "row": one,
        "outcome": str(OUTCOMES[one.outcome]),
        "tone": TONES[one.outcome],
        "why": str(EXCLUSIONS.get(one.excluded, "")),
        "chosen": request.POST.get(f"outcome-{one.public_id}", outcome),
        "months": request.POST.get(f"months-{one.public_id}", str(months or "")),
    }


@require_POST
@needs(*READERS)
def complete(request: Request, organisation: str, file: str) -> HttpResponse:
    """Say of everybody what became of the training; what was typed stays when it is refused."""
    row = found(file)
    require(rules.may_file(request.actor, row))
    form = DayForm(request.POST, auto_id="complete_%s")

    def act() -> None:
        said = {one.public_id: _outcome(request, one) for one in queries.people_of(row)}
        actions.complete_training(row, said, on=form.cleaned_data["on"], by=request.actor, at=request.at)

    status = tried(request, form, _("Noted. What was finished can be claimed now."), act)
    if not status:
        return redirect("subsidies:file", organisation, file)
    return _again(request, row, status, day=form)


def _outcome(request: Request, one: FilePerson) -> actions.Outcome:
    given = request.POST.get(f"outcome-{one.public_id}", "training")
    months = request.POST.get(f"months-{one.public_id}", "").strip()
    if given != "left" or not months:
        return actions.Outcome(given, 0)
    plain = months.isascii() and months.isdecimal() and len(months) < 4  # noqa: PLR2004 - beyond any training
    return actions.Outcome(given, int(months) if plain else -1)


@require_POST
@needs(*READERS)
def exclude(request: Request, organisation: str, file: str) -> HttpResponse:
    """Let somebody not count, with the reason, or count again."""
    row = found(file)
    if not decides(request.actor, row):
        require(rules.may_file(request.actor, row))
    rows = queries.people_of(row)
    form = ExcludeForm(request.POST, people=_named(rows))

    def act() -> None:
        given = form.cleaned_data
        one = next(one for one in rows if one.public_id == given["person"])
        actions.exclude_person(
            one, reason=given["reason"], words=given["words"], by=request.actor, at=request.at
        )

    status = tried(request, form, _("Noted. The money follows."), act)
    if not status:
        return redirect("subsidies:people", organisation, file)
    return _again(request, row, status, exclude=form)


@require_POST
@needs(*READERS)
def identities(request: Request, organisation: str, file: str) -> HttpResponse:
    """Take a sheet of identity numbers, which are hashed and not kept; all rows or none."""
    row = found(file)
    require(rules.may_file(request.actor, row))
    form, status = SheetForm(request.POST, request.FILES, auto_id="identities_%s"), 422
    if form.is_valid():
        try:
            rows = form.read(read_identities)
            if rows is not None:
                count = actions.keep_identities(row, rows, by=request.actor, at=request.at)
                said = ngettext(
                    "%(count)s person can be recognised now.",
                    "%(count)s people can be recognised now.",
                    count,
                )
                messages.success(request, said % {"count": count})
                return redirect("subsidies:people", organisation, file)
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error("file", sentence(refused.verdict))
            status = 409
    return _again(request, row, status, identities=form)


@require_GET
@needs(*READERS)
def sheet(request: Request, organisation: str, file: str) -> HttpResponse:
    """The sheet of identity numbers to fill in, with everybody of the file."""
    row = found(file)
    require(rules.may_file(request.actor, row))
    return attachment(identities_sheet(queries.people_of(row)), f"{_('Identity numbers')}.xlsx", XLSX)


def _again(request: Request, row: SubsidyFile, status: int, **forms: Form) -> HttpResponse:
    return render(request, "subsidies/people.html", _page(request, row, **forms), status=status)
