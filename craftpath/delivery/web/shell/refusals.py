"""Where a refusal becomes a page, once: 403 for the person, 409 for the moment, said in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from craftpath.delivery.exchange.reasons import REASONS, learn_reasons, sentence
from craftpath.values.verdict import Refused

__all__ = ["REASONS", "Refusals", "learn_reasons", "refusal_of", "refusals_in", "sentence", "tried"]


@contextmanager
def refusals_in(form: Any) -> Iterator[None]:
    """What is refused inside for the moment stands in the form, with all that was typed; one for the person goes on."""
    try:
        yield
    except Refused as refused:
        if refused.verdict.who:
            raise
        form.add_error(None, sentence(refused.verdict))


def tried(request: HttpRequest, form: Any, done: str, act: Callable[[], object]) -> int:
    """Do what a form asks and say so: 0 once it is done, else the status with which the form is shown again.

    422 for what was typed wrong, 409 for what is refused now, each with its reason in the form.
    """
    if not form.is_valid():
        return 422
    with refusals_in(form):
        act()
    if form.errors:
        return 409
    messages.success(request, done)
    return 0


def refusal_of(act: Callable[[], object]) -> str:
    """Do it; "" once done, else why not, for what is shown beside. What is refused to the person goes on."""
    try:
        act()
    except Refused as refused:
        if refused.verdict.who:
            raise
        return sentence(refused.verdict)
    return ""


class Refusals:
    """Middleware that answers `Refused` wherever it comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A page, or a toast for htmx; other exceptions go on as they are."""
        if not isinstance(fault, Refused):
            return None
        status = 403 if fault.verdict.who else 409
        reason = sentence(fault.verdict)
        if getattr(request, "htmx", False):
            toast = {"messages": [Message(messages.WARNING, reason)]}
            response = render(request, "shell/toasts.html", toast, status=status)
            # Whatever part the pressed button would have taken out of the answer, the answer is this toast.
            response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "outerHTML"
            response["HX-Reselect"] = "#toasts"
            return response
        context = {"reason": reason, "who": fault.verdict.who, "back": _came_from(request)}
        return render(request, "shell/refused.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of this site that the reader pressed on, if the browser says so; never the refused one itself."""
    referer = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if referer and own and referer != request.build_absolute_uri() else ""
