"""Pages that are one form: in committees, and in what founds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb


def asked(
    request: Request,
    form: Form,
    act: Callable[[], object],
    *,
    done: str,
    title: str,
    what: str,
    crumbs: Sequence[Crumb],
    back: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """The form on its page. A POST does it, says `done` and goes `back`; what is wrong or refused stands in it."""
    status = 0
    if request.method == "POST":
        status = tried(request, form, done, act)
        if not status:
            return redirect(back)
    shown = {"form": form, "title": title, "what": what, "crumbs": crumbs, "back": back, "button": button}
    return render(request, "committees/form.html", shown | more, status=status or 200)
