"""Taking a package in: one file, whose size is looked at before it is read; a worker reads what is in it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.packages.places import to_list
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.packages import actions, rules
from craftpath.values.verdict import require


class PackageForm(forms.Form):
    """One file."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=gettext_lazy("Choose the package, or drop it here"),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(
            attrs={"accept": ".zip,.h5p,.imscc,.xml", "data-most-bytes": rules.MOST_BYTES}
        ),
    )


@csrf_exempt  # the body stays unread until its declared size is known; `_new` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """The form; what is larger than is taken is refused before a byte of it is read."""
    require(rules.may_keep(request.actor, request.organisation))
    if request.method == "POST":
        small = rules.small_enough(declared(request) - SLACK)
        if not small:
            return render(request, "packages/new.html", _page(request, refused=sentence(small)), status=413)
    return _new(request)


@csrf_protect
def _new(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "packages/new.html", _page(request))
    form = PackageForm(request.POST, request.FILES)
    taken = []

    def act() -> None:
        file = form.cleaned_data["file"]
        large = isinstance(file, TemporaryUploadedFile)
        content = Path(file.temporary_file_path()) if large else file.read()
        taken.append(
            actions.take_package(
                content, file.name or "", organisation=request.organisation,
                made_id=form.cleaned_data["made_id"], by=request.actor, at=request.at,
            )
        )  # fmt: skip

    status = tried(request, form, _("Uploaded. What is in it is read now."), act)
    if not status:
        return redirect("packages:package", request.organisation.key, taken[0].public_id)
    return render(request, "packages/new.html", _page(request, form=form), status=status)


def _page(request: Request, form: PackageForm | None = None, refused: str = "") -> dict[str, Any]:
    return {
        "form": form or PackageForm(),
        "refused": refused,
        "megabytes": rules.MOST_BYTES // 2**20,
        "too_big": sentence(rules.small_enough(rules.MOST_BYTES + 1)),
        "crumbs": to_list(request, here(_("Take a package in"))),
    }
