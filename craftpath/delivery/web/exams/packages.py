"""QTI packages: one is looked at before anything of it counts, then taken in; chosen items go out as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.exams.qti_in import Package, Read, read_package
from craftpath.delivery.exchange.exams.qti_out import Out, Shared, Shown, extras_of, package
from craftpath.delivery.exchange.exams.qti_tree import THREE, TWO
from craftpath.delivery.exchange.exams.texts import REASONS
from craftpath.delivery.web.exams.bank import wanted_of
from craftpath.delivery.web.exams.forms import PackageForm
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.exams.trail import crumbs
from craftpath.delivery.web.sheets.forms import MEGABYTE, too_big
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.exams import actions, queries, rules
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.faults import pictures_in
from craftpath.domain.exams.queries import Tags
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS
from craftpath.domain.exams.texts import REASONS as NOUN
from craftpath.domain.standards.queries import skills_by_key
from craftpath.engines.scoring import Kind
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

MOST_OUT = 500
SENTENCES = NOUN | REASONS


@csrf_exempt  # the body stays unread until its declared size is known; `_take` is protected
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_ITEMS)
def take(request: Request, organisation: str) -> HttpResponse:
    """The form for a package, what was understood of it, and taking it in."""
    require(rules.may_write(request.actor, request.organisation))
    declared = request.META.get("CONTENT_LENGTH") or "0"
    size = int(declared) if declared.isdecimal() else 0
    if request.method == "POST" and size > settings.UPLOAD_LIMIT + MEGABYTE:
        return _page(request, PackageForm(), refused=too_big(size), status=413)
    return _take(request)


@csrf_protect
def _take(request: Request) -> HttpResponse:
    if request.method == "GET":
        public_id = plain_id(request.GET.get("package", ""))
        if not public_id:
            return _page(request, PackageForm())
        return _looked_at(request, get_object_or_404(queries.packages(), public_id=public_id))
    public_id = plain_id(request.POST.get("package", ""))
    if public_id:
        return _taken(request, get_object_or_404(queries.packages(), public_id=public_id))
    form = PackageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        read_package(content, file.name)
    except Refused as refused:
        return _page(request, form, refused=sentence(refused.verdict), status=422)
    kept = actions.keep_package(
        request.organisation, content, name=file.name, by=request.actor, at=request.at
    )
    return redirect(f"{reverse('exams:take', args=[request.organisation.key])}?package={kept.public_id}")


def _page(request: Request, form: Any, *, refused: str = "", status: int = 200, **more: Any) -> HttpResponse:
    shown = {"form": form, "refused": refused, "crumbs": crumbs(request, _("Take in a QTI package"))} | more
    return render(request, "exams/take.html", shown, status=status)


def _looked_at(request: Request, row: Any, done: dict[str, Any] | None = None) -> HttpResponse:
    found = read_package(row.file.bytes(), row.file.name)
    reads = [_read_row(read) for read in found.reads]
    good = sum(read["good"] for read in reads)
    return _page(
        request,
        PackageForm(),
        package=row,
        reads=reads,
        good=good,
        bad=len(reads) - good,
        problems=[SENTENCES[code] % facts for code, facts in found.problems],
        done=done,
        press=ngettext("Take in %(count)s item", "Take in %(count)s items", good) % {"count": good},
    )


def _read_row(read: Read) -> dict[str, Any]:
    content = read.content
    return {
        "name": read.name,
        "title": plain(content.stem, 80) if content else read.title,
        "kind": KINDS[content.kind.value] if content else "",
        "points": content.points if content else None,
        "good": read.good,
        "why": SENTENCES[read.reason] % read.facts if read.reason else "",
        "remarks": [SENTENCES[code] % facts for code, facts in read.remarks],
    }


def _taken(request: Request, row: Any) -> HttpResponse:
    """Keep the pictures of what is understood, and write its items; pressed twice it finds them in the bank."""
    found = read_package(row.file.bytes(), row.file.name)
    good = [read for read in found.reads if read.good]
    marks = _kept(request, row.organisation, found, good)
    drafts, texts = [], 0
    for read in good[: actions.MOST_AT_ONCE]:
        wanted = pictures_in(read.content) if read.content else set()
        if any(mark not in marks for mark in wanted):
            continue
        shared = _shared(request, row, read, marks)
        if read.content is None:
            texts += 1
            continue
        content = _renamed(read.content, marks)
        if shared is not None:
            content = replace(content, stimulus=shared.public_id)
        drafts.append(actions.Draft(content, _tags(read), source=f"{row.file.name} · {read.name}"))
    if not drafts and not texts:
        raise Refused(not_now("qti.no_item"))
    written = actions.take_package(row, drafts, by=request.actor, at=request.at)
    lost = len(good) - len(drafts) - texts
    done = {"count": len(written.items), "known": len(written.known), "lost": lost, "texts": texts}
    return _looked_at(request, row, done)


def _shared(request: Request, row: Any, read: Read, marks: dict[str, str]) -> Any:
    """The text that a question refers to, kept once; None if it refers to none."""
    if read.stimulus is None or not (read.stimulus[1].zh or read.stimulus[1].en):
        return None
    title, body = read.stimulus
    return actions.write_stimulus(
        row.organisation, title=title, body=_said(body, marks), by=request.actor, at=request.at
    )


def _kept(request: Request, organisation: Any, found: Package, good: Sequence[Read]) -> dict[str, str]:
    """mark → public id of the pictures that the items show; one that is no picture is left out, with its items."""
    wanted = {mark for read in good if read.content for mark in pictures_in(read.content)}
    for read in good:
        if read.stimulus is not None:
            wanted |= pictures_in(Content(Kind.ESSAY, read.stimulus[1]))
    marks = {}
    for mark in wanted:
        name, content = found.pictures.get(mark, ("", b""))
        try:
            kept = actions.keep_picture(organisation, content, name=name, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            continue
        marks[mark] = kept.public_id
    return marks


def _said(text: Text, marks: dict[str, str]) -> Text:
    def named(side: str) -> str:
        for mark, public_id in marks.items():
            side = side.replace(f"(picture:{mark})", f"(picture:{public_id})")
        return side

    return Text(named(text.zh), named(text.en))


def _renamed(content: Content, marks: dict[str, str]) -> Content:
    """The content with the bank's own names of its pictures."""
    details = dict(content.details)
    for name in ("options", "left", "right_side", "entries"):
        if name in details:
            details[name] = [
                row | {"text": _said(Text.of(row["text"]), marks).as_json()} for row in details[name]
            ]
    if "guide" in details:
        details["guide"] = _said(Text.of(details["guide"]), marks).as_json()
    if "picture" in details:
        details["picture"] = marks.get(details["picture"], details["picture"])
    return replace(
        content,
        stem=_said(content.stem, marks),
        explanation=_said(content.explanation, marks),
        details=details,
    )


def _tags(read: Read) -> Tags:
    """What the package says of how an item may be used; anything that cannot be is left out."""
    said = read.tags

    def whole(name: str, most: int) -> int | None:
        value = said.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most else None

    try:
        share = Decimal(str(said.get("expected_p"))) if said.get("expected_p") is not None else None
    except InvalidOperation:
        share = None
    if share is not None and not (share.is_finite() and 0 <= share <= 1):
        share = None
    skills = said.get("skills")
    named = [key for key in skills if isinstance(key, str)][:50] if isinstance(skills, list) else []
    difficulty = said.get("difficulty")
    return Tags(
        skills=tuple(skills_by_key(named)) if named else (),
        difficulty=difficulty if difficulty in DIFFICULTIES else "",
        expected_p=None if share is None else round(share, 2),
        seconds=whole("seconds", 36_000),
        exposure_limit=whole("exposure_limit", 10_000),
    )


@require_GET
@needs(Permission.WRITE_ITEMS)
def give(request: Request, organisation: str) -> HttpResponse:
    """A package of the items that were chosen, or of all that the filters leave."""
    version = TWO if request.GET.get("form") == "2" else THREE
    ids = [public_id for text in request.GET.getlist("item")[: MOST_OUT + 1] if (public_id := plain_id(text))]
    rows = queries.items_by_id(ids) if ids else list(queries.items_wanted(wanted_of(request))[: MOST_OUT + 1])
    if not rows:
        raise Refused(not_now("exams.nothing_chosen"))
    if len(rows) > MOST_OUT:
        raise Refused(not_now("exams.too_many_at_once", most=MOST_OUT))
    content = _package(rows, version)
    return attachment(content, f"items-{request.organisation.key}-qti-{version}.zip", "application/zip")


def _package(rows: list[Any], version: str) -> bytes:
    tags = queries.tags_by_item(rows)
    stimuli: dict[str, Shared] = {}
    outs = []
    for row in rows:
        content = queries.content_of(row.newest, row.kind)
        shared = row.newest.stimulus
        if shared is not None:
            stimuli[shared.public_id] = Shared(Text.of(shared.title), Text.of(shared.body))
        said = tags[row.pk]
        about = {
            "difficulty": said.difficulty,
            "seconds": said.seconds,
            "exposure_limit": said.exposure_limit,
            "expected_p": None if said.expected_p is None else str(said.expected_p),
            "skills": list(said.skills),
        }
        title = stimuli[content.stimulus].title if content.stimulus else None
        about = {name: value for name, value in about.items() if value}
        outs.append(Out(f"item-{row.public_id}", content, extras_of(content, about, title)))
    wanted = frozenset().union(*(pictures_in(out.content) for out in outs))
    wanted |= frozenset().union(
        *(pictures_in(Content(outs[0].content.kind, one.body)) for one in stimuli.values())
    )
    held = queries.pictures_by_id(wanted)
    pictures = {key: Shown(row.media_type, row.file.bytes()) for key, row in held.items()}
    return package(outs, pictures, stimuli, version)
