"""Many rows in few statements hold what as many objects, saved one by one, would hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.evaluation.models import Mark, Result
from craftpath.kernel.access import Membership
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.rows import NAMED, insert_objects, insert_rows, upsert_rows
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
MANY = NAMED  # rows that no single statement takes


def _people(count: int) -> list[Person]:
    return [
        Person(
            username=f"many-{n}", name=f"甲{n}", name_latin="", email=f"{n}@example.org" if n % 2 else None
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, 3, MANY])
def test_objects_know_their_ids_and_are_kept_as_they_are(cast: Cast, count: int) -> None:
    people = _people(count)
    insert_objects(people)
    kept = {person.pk: person for person in Person.objects.filter(username__startswith="many-")}
    assert len(kept) == count
    for person in people:
        other = kept[person.pk]
        assert other.date_joined == person.date_joined is not None
        for name in ("public_id", "username", "name", "email", "phone", "is_active", "theme", "language"):
            assert getattr(other, name) == getattr(person, name)
    people[-1].name = "乙"
    people[-1].save()
    assert Person.objects.filter(username__startswith="many-").count() == count


def test_nobody_is_no_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert_objects([])
        insert_rows(Membership, ["person"], [], {"role": "mentor"})


@pytest.mark.parametrize("count", [2, MANY])
def test_the_database_still_says_no(cast: Cast, count: int) -> None:
    people = _people(count)
    insert_objects(people)
    same = {
        "organisation": cast.college.pk,
        "starts_on": date(2026, 3, 2),
        "ends_on": None,
        "ends_because": "",
    }
    rows = [(person.pk,) for person in people]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Membership, ["person"], rows, {**same, "role": "king"})
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Membership, ["person"], [*rows, rows[0]], {**same, "role": "mentor"})
    assert not Membership.objects.filter(person__in=[person.pk for person in people[:5]]).exists()
    insert_rows(Membership, ["person"], rows, {**same, "role": "mentor"})
    assert Membership.objects.filter(person__username__startswith="many-", role="mentor").count() == count


@pytest.mark.parametrize("count", [1, MANY])
def test_values_are_kept_exactly(cast: Cast, count: int) -> None:
    """Decimals, moments, texts with every kind of character, and nothing at all."""
    words = "tab\tline\nback\\slash \\N \"quote' 逗号，"
    rows = [
        (new_public_id(), Decimal(n) / 8, f"{n}{words}")
        if n % 3
        else (new_public_id(), Decimal("0.0001"), "")
        for n in range(count)
    ]
    same = {
        "evaluation": cast.evaluation.pk,
        "enrolment": cast.enrolments["26001"].pk,
        "item": "log",
        "status": "scored",
        "grade": "",
        "is_current": False,
        "recorded_by": None,
        "recorded_at": AT,
        "batch": "b",
        "source": None,
        "sheet_name": words,
        "cell": "C7",
        "undoes": None,
        "restores": None,
    }
    insert_rows(Mark, ("public_id", "score", "given"), rows, same)
    kept = {mark.public_id: mark for mark in Mark.objects.filter(batch="b")}
    assert len(kept) == count
    for public_id, score, given in rows:
        mark = kept[public_id]
        assert (mark.score, mark.given, mark.sheet_name, mark.recorded_at) == (score, given, words, AT)
        assert (mark.is_current, mark.recorded_by, mark.source) == (False, None, None)


@pytest.mark.parametrize("count", [1, MANY])
def test_what_is_there_already_is_written_over(cast: Cast, count: int) -> None:
    Result.objects.all().delete()
    people = _people(count)
    insert_objects(people)
    enrolments = [
        type(cast.enrolments["26001"])(
            cohort=cast.cohort, person=person, number=person.username, starts_on=date(2026, 3, 2)
        )
        for person in people
    ]
    insert_objects(enrolments)
    columns = ("enrolment", "complete", "total", "passed", "grade", "figures", "missing")
    same = {
        "evaluation": cast.evaluation.pk,
        "to_date": Decimal(0),
        "open": "1.5",
        "fingerprint": "f",
        "computed_at": AT,
    }
    unique = ("evaluation", "enrolment")
    first = [(row.pk, False, None, None, "", '[["1", null]]', '["条目"]') for row in enrolments]
    upsert_rows(Result, columns, first, same, unique=unique)
    anew = [(row.pk, True, "70.5", True, "优", '[["2", null]]', "[]") for row in enrolments[::2]]
    upsert_rows(Result, columns, anew, same, unique=unique)
    kept = {row.enrolment_id: row for row in Result.objects.all()}
    assert len(kept) == count
    for n, enrolment in enumerate(enrolments):
        row = kept[enrolment.pk]
        said = (row.complete, row.total, row.passed, row.grade, row.figures, row.missing)
        if n % 2:
            assert said == (False, None, None, "", [["1", None]], ["条目"])
        else:
            assert said == (True, Decimal("70.5"), True, "优", [["2", None]], [])
        assert (row.to_date, row.open, row.computed_at) == (0, Decimal("1.5"), AT)
