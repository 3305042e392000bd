"""What tests begin with: poured in, it is the same as made."""

from __future__ import annotations

import pytest
from django.db import transaction

from craftpath.kernel.people import Person
from tests import cast as casting
from tests import poured
from tests.poured import Rows


def _begun() -> tuple[Rows, str]:
    with transaction.atomic():
        cast = poured.once("again", casting.build)
        found = poured.table_rows(), cast.enrolments["26003"].person.name
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_second_cast_has_the_rows_of_the_first() -> None:
    first, second = _begun(), _begun()
    assert second == first
    assert first[1] == "欧阳思远"


def test_what_is_in_the_way_has_it_made_anew(cast: casting.Cast) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return cast.people["trainer"].pk

    with transaction.atomic():
        poured.once("beside", make)
        transaction.set_rollback(True)
    assert (poured.once("beside", make), len(made)) == (cast.people["trainer"].pk, 1)
    Person.objects.create_user("in-the-way")
    assert (poured.once("beside", make), len(made)) == (cast.people["trainer"].pk, 2)
