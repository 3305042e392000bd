"""Dropping files, or an address: kept as they came; a worker reads them, and the next page asks what it guessed."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange.resources.told import BYTES, told_in
from craftpath.delivery.web.resources.places import kept, to_list, to_resource
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.resources import actions, rules
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

MOST_UPLOAD = 3 * rules.MOST_BYTES


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """All of the files that were chosen, perhaps none."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given if one]


class DropForm(forms.Form):
    """Files, or an address."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    dropped = ManyFilesField(
        label=gettext_lazy("Choose files, or drop them here"),
        required=False,
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=ManyFiles(attrs={"data-most-bytes": MOST_UPLOAD, "data-sends": ""}),
    )
    link = forms.CharField(
        label=gettext_lazy("Or the address of a page or a video"),
        max_length=rules.LONGEST_LINK,
        required=False,
    )
    told = forms.FileField(
        label=gettext_lazy("What a catalogue says of it (LOM or Dublin Core, XML)"),
        required=False,
        error_messages={"empty": gettext_lazy("The file is empty.")},
        help_text=gettext_lazy(
            "Of one file or one address. What stands in it is asked first, before what is guessed."
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,text/xml,application/xml"}),
    )


class VersionForm(forms.Form):
    """A newer file."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=gettext_lazy("Choose the newer file, or drop it here"),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"data-most-bytes": rules.MOST_BYTES}),
    )
    what = forms.CharField(
        label=gettext_lazy("What is new in it"), max_length=rules.LONGEST_LINE, required=False
    )


@csrf_exempt  # the body stays unread until its declared size is known; `_new` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """The form; what is larger than is taken is refused before a byte of it is read."""
    require(rules.may_keep(request.actor, request.organisation))
    if request.method == "POST" and declared(request) - SLACK > MOST_UPLOAD:
        refused = sentence(rules.small_enough(MOST_UPLOAD + 1))
        return render(request, "resources/drop.html", _page(request, refused=refused), status=413)
    return _new(request)


@csrf_protect
def _new(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "resources/drop.html", _page(request))
    form = DropForm(request.POST, request.FILES)
    status = tried(
        request, form, _("Dropped. What is in it is read now."), lambda: _take(request, form.cleaned_data)
    )
    if not status:
        return redirect("resources:confirm", request.organisation.key)
    return render(request, "resources/drop.html", _page(request, form=form), status=status)


def _take(request: Request, given: dict[str, Any]) -> None:
    files, record = given["dropped"], _told(given["told"])
    link = given["link"].strip() or ("" if files else record.get("address", ""))
    if record and len(files) + bool(link) > 1:
        raise Refused(not_now("resources.told_of_one"))
    if not files and not link:
        raise Refused(not_now("resources.no_file"))
    if len(files) > rules.MOST_AT_ONCE:
        raise Refused(not_now("resources.too_many", most=rules.MOST_AT_ONCE))
    for one in files:
        require(rules.small_enough(one.size or 0))
    if link:
        require(rules.can_link(link))
    where: Any = {"organisation": request.organisation, "by": request.actor, "at": request.at}
    where["guesses"] = actions.guesses_from(record)
    for number, one in enumerate(files):
        made_id = uuid.uuid5(given["made_id"], f"{number} {one.name}")
        actions.drop_file(content_of(one), one.name or "", made_id=made_id, **where)
    if link:
        actions.add_link(
            link, Text.of(record.get("title") or {}), made_id=uuid.uuid5(given["made_id"], link), **where
        )


def _told(file: UploadedFile | None) -> dict[str, Any]:
    """What the file beside says of what is dropped."""
    if file is None:
        return {}
    if (file.size or 0) > BYTES:
        raise Refused(not_now("resources.told_too_big", megabytes=BYTES // 2**20))
    return told_in(file.read()).record()


def content_of(file: UploadedFile) -> bytes | Path:
    """What was uploaded; a large one lies on the disk and stays there."""
    return Path(file.temporary_file_path()) if isinstance(file, TemporaryUploadedFile) else file.read()


def _page(request: Request, form: DropForm | None = None, refused: str = "") -> dict[str, Any]:
    return {
        "form": form or DropForm(),
        "refused": refused,
        "megabytes": rules.MOST_BYTES // 2**20,
        "most": rules.MOST_AT_ONCE,
        "too_big": sentence(rules.small_enough(rules.MOST_BYTES + 1)),
        "crumbs": to_list(request, here(_("Drop files"))),
    }


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: Request, organisation: str, resource: str) -> HttpResponse:
    """A newer file of what is shared."""
    kept(request, resource)
    if request.method == "POST":
        small = rules.small_enough(declared(request) - SLACK)
        if not small:
            page = _version_page(request, resource, VersionForm(), sentence(small))
            return render(request, "resources/version.html", page, status=413)
    return _version(request, resource)


@csrf_protect
def _version(request: Request, resource: str) -> HttpResponse:
    row = kept(request, resource)
    form = VersionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 200
    if request.method == "POST":

        def act() -> None:
            given = form.cleaned_data
            actions.add_version(
                row, content_of(given["file"]), given["file"].name or "", made_id=given["made_id"],
                words=given["what"], by=request.actor, at=request.at,
            )  # fmt: skip

        status = tried(
            request, form, _("The newer file is read now; then it is the one that is offered."), act
        )
        if not status:
            return redirect("resources:resource", request.organisation.key, row.public_id)
    return render(request, "resources/version.html", _version_page(request, resource, form), status=status)


def _version_page(request: Request, resource: str, form: VersionForm, refused: str = "") -> dict[str, Any]:
    row = kept(request, resource)
    crumbs = to_resource(request, row, here(_("Newer version")))
    return {"row": row, "form": form, "refused": refused, "crumbs": crumbs}
