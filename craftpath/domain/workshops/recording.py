"""Attendance in the record of whoever has an account here: a certificate like all others, with number and signature.

Guests without an account are nobody here, so there is no record that it could stand in: theirs is the one with a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.certificates import actions as certificates
from craftpath.domain.certificates.queries import has_line, kind_in_use
from craftpath.domain.certificates.rules import may_issue
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Kind
    from craftpath.domain.workshops.models import Certificate, Workshop

KEY = "workshop-attendance"
WORDS = certificates.Words(
    purpose="workshop",
    title={"zh": "参会证明", "en": "Certificate of attendance"},
    criteria={
        "zh": "按签到记录，参会时间达到研讨会的要求。",
        "en": "Was there, by the record, for the share of the time that the workshop asks.",
    },
)
"""Serves until the office draws up a kind of its own for workshops."""


def put_on_record(workshop: Workshop, rows: Sequence[Certificate], *, by: Actor, at: datetime) -> None:
    """Issue one to each of these who has an account; whoever is left out, by a name that no font has, keeps theirs."""
    found = {one.registration.person_id: one for one in rows if one.registration.person_id is not None}
    if not found or not may_issue(by, workshop.organisation):
        return
    kind = kind_in_use(workshop.organisation, "workshop")
    if kind is None and has_line(workshop.organisation, KEY):
        return  # the office has taken it out of use
    kind = kind or _kind(workshop, by=by, at=at)
    people = Person.objects.in_bulk(found)
    wanted = [(people[pk], str(workshop.ref), _lines(workshop, one)) for pk, one in found.items()]
    made, _left = certificates.issue_certificates(
        kind, wanted, on=at.astimezone(workshop.zone).date(), by=by, at=at
    )
    for certificate in made:
        found[certificate.person_id].record = certificate


def _kind(workshop: Workshop, *, by: Actor, at: datetime) -> Kind:
    row = certificates.draft_kind(workshop.organisation, WORDS, key=KEY, by=by, at=at)
    return certificates.activate_kind(row, by=by, at=at)


def _lines(workshop: Workshop, row: Certificate) -> list[dict[str, dict[str, str]]]:
    days = sorted({day["on"] for day in row.days})
    hours = f"{row.minutes / 60:.1f}".removesuffix(".0")
    said = [
        (Text("研讨会", "Workshop"), Text.of(workshop.title)),
        (Text("参会日期", "Days"), Text.of(", ".join(days))),
        (Text("参会时间", "Time attended"), Text(f"{hours}小时", f"{hours} hours")),
    ]
    return [{"label": label.as_json(), "value": value.as_json()} for label, value in said]
