"""The link itself: the code once, then the device is trusted until the link runs out."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from craftpath.delivery.web.light.watching import LIGHT
from craftpath.delivery.web.links.coding import Asking, ask_code, behind_link, refused
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.kernel.links import Purpose, SignedLink, can_use
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import open_memberships
from craftpath.values.verdict import may_not

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@behind_link(Purpose.CONFIRM)
def enter(request: Request, token: str, found: SignedLink) -> HttpResponse:
    """Ask for the code; with it, the device works as this mentor, for logs only."""
    if found.person is None:
        return refused(request, may_not("kernel.link_unknown"))
    place = _place(request, found)
    verdict = can_use(found, request.at)
    if verdict and place is None:
        return refused(request, may_not("kernel.light_no_place"))
    trusted = request.user == found.person and found.public_id in request.session.get(LIGHT, [])
    if request.method == "POST" or not (verdict and trusted):
        asked = ask_code(request, found, _words(found))
        if asked is not None:
            return asked
        _trust(request, found)
    return redirect("logbook:team", place.key)  # type: ignore[union-attr]  # a good link without a place was refused


def _words(found: SignedLink) -> Asking:
    said = _(
        "%(place)s sent this link to %(name)s and told a code by another way. Type it once; this device is trusted "
        "until the link runs out."
    )
    what = said % {"place": text(found.organisation.title), "name": found.name}
    remark = _("Not on a device that others use: whoever holds it can answer in your name.")
    return Asking(_("Logs of your apprentices"), what, _("Go on"), remark)


def _trust(request: Request, found: SignedLink) -> None:
    """One device may be trusted by links of several colleges; it ends with the one that runs longest."""
    before = request.session.get(LIGHT, []) if request.user == found.person else []
    ends = found.expires_at
    if before:
        ends = max(ends, request.session.get_expiry_date())
    login(request, found.person, backend=BACKEND)
    request.session[LIGHT] = [*(one for one in before if one != found.public_id), found.public_id]
    request.session.set_expiry(ends)


def _place(request: Request, link: SignedLink) -> Organisation | None:
    """Where the mentor works, and so where the week stands."""
    places = open_memberships(request.today).filter(person=link.person, role=Role.MENTOR.value)
    first = places.order_by("pk").first()
    return first.organisation if first is not None else None
