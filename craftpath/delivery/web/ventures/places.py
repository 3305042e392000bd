"""Where somebody is among the pages of ventures, the rows that addresses name, and what a venture can point to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.courses.queries import courses
from craftpath.domain.curricula.queries import cards
from craftpath.domain.groups.queries import groups
from craftpath.domain.partnership.queries import cooperations
from craftpath.domain.teaching.queries import teams
from craftpath.domain.ventures import queries

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation
    from craftpath.domain.ventures.models import Venture

MOST_OF_A_KIND = 100


def the_venture(public_id: str) -> Venture:
    """A venture that the reader sees, or 404."""
    return get_object_or_404(queries.whole(queries.ventures()), public_id=plain_id(public_id))


def the_cooperation(public_id: str) -> Cooperation:
    """An agreement that the reader sees, or 404."""
    return get_object_or_404(cooperations(), public_id=plain_id(public_id))


def name_of(found: Cooperation) -> str:
    """An agreement by its sides."""
    return " · ".join(text(side.organisation.name) for side in found.sides.all())


def to_venture(request: Request, row: Venture, *further: str) -> list[Crumb]:
    """From the list over a venture to a page of it."""
    way = [step(request, pgettext("in the rail", "Joint work"), "ventures:list")]
    if further:
        way.append(step(request, text(row.title), "ventures:venture", row.public_id))
    return [*way, *(here(one) for one in further)]


def pointable(request: Request, taken: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a venture can be about, by kind, as (Ref, name) that the reader sees; two queries a kind."""
    kinds: list[tuple[str, str, QuerySet[Any]]] = [
        (_("Courses"), "courses/course", courses()),
        (pgettext("what joint work is about", "Units"), "curricula/card", cards()),
        (_("Teaching teams"), "teaching/team", teams()),
        (pgettext("in the rail", "Study groups"), "groups/group", groups()),
    ]
    found = []
    for label, kind, rows in kinds:
        refs = [f"{kind}/{key}" for key in rows.values_list("public_id", flat=True)[:MOST_OF_A_KIND]]
        names = subjects([ref for ref in refs if ref not in taken], request.organisation.key)
        if names:
            found.append((str(label), [(ref, name) for ref, (name, _url) in names.items()]))
    return found
