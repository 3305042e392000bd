"""Writing one activity, with a preview beside it while one types, and as an apprentice sees it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.courses.forms import ActivityForm, ChecklistForm, JoinedForm, MediaForm, QuizForm
from craftpath.delivery.web.courses.joining import ROOMS, joined
from craftpath.delivery.web.courses.places import to_course, written
from craftpath.delivery.web.courses.rendering import gaps, html
from craftpath.delivery.web.courses.showing import shown
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import Content, Draw, Point, lacks, read
from craftpath.domain.courses.states import JOINED
from craftpath.domain.courses.texts import KINDS, LACKS
from craftpath.domain.exams.practice import counted_by_skill, open_items, stems_named
from craftpath.domain.standards.queries import skills_by_key
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Activity, Course

OFFERED = 40
"""Questions that a form lists at once."""


def found(row: Course, key: str) -> Activity:
    """An activity of the draft, or of what was published last while there is no draft."""
    version = queries.version_to_write(row)
    rows = queries.activities_of(version) if version else []
    one = next((each for each in rows if each.key == plain_id(key)), None)
    if one is None:
        raise Http404
    return one


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, organisation: str, course: str, activity: str) -> HttpResponse:
    """The form of one activity."""
    row = written(request, course)
    one = found(row, activity)
    content = read(one.kind, one.content)
    form = _form(request, row, one, content)
    status = 200

    def act() -> None:
        kept = _written(request, content, form)
        actions.keep_activity(row, one.key, title=form.title, content=kept, by=request.actor, at=request.at)

    if request.method == "POST":
        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            onward = "preview" if request.POST.get("go") == "look" else "edit"
            return redirect(f"courses:{onward}", organisation, row.public_id, one.key)
    files = queries.files_of(row)
    pages = _pages(row)
    missing = lacks(content)
    context = {
        "row": row,
        "one": one,
        "form": form,
        "kind": KINDS[one.kind],
        "files": files.values(),
        "pages": [(each.key, text(each.title)) for each in pages.values() if each.key != one.key],
        "wrong": ([str(LACKS[missing])] if missing else []) + gaps(content, files, pages),
        "look": _look(request, row, form["text_zh"].value() or form["text_en"].value() or ""),
        "quiz": _quiz(request, content) if one.kind == "quiz" else None,
        "makes": _made_elsewhere(request, one.kind),
        "crumbs": to_course(request, row, here(text(one.title))),
    }
    return render(request, "courses/edit.html", context, status=status)


def _pages(row: Course) -> dict[str, Activity]:
    version = queries.version_to_write(row)
    return {one.key: one for one in queries.activities_of(version)} if version else {}


def _form(request: Request, row: Course, one: Activity, content: Content) -> Any:
    data = request.POST if request.method == "POST" else None
    first: dict[str, Any] = {
        f"{name}_{side}": getattr(value, side)
        for name, value in (
            ("title", Text.of(one.title)),
            ("text", content.text),
            ("transcript", content.transcript),
        )
        for side in ("zh", "en")
    }
    if one.kind in ("video", "audio", "file"):
        files = [
            (key, each.file.name) for key, each in queries.files_of(row).items() if each.kind == one.kind
        ]
        return MediaForm(data, files=files, heard=one.kind != "file", initial=first | {"file": content.file})
    if one.kind == "checklist":
        lines = "\n".join(" | ".join(filter(None, (p.words.zh, p.words.en))) for p in content.points)
        return ChecklistForm(data, initial=first | {"points": lines, "confirmed": content.confirmed})
    if one.kind == "quiz":
        draw = content.draws[0] if content.draws else Draw("", 0)
        first |= {"skill": draw.skill, "count": draw.count, "passes": content.passes, "tries": content.tries}
        return QuizForm(data, skills=_skills(request), initial=first)
    if one.kind in JOINED:
        return JoinedForm(
            data, choices=_offered(request, one.kind, content.ref), initial=first | {"ref": content.ref}
        )
    return ActivityForm(data, initial=first)


def _offered(request: Request, kind: str, chosen: str) -> list[tuple[str, str]]:
    """What the room offers now, and what was chosen before, which stays although it is offered no longer."""
    room = ROOMS.get(kind)
    choices = list(room.choices(request)) if room else []
    before = joined(request, kind, chosen) if chosen and chosen not in dict(choices) else None
    return [(chosen, before.title), *choices] if before is not None else choices


def _made_elsewhere(request: Request, kind: str) -> Sequence[tuple[str, str]]:
    room = ROOMS.get(kind)
    return room.makes(request) if room is not None and room.makes is not None else ()


def _skills(request: Request) -> list[tuple[str, str]]:
    counted = counted_by_skill(request.organisation)
    named = skills_by_key(counted)
    return [
        (key, f"{text(named[key].name) if key in named else key} ({count})")
        for key, count in sorted(counted.items())
    ]


def _written(request: Request, before: Content, form: Any) -> Content:
    """What the form says, as values; the points of a checklist keep their keys by their words."""
    given = form.cleaned_data
    made = replace(before, text=Text(_lines(given["text_zh"]), _lines(given["text_en"])))
    if "file" in given:
        transcript = Text(given.get("transcript_zh", "").strip(), given.get("transcript_en", "").strip())
        return replace(made, file=given["file"], transcript=transcript)
    if "points" in given:
        return replace(made, points=_points(before, given["points"]), confirmed=given["confirmed"])
    if "passes" in given:
        draws = (Draw(given["skill"], given["count"]),) if given["skill"] and given["count"] else ()
        items = tuple(dict.fromkeys(plain_id(key) for key in request.POST.getlist("items")))
        known = stems_named(items)
        return replace(
            made, items=tuple(key for key in items if key in known), draws=draws, passes=given["passes"],
            tries=given["tries"] or 0,
        )  # fmt: skip
    return replace(made, ref=given["ref"]) if "ref" in given else made


def _lines(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")


def _points(before: Content, lines: str) -> tuple[Point, ...]:
    known = {(one.words.zh, one.words.en): one.key for one in before.points}
    made = []
    for line in _lines(lines).split("\n"):
        zh, _bar, en = (side.strip() for side in line.partition("|"))
        if zh or en:
            key = known.pop((zh, en), "") or secrets.token_hex(6)
            made.append(Point(key, Text(zh, en)))
    return tuple(made)


def _quiz(request: Request, content: Content) -> dict[str, Any]:
    """Questions that are chosen, and open ones to choose from; those of papers are secret and not among them."""
    named = stems_named(content.items)
    chosen = [(key, plain(named[key], 90)) for key in content.items if key in named]
    asked = request.GET.get("find", "").strip()
    rows = open_items(request.organisation).select_related("newest").exclude(public_id__in=content.items)
    for word in asked.casefold().split()[:6]:
        rows = rows.filter(words__contains=word)
    offered = [(one.public_id, plain(one.newest.stem, 90)) for one in rows.order_by("-pk")[:OFFERED]]
    return {"chosen": chosen, "offered": offered, "find": asked}


@require_POST
def look(request: Request, organisation: str, course: str) -> HttpResponse:
    """The text as it would be shown; asked for while somebody types, and nothing is kept."""
    row = written(request, course)
    words = request.POST.get("text_zh", "") or request.POST.get("text_en", "")
    return render(request, "courses/look.html", {"look": _look(request, row, words[:60_000])})


def _look(request: Request, row: Course, words: str) -> Any:
    key = request.organisation.key

    def file_at(ref: str) -> str:
        return reverse("courses:file", args=[key, row.public_id, ref])

    def page_at(ref: str) -> str:
        return reverse("courses:edit", args=[key, row.public_id, ref])

    return html(words, queries.files_of(row), _pages(row), file_at, page_at)


@require_GET
def preview(request: Request, organisation: str, course: str, activity: str) -> HttpResponse:
    """One activity as an apprentice sees it; nothing that is done here is kept."""
    row = written(request, course)
    one = found(row, activity)
    rows = list(_pages(row).values())
    place = next(n for n, each in enumerate(rows) if each.key == one.key)

    def page_at(ref: str) -> str:
        return reverse("courses:preview", args=[organisation, row.public_id, ref])

    def file_at(ref: str) -> str:
        return reverse("courses:file", args=[organisation, row.public_id, ref])

    context = {
        "row": row,
        "one": one,
        "unit": text(one.unit.title),
        "shown": shown(request, one, queries.files_of(row), {each.key for each in rows}, file_at, page_at),
        "number": place + 1,
        "of": len(rows),
        "before": page_at(rows[place - 1].key) if place else "",
        "after": page_at(rows[place + 1].key) if place + 1 < len(rows) else "",
        "crumbs": to_course(request, row, here(_("Preview"))),
    }
    return render(request, "courses/preview.html", context)
