"""Files of a course: sent in parts, refused by their size before they are read, and never run as pages of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.web.courses.forms import CaptionsForm, UploadForm
from craftpath.delivery.web.courses.places import followed, seen_run, to_course, written
from craftpath.delivery.web.courses.sending import on_disk
from craftpath.delivery.web.shell.downloads import played, streamed
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.courses import actions, queries, rules
from craftpath.kernel.exhibits import small_enough

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Course, CourseFile


@csrf_exempt  # the body stays unread until its declared size is known; `_files` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: Request, organisation: str, course: str) -> HttpResponse:
    """What a course has to show, and one more."""
    row = written(request, course)
    if request.method == "POST" and declared(request) > rules.LARGEST + SLACK:
        refused = sentence(small_enough(rules.LARGEST + 1, rules.LARGEST))
        return render(request, "courses/files.html", _page(request, row, refused=refused), status=413)
    return _files(request, row)


@csrf_protect
def _files(request: Request, row: Course) -> HttpResponse:
    if request.method != "POST":
        return render(request, "courses/files.html", _page(request, row))
    form = UploadForm(request.POST, request.FILES)

    def act() -> None:
        sent = form.cleaned_data["file"]
        with on_disk(sent) as place:
            actions.add_file(
                row, place, sent.name or "file", heard_only=form.cleaned_data["heard"], by=request.actor,
                at=request.at,
            )  # fmt: skip

    status = tried(request, form, _("The file is kept."), act)
    if not status:
        return redirect("courses:files", request.organisation.key, row.public_id)
    return render(request, "courses/files.html", _page(request, row, form=form), status=status)


def _page(request: Request, row: Course, *, refused: str = "", form: Any = None) -> dict[str, Any]:
    return {
        "row": row,
        "form": form or UploadForm(),
        "captions": CaptionsForm(auto_id=False),
        "refused": refused,
        "files": list(queries.files_of(row).values()),
        "most": {kind: size // rules.MEGABYTE for kind, size in rules.MOST_BYTES.items()},
        "bytes": rules.LARGEST,
        "crumbs": to_course(request, row, here(pgettext("of a course", "Files"))),
    }


@require_POST
def captions(request: Request, organisation: str, course: str, file: str) -> HttpResponse:
    """Captions of a video or a recording."""
    row = written(request, course)
    one = queries.file_in(row, plain_id(file))
    if one is None:
        raise Http404
    form = CaptionsForm(request.POST, request.FILES, auto_id=False)

    def act() -> None:
        given = form.cleaned_data
        content = given["captions"].read(rules.CAPTION_BYTES + 1)
        actions.keep_captions(one, content, given["language"], by=request.actor, at=request.at)

    status = tried(request, form, _("The captions are kept."), act)
    if not status:
        return redirect("courses:files", organisation, row.public_id)
    refused = " ".join(str(each) for some in form.errors.values() for each in some)
    return render(request, "courses/files.html", _page(request, row, refused=refused), status=status)


@require_safe
def file(request: Request, organisation: str, course: str, file: str) -> HttpResponseBase:
    """A file for an author."""
    return sent(request, queries.file_in(written(request, course), plain_id(file)))


@require_safe
def shown(request: Request, organisation: str, run: str, file: str) -> HttpResponseBase:
    """A file for whoever follows the course, or looks after those who do."""
    row = seen_run(request, run)
    if not rules.may_look_after(request.actor, row):
        row = followed(request, run)
    one = queries.file_in(row.course, plain_id(file))
    answer = sent(request, one)
    answer.headers["X-Offline"] = "asked"  # a device keeps it with the page that shows it, if it is asked to
    return answer


def sent(request: Request, one: CourseFile | None) -> HttpResponseBase:
    """Pictures, videos and recordings in the page, by parts; everything else is saved and never opened as a page."""
    if one is None:
        raise Http404
    if request.GET.get("captions"):
        if one.captions is None:
            raise Http404
        return played(request, one.captions, "text/vtt; charset=utf-8")
    if one.kind == "file":
        return streamed(one.file.opened(), one.file.size, one.file.name, one.media_type)
    return played(request, one.file, one.media_type)
