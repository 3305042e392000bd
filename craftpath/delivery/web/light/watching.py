"""A device that came in by a link does what the link is for and nothing else, and only while the link is good.

It may have come in by several links of one mentor, each given by another college; it reaches as far as those that are
still good do together.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from craftpath.delivery.web.links.coding import refused
from craftpath.kernel.links import SignedLink, can_use
from craftpath.values.verdict import Verdict

LIGHT = "light_link"
ALLOWED = {
    "logbook:team", "logbook:observe", "logbook:confirm", "logbook:send_back", "logbook:talk", "logbook:file",
    "logbook:entry", "logbook:of_one", "sync:door", "sync:queue", "guest:enter", "account_logout",
    "judging:list", "judging:practical", "judging:rate", "judging:work", "judging:exhibit", "judging:file",
    # What asks for a code of its own, on whatever device.
    "links:sign", "links:pdf", "guardians:answer",
    "offline:worker", "offline:manifest", "offline:nowhere", "shell:language", "shell:theme", "shell:health",
}  # fmt: skip


def light_guests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Ends the session when its last link has ended; leads every other address to the mentor's week."""

    def answer(request: HttpRequest) -> HttpResponse:
        trusted = request.session.get(LIGHT)
        if trusted is None or not request.user.is_authenticated:
            return get_response(request)
        rows = SignedLink._base_manager.filter(public_id__in=trusted, person=request.user.pk)
        rows = rows.select_related("organisation", "person")
        verdicts = [(row, can_use(row, request.at)) for row in rows.order_by("pk")]  # type: ignore[attr-defined]
        good = [row for row, verdict in verdicts if verdict]
        if not good:
            logout(request)
            return _over(request, verdicts[-1][1] if verdicts else None, get_response)
        request.within = tuple(row.organisation.path for row in good)  # type: ignore[attr-defined]
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


def _over(
    request: HttpRequest, verdict: Verdict | None, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Whoever has no account is told why, by the link's own page or here; a device that sends is led to sign in."""
    if request.path_info.startswith(reverse("guest:enter", args=["-"]).removesuffix("-/")):
        return get_response(request)
    if verdict is None or request.method != "GET":
        return redirect(reverse("account_login"))
    return refused(request, verdict)  # type: ignore[arg-type]  # no more than any request has is asked for
