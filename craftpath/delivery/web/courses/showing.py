"""An activity ready for its template: the text, and what its kind brings along."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from craftpath.delivery.web.courses.joining import joined
from craftpath.delivery.web.courses.rendering import LANGUAGES, Address, html, said
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.courses.content import Content, read
from craftpath.domain.courses.states import JOINED

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Activity, CourseFile, Tick

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")


def shown(
    request: Request,
    one: Activity,
    files: Mapping[str, CourseFile],
    pages: Collection[str],
    file_at: Address,
    page_at: Address,
    *,
    run: str | None = None,
    ticks: Mapping[str, Tick] | None = None,
) -> dict[str, Any]:
    """What the template of an activity needs, for a learner or for a preview."""
    content = read(one.kind, one.content)
    made: dict[str, Any] = {
        "kind": one.kind,
        "content": content,
        "text": html(said(content.text), files, pages, file_at, page_at) if any(content.texts) else "",
    }
    if one.kind in ("video", "audio", "file"):
        made["medium"] = _medium(content, files, file_at)
        made["transcript"] = said(content.transcript)
        made["speeds"] = SPEEDS
    if one.kind == "quiz":
        made["asked"] = len(content.fixed) + sum(draw.count for draw in content.draws)
        made["needed"] = f"{content.passes} %"
    if one.kind == "checklist":
        made["points"] = [
            {"key": point.key, "words": said(point.words), "tick": (ticks or {}).get(point.key)}
            for point in content.points
        ]
    if one.kind in JOINED:
        made["joined"] = joined(request, one.kind, content.ref, run)
    return made


def _medium(content: Content, files: Mapping[str, CourseFile], file_at: Address) -> dict[str, Any] | None:
    """The file, or None where it is gone: the page says so in words."""
    found = files.get(content.file)
    if found is None:
        return None
    return {
        "kind": found.kind,
        "url": file_at(found.public_id),
        "name": found.file.name,
        "megabytes": f"{found.file.size / 2**20:.1f}",
        "captions": f"{file_at(found.public_id)}?captions=1" if found.captions_id else "",
        "language": found.captions_language,
        "language_name": LANGUAGES.get(found.captions_language, ""),
    }
