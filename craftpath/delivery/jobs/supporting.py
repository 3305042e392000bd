"""What a worker does for early help: everybody is looked at once a day, and a model is fitted for whoever asked."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from craftpath.domain.support.actions import fit_model, forget_support, look_at_everybody
from craftpath.kernel.access import actor_in, system
from craftpath.kernel.jobs import body
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere

_DAY = 60 * 60 * 24


def look_daily(at: datetime) -> bool:
    """Look, if nobody has looked today; a worker that is killed meanwhile looks again."""
    key = f"support.looked.{timezone.localdate(at)}"
    if cache.get(key):
        return False
    with everywhere("looks are kept current for every organisation"):
        forget_support(by=system(), at=at)
        look_at_everybody(by=system(), at=at)
    cache.set(key, True, _DAY * 2)
    return True


@body("fit_model")
@task()
def fit_a_model(person_id: int, organisation_id: int) -> None:
    """Fit a model of early help on what is past, for whoever asked for it."""
    with everywhere("a model is fitted on all past apprenticeships of the site"):
        now = timezone.now()
        actor = actor_in(
            Person.objects.get(pk=person_id),
            Organisation.objects.get(pk=organisation_id),
            timezone.localdate(now),
        )
        if actor is not None:  # the role may have ended between the wish and its turn
            fit_model(by=actor, at=now)
