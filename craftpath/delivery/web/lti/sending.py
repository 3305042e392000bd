"""The page that sends the browser on with a form: no script in it, a button for whoever has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render

from craftpath.delivery.web.lti.addressing import origin
from craftpath.delivery.web.shell.requests import Request


def sent_on(
    request: Request, address: str, fields: Mapping[str, str], *, name: str, method: str = "post",
    through: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    """A form to another site that sends itself; the policy of this one answer lets it go there, and `through` others.

    The page stands in nobody's cache, since what it holds serves once.
    """
    context = {"address": address, "fields": dict(fields), "name": name, "method": method}
    response = render(request, "lti/sending.html", context)
    response._csp_update = {"form-action": [origin(address), *through]}  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "origin"
    return response
