"""Voices: written down and asked about by the office, answered by those whose words they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.bulletins.kept import forget_papers
from craftpath.delivery.web.bulletins.forms import VoiceForm, WordsForm
from craftpath.delivery.web.bulletins.places import (
    VOICE_TONES,
    own,
    own_voice,
    parts,
    public_path,
    tabs,
    title,
    to_list,
)
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.states import VOICE
from craftpath.domain.bulletins.texts import VOICE_STATES
from craftpath.kernel.signin import people_of
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin, Voice
    from craftpath.kernel.people import Person

MOVES: dict[str, tuple[Callable[..., object], dict[str, Any], Any]] = {
    "ask": (actions.ask_voice, {}, gettext_lazy("Asked. The answer shows here.")),
    "place": (actions.place_voice, {"placed": True}, gettext_lazy("It stands on the sheet.")),
    "leave": (actions.place_voice, {"placed": False}, gettext_lazy("It is off the sheet.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def voices(request: Request, organisation: str, bulletin: str) -> HttpResponse:
    """Who is quoted with what, and whether each agrees; and a new voice."""
    row = own(request, bulletin)
    form = VoiceForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        given = form.cleaned_data
        actions.add_voice(
            row, made_id=given["made_id"], person=_account(request, given["account"]), name=given["name"],
            about=form.said("about"), words=form.said("words"), by=request.actor, at=request.at,
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Written down. Ask now whether it may be quoted."), act)
        if not status:
            return redirect("bulletins:voices", organisation, row.public_id)
    return render(request, "bulletins/voices.html", _page(request, row, form=form), status=status)


def _account(request: Request, name: str) -> Person | None:
    if not name.strip():
        return None
    # whoever came to a workshop of an enterprise or a college below signs in there
    found = (
        people_of(request.organisation, request.today).filter(username=name.strip().replace("\0", "")).first()
    )
    if found is None:
        raise Refused(not_now("bulletins.account_unknown"))
    return found


def _page(request: Request, row: Bulletin, **forms: Any) -> dict[str, Any]:
    spoken = queries.voices_of(row)
    agreed = {voice.pk for voice in queries.agreeing(spoken)}
    again = forms.get("again")
    return {
        "row": row,
        "title": title(row),
        "tabs": parts(request, row, "voices"),
        "crumbs": to_list(
            request, step(request, title(row), "bulletins:edit", row.public_id), here(_("Voices"))
        ),
        "cards": [_card(row, one, one.pk in agreed, again) for one in spoken],
        "writes": row.state == "draft",
        "form": forms.get("form") or VoiceForm(),
    }


def _card(row: Bulletin, one: Voice, agrees: bool, again: tuple[Voice, WordsForm] | None) -> dict[str, Any]:
    state = "declined" if one.state == "agreed" and not agrees else one.state
    first = {f"{name}_{key}": said for name in ("words", "about") for key, said in getattr(one, name).items()}
    typed = again[1] if again is not None and again[0].pk == one.pk else None
    return {
        "row": one,
        "state": (str(VOICE_STATES[state]), VOICE_TONES[state]),
        "lapsed": state != one.state,
        "asks": VOICE.can(one.state, "ask"),
        "link": link_of(one) if one.person_id is None and one.state != "draft" else "",
        "form": typed or WordsForm(initial=first, auto_id=f"{one.public_id}_%s"),
        "open": typed is not None,
    }


def link_of(voice: Voice) -> str:
    """What somebody without an account is sent."""
    return f"{settings.ADDRESS}{reverse('bulletin:voice', args=[queries.token_of(voice)])}"


@require_POST
def voice_move(request: Request, organisation: str, voice: str, verb: str) -> HttpResponse:
    """Ask, put on the sheet, take off."""
    row = own_voice(request, voice)
    if verb not in MOVES:
        raise Http404
    act, more, done = MOVES[verb]
    act(row, **more, by=request.actor, at=request.at)
    messages.success(request, str(done))
    return redirect("bulletins:voices", organisation, row.bulletin.public_id)


@require_POST
def reword(request: Request, organisation: str, voice: str) -> HttpResponse:
    """Write it otherwise."""
    row = own_voice(request, voice)
    form = WordsForm(request.POST, auto_id=f"{row.public_id}_%s")

    def act() -> None:
        actions.reword_voice(
            row, about=form.said("about"), words=form.said("words"), by=request.actor, at=request.at
        )

    status = tried(request, form, _("Kept. Other words are asked about anew."), act)
    if not status:
        return redirect("bulletins:voices", organisation, row.bulletin.public_id)
    context = _page(request, own(request, row.bulletin.public_id), again=(row, form))
    return render(request, "bulletins/voices.html", context, status=status)


# ---- Whose words they are ---------------------------------------------------------------------------


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """What somebody is quoted with anywhere, and whether it may be shown."""
    rows = list(queries.voices_said_by(request.user))
    agreed = {one.pk for one in queries.agreeing(rows)}
    cards = [
        {
            "row": one,
            "place": text(one.bulletin.organisation.name),
            "number": title(one.bulletin),
            "state": (str(VOICE_STATES[one.state]), VOICE_TONES[one.state]),
            "agrees": one.pk in agreed,
            "public_url": public_path(one.bulletin) if one.bulletin.state == "published" else "",
        }
        for one in rows
    ]
    return render(request, "bulletins/mine.html", {"cards": cards, "tabs": tabs(request, "mine")})


@require_POST
def answer(request: Request, organisation: str, voice: str, verb: str) -> HttpResponse:
    """Yes, no, or no longer: whose words they are, and nobody else."""
    rows = queries.voices_said_by(request.user)
    row = get_object_or_404(rows, public_id=plain_id(voice))
    if verb not in ("agree", "decline"):
        raise Http404
    if verb == "agree":
        actions.agree_voice(row, by=request.actor, at=request.at)
        messages.success(request, _("Thank you. You can take it back here at any time."))
    else:
        actions.decline_voice(row, by=request.actor, at=request.at)
        forget_papers(row.bulletin.public_id)
        messages.success(request, _("Your words are not shown any more."))
    return redirect("bulletins:mine", organisation)
