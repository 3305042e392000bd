"""Signing without an account: a link, then the code that was told by another way, then the text.

A code that was right is remembered by the browser's session, for this link and until the link has run out.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from craftpath.delivery.web.links.coding import (
    Asking,
    ask_code,
    behind_link,
    note_opened,
    refused,
    was_opened,
)
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.signing.doors import role_name, signs
from craftpath.delivery.web.signing.showing import lines, pdf_of, text_of
from craftpath.delivery.web.signing.views import PDF
from craftpath.kernel.access import Actor
from craftpath.kernel.links import Purpose, SignedLink, can_use
from craftpath.kernel.signing import SigningParty, party_of
from craftpath.values.verdict import Refused, may_not


@behind_link(Purpose.SIGN)
def sign(request: Request, token: str, found: SignedLink) -> HttpResponse:
    """Ask for the code; with it, show the text and take the signature."""
    party = party_of(found)
    if party is None:
        return refused(request, may_not("kernel.link_unknown"))
    if not was_opened(request, found):
        asked = ask_code(request, found, _words(found))
        if asked is not None:
            return asked
        note_opened(request, found)
        return redirect("links:sign", token)
    verdict = can_use(found, request.at)
    if not verdict and not hasattr(party, "signature"):
        return refused(request, verdict)
    return _text(request, token, found, party)


def _words(found: SignedLink) -> Asking:
    said = _(
        "%(place)s sent you this link and told you a code by another way. Without the code nobody reads the text."
    )
    what = said % {"place": text(found.organisation.title)}
    return Asking(_("A text waits for your signature"), what, _("Open the text"))


def _text(request: Request, token: str, found: SignedLink, party: SigningParty) -> HttpResponse:
    document = party.document
    missed = False
    if request.method == "POST" and not hasattr(party, "signature"):
        missed = request.POST.get("read") != "1"
        if not missed:
            by = Actor(organisation=found.organisation, person=found.person)
            try:
                signs(document)(party, seen=request.POST.get("seen", ""), link=found, by=by, at=request.at)
            except Refused as no:
                return refused(request, no.verdict)
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


@behind_link(Purpose.SIGN, reads=True)
def pdf(request: Request, token: str, found: SignedLink) -> HttpResponse:
    """The paper for whoever has opened it with the code in this browser."""
    party = party_of(found)
    if party is None or not was_opened(request, found):
        raise Http404
    verdict = can_use(found, request.at)
    if not verdict and not hasattr(party, "signature"):
        return refused(request, verdict)
    name = f"{text_of(party.document).title.zh}-{party.document.public_id}.pdf"
    return attachment(pdf_of(party.document), name, PDF)
