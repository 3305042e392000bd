"""An office's exam pasted or dropped: what was understood beside the text, mended in place, and taken in by one press.

The page keeps nothing until it is taken in: the text is in the form, and every look reads it anew. What is taken in is
what the last look showed, or the page is shown again.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange.exams.drafting import Exam, Reading, leftover, read_exam
from craftpath.delivery.exchange.exams.filing import read_file
from craftpath.delivery.exchange.exams.pasting import MOST_CHARACTERS
from craftpath.delivery.exchange.exams.tabbed import blocks, outside
from craftpath.delivery.exchange.exams.texts import NOTES
from craftpath.delivery.web.exams.columns import by_choice, by_memory, shown
from craftpath.delivery.web.exams.showing import Address, addresses, block, key_in_words, line, plain
from craftpath.delivery.web.exams.trail import crumbs
from craftpath.delivery.web.sheets.forms import MEGABYTE, too_big
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import actions, queries, rules
from craftpath.domain.exams.content import CHOICES
from craftpath.domain.exams.faults import pictures_in
from craftpath.domain.exams.queries import Tags
from craftpath.domain.exams.texts import FAULTS, KINDS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require

SENTENCES = NOTES | FAULTS


@csrf_exempt  # the body stays unread until its declared size is known; `_pasted` is protected
@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_ITEMS)
def paste(request: Request, organisation: str) -> HttpResponse:
    """The text and what was understood of it; a file beyond the limit is refused before it is read."""
    require(rules.may_write(request.actor, request.organisation))
    declared = request.META.get("CONTENT_LENGTH") or "0"
    size = int(declared) if declared.isdecimal() else 0
    if request.method == "POST" and size > settings.UPLOAD_LIMIT + MEGABYTE:
        shown = _page(request, "", refused=too_big(size), unread=True)
        return render(request, "exams/paste.html", shown, status=413)
    return _pasted(request)


@csrf_protect
def _pasted(request: Request) -> HttpResponse:
    """`do` says which button was pressed: look, drop a file, make questions of a table, or take in what is right."""
    if request.method == "GET":
        return render(request, "exams/paste.html", _page(request, ""))
    text = request.POST.get("text", "").replace("\0", "")
    do = request.POST.get("do", "look")
    if do == "file":
        return _dropped(request, text)
    if do == "table":
        return _said(request, text)
    if do == "take":
        return _taken(request, text)
    if request.htmx:
        ready = "ready" in request.POST or "ready_shown" not in request.POST
        return render(request, "exams/understood.html", _understood(request, text) | {"ready": ready})
    return render(request, "exams/paste.html", _page(request, text))


def _dropped(request: Request, before: str) -> HttpResponse:
    """The text of a file behind what stands there already; its pictures are kept."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(not_now("exam.empty"))
        found = read_file(file.read(), file.name or "")
        text = found.text
        for mark, (name, content) in found.pictures.items():
            text = text.replace(f"(picture:{mark})", f"(picture:{_kept(request, name, content)})")
        if not text.strip():
            raise Refused(not_now("exam.empty"))
        text = by_memory(request, text)
        joined = f"{before.rstrip()}\n\n{text}" if before.strip() else text
        if len(joined) > MOST_CHARACTERS:
            raise Refused(not_now("exam.too_long", characters=len(joined), limit=MOST_CHARACTERS))
    except Refused as refused:
        return _refused(request, before, refused)
    return render(request, "exams/paste.html", _page(request, joined))


def _said(request: Request, text: str) -> HttpResponse:
    """The table of the text as questions, by the columns that were chosen."""
    try:
        made = by_choice(request, text)
    except Refused as refused:
        return _refused(request, text, refused)
    return render(request, "exams/paste.html", _page(request, made))


def _refused(request: Request, text: str, refused: Refused) -> HttpResponse:
    if refused.verdict.who:
        raise refused
    return render(
        request, "exams/paste.html", _page(request, text, refused=sentence(refused.verdict)), status=422
    )


def _kept(request: Request, name: str, content: bytes) -> str:
    try:
        kept = actions.keep_picture(request.organisation, content, name=name, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        raise Refused(not_now("exam.picture_refused", name=name)) from None
    return kept.public_id


def _taken(request: Request, text: str) -> HttpResponse:
    """Take in every question that is right, if it is what the reader saw; what is left stays in the text."""
    exam = read_exam(outside(text, list(blocks(text))))
    missing = _missing_pictures(exam)
    right = [one for one in exam.readings if not one.faulty and not (pictures_in(one.content) & missing)]
    if request.POST.get("seen") != _mark(exam) or not right:
        moved = bool(request.POST.get("seen")) and bool(right)
        refused = (
            _("The text has changed since you looked at it. Look again, then take it in.")
            if moved
            else _("There is nothing to take in yet.")
        )
        return render(request, "exams/paste.html", _page(request, text, refused=refused), status=409)
    ready = bool(request.POST.get("ready"))
    now, later = right[: actions.MOST_AT_ONCE], right[actions.MOST_AT_ONCE :]
    drafts = [
        actions.Draft(one.content, Tags(difficulty=one.difficulty), ready=ready, source="") for one in now
    ]
    written = actions.write_items(
        request.organisation, drafts, source="text", by=request.actor, at=request.at
    )
    rest = leftover(text, exam, {one.anchor for one in now})
    done = {
        "count": len(written.items),
        "known": len(written.known),
        "drafts": sum(item.state == "draft" for item in written.items),
        "left": len(exam.readings) - len(now),
        "later": len(later),
        "first": written.items[0].public_id if len(written.items) == 1 else "",
    }
    return render(request, "exams/paste.html", _page(request, rest, done=done))


def _mark(exam: Exam) -> str:
    return hashlib.sha256(exam.fingerprint.encode()).hexdigest()[:24]


def _missing_pictures(exam: Exam) -> set[str]:
    wanted = frozenset().union(*(pictures_in(one.content) for one in exam.readings))
    return set(wanted) - set(queries.pictures_by_id(wanted))


def _page(
    request: Request,
    text: str,
    *,
    refused: str = "",
    done: dict[str, Any] | None = None,
    unread: bool = False,
) -> dict[str, Any]:
    trail = {"crumbs": crumbs(request, _("Paste or drop an exam")), "refused": refused, "done": done}
    # Of a body that stays unread not even the ticks are looked at.
    ready = unread or "ready" in request.POST or "ready_shown" not in request.POST
    return trail | {"text": text} | _understood(request, text) | {"ready": ready}


def _understood(request: Request, text: str) -> dict[str, Any]:
    """Every question as it was understood, with its notes; the lines that were not; and a table, if there is one."""
    tables = list(blocks(text))
    exam = read_exam(outside(text, tables))
    missing = _missing_pictures(exam)
    known = queries.known_contents(request.organisation, [one.content.fingerprint for one in exam.readings])
    address = addresses(request.organisation.key)
    rows = [_row(one, address, known, missing) for one in exam.readings]
    right = sum(row["good"] for row in rows)
    return shown(request, tables) | {
        "asked": rows,
        "loose": exam.pasted.loose[:200],
        "unplaced": exam.pasted.unplaced[:200],
        "cut": exam.pasted.cut,
        "seen": _mark(exam),
        "right": right,
        "faulty": len(rows) - right,
        "keyless": sum(row["good"] and not row["keyed"] for row in rows),
        "known": sum(bool(row["known"]) for row in rows),
        "press": ngettext("Take in %(count)s question", "Take in %(count)s questions", right)
        % {"count": right},
    }


def _row(one: Reading, address: Address, known: Any, missing: set[str]) -> dict[str, Any]:
    content = one.content
    lost = bool(pictures_in(content) & missing)
    notes = [
        {"line": note.line, "fault": note.fault, "said": SENTENCES[note.code] % note.facts}
        for note in one.notes
    ]
    if lost:
        notes.append(
            {"line": one.anchor, "fault": True, "said": _("A picture that it names is not in this bank.")}
        )
    details = content.details
    right = set(details.get("right", ()))
    rows = details.get("options") or details.get("entries") or ()
    return {
        "number": one.asked.number,
        "line": one.anchor,
        "last": one.asked.lines[-1],
        "section": plain(one.asked.section.words, 40) if one.asked.section else "",
        "kind": KINDS[content.kind.value],
        "points": content.points,
        "stem": block(content.stem, address),
        "options": [
            {"letter": row["key"].upper(), "html": line(row["text"], address), "right": row["key"] in right}
            for row in rows
        ],
        "key": [] if content.kind in CHOICES else key_in_words(content),
        "explanation": block(content.explanation, address),
        "notes": notes,
        "good": not one.faulty and not lost,
        "keyed": one.keyed,
        "known": known.get(content.fingerprint, ""),
    }
