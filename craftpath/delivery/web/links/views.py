"""What became of a link's mail, for whoever looks after the link: send it, see it, send it again."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.jobs.letters import mails
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.views import back
from craftpath.kernel.link_mail import send_link, send_link_again
from craftpath.kernel.links import Purpose, SignedLink, link_of, may_make
from craftpath.values.verdict import require

# Behind which address a link for a purpose leads.
DOORS = {
    Purpose.SIGN: "links:sign",
    Purpose.CONFIRM: "guest:enter",
    Purpose.CONSENT: "guardians:answer",
    Purpose.REGISTER: "register:form",
    Purpose.REPLY: "reply:thread",
}


@sensitive_variables()
@sensitive_post_parameters("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: Request, organisation: str, link: str) -> HttpResponse:
    """The state as a part of a page; by POST the link is sent, or sent again after it failed."""
    found = get_object_or_404(SignedLink.objects.select_related("organisation"), public_id=plain_id(link))
    require(may_make(request.actor, found.purpose, found.organisation))
    if request.method == "POST":
        _send(request, found)
        found.refresh_from_db()
    if request.htmx or "token" in request.POST or request.method != "POST":
        whole = "links/mail_state.html" if request.htmx else "links/mail_page.html"
        return render(request, whole, {"link": found, "mails": mails()})
    return back(request)


def _send(request: Request, found: SignedLink) -> None:
    """With the link itself, which only the page that shows it once knows, to any address; else what failed."""
    if not mails():
        raise Http404
    token = request.POST.get("token", "")
    if not token:
        send_link_again(found, by=request.actor, at=request.at)
        return
    known = link_of(token)
    if known is None or known.pk != found.pk:
        raise Http404
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = request.LANGUAGE_CODE
    address = request.build_absolute_uri(reverse(DOORS[Purpose(found.purpose)], args=[token]))
    send_link(
        found,
        address=address,
        to=request.POST.get("to", ""),
        language=language,
        by=request.actor,
        at=request.at,
    )
