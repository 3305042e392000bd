"""Details: names, and where a story leads: skills, an occupation, an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.history.things import named, thing_at
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.stories.forms import DetailsForm
from craftpath.delivery.web.stories.places import draft, to_story
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.stories import actions, rules
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, organisation: str, story: str) -> HttpResponse:
    """One page with what stands around the story."""
    row = draft(request, story)
    require(rules.can_write(row))
    trades = {one.public_id: one for one in occupations()}
    data, status = request.POST if request.method == "POST" else None, 200
    form = DetailsForm(
        data,
        occupations=[(key, text(one.name)) for key, one in trades.items()],
        initial=_first(request, row),
    )
    chosen = data.getlist("skills") if data is not None else list(row.skills)

    def act() -> None:
        given = form.cleaned_data
        address = given["address"].strip()
        kept = Ref.parse(row.thing) if row.thing else None
        thing = kept if kept and address == _first(request, row)["address"] else None
        if address and thing is None:
            thing = thing_at(request, address)
        told = actions.Details(
            title=given["title"], name=given["name"], about=given["about"],
            occupation=trades.get(given["occupation"]), skills=chosen, thing=thing,
        )  # fmt: skip
        actions.keep_details(row, told, by=request.actor, at=request.at)

    if data is not None:
        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("stories:story", organisation, row.public_id)
    groups = skill_groups(stored=row.skills)
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "groups": [(name, [(key, said, key in chosen) for key, said in some]) for name, some in groups],
        "opened": [name for name, some in groups if not set(chosen).isdisjoint(key for key, _said in some)],
        "crumbs": to_story(request, row, here(pgettext("of a story", "Details"))),
    }
    return render(request, "stories/details.html", context, status=status)


def _first(request: Request, row: Story) -> dict[str, str]:
    """What the form begins with; a thing that the reader may not see is kept and shown as nothing."""
    thing = named(request, [row.thing]).get(row.thing) if row.thing else None
    return {
        "title": row.title,
        "name": row.name,
        "about": row.about,
        "occupation": row.occupation.public_id if row.occupation else "",
        "address": thing[1] if thing else "",
    }
