"""Under an organisation: the way to one's own record."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request


@require_GET
def entry(request: Request, organisation: str) -> HttpResponse:
    """The own record is of no organisation."""
    return redirect("record:record")
