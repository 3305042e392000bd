"""The page that shows a new link and its code, once: to be sent, pasted into a chat, or read by a telephone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from craftpath.delivery.jobs.letters import for_chat, language_of, languages, mails
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.link_mail import send_link
from craftpath.kernel.links import Handover


def show_handed(request: Request, handed: Handover, *, door: str, back: str, known: str = "") -> HttpResponse:
    """Show link and code, `door` being the address behind which the link leads.

    Where the site sends mail and knows an address, the link goes there at once; the code never does.
    """
    link = handed.link
    address = request.build_absolute_uri(reverse(door, args=[handed.token]))
    language = language_of(link)
    if known and mails():
        send_link(link, address=address, to=known, language=language, by=request.actor, at=request.at)
        link.refresh_from_db()
    shown = {
        "link": link,
        "address": address,
        "token": handed.token,
        "door": door,
        "code": f"{handed.code[:3]} {handed.code[3:]}",
        "chat": for_chat(link, address, language),
        "picture": qr(address),
        "back": back,
        "mails": mails(),
        "language": language,
        "languages": languages(),
    }
    return render(request, "links/handed.html", shown)
