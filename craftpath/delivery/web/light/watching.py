"""A device that came in by a link does what the link is for and nothing else, and only while the link is good."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from craftpath.kernel.links import SignedLink, can_use

LIGHT = "light_link"
ALLOWED = {
    "logbook:team", "logbook:observe", "logbook:confirm", "logbook:send_back", "logbook:talk", "logbook:file",
    "logbook:entry", "logbook:of_one", "sync:door", "sync:queue", "guest:enter", "account_logout",
    "offline:worker", "offline:manifest", "offline:nowhere", "shell:language", "shell:theme", "shell:health",
}  # fmt: skip


def light_guests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Ends the session when its link has ended; leads every other address to the mentor's week."""

    def answer(request: HttpRequest) -> HttpResponse:
        link_id = request.session.get(LIGHT)
        if link_id is None or not request.user.is_authenticated:
            return get_response(request)
        link = SignedLink._base_manager.filter(public_id=link_id).first()
        good = link is not None and link.person_id == request.user.pk
        if not good or not can_use(link, request.at):  # type: ignore[arg-type,attr-defined]
            logout(request)
            return redirect(reverse("account_login"))
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return get_response(request)
        if match.view_name in ALLOWED:
            return get_response(request)
        if "organisation" in match.kwargs:
            return redirect("logbook:team", match.kwargs["organisation"])
        raise Http404

    return answer
