"""Signing on screen, handing a link over, and the paper as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.links.handing import show_handed
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.signing.doors import hands_over, mail_of, page_of, read_by, signs
from craftpath.delivery.web.signing.showing import lines, pdf_of, text_of
from craftpath.kernel.signing import Document, SigningParty, may_sign

PDF = "application/pdf"
LONGEST_NAME = 120


def _document(request: Request, public_id: str) -> Document:
    """A document that the actor is party to, or may read; for everybody else it does not exist."""
    found = read_by(request.actor, request.user, public_id)
    if found is None:
        raise Http404
    return found


def _mine(request: Request, found: Document, public_id: str) -> SigningParty | None:
    """The party for which the actor signs: the one that was chosen, else the first that still waits."""
    rows = [line.party for line in lines(found) if may_sign(request.actor, line.party)]
    chosen = [party for party in rows if party.public_id == public_id] if public_id else rows
    waiting = [party for party in chosen if not hasattr(party, "signature")]
    return next(iter(waiting or chosen), None)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, organisation: str, document: str) -> HttpResponse:
    """The whole text, and the place to sign it."""
    found = _document(request, document)
    party = _mine(request, found, request.POST.get("party", "") or request.GET.get("party", ""))
    missed = False
    if request.method == "POST":
        if party is None:
            raise Http404
        if request.POST.get("read") == "1":
            seen = request.POST.get("seen", "")
            complete = signs(found)(party, seen=seen, by=request.actor, at=request.at)
            done = _("Signed. Everybody has signed now.")
            messages.success(request, done if complete else _("Signed. The others sign in any order."))
            return redirect(page_of(found, organisation))
        missed = True
    title = text(text_of(found).title)
    back = {"label": title, "url": page_of(found, organisation)}
    shown = {
        "document": found,
        "paper": text_of(found),
        "title": title,
        "lines": lines(found),
        "party": party,
        "can": party is not None and found.is_open and not hasattr(party, "signature"),
        "missed": missed,
        "crumbs": [back, here(_("Read and sign"))],
    }
    return render(request, "signing/sign.html", shown, status=422 if missed else 200)


@sensitive_variables()
@never_cache
@require_POST
def link(request: Request, organisation: str, document: str) -> HttpResponse:
    """Make a link and a code for one party; both are shown once."""
    found = _document(request, document)
    party = found.parties.filter(public_id=request.POST.get("party", "").replace("\0", "")).first()
    if party is None:
        raise Http404
    name = request.POST.get("name", "").replace("\0", "").strip()[:LONGEST_NAME] or party.name[:LONGEST_NAME]
    handed = hands_over(found)(
        party, name=name, organisation=request.organisation, by=request.actor, at=request.at
    )
    back = page_of(found, organisation)
    return show_handed(request, handed, door="links:sign", back=back, known=mail_of(party))


@require_GET
def pdf(request: Request, organisation: str, document: str) -> HttpResponse:
    """The paper with the signatures so far."""
    found = _document(request, document)
    return attachment(pdf_of(found), f"{text_of(found).title.zh}-{found.public_id}.pdf", PDF)
