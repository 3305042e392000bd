"""The page of one certificate: what it says, on what it stands, how it stands, and what its office does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.forms import ReplaceForm, RevokeForm
from craftpath.delivery.web.certificates.places import the_certificate, way
from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.certificates import actions, queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate


@require_GET
def certificate(request: Request, organisation: str, certificate: str) -> HttpResponse:
    """Everything of it."""
    return render(request, "certificates/certificate.html", page_of(request, the_certificate(certificate)))


def page_of(request: Request, row: Certificate, **bound: Form) -> dict[str, Any]:
    """What the page shows; a constant number of queries."""
    names = subjects([row.ground], request.organisation.key)
    standing = queries.standing(row, request.today)
    works = bool(rules.may_issue(request.actor, row.organisation))
    newer = row.replaced_by if hasattr(row, "replaced_by") else None
    page: dict[str, Any] = {
        "row": row,
        "title": text(row.content["title"]),
        "paper": saying.paper(row.content),
        "crumbs": way(request, here(row.number)),
        "badge": saying.badge(row, request.today),
        "standing": standing,
        "because": row.because or (row.key.because if standing == "revoked" else ""),
        "ended_at": row.ended_at or (row.key.ended_at if standing == "revoked" else None),
        "by_key": row.state == "issued" and standing == "revoked",
        "newer": newer,
        "ground": names.get(row.ground),
        "stands_on": saying.ground(row.kind, saying.Names()),
        "skills": [text(one["name"]) for one in row.content["skills"]],
        "works": works,
        "can_revoke": works and row.state == "issued",
        "can_replace": works and newer is None and row.person_id != request.user.pk,
        "revoke": RevokeForm(),
        "replace": ReplaceForm(initial={"on": request.today}),
    } | bound
    if row.state == "revoked":
        page["replace"].fields["because"].help_text = ""  # its examples are those of one that holds
    return page


@require_POST
def move(request: Request, organisation: str, certificate: str, verb: str) -> HttpResponse:
    """Revoke it, or issue another one in its place."""
    row = the_certificate(certificate)
    require(rules.may_issue(request.actor, row.organisation))
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    form: Form
    made: list[Certificate] = []
    if verb == "revoke":
        form = RevokeForm(request.POST)
        done = pgettext("a certificate", "Revoked. Whoever looks it up reads why.")
        status = tried(
            request, form, done,
            lambda: actions.revoke_certificate(row, because=form.cleaned_data["because"], **by),
        )  # fmt: skip
    elif verb == "replace":
        form = ReplaceForm(request.POST)

        def act() -> None:
            given = form.cleaned_data
            made.append(
                actions.replace_certificate(
                    row, because=given["because"], on=given["on"], renew=given["renew"], **by
                )
            )

        status = tried(request, form, _("Here is the new one; the old one says so."), act)
    else:
        raise Http404
    if status:
        page = page_of(request, row, **{verb: form})
        return render(request, "certificates/certificate.html", page, status=status)
    return redirect("certificates:certificate", organisation, (made[0] if made else row).public_id)
