"""With a rule in force, people of the receiver find nothing of the giver's people but behind that rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import Cast
from tests.domain.sharing.world import in_force
from tests.exchange.sharing.test_table import says
from tests.house.addresses import INSIDE, PLACES, patterns
from tests.house.naming import Values, values_of

# Four hundred pages, on a machine that may do something else besides.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(280)]


def _addresses(values: Values) -> Iterator[tuple[str, str]]:
    """Every address inside that names nothing, or ids of the giver's cohort, people and papers."""
    for name in sorted(INSIDE):
        words = {*patterns()[name].pattern.converters, "organisation"}
        if name.startswith("sharing:") or not words <= set(values):
            continue
        try:
            yield name, reverse(name, kwargs={word: values[word] for word in words})
        except NoReverseMatch:
            continue


def test_no_address_shows_a_name_a_number_or_an_id(cast: Cast) -> None:
    rule = in_force(cast)
    for at, row in enumerate(cast.enrolments.values(), start=1):
        row.person.name = f"谁也不叫{at}"  # which no example on a page is called
        row.person.save()
        says(row.person)
    values = values_of("apprenticeships", cast) | {"organisation": "hengtai"}
    told = {row.number for row in cast.enrolments.values()}
    told |= {row.public_id for row in cast.enrolments.values()}
    told |= {value for row in cast.enrolments.values() for value in (row.person.name, row.person.public_id)}
    every = list(_addresses(values))
    assert len(every) > 150
    # The coordinator may most and asks everything; each of the others its own part.
    for at, role in enumerate(Role):
        client = Client()
        client.force_login(Person.objects.get(username=f"ht-{role.value}"))
        for name, address in every:
            if role is Role.COORDINATOR or PLACES[name] % 36 == at:
                answer = client.get(address)
                asked = {part for part in address.split("/") if part in told}
                found = {one for one in told - asked if one in answer.content.decode("utf-8", "replace")}
                assert not found, (name, role, found)
    # The one place where they are found.
    office = Client()
    office.force_login(Person.objects.get(username="ht-hr"))
    shown = office.post(reverse("sharing:look", args=["hengtai", rule.public_id]), follow=True)
    assert "谁也不叫1" in shown.content.decode()
