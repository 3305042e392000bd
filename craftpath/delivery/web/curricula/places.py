"""Where somebody is among the pages of curricula: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.curricula import queries, rules
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import Curriculum, CurriculumVersion, UnitCard, VersionReview
    from craftpath.kernel.organisations import Organisation

WAS = "was-"
LONGEST_HOURS = 12
OFFICE = (Permission.DESIGN_CURRICULA, Permission.APPROVE_CURRICULA, Permission.SEE_FIGURES)


def sees_all(actor: Actor) -> bool:
    """Whether somebody finds the list of curricula, and not only what he or she reviews."""
    return bool(actor.permissions & set(OFFICE))


def sees_library(actor: Actor, owner: Organisation) -> bool:
    """Whether somebody opens the cards of an organisation, as those of it, above it and below it do."""
    return sees_all(actor) and rules.near(actor, owner)


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Curricula, the library, and what one was asked to review."""
    places = [
        ("curricula:list", pgettext("a place in the rail", "Curricula")),
        ("curricula:library", _("Library of units")),
        ("curricula:reviews", _("Asked of you")),
    ]
    if not sees_all(request.actor):
        return []
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def version_tabs(request: Request, version: CurriculumVersion, current: str) -> list[dict[str, Any]]:
    """The pages of one version."""
    places = [
        ("curricula:version", pgettext("of a curriculum", "Plan"), True),
        ("curricula:drafts", _("Draft from needs"), bool(rules.may_see_drafts(request.actor, version))),
        ("curricula:coverage", _("Coverage"), True),
        ("curricula:trace", _("Trace"), True),
        ("curricula:review", pgettext("of a curriculum", "Review"), True),
    ]
    ids = [request.organisation.key, version.public_id]
    return [
        {"label": label, "url": reverse(name, args=ids), "current": name == current}
        for name, label, opens in places
        if opens
    ]


def to_curricula(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from where curricula begin for this reader."""
    if sees_all(request.actor):
        return [step(request, pgettext("a place in the rail", "Curricula"), "curricula:list"), *further]
    return [step(request, _("Asked of you"), "curricula:reviews"), *further]


def to_version(request: Request, version: CurriculumVersion, *further: Crumb) -> list[Crumb]:
    """Crumbs to a version; without more, the version is where one is."""
    curriculum = version.curriculum
    name = numbered(version)
    steps: list[Crumb] = []
    if sees_all(request.actor):
        steps.append(step(request, text(curriculum.name), "curricula:curriculum", curriculum.public_id))
    if not further:
        return to_curricula(request, *steps, here(name))
    return to_curricula(
        request, *steps, step(request, name, "curricula:version", version.public_id), *further
    )


def numbered(version: CurriculumVersion) -> str:
    """Version 3."""
    return _("Version %(number)s") % {"number": version.number}


def found_version(public_id: str) -> CurriculumVersion:
    """A version that the reader sees; 404 for others."""
    return get_object_or_404(queries.versions(), public_id=plain_id(public_id))


def found_curriculum(public_id: str) -> Curriculum:
    """A curriculum that the reader sees."""
    return get_object_or_404(queries.curricula(), public_id=plain_id(public_id))


def found_card(public_id: str) -> UnitCard:
    """A card of a library that the reader sees."""
    return get_object_or_404(queries.cards(), public_id=plain_id(public_id))


def found_review(public_id: str) -> VersionReview:
    """A review of a version that the reader sees."""
    return get_object_or_404(queries.reviews(), public_id=plain_id(public_id))


def version_url(request: Request, version: CurriculumVersion, page: str = "version") -> str:
    """A page of a version."""
    return reverse(f"curricula:{page}", args=[request.organisation.key, version.public_id])


def written(posted: Any, name: str) -> str:
    """What somebody wrote, without the one character that no database keeps."""
    return str(posted.get(name, "")).replace("\0", "")


def own_words(posted: Any, prefix: str = "") -> dict[str, str]:
    """Fields of this prefix, by the rest of their names, that say something else than the page showed (`was-…`).

    What somebody left as it was is no change: another person's stays, though the page did not know it yet.
    """
    return {
        name.removeprefix(prefix): str(value)[:LONGEST_HOURS]
        for name, value in posted.items()
        if name.startswith(prefix) and posted.get(f"{WAS}{name}") != value
    }


def revision_of(posted: Any) -> int:
    """The count of changes that the page was made from; 0 if that was bent."""
    typed = str(posted.get("revision", ""))[:9]
    return int(typed) if typed.isascii() and typed.isdecimal() else 0
