"""What is open of a kind of duties on a day, and who hears of it in the digest of that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.kernel import gathering
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from craftpath.kernel.gathering import Line, Offices, lines_of
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere


def clock(day: date) -> Clock:
    """Nine in the morning in Shanghai."""
    return Clock(Asked(at=datetime.combine(day, time(1), tzinfo=UTC), today=day))


def rows(code: str, day: date) -> list[tuple[str, int, date, int]]:
    """(subject, person, due day, steps behind) of everything that is open, sorted."""
    with everywhere("a test asks what is due"):
        return sorted(
            row
            for some in open_duties(KINDS[code], clock(day))
            for row in zip(
                some.subjects, some.who.tolist(), some.due.tolist(), some.reached.tolist(), strict=True
            )
        )


def digests(day: date) -> dict[int, dict[str, Line]]:
    """person id → kind → the line of everybody's digest; somebody who hears of a kind at two places is a fault."""
    with everywhere("a test makes the digests"):
        made = clock(day)
        last = Person.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        lines = lines_of((0, last), made, Offices(made))
    found = {who: {line.kind: line for line in own} for who, own in lines.items()}
    assert all(len(found[who]) == len(own) for who, own in lines.items())
    return found


def hears(person: Person, day: date) -> dict[str, Line]:
    """kind → the line of somebody's digest."""
    return digests(day).get(person.pk, {})


def who_hears(people: dict[str, Person], code: str, day: date) -> dict[str, bool]:
    """name → whether told of others (True) or asked (False), of everybody of these who hears of a kind.

    The other kinds of its noun are gathered with it; all others say nothing of it, and would be most of the work.
    """
    noun = code.partition(".")[0]
    with mock.patch.object(
        gathering, "KINDS", {one: kind for one, kind in KINDS.items() if one.startswith(f"{noun}.")}
    ):
        made = digests(day)
    heard = {name: made.get(person.pk, {}).get(code) for name, person in people.items()}
    return {name: line.told for name, line in heard.items() if line is not None}


def queries(code: str, day: date, person: Person | None = None) -> int:
    """How many queries a kind costs, of everything or of one who is asked."""
    with everywhere("a test counts queries"):
        made = clock(day)
        people = (person.pk - 1, person.pk) if person is not None else None
        with CaptureQueriesContext(connection) as asked:
            list(open_duties(KINDS[code], made, people))
    return len(asked)
