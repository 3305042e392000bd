"""The form of a tool and that of a platform: one way to register, one to change."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.http import HttpResponse
from django.shortcuts import redirect, render

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb


class Kept(Protocol):
    """A tool or a platform."""

    public_id: str


def known(row: Any, form: Any, *lines: str) -> dict[str, Any]:
    """What a form begins with, of a row; `lines` are lists of which each thing stands on a line of its own."""
    first = {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
    first |= {name: "\n".join(first[name]) for name in lines}
    return first | {"keys": json.dumps(row.keys) if row.keys else ""}


def asked(
    request: Request, form: Any, act: Callable[[Any], Kept], *, done: str, page: str, crumbs: Sequence[Crumb],
    heading: str,
) -> HttpResponse:  # fmt: skip
    """Show the form; sent, do what it says and go on to the page of what was kept."""
    made: list[Kept] = []
    status = 200
    if request.method == "POST":
        status = tried(request, form, done, lambda: made.append(act(form.said())))
        if not status:
            return redirect(page, request.organisation.key, made[0].public_id)
    context = {"form": form, "crumbs": crumbs, "heading": heading}
    return render(request, "lti/form.html", context, status=status)
