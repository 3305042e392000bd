"""What people say of a resource: a second person reviews it, those who use it give stars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from craftpath.domain.resources import rules
from craftpath.domain.resources.facts import ResourceReviewed, ResourceStarred
from craftpath.domain.resources.models import Resource, Review, Star
from craftpath.domain.resources.sharing import held
from craftpath.domain.resources.states import CRITERIA
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, require


@action
def review_resource(
    resource: Resource, holds: Sequence[str], words: str = "", *, by: Actor, at: datetime
) -> Review:
    """Say what holds of the version that is offered; a later word of the same person takes the place of the first."""
    row = held(resource)
    require(rules.may_review(by, row))
    require(rules.can_review(row, holds, words))
    if by.person is None or row.current is None:
        raise Refused(may_not("kernel.role_lacks", permission=""))
    said = [one for one in CRITERIA if one in holds]
    review, _new = Review.objects.update_or_create(
        version=row.current, person=by.person, defaults={"holds": said, "words": words.strip(), "at": at}
    )
    told = ResourceReviewed(len(said))
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return review


@action
def star_resource(resource: Resource, stars: int, *, by: Actor, at: datetime) -> Star:
    """Give it stars; later ones take the place of the first."""
    row = held(resource)
    require(rules.can_star(by, row, stars))
    given, new = Star.objects.get_or_create(
        resource=row, person=by.person, defaults={"stars": stars, "at": at}
    )
    if new or given.stars != stars:
        given.stars, given.at = stars, at
        given.save(update_fields=["stars", "at"])
        tell(ResourceStarred(stars), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return given
