"""The keys of an organisation: their public halves, a next one, and what happens when one was lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.forms import RevokeForm
from craftpath.delivery.web.certificates.places import tabs, the_key, way
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.certificates import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

A_PAGE = 20


@require_GET
@needs(Permission.ISSUE_CERTIFICATES)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of them, the newest first."""
    return _page(request)


def _page(
    request: Request, wrong: str = "", form: RevokeForm | None = None, status: int = 200
) -> HttpResponse:
    page = Paginator(queries.keys_of(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    revokes = bool(rules.may_revoke_key(request.actor, request.organisation))
    keys: list[dict[str, Any]] = [
        {
            "row": row,
            "badge": saying.key_badge(row),
            "form": (form if row.public_id == wrong else RevokeForm(auto_id=f"{row.public_id}_%s"))
            if revokes and row.state != "revoked"
            else None,
            "open": row.public_id == wrong,
        }
        for row in page
    ]
    context = {
        "page": page,
        "keys": keys,
        "now": next((one["row"] for one in keys if one["row"].state == "active"), None),
        "revokes": revokes,
        "title": pgettext("of certificates", "Keys"),
        "crumbs": way(request, here(pgettext("of certificates", "Keys"))),
        "tabs": tabs(request, "certificates:keys"),
    }
    return render(request, "certificates/keys.html", context, status=status)


@require_POST
@needs(Permission.ISSUE_CERTIFICATES)
def rotate(request: Request, organisation: str) -> HttpResponse:
    """Sign with a new key from now on."""
    seen = request.POST.get("seen", "")
    actions.rotate_key(request.organisation, seen=seen, by=request.actor, at=request.at)
    messages.success(request, _("A new key signs from now on. What the one before signed holds."))
    return redirect("certificates:keys", organisation)


@require_POST
@needs(Permission.ISSUE_CERTIFICATES)
def revoke(request: Request, organisation: str, key: str) -> HttpResponse:
    """What it signed holds no more."""
    row = the_key(request, key)
    require(rules.may_revoke_key(request.actor, row.organisation))
    form = RevokeForm(request.POST, auto_id=f"{row.public_id}_%s")
    status = tried(
        request, form, pgettext("a key", "Revoked. What it signed holds no more."),
        lambda: actions.revoke_key(row, because=form.cleaned_data["because"], by=request.actor, at=request.at),
    )  # fmt: skip
    return (
        _page(request, row.public_id, form, status) if status else redirect("certificates:keys", organisation)
    )
