"""The recording and the picture of a story; a file that is too large is refused before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.stories.forms import PictureForm, RecordingForm, TranscriptForm
from craftpath.delivery.web.stories.places import draft, to_story
from craftpath.delivery.web.stories.saying import LANGUAGES
from craftpath.domain.stories import actions, rules
from craftpath.domain.stories.prompts import PROMPTS
from craftpath.kernel.exhibits import small_enough
from craftpath.kernel.media import MOST_BYTES as PICTURE_BYTES
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story

ACCEPT = {"audio": "audio/*,.m4a,.ogg,.webm", "video": "video/mp4,video/webm"}


@csrf_exempt  # the body stays unread until its declared size is known; `_recording` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def recording(request: Request, organisation: str, story: str) -> HttpResponse:
    """Record with the phone's own app, and put the file here; then what is said, in writing."""
    row = draft(request, story)
    require(rules.can_write(row))
    if row.form == "text":
        raise Http404
    most = rules.MOST_BYTES[row.form]
    if request.method == "POST" and declared(request) > most + SLACK:
        too_large = sentence(small_enough(most + 1, most))
        return render(
            request, "stories/recording.html", _page(request, row) | {"refused": too_large}, status=413
        )
    return _recording(request, row)


@csrf_protect
def _recording(request: Request, row: Story) -> HttpResponse:
    if request.method != "POST":
        return render(request, "stories/recording.html", _page(request, row))
    if request.POST.get("do") == "transcript":
        return _transcript(request, row)
    form = RecordingForm(request.POST, request.FILES, accept=ACCEPT[row.form])

    def act() -> None:
        file = form.cleaned_data["file"]
        actions.keep_recording(row, file.read(), file.name or "", by=request.actor, at=request.at)

    status = tried(request, form, _("The recording is kept."), act)
    if not status:
        return redirect("stories:recording", request.organisation.key, row.public_id)
    return render(request, "stories/recording.html", _page(request, row, form=form), status=status)


def _transcript(request: Request, row: Story) -> HttpResponse:
    form = TranscriptForm(request.POST)

    def act() -> None:
        actions.keep_transcript(row, form.cleaned_data["transcript"], by=request.actor, at=request.at)

    status = tried(request, form, pgettext("what was written", "Kept."), act)
    if not status:
        return redirect("stories:details", request.organisation.key, row.public_id)
    return render(request, "stories/recording.html", _page(request, row, transcript=form), status=status)


def _page(request: Request, row: Story, **forms: Any) -> dict[str, Any]:
    most = rules.MOST_BYTES[row.form]
    return {
        "row": row,
        "lang": LANGUAGES[row.language],
        "form": forms.get("form") or RecordingForm(accept=ACCEPT[row.form]),
        "transcript": forms.get("transcript") or TranscriptForm(initial={"transcript": row.transcript}),
        "megabytes": most // 2**20,
        "minutes": rules.MOST_SECONDS // 60,
        "seconds": rules.MOST_SECONDS,
        "prompts": list(PROMPTS.values()),
        "source": reverse("stories:file", args=[request.organisation.key, row.public_id, "recording"])
        if row.recording_id
        else "",
        "crumbs": to_story(request, row, here(pgettext("of a story", "Recording"))),
    }


@csrf_exempt  # as above; `_picture` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: Request, organisation: str, story: str) -> HttpResponse:
    """A picture with what it shows."""
    row = draft(request, story)
    require(rules.can_write(row))
    if request.method == "POST" and declared(request) > PICTURE_BYTES + SLACK:
        too_large = sentence(small_enough(PICTURE_BYTES + 1, PICTURE_BYTES))
        return render(
            request, "stories/picture.html", _picture_page(request, row) | {"refused": too_large}, status=413
        )
    return _picture(request, row)


@csrf_protect
def _picture(request: Request, row: Story) -> HttpResponse:
    if request.method != "POST":
        return render(request, "stories/picture.html", _picture_page(request, row))
    form = PictureForm(request.POST, request.FILES)

    def act() -> None:
        given = form.cleaned_data
        file = given["file"]
        actions.keep_picture(
            row, file.read(), file.name or "", words=given["words"], by=request.actor, at=request.at
        )

    status = tried(request, form, _("The picture is kept, without the place where it was taken."), act)
    if not status:
        return redirect("stories:story", request.organisation.key, row.public_id)
    return render(request, "stories/picture.html", _picture_page(request, row, form), status=status)


def _picture_page(request: Request, row: Story, form: PictureForm | None = None) -> dict[str, Any]:
    return {
        "row": row,
        "form": form or PictureForm(initial={"words": row.picture_words}),
        "megabytes": PICTURE_BYTES // 2**20,
        "crumbs": to_story(request, row, here(pgettext("of a story", "Picture"))),
    }


@require_POST
def drop(request: Request, organisation: str, story: str, which: str) -> HttpResponse:
    """Take a file off the story."""
    row = draft(request, story)
    actions.drop_file(row, which, by=request.actor, at=request.at)
    return redirect("stories:story", organisation, row.public_id)
