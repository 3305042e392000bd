"""What a person's own page says: who sees what of oneself by name, on which basis, and how often it was looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.table import consent_for, line_about
from craftpath.domain.apprenticeships.days import places_around
from craftpath.domain.sharing.queries import looked_at, showing, standings

if TYPE_CHECKING:
    from craftpath.domain.sharing.queries import Standing
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class OnMe:
    """A rule that is about somebody: whether it shows a line, and which purpose is answered for it, if any."""

    standing: Standing
    shows: bool
    consent: str
    looks: int
    last: datetime | None


def on_me(person: Person, on: date) -> list[OnMe]:
    """The rules that are about somebody today, those that show a line first; three queries, and three for each rule."""
    rules = showing(on, places_around(person, on))
    about = {rule.pk: told for rule in rules if (told := line_about(rule, person.pk, on)) is not None}
    looks: Counter[int] = Counter()
    last: dict[int, datetime] = {}
    for pk, at in looked_at(person).values_list("look__rule", "look__at"):
        looks[pk] += 1
        last.setdefault(pk, at)
    found = []
    for one in standings([rule for rule in rules if rule.pk in about], on):
        pk, (shows, asks) = one.rule.pk, about[one.rule.pk]
        consent = consent_for(one.rule) if asks else ""
        found.append(OnMe(one, shows, consent, looks[pk], last.get(pk)))
    return sorted(found, key=lambda one: not one.shows)
