"""Certificates of attendance: who came for how long, issued in one step, each as PDF, revoked with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.printouts.workshops import RULE, certificate_paper
from craftpath.delivery.web.papers.sending import look_of, sent
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.workshops.places import page_of, run_by
from craftpath.domain.workshops import actions, queries

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Who came, with the share of the time; a POST issues what is due."""
    row = run_by(request, workshop)
    if request.method == "POST":
        made = actions.issue_certificates(row, by=request.actor, at=request.at)
        words = ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", len(made))
        messages.success(request, words % {"count": len(made)})
        return redirect("workshops:certificates", organisation, row.public_id)
    came = queries.attended(row)
    known = {one.registration_id: one for one in queries.certificates_of(row)}
    due = sum(one.share >= row.share and one.registration.pk not in known for one in came)
    page = Paginator(came, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page_of(request, row, "certificates", ""),
        "page": page,
        "lines": [(one, known.get(one.registration.pk), one.share >= row.share) for one in page.object_list],
        "due": due,
        "rule": RULE.as_json(),
        "days": len(queries.days_of(row)),
        "issued": sum(one.revoked_at is None for one in known.values()),
        "came": len(came),
    }
    return render(request, "workshops/certificates.html", context)


@require_POST
def revoke(request: Request, organisation: str, workshop: str, certificate: str) -> HttpResponse:
    """It does not hold any more."""
    row = run_by(request, workshop)
    found = get_object_or_404(queries.certificates_of(row), public_id=plain_id(certificate))
    actions.revoke_certificate(
        found, because=plain_words(request, "because"), by=request.actor, at=request.at
    )
    messages.success(request, _("Revoked. Whoever looks it up reads so."))
    return redirect("workshops:certificates", organisation, row.public_id)


@require_GET
def paper(request: Request, organisation: str, workshop: str, certificate: str) -> HttpResponse:
    """One as PDF."""
    row = run_by(request, workshop)
    found = get_object_or_404(queries.certificates_of(row), public_id=plain_id(certificate))
    address = request.build_absolute_uri(reverse("workshop:check"))
    return sent(certificate_paper(found, address), look_of(request.GET), number=found.number)
