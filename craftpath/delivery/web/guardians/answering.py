"""The page behind the link: what a guardian is asked for, each purpose by itself, a yes and a no alike."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from craftpath.delivery.web.accounts.privacy import Said
from craftpath.delivery.web.links.coding import (
    Asking,
    ask_code,
    behind_link,
    note_opened,
    refused,
    was_opened,
)
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.kernel.access import Actor
from craftpath.kernel.consents import consents_of, give_consent, withdraw_consent
from craftpath.kernel.guardians import answered_by_guardian, child_of
from craftpath.kernel.links import Purpose, SignedLink, can_use
from craftpath.kernel.people import Person
from craftpath.kernel.signin import people_of
from craftpath.values.verdict import Refused, Verdict, not_now


@behind_link(Purpose.CONSENT)
def answer(request: Request, token: str, found: SignedLink) -> HttpResponse:
    """Ask for the code; with it, show the purposes and take a yes or a no."""
    child = child_of(found)
    verdict = _serves(request, found, child)
    if not verdict or child is None:
        return refused(request, verdict)
    if not was_opened(request, found):
        asked = ask_code(request, found, _words(found))
        if asked is not None:
            return asked
        note_opened(request, found)
        return redirect("guardians:answer", token)
    if request.method == "POST":
        return _take(request, token, found, child)
    events = consents_of(Person.objects.filter(pk=child.pk)).get(child.pk, {})
    said = [
        Said(one, _("the guardian's consent"), events.get(one.key))
        for one in answered_by_guardian(child, events, request.today)
    ]
    return render(request, "guardians/answer.html", {"link": found, "child": child, "said": said})


def _serves(request: Request, found: SignedLink, child: Person | None) -> Verdict:
    verdict = can_use(found, request.at)
    if not verdict:
        return verdict
    here = child is not None and people_of(found.organisation, request.today).filter(pk=child.pk).exists()
    return verdict if here else not_now("kernel.link_person_left")


def _words(found: SignedLink) -> Asking:
    said = _(
        "%(place)s asks you, as a guardian, and told you a code by another way. Without the code nobody sees whom "
        "this is about."
    )
    what = said % {"place": text(found.organisation.title)}
    return Asking(_("Your yes or no as a guardian"), what, _("Go on"))


def _take(request: Request, token: str, found: SignedLink, child: Person) -> HttpResponse:
    gives = request.POST.get("do") == "give"
    say = give_consent if gives else withdraw_consent
    by = Actor(organisation=found.organisation)
    try:
        say(child, request.POST.get("purpose", ""), link=found, by=by, at=request.at)
    except Refused as no:
        return refused(request, no.verdict)
    noted = _(
        "Your consent is noted. You can withdraw it here while the link is good, and at the college later."
    )
    ended = _("Withdrawn. From now on nothing more is done for this purpose.")
    messages.success(request, noted if gives else ended)
    return redirect("guardians:answer", token)
