"""The way back: credits, also those of a diploma's courses, count towards certificates that ask for credits.

A kind of certificate asks in a row `{"kind": "credits", "at_least": 4, "area": "theory"}`, perhaps only for one
`outcome` or one `subject` (the public id of a course). Whole points count; converted ones too, since what was learned
is not lost by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from craftpath.domain.certificates.holding import Finding, Offer, Row, may_hold, provides
from craftpath.domain.certificates.queries import kinds_offered
from craftpath.domain.credits.models import Entry
from craftpath.domain.credits.points import HUNDRED

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Kind
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

NAMED = ("outcome", "scheme", "level", "subject")


@provides("credits")
def credits_of_people(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """What stands in their accounts and has not expired on a day, each outcome once; one query."""
    rows = Entry._base_manager.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=on),
        Q(account__person__in=people) | Q(account__person__merged_into__in=people),
        kind="earned", reversed_by__isnull=True, on__lte=on,
        **{name: row[name] for name in NAMED if row.get(name)},
    )  # fmt: skip
    if row.get("area"):
        rows = rows.filter(area__key=row["area"])
    rows = rows.annotate(owner=Coalesce("account__person__merged_into", "account__person"))
    whole: Counter[int] = Counter()
    for person, _reached, points in (
        rows.order_by().values_list("owner", "reached").annotate(most=Max("points"))
    ):
        whole[person] += points
    for person, points in whole.items():
        yield Offer(person, points // HUNDRED)


def kinds_asking(person: Person, organisation: Organisation, on: date) -> list[tuple[Kind, Finding]]:
    """Kinds of certificates of an organisation and above that ask for credits, with how far somebody is."""
    found = []
    for kind in kinds_offered(organisation):
        if any(row["kind"] == "credits" for row in kind.requirements):
            findings = may_hold(kind, [person], on)[person.pk]
            found += [(kind, one) for one in findings if one.key == "credits"]
    return found
