"""For the rooms above: whether a pair is seen, the pair itself under a lock, and who is in it on which days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from craftpath.domain.pairing.models import Bond, Pair
from craftpath.kernel.tenancy import Scope

if TYPE_CHECKING:
    from django.db import models

    from craftpath.kernel.people import Person

_WITH = ("teacher", "learner", "place", "enrolment__cohort__organisation", "enrolment__enterprise")


def pair_seen_by(scope: Scope, field: str) -> Q:
    """The condition, for a higher noun, that the pair in `field` is seen."""
    seen = Pair._base_manager.filter(Pair.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})


def whole_pairs() -> models.QuerySet[Pair]:
    """Every pair with its bonds, for actions that have a row of it in hand and for jobs: whoever asks."""
    bonds = Bond.objects.select_related(*_WITH).order_by("pk")
    rows = Pair._base_manager.select_related("organisation")
    return rows.prefetch_related(Prefetch("bonds", bonds))


def pair_held(pk: int) -> Pair:
    """The pair as it is now, kept from others until the open transaction ends."""
    return whole_pairs().select_for_update(of=("self",), no_key=True).get(pk=pk)


def people_in(pair: Pair) -> list[Person]:
    """Everybody who is in a pair until its end, teachers first, each once; no deputy, and nobody of before."""
    lasting = [
        bond for bond in pair.bonds.all() if bond.role != "deputy" and bond.ends_on in (None, pair.ends_on)
    ]
    return _once([bond.teacher for bond in lasting] + [bond.learner for bond in lasting])


def learners_in(pair: Pair) -> list[Person]:
    """Those of them who learn: of a pair that learns from one another everybody."""
    ids = {bond.learner_id for bond in pair.bonds.all()}
    return [person for person in people_in(pair) if person.pk in ids]


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())
