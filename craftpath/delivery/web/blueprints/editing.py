"""The form in which a blueprint is written and changed, with what the bank has beside each row."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.blueprints.naming import curves_known, naming
from craftpath.delivery.web.blueprints.places import found, to_blueprint, to_list
from craftpath.delivery.web.blueprints.typed import Typed, blank, meant, typed_from, typed_of
from craftpath.delivery.web.blueprints.words import Names
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.exams import actions
from craftpath.domain.exams.pool import fits, pool_of
from craftpath.domain.exams.texts import BLUEPRINT_FAULTS, DIFFICULTIES, KINDS
from craftpath.domain.exams.wish_reading import read_wish
from craftpath.domain.exams.wishes import MOST_ROWS, Wish
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.exams.faults import Fault
    from craftpath.domain.exams.models import Blueprint


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row in the form; `there` is how many released questions it means."""

    n: int
    typed: dict[str, str]
    there: int
    faults: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_ITEMS)
def new(request: Request, organisation: str) -> HttpResponse:
    """A blueprint from nothing."""
    if request.method != "POST":
        start = blank()
        start.made_id = str(uuid.uuid4())
        return _form(request, start)
    typed = typed_from(request.POST)
    do = typed.meant(request.POST.get("do", ""))
    typed.made_id = _made_id(typed.made_id)
    if do != "save":
        typed.act(do)
        return _form(request, typed, searched=_searched(do))
    try:
        row = actions.make_blueprint(
            read_wish(typed.as_typed()),
            organisation=request.organisation,
            made_id=uuid.UUID(typed.made_id),
            title=typed.title,
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        return _refused(request, typed, refused)
    messages.success(request, _("Saved. Now the forms can be put together."))
    return redirect("blueprints:blueprint", organisation, row.public_id)


def _searched(do: str) -> bool:
    """Whether the page shows what the search found: after a search, and while one takes questions from it."""
    return do == "find" or do.startswith("name:")


def _made_id(text: str) -> str:
    """The form's own id, or a new one where it sent none that can be read."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return str(uuid.uuid4())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_ITEMS)
def edit(request: Request, organisation: str, blueprint: str) -> HttpResponse:
    """Change it; papers that were made by it stay as they are."""
    row = found(blueprint)
    if request.method != "POST":
        return _form(request, typed_of(row.title, Wish.of(row.wanted), row.number), row)
    typed = typed_from(request.POST)
    do = typed.meant(request.POST.get("do", ""))
    if do != "save":
        typed.act(do)
        return _form(request, typed, row, searched=_searched(do))
    try:
        actions.change_blueprint(
            row,
            read_wish(typed.as_typed()),
            title=typed.title,
            seen=typed.seen,
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.reason == "exams.blueprint_moved":
            typed.seen = row.number  # to save again puts this one after theirs
        return _refused(request, typed, refused, row)
    messages.success(request, _("Saved."))
    return redirect("blueprints:blueprint", organisation, row.public_id)


def _refused(request: Request, typed: Typed, refused: Refused, row: Blueprint | None = None) -> HttpResponse:
    if refused.verdict.who:
        raise refused
    return _form(request, typed, row, sentence(refused.verdict), refused.verdict.facts.get("faults", ()))


def _form(
    request: Request,
    typed: Typed,
    row: Blueprint | None = None,
    fault: str = "",
    faults: Sequence[Fault] = (),
    *,
    searched: bool = False,
) -> HttpResponse:
    said: dict[str, list[str]] = {}
    for one in faults:
        said.setdefault(one.where, []).append(str(BLUEPRINT_FAULTS[one.code]) % one.facts)
    whole = pool_of(row.organisation if row else request.organisation)
    pool = (whole if typed.whole.get("goal") != "information" else whole.calibrated_only).items.values()
    asked = [meant(one) for one in typed.rows]
    rows = [
        RowLine(n, one, sum(fits(item, asked[n]) for item in pool), said.get(f"rows-{n}", []))
        for n, one in enumerate(typed.rows)
    ]
    names = Names.of(asked)
    crumbs = (
        to_blueprint(request, row, here(_("Change"))) if row else to_list(request, here(_("New blueprint")))
    )
    context: dict[str, Any] = {
        "blueprint": row,
        "typed": typed,
        "whole": typed.whole,
        "rows": rows,
        "bank": len(whole.items),
        "curves": curves_known(whole),
        "fault": fault,
        "said": said,
        "outcomes": list(names.outcomes.items()),
        "skills": list(names.skills.items()),
        "kinds": [(key, str(words)) for key, words in KINDS.items()],
        "difficulties": [(key, str(words)) for key, words in DIFFICULTIES.items()],
        "can_add": len(rows) < MOST_ROWS,
        "sum": _sum(typed),
        "crumbs": crumbs,
    } | naming(typed, whole, said, searched=searched)
    return render(request, "blueprints/edit.html", context, status=422 if fault else 200)


def _sum(typed: Typed) -> str:
    """What the rows come to as they are typed; nothing while one is no figure."""
    least = [one["least"] or one["most"] for one in typed.rows]
    most = [one["most"] or one["least"] for one in typed.rows]
    if not all(one.isascii() and one.isdecimal() and len(one) < 6 for one in [*least, *most]):
        return ""
    low, high = sum(map(int, least)), sum(map(int, most))
    return str(low) if low == high else f"{low}–{high}"
