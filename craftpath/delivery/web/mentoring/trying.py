"""Doing what a form asks: done and said, or shown again with the reason and everything that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from django.forms import Form


def tried(request: Request, form: Form, done: str, act: Callable[[], Any]) -> int:
    """0 once it is done; else the status with which the form is shown again. Who may not is refused as ever."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Refused as refused:
        if refused.verdict.who:
            raise
        form.add_error(None, sentence(refused.verdict))
        return 409
    messages.success(request, done)
    return 0
