"""Asking a guardian: a link and a code, by whoever looks after people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from craftpath.delivery.web.links.handing import show_handed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.agreements.queries import guardians_of
from craftpath.kernel.guardians import ask_guardian
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import people_of


@sensitive_variables()
@never_cache
@require_POST
@needs(Permission.MANAGE_PEOPLE)
def ask(request: Request, organisation: str) -> HttpResponse:
    """Make link and code, shown once; without a name typed, for the guardian whom the agreement names."""
    people = people_of(request.organisation, request.today)
    child = get_object_or_404(people, public_id=plain_id(request.POST.get("person", "")))
    name, contact = guardians_of([child.pk]).get(child.pk, ("", ""))
    typed = request.POST.get("guardian", "").replace("\0", "").strip()
    handed = ask_guardian(
        child, name=typed or name, organisation=request.organisation, by=request.actor, at=request.at
    )
    known = contact if "@" in contact and typed in ("", name) else ""
    back = reverse("people:privacy", args=[organisation])
    return show_handed(request, handed, door="guardians:answer", back=back, known=known)
