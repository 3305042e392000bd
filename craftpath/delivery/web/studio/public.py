"""A training project for visitors: no account, no cookie, and nothing but what was published."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.studio.projects import told
from craftpath.domain.studio import queries
from craftpath.kernel.tenancy import everywhere

WHY = "visitors read training projects that were published for everybody, and only these are asked for"


@login_not_required
@never_cache
@require_safe
def project(request: Request, project: str) -> HttpResponse:
    """What, for whom, hours, stages, who developed it, licence."""
    limited = ratelimit.consume_or_429(request, action="story", limit_get=True)
    if limited:
        return limited
    with everywhere(WHY):
        row = get_object_or_404(queries.shown_projects(), public_id=plain_id(project))
        return render(request, "studio/public.html", {"row": row, **told(row)})
