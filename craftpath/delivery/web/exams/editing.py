"""Writing an item: choose its kind, fill in the form, look at it, save; and the texts that several items share."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.exams.bounds import MEGABYTE
from craftpath.delivery.web.exams import typed as typing
from craftpath.delivery.web.exams.choosing import outcome_choices, skill_groups
from craftpath.delivery.web.exams.editor import Editor, Lists
from craftpath.delivery.web.exams.forms import StimulusForm
from craftpath.delivery.web.exams.kinds import ABOUT
from craftpath.delivery.web.exams.showing import addresses, block, candidate, plain, shapes
from craftpath.delivery.web.exams.trail import crumbs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import actions, queries, rules
from craftpath.domain.exams.faults import faults
from craftpath.domain.exams.texts import KINDS
from craftpath.engines.scoring import Kind
from craftpath.kernel.media import MOST_BYTES
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

MOST_STIMULI = 200


@require_GET
@needs(Permission.WRITE_ITEMS)
def choose(request: Request, organisation: str) -> HttpResponse:
    """The nine kinds, each with a word about what it is good for."""
    kinds = [(key, KINDS[key], ABOUT[key]) for key in KINDS]
    return render(
        request, "exams/choose.html", {"kinds": kinds, "crumbs": crumbs(request, _("Write an item"))}
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_ITEMS)
def new(request: Request, organisation: str, kind: str) -> HttpResponse:
    """The form of a new item of one kind."""
    if kind not in KINDS:
        raise Http404
    require(rules.may_write(request.actor, request.organisation))
    if request.method == "GET":
        return _form(request, None, Editor(typing.blank_form(Kind(kind)), _lists()))
    return _posted(request, None, typing.from_post(Kind(kind), request.POST))


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_ITEMS)
def edit(request: Request, organisation: str, item: str) -> HttpResponse:
    """The form of an item's next version."""
    row = get_object_or_404(queries.items(), public_id=item)
    require(rules.may_write(request.actor, row.organisation))
    require(rules.can_rewrite(row))
    if request.method == "GET":
        assert row.newest is not None  # noqa: S101  (every item has a version)
        content = queries.content_of(row.newest, row.kind)
        given = typing.from_content(content, queries.tags_of(row))
        return _form(request, row, Editor(given, _lists(given)))
    return _posted(request, row, typing.from_post(Kind(row.kind), request.POST))


def _lists(given: typing.Typed | None = None) -> Lists:
    stimuli = [
        (row.public_id, plain(row.title, 60) or plain(row.body, 60))
        for row in queries.stimuli()[:MOST_STIMULI]
    ]
    chosen = given.tags.get("outcomes", []) if given is not None else []
    kept = [int(pk) for pk in chosen if pk.isascii() and pk.isdecimal() and len(pk) < 15]
    return Lists(
        stimuli,
        outcome_choices(kept),
        skill_groups(kept=given.tags.get("skills", []) if given is not None else ()),
    )


def _posted(request: Request, row: Any, given: typing.Typed) -> HttpResponse:
    """`do` says which button was pressed: add, remove or move a row, add a picture, look, or save."""
    do, _dash, place = request.POST.get("do", "save").partition("-")
    if do == "look":
        return render(request, "exams/look.html", _look(request, given))
    if do == "picture":
        return _picture(request, row, given)
    if do in ("add", "remove", "up"):
        name, _dash, number = place.partition("-")
        if do == "add":
            given.add(name)
        elif number.isascii() and number.isdecimal():
            (given.remove if do == "remove" else given.up)(name, int(number[:3]))
        return _form(request, row, Editor(given, _lists(given)))
    return _save(request, row, given.without_empty_rows())


def _size(given: typing.Typed) -> tuple[int, int]:
    """Width and height of the picture that the form names; nothing if there is none."""
    name = given.head.get("picture", "")
    found = queries.pictures_by_id([name]) if name.isascii() and name.isalnum() else {}
    return (found[name].width, found[name].height) if name in found else (0, 0)


def _look(request: Request, given: typing.Typed) -> dict[str, Any]:
    content = given.content(_size(given))
    if given.kind is Kind.HOTSPOT:  # what cannot be drawn is not shown
        drawn = {shape.key for shape in shapes(content.details)}
        regions = [region for region in content.details["regions"] if region["key"] in drawn]
        content.details["regions"][:] = regions
    return {"shown": candidate(content, addresses(request.organisation.key))}


def _picture(request: Request, row: Any, given: typing.Typed) -> HttpResponse:
    """Keep a picture that was chosen and put it where it belongs; what was typed stays."""
    file = request.FILES.get("upload")
    organisation = row.organisation if row is not None else request.organisation
    refused = ""
    try:
        if file is None:
            raise Refused(not_now("exams.picture_missing"))
        if (file.size or 0) > MOST_BYTES:
            facts = {
                "name": file.name,
                "megabytes": -(-(file.size or 0) // MEGABYTE),
                "limit": MOST_BYTES // MEGABYTE,
            }
            raise Refused(not_now("exams.picture_too_large", **facts))
        kept = actions.keep_picture(
            organisation, file.read(), name=file.name or "", by=request.actor, at=request.at
        )
    except Refused as found:
        if found.verdict.who:
            raise
        refused = sentence(found.verdict)
    else:
        if given.kind is Kind.HOTSPOT and not given.head.get("picture"):
            given.head["picture"] = kept.public_id
        else:
            side = "stem_zh" if given.head.get("stem_zh") or not given.head.get("stem_en") else "stem_en"
            given.head[side] = f"{given.head.get(side, '')}\n\n![](picture:{kept.public_id})".strip()
    return _form(request, row, Editor(given, _lists(given)), refused=refused)


def _save(request: Request, row: Any, given: typing.Typed) -> HttpResponse:
    editor = Editor(given, _lists(given), judged=True)
    well_formed = editor.is_well_formed()
    content = given.content(_size(given))
    editor.mark(faults(content))
    if not well_formed or editor.complaints:
        return _form(request, row, editor, status=422)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    seen = request.POST.get("seen", "")
    try:
        if row is None:
            ready = bool(request.POST.get("ready"))
            row = actions.write_item(
                request.organisation, content, tags=editor.tags_given(), ready=ready, **by
            )
        else:
            number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else 0
            actions.rewrite_item(row, content, seen=number, tags=editor.tags_given(), **by)
    except Refused as refused:
        if refused.verdict.who:
            raise
        newest = str(refused.verdict.facts.get("version", seen))
        return _form(request, row, editor, refused=sentence(refused.verdict), seen=newest, status=409)
    messages.success(request, _("Saved. Try it out as a candidate would."))
    return redirect("exams:item", request.organisation.key, row.public_id)


def _form(
    request: Request, row: Any, editor: Editor, *, refused: str = "", seen: str = "", status: int = 200
) -> HttpResponse:
    seen = seen or request.POST.get("seen", "") or (str(row.newest.number) if row is not None else "")
    title = plain(row.newest.stem, 24) if row is not None else KINDS[editor.kind]
    shown = {
        "item": row,
        "editor": editor,
        "kind": KINDS[editor.kind],
        "seen": seen,
        "refused": refused,
        "title": title,
        "crumbs": crumbs(request, _("Edit") if row is not None else _("Write an item"), row),
        "drawing": _look(request, editor.typed)["shown"] if editor.kind == "hotspot" else None,
    }
    return render(request, "exams/edit.html", shown, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_ITEMS)
def stimuli(request: Request, organisation: str) -> HttpResponse:
    """The texts that several items share, and the form of a new one; none is ever changed."""
    require(rules.may_write(request.actor, request.organisation))
    form = StimulusForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        title, body = (
            Text(values[f"{name}_zh"].strip(), values[f"{name}_en"].strip()) for name in ("title", "body")
        )
        if body.zh or body.en:
            actions.write_stimulus(
                request.organisation, title=title, body=body, by=request.actor, at=request.at
            )
            messages.success(request, _("Kept. Items can refer to it now."))
            return redirect("exams:stimuli", request.organisation.key)
        form.add_error("body_zh", _("Write the text, in Chinese or in English."))
    address = addresses(request.organisation.key)
    rows = [
        {"row": row, "title": plain(row.title, 80), "body": block(row.body, address)}
        for row in queries.stimuli()[:MOST_STIMULI]
    ]
    shown = {"form": form, "rows": rows, "crumbs": crumbs(request, _("Shared texts"))}
    return render(request, "exams/stimuli.html", shown, status=422 if form.errors else 200)
