"""Certificates of attendance: who came for how long, issued in one step, each as PDF, revoked with a reason."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.printouts.attendance import CERTIFICATES, standing
from craftpath.delivery.exchange.printouts.batches import MOST, Wanted
from craftpath.delivery.exchange.printouts.workshops import RULE, certificate_paper
from craftpath.delivery.jobs.letters import mails
from craftpath.delivery.web.papers.sending import languages, look_of, own_language, sent
from craftpath.delivery.web.papers.subjects import About, Room, printed_about
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops.places import page_of, run_by, to_workshop
from craftpath.domain.workshops import actions, queries, rules, thanked
from craftpath.kernel.printruns import ask_print
from craftpath.values.verdict import Refused, not_now

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
        "languages": languages(),
        "own_language": own_language(),
        "rule": RULE.as_json(),
        "days": len(queries.days_of(row)),
        "issued": sum(one.revoked_at is None for one in known.values()),
        "came": len(came),
        "mails": mails(),
        "thanks": thanked.thanks_of(row),
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
    made = certificate_paper(found, address, queries.days_of(row))
    return sent(made, look_of(request.GET), number=found.number)


@require_POST
def thank(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Write to those who came, each once."""
    row = run_by(request, workshop)
    count = actions.thank_comers(row, by=request.actor, at=request.at)
    words = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, words % {"count": count})
    return redirect("workshops:certificates", organisation, row.public_id)


@require_POST
def everybody(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """All of them in one PDF, made by a worker while one goes on; pressed twice, it is printed once."""
    row = run_by(request, workshop)
    look = look_of(request.POST)
    people = standing(row).count()
    if not people:
        raise Refused(not_now("exchange.nothing_to_print"))
    if people > MOST:
        raise Refused(not_now("exchange.too_many_to_print", most=MOST))
    wanted = Wanted(CERTIFICATES, look.language, "pdf")
    run = ask_print(row.ref, wanted.as_json(), people=people, by=request.actor, at=request.at)
    messages.success(request, _("Asked for. You can close this page: it goes on."))
    return redirect("papers:run", organisation, run.public_id)


def _names(ids: Collection[str]) -> dict[str, str]:
    return {one.public_id: text(one.title) for one in queries.workshops().filter(public_id__in=ids)}


def _about(request: Request, public_id: str, last: str) -> About | None:
    row = queries.workshops().filter(public_id=public_id).first()
    if row is None or not rules.may_run(request.actor, row):
        return None
    again = reverse("workshops:certificates", args=[request.organisation.key, public_id])
    return About(text(row.title), again, to_workshop(request, row, last))


printed_about("workshops", Room(_names, _about))
