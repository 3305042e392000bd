"""Signing without an account: a link, then the code that was told by another way, then the text.

Whoever has the link alone, as after it was forwarded, reads nothing of the content. A code that was right is
remembered by the browser's session, for this link and until the link has run out.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.signing.doors import role_name, signs
from craftpath.delivery.web.signing.showing import lines, pdf_of, text_of
from craftpath.delivery.web.signing.views import PDF
from craftpath.kernel.access import Actor
from craftpath.kernel.links import SignedLink, can_use, link_of, try_code
from craftpath.kernel.signing import SigningParty, party_of
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused, Verdict, may_not

OPENED = "opened_links"
WHY = "a link is found by its secret, before there is a reader to look for"


@login_not_required
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, token: str) -> HttpResponse:
    """Ask for the code; with it, show the text and take the signature."""
    limited = ratelimit.consume_or_429(request, action="link", limit_get=True)
    if limited:
        return limited
    with everywhere(WHY):
        found = link_of(token)
        party = party_of(found) if found else None
        if found is None or party is None:
            return _refused(request, may_not("kernel.link_unknown"))
        opened = found.public_id in request.session.get(OPENED, [])
        signed = hasattr(party, "signature")
        verdict = can_use(found, request.at)
        if not verdict and not (opened and signed):
            return _refused(request, verdict)
        if not opened:
            return _code(request, token, found)
        return _text(request, token, found, party)


def _code(request: Request, token: str, found: SignedLink) -> HttpResponse:
    if request.method != "POST":
        return render(request, "signing/code.html", {"link": found})
    verdict = try_code(
        found, request.POST.get("code", ""), by=Actor(organisation=found.organisation), at=request.at
    )
    if verdict:
        request.session[OPENED] = [*request.session.get(OPENED, []), found.public_id]
        return redirect("links:sign", token)
    if verdict.reason != "kernel.link_code_wrong":
        return _refused(request, verdict)
    shown = {"link": found, "wrong": sentence(verdict)}
    return render(request, "signing/code.html", shown, status=422)


def _text(request: Request, token: str, found: SignedLink, party: SigningParty) -> HttpResponse:
    document = party.document
    missed = False
    if request.method == "POST" and not hasattr(party, "signature"):
        missed = request.POST.get("read") != "1"
        if not missed:
            by = Actor(organisation=found.organisation, person=found.person)
            try:
                signs(document)(party, seen=request.POST.get("seen", ""), link=found, by=by, at=request.at)
            except Refused as refused:
                return _refused(request, refused.verdict)
            return redirect("links:sign", token)
    paper = text_of(document)
    shown = {
        "link": found,
        "token": token,
        "document": document,
        "paper": paper,
        "title": text(paper.title),
        "party": party,
        "role": role_name(party.role),
        "lines": lines(document),
        "signature": getattr(party, "signature", None),
        "can": document.is_open,
        "missed": missed,
    }
    return render(request, "signing/public.html", shown, status=422 if missed else 200)


@login_not_required
@never_cache
@sensitive_variables("token")
@require_GET
def pdf(request: Request, token: str) -> HttpResponse:
    """The paper for whoever has opened it with the code in this browser."""
    limited = ratelimit.consume_or_429(request, action="link", limit_get=True)
    if limited:
        return limited
    with everywhere(WHY):
        found = link_of(token)
        party = party_of(found) if found else None
        if found is None or party is None or found.public_id not in request.session.get(OPENED, []):
            raise Http404
        if not can_use(found, request.at) and not hasattr(party, "signature"):
            return _refused(request, can_use(found, request.at))
        name = f"{text_of(party.document).title.zh}-{party.document.public_id}.pdf"
        return attachment(pdf_of(party.document), name, PDF)


def _refused(request: Request, verdict: Verdict) -> HttpResponse:
    page = {"reason": sentence(verdict)}
    return render(request, "signing/dead.html", page, status=403 if verdict.who else 409)
