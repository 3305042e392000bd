"""Telling: whose story, then one prompt a step, kept as one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.stories.forms import NewForForm, NewForm
from craftpath.delivery.web.stories.places import draft, to_story, to_wall
from craftpath.delivery.web.stories.saying import LANGUAGES
from craftpath.domain.pairing.loads import places_of, teachers_at
from craftpath.domain.stories import actions, rules
from craftpath.domain.stories.prompts import PROMPTS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story
    from craftpath.kernel.people import Person

KEYS = list(PROMPTS)


def _masters(request: Request) -> dict[str, tuple[Person, str]]:
    """public id → (person, name with the place) of those who teach here, and oneself."""
    rows = teachers_at(places_of(request.organisation), request.today)
    found = {one.public_id: (one, f"{one.name} · {text(place.name)}") for place, one in rows}
    return {request.user.public_id: (request.user, _("I myself")), **found} if request.user else found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TELL_STORIES)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin a story: one's own, or as the office somebody else's."""
    require(rules.may_tell(request.actor, request.organisation))
    office = bool(rules.may_tell_for(request.actor, request.organisation))
    masters = _masters(request) if office else {}
    data, status, made = request.POST if request.method == "POST" else None, 200, []
    form: NewForm = (
        NewForForm(data, tellers=[(key, label) for key, (_one, label) in masters.items()])
        if office
        else NewForm(data)
    )

    def act() -> None:
        given = form.cleaned_data
        person = masters[given["teller"]][0] if given.get("teller") else (None if office else request.user)
        name = person.name if person is not None else given["name"]
        made.append(
            actions.begin_story(
                organisation=request.organisation, made_id=given["made_id"], teller=person, name=name,
                title=given["title"], form=given["form"], language=given["language"], by=request.actor, at=request.at,
            )
        )  # fmt: skip

    if data is not None:
        status = tried(request, form, _("Begun. Everything is kept as you go."), act)
        if not status:
            return redirect(begins_at(organisation, made[0]))
    context = {"form": form, "office": office, "crumbs": to_wall(request, here(_("Tell a story")))}
    return render(request, "stories/new.html", context, status=status)


def begins_at(organisation: str, story: Story) -> str:
    """Where telling goes on: the first prompt, or the recording."""
    if story.form == "text":
        return reverse("stories:tell", args=[organisation, story.public_id, KEYS[0]])
    return reverse("stories:recording", args=[organisation, story.public_id])


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request, organisation: str, story: str, prompt: str) -> HttpResponse:
    """One prompt: what is told is kept while one types, and with every step."""
    row = draft(request, story)
    if prompt not in PROMPTS or row.form != "text":
        raise Http404
    require(rules.can_write(row))
    if request.method != "POST":
        return render(request, "stories/tell.html", _step(request, row, prompt))
    words = request.POST.get("words", "")
    try:
        row = actions.keep_answer(row, prompt, words, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = _step(request, row, prompt) | {"words": words, "wrong": sentence(refused.verdict)}
        name = "stories/kept.html" if request.htmx else "stories/tell.html"
        return render(request, name, context, status=409)
    if request.htmx:
        context = {"count": rules.words_in(rules.told(row.answers)), "most": rules.MOST_WORDS}
        return render(request, "stories/kept.html", context)
    return redirect(_onward(organisation, row, prompt, request.POST.get("go", "")))


def _onward(organisation: str, story: Story, prompt: str, go: str) -> str:
    at = KEYS.index(prompt) + {"back": -1, "next": 1}.get(go, len(KEYS))
    if 0 <= at < len(KEYS):
        return reverse("stories:tell", args=[organisation, story.public_id, KEYS[at]])
    return reverse("stories:details", args=[organisation, story.public_id])


def _step(request: Request, row: Story, prompt: str) -> dict[str, Any]:
    at = KEYS.index(prompt)
    steps = [
        {
            "label": text(one.ask.as_json()),
            "url": reverse("stories:tell", args=[request.organisation.key, row.public_id, key]),
            "told": bool(row.answers.get(key)),
            "current": key == prompt,
        }
        for key, one in PROMPTS.items()
    ]
    return {
        "row": row,
        "prompt": PROMPTS[prompt],
        "words": row.answers.get(prompt, ""),
        "lang": LANGUAGES[row.language],
        "number": at + 1,
        "of": len(KEYS),
        "steps": steps,
        "count": rules.words_in(rules.told(row.answers)),
        "most": rules.MOST_WORDS,
        "last": at == len(KEYS) - 1,
        "crumbs": to_story(request, row, here(pgettext("a story", "Tell"))),
    }
