"""Files beside an answer: added as soon as one is chosen, or with the form; why one is refused; taken back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.hall.entering import NOBODY, with_paper
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.exams import actions
from craftpath.domain.exams.filing import MOST_FILES, file_of, files_of
from craftpath.domain.exams.taking import lines_of
from craftpath.kernel.exhibits import LARGEST, SUFFIXES, small_enough
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.exams.actions import Held
    from craftpath.domain.exams.models import Candidate, PaperLine


def beside(row: Candidate, line: PaperLine, order: int) -> dict[str, Any]:
    """What the part of a page with the files of a question shows; one query."""
    return {
        "order": order,
        "files": [
            (one, SUFFIXES.get(one.media_type, "").upper(), one.kept.size) for one in files_of(row, line.pk)
        ],
        "most_files": MOST_FILES,
        "most_bytes": LARGEST,
        "too_large": sentence(small_enough(LARGEST + 1, LARGEST)),
        "made_id": uuid.uuid4(),
    }


@require_http_methods(["POST"])
@with_paper
def add(request: Request, held: Held, row: Candidate, order: int) -> HttpResponse:
    """Add the file that a device sends by itself; says how the part of the page looks then, or why it is refused."""
    lines = lines_of(row)
    if not 1 <= order <= len(lines):
        raise Http404
    line = lines[order - 1]
    try:
        _added(request, held, line.order)
    except Refused as refused:
        said = {"code": refused.verdict.reason, "reason": sentence(refused.verdict)}
        return JsonResponse(said, status=409)
    context = beside(row, line, order) | {"open": True}
    return JsonResponse({"html": render_to_string("hall/files.html", context, request)})


def filed(request: Request, held: Held, order: int) -> str:
    """Add or take back a file with the form, if there is one to; why it was refused. Those added before stay."""
    go = request.POST.get("go", "")
    try:
        if go.startswith("drop-"):
            actions.take_back_file(held, plain_id(go[5:]), by=NOBODY, at=request.at)
        elif request.FILES.get("file") is not None:
            _added(request, held, order)
        elif go == "file":
            return str(_("Choose a file first."))
    except Refused as refused:
        return sentence(refused.verdict)
    return ""


def _added(request: Request, held: Held, order: int) -> None:
    """What is larger than any kind of file may be is refused before it is read."""
    file = request.FILES.get("file")
    require(small_enough((file.size or 0) if file else 0, LARGEST))
    actions.add_answer_file(
        held,
        order=order,
        made_id=made_id(request.POST.get("made_id", "")),
        content=file.read() if file else b"",
        by=NOBODY,
        at=request.at,
    )


def made_id(typed: str) -> uuid.UUID:
    """The press that a form names; a new one where it names none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


@require_GET
@with_paper
def file(request: Request, held: Held, row: Candidate, file: str) -> HttpResponse:
    """A file that one has put beside an answer oneself."""
    found = file_of(row, plain_id(file))
    if found is None:
        raise Http404
    return shown_or_saved(found.kept.bytes(), str(_("File")), found.media_type)
