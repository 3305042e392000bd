"""One story: told, heard or seen; where it leads; what members say to it; and, for those who make it, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.history.things import named
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.stories import saying
from craftpath.delivery.web.stories.forms import (
    AgreeForForm,
    AgreeForm,
    AskForm,
    ChecksForm,
    CommentForm,
    ReasonForm,
)
from craftpath.delivery.web.stories.places import TONES, seen, to_wall
from craftpath.delivery.web.stories.telling import begins_at
from craftpath.domain.matching.queries import asked_of
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.stories import queries, rules
from craftpath.domain.stories.states import STORY
from craftpath.domain.stories.texts import LACKS, REACHES, STATES
from craftpath.kernel.roles import Permission, Role

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story


@require_GET
def story(request: Request, organisation: str, story: str) -> HttpResponse:
    """The page of a story."""
    return render(request, "stories/story.html", page(request, seen(request, story)))


def page(request: Request, row: Story, **forms: Any) -> dict[str, Any]:
    """Everything on the page; a form that was sent comes back with what was typed, under the name of its button."""
    key = request.organisation.key

    def address(name: str) -> str:
        return reverse("stories:file", args=[key, row.public_id, name])

    writes = bool(rules.may_write(request.actor, row))
    return {
        "row": row,
        **saying.body(row, address),
        "leads": _leads(request, row),
        "writes": writes,
        "maker": _maker(request, row, forms) if writes else {},
        "state": (str(STATES[row.state]), TONES[row.state]),
        "talk": _talk(request, row, forms) if row.is_shown else None,
        "crumbs": to_wall(request, here(row.title)),
    }


def _leads(request: Request, row: Story) -> dict[str, Any]:
    """Where the story leads the reader: skills, an exercise, a wish to be paired; each only where a door is open."""
    key, may = request.organisation.key, request.actor.permissions
    lists = bool(may & {Permission.EDIT_FRAMEWORKS, Permission.SEE_FIGURES})
    skills = []
    for name, skill in skills_by_key(row.skills).items() if row.skills else ():
        wall = f"{reverse('stories:wall', args=[key])}?skill={name}"
        own = reverse("frameworks:skill", args=[key, skill.framework.public_id, name]) if lists else wall
        skills.append({"label": text(skill.name), "url": own})
    thing = named(request, [row.thing]).get(row.thing) if row.thing else None
    pairs = Role.APPRENTICE in request.actor.roles and row.teller_id is not None
    wishes = pairs and asked_of(request.user, request.today).exists()
    return {
        "skills": skills,
        "occupation": text(row.occupation.name) if row.occupation else "",
        "thing": thing,
        "pair": reverse("matching:wishes" if wishes else "pairing:mine", args=[key]) if pairs else "",
        "asking": wishes,
    }


def _talk(request: Request, row: Story, forms: dict[str, Any]) -> dict[str, Any]:
    """Comments and one's own questions; a hidden comment is read by its author and the office."""
    office = bool(rules.may_check(request.actor, row))
    comments = [
        {"comment": one, "own": rules.is_author(request.actor, one)}
        for one in queries.comments(row)
        if one.hidden_at is None or office or rules.is_author(request.actor, one)
    ]
    return {
        "comments": comments,
        "office": office,
        "form": forms.get("comment") or CommentForm(auto_id="comment_%s"),
        "report": forms.get("report"),
        "reported": forms.get("reported"),
        "asks": bool(rules.can_ask(request.actor, row)),
        "ask": forms.get("ask") or AskForm(auto_id="ask_%s"),
        "questions": queries.asked_by(request.user, row),
    }


def _maker(request: Request, row: Story, forms: dict[str, Any]) -> dict[str, Any]:
    """What those who make the story do next."""
    key, can = request.organisation.key, STORY.can
    agrees = bool(rules.may_agree(request.actor, row))
    office = bool(rules.may_check(request.actor, row))
    first = {"reach": row.reach or "inside", "how": row.agreed_how}
    agree = AgreeForForm if row.teller_id is None else AgreeForm
    return {
        "lacks": [str(LACKS[one]) for one in rules.lacks(row)],
        "reach": str(REACHES[row.reach]) if row.reach else "",
        "lapsed": row.state == "published" and not row.is_shown,
        "draft": row.state == "draft",
        "goes_on": begins_at(key, row),
        "hands": can(row.state, "hand") and bool(rules.can_hand_in(row)),
        "takes": can(row.state, "take"),
        "withdraws": can(row.state, "withdraw"),
        "revises": can(row.state, "revise"),
        "agree": (forms.get("agree") or agree(auto_id="agree_%s", initial=first)) if agrees else None,
        "checks": (forms.get("publish") or ChecksForm(auto_id="publish_%s"))
        if office and row.state == "review"
        else None,
        "back": (forms.get("return") or ReasonForm(auto_id="return_%s"))
        if office and row.state == "review"
        else None,
        "own": rules.is_teller(request.actor, row),
        "down": forms.get("withdraw") or ReasonForm(auto_id="withdraw_%s"),
        "versions": row.versions.count(),
    }


@require_GET
def paper(request: Request, organisation: str, story: str) -> HttpResponse:
    """One sheet of A4 to hang up, with a code that leads to the story: the public one if everybody may see it."""
    row = seen(request, story)
    public = row.reach == "public" and row.is_shown
    name, ids = ("told:story", [row.organisation.key, row.public_id]) if public else (
        "stories:story", [organisation, row.public_id],
    )  # fmt: skip
    link = request.build_absolute_uri(reverse(name, args=ids))

    def address(which: str) -> str:
        return reverse("stories:file", args=[organisation, row.public_id, which])

    context = {"row": row, **saying.body(row, address), "link": link, "code": qr(link), "public": public}
    return render(request, "stories/paper.html", context)
