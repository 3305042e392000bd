"""The whole graph as a picture: who teaches whom in layers, how much each carries, and who has nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.pairing import saying
from craftpath.delivery.web.pairing.board import plain_key
from craftpath.delivery.web.pairing.drawing import Arrow, Person, draw
from craftpath.delivery.web.pairing.pair import said_of
from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.pairing import queries
from craftpath.domain.pairing.loads import Load, loads
from craftpath.domain.pairing.rules import BOTH_WAYS, WHOLE
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond

MOST = 150  # people in one picture; beyond it there is one for each place
GAPS = 60


@require_GET
@needs(Permission.SEE_FIGURES)
def picture(request: Request, organisation: str) -> HttpResponse:
    """Everybody in pairs of today; of a large house one place at a time. The same queries for 5 and 500."""
    require(request.actor.may(Permission.SEE_RESULTS))
    bonds = list(queries.bonds_seen(request.today))
    places = {bond.place.key: text(bond.place.name) for bond in bonds}
    large = len(_people(bonds)) > MOST
    place = plain_key(request.GET.get("place", ""))
    if large and place not in places:
        place = max(places, key=lambda key: sum(bond.place.key == key for bond in bonds))
    if place in places:
        bonds = _around(bonds, place)
    free = enrolments().filter(state="active", starts_on__lte=request.today)
    free = free.filter(queries.nobody_responsible(request.today))
    if place in places:
        free = free.filter(enterprise__key=place)
    gaps = queries.without_teacher(free, request.today)
    carried = {
        load.person.pk: load for load in loads({(b.place, b.teacher): 0 for b in bonds}, request.today)
    }
    context: dict[str, Any] = {
        "drawing": draw(_drawn(request, bonds, carried), _arrows(bonds), _without(request, gaps[:GAPS])),
        "rows": [(saying.line(bond, request.today), saying.pair_url(request, bond.pair)) for bond in bonds],
        "loads": {pk: saying.of_most(load) for pk, load in carried.items()},
        "gaps": gaps,
        "people": len(_people(bonds)),
        "large": large,
        "place": place,
        "place_choices": sorted(places.items(), key=lambda one: one[1]),
        "tabs": tabs(request, "pairing:picture"),
    }
    return render(request, "pairing/picture.html", context)


def _people(bonds: Iterable[Bond]) -> set[int]:
    return {pk for bond in bonds for pk in (bond.teacher_id, bond.learner_id)}


def _around(bonds: Sequence[Bond], place: str) -> list[Bond]:
    """The bonds of a place, and those by which its teachers learn themselves."""
    here = [bond for bond in bonds if bond.place.key == place]
    teachers = {bond.teacher_id for bond in here}
    return [bond for bond in bonds if bond.place.key == place or bond.learner_id in teachers]


def _drawn(request: Request, bonds: Sequence[Bond], carried: dict[int, Load]) -> list[Person]:
    """Everybody once: teachers with their load, apprentices with their pair."""
    board = reverse("pairing:board", args=[request.organisation.key])
    apprentices = {bond.learner_id for bond in bonds if bond.enrolment_id is not None}
    known: dict[int, Person] = {}
    for bond in bonds:
        for one in (bond.teacher, bond.learner):
            load = carried.get(one.pk)
            if one.pk in known:
                continue
            if load is None:
                url = saying.pair_url(request, bond.pair)
                known[one.pk] = Person(one.pk, one.name, url=url, staff=one.pk not in apprentices)
                continue
            filled = min(1.0, load.learners / max(1, load.capacity))
            known[one.pk] = Person(
                one.pk, one.name, f"{load.learners}/{load.capacity}", load.standing,
                f"{board}?person={one.public_id}", filled, staff=one.pk not in apprentices,
            )  # fmt: skip
    return list(known.values())


def _arrows(bonds: Iterable[Bond]) -> list[Arrow]:
    return [
        Arrow(
            bond.teacher_id, bond.learner_id, bond.share / WHOLE, bond.role == "deputy",
            bond.pair.kind in BOTH_WAYS, said_of(bond),
            bond.role == "responsible" and bond.pair.kind != "college_tutor",
        )
        for bond in bonds
    ]  # fmt: skip


def _without(request: Request, gaps: Iterable[queries.Gap]) -> list[Person]:
    new = reverse("pairing:new", args=[request.organisation.key])
    who = reverse("pairing:board", args=[request.organisation.key])
    may = Permission.FORM_PAIRS in request.actor.permissions
    return [
        Person(
            -gap.enrolment.pk,
            gap.enrolment.person.name,
            _("%(days)s d") % {"days": gap.days},
            "gap",
            f"{new}?kind=master_apprentice&learner={gap.enrolment.public_id}" if may else who,
        )
        for gap in gaps
    ]
