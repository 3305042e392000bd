"""The editor: both sheets as they will look; a block is written where it stands and kept as one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.bulletins import saying
from craftpath.delivery.web.bulletins.forms import LookForm, PictureForm, ReasonForm
from craftpath.delivery.web.bulletins.places import TONES, own, parts, public_path, title, to_list
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.bulletins import actions, queries, rules
from craftpath.domain.bulletins.places import BY_KEY, CHART, FIGURES, PICTURE, VOICES
from craftpath.domain.bulletins.states import BULLETIN
from craftpath.domain.bulletins.texts import STATES
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin


@require_GET
def edit(request: Request, organisation: str, bulletin: str) -> HttpResponse:
    """The sheets, and beside them what is still to do."""
    return render(request, "bulletins/edit.html", page(request, own(request, bulletin)))


def page(
    request: Request,
    row: Bulletin,
    *,
    wrong: str = "",
    at: str = "",
    typed: dict[str, Any] | None = None,
    **forms: Any,
) -> dict[str, Any]:
    """Everything on the page; a form that was sent comes back with what was typed."""
    blocks, spoken = queries.blocks_of(row), queries.voices_of(row)
    version = queries.last_version(row) if row.state != "draft" else None
    counted = queries.figures_now(row) if version is None else {}
    content = (
        version.content
        if version is not None
        else queries.content_from(row, blocks, spoken, counted, request.today)
    )
    sheet = saying.sheet_in_page(request, row, content, spoken)
    writes = row.state == "draft"
    shown = saying.every_block(request, row, blocks, sheet, counted)
    for one in shown:
        if one["key"] == at:
            again = saying.block_of(request, row, BY_KEY[at], blocks[at], sheet, counted, typed)
            one |= {"inputs": again["inputs"], "selects": again["selects"], "days": again["days"]}
            one |= {"people": again["people"], "wrong": wrong, "open": True}
            one["picture_form"] = forms.get("picture")
        one.setdefault(
            "picture_form", PictureForm(auto_id=f"{one['key']}_%s") if one["kind"] == PICTURE else None
        )
        one["over"] = saying.over_at(row, one["key"], blocks[one["key"]].content) if writes else []
    look = {"since": row.since, "until": row.until, "language": row.language, "theme": row.theme}
    second = bool(rules.may_publish(request.actor, row))
    return {
        "row": row,
        "title": title(row),
        "tabs": parts(request, row, "edit"),
        "crumbs": to_list(request, here(title(row))),
        "state": (str(STATES[row.state]), TONES[row.state]),
        "sheets": [
            {"number": number, "blocks": [one for one in shown if BY_KEY[one["key"]].sheet == number]}
            for number in (1, 2)
        ],
        "writes": writes,
        "checks": saying.checks(row, blocks, spoken) if writes else [],
        "look": forms.get("look") or LookForm(initial=look, auto_id="look_%s"),
        "look_wrong": "look" in forms,
        "can": {move: BULLETIN.can(row.state, move) for move in BULLETIN.moves},
        "second": second,
        "reason": forms.get("reason") or ReasonForm(auto_id="reason_%s"),
        "reason_of": forms.get("reason_of", ""),
        "versions": queries.versions_of(row),
        "paper_url": reverse("bulletins:paper", args=[request.organisation.key, row.public_id]),
        "public_url": public_path(row) if row.state in ("published", "withdrawn") else "",
        "refused": forms.get("refused", ""),
    }


@require_POST
def look(request: Request, organisation: str, bulletin: str) -> HttpResponse:
    """Days, languages, colours."""
    row = own(request, bulletin)
    form = LookForm(request.POST, auto_id="look_%s")
    status = tried(
        request, form, _("Kept."), lambda: actions.set_look(row, form.told, by=request.actor, at=request.at)
    )
    if not status:
        return redirect("bulletins:edit", organisation, row.public_id)
    return render(request, "bulletins/edit.html", page(request, row, look=form), status=status)


@require_POST
def block(request: Request, organisation: str, bulletin: str, place: str) -> HttpResponse:
    """Keep one place; while one types the answer is the place as it looks now."""
    row = own(request, bulletin)
    if place not in BY_KEY or BY_KEY[place].kind == VOICES:
        raise Http404
    require(rules.can_write(row))
    kind = BY_KEY[place]
    typed = saying.typed_in(request, kind)
    typed = saying.kept_besides(row, kind, queries.blocks_of(row)[place], typed)
    sent = request.POST.getlist("revision") or ["0"]
    revision = int(sent[-1]) if sent[-1].isascii() and sent[-1].isdecimal() and len(sent[-1]) < 10 else -1
    wrong, status = "", 200
    try:
        actions.save_block(row, place, typed, revision=revision, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        wrong, status = sentence(refused.verdict), 409
    if request.htmx:
        return render(request, "bulletins/kept.html", _kept(request, row, place, wrong), status=status)
    if status != 200:
        context = page(request, row, wrong=wrong, at=place, typed=typed)
        return render(request, "bulletins/edit.html", context, status=status)
    messages.success(request, _("Kept."))
    return redirect(f"{reverse('bulletins:edit', args=[organisation, row.public_id])}#at-{place}")


def _kept(request: Request, row: Bulletin, place: str, wrong: str) -> dict[str, Any]:
    blocks, spoken = queries.blocks_of(row), queries.voices_of(row)
    counts = BY_KEY[place].kind in (FIGURES, CHART)
    counted = queries.figures_now(row) if counts else {}
    content = queries.content_from(row, blocks, spoken, counted, request.today)
    sheet = saying.sheet_in_page(request, row, content, spoken)
    return {
        "row": row,
        "one": {
            "key": place,
            "shown": saying.html(sheet, place),
            "revision": blocks[place].revision,
            "over": saying.over_at(row, place, blocks[place].content),
            "wrong": wrong,
        },
        "stale": bool(wrong),
        "checks": saying.checks(row, blocks, spoken),
    }
